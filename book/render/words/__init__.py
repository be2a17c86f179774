"""What is done to words, and what is measured of them: typesetting, forms of words, plainness, flow."""
