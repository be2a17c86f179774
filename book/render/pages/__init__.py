"""What stands on pages and in blocks of no kind of content: lists, codes, flows, signs, index, colophon."""
