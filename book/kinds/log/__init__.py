"""A log: weeks by days, with squares to tick and to score."""
