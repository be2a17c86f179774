"""The web edition: a static site of a rendered book and its finished editions. Its line is walked from `site`.

`settings` and `words` are what a book says of it; `model` and `labels` hold them.
Door: `book.formats.web.edition.WebFormat`.
"""
