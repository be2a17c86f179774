"""Rules over pictures: files and words, left and right, lines and contrast."""
