"""Rules over finished e-books: package, ways through it, marks, pages, styles, stores."""
