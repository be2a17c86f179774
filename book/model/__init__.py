"""What a book is: frozen values, and what an author may write in YAML. Editions, settings, problems.

Nothing comes in and nothing goes out: the rooms above hand these values to each other. It reads no file, makes no
HTML, and may not know of any room but `figure`, whose drawings a book describes.
Door: `book.model.book.Book`.
"""
