"""The one reader: a folder to a `Book`.

Comes in: a folder. Goes out: a `Book` whose data are whole and whose names mean something, or all that is
wrong with it, by file and line. Nothing above opens a book's files; it may not know what becomes of them.
Door: `book.load.loader.load`.
"""
