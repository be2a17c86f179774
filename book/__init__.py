"""Builds printable and e-book editions of a guide from Markdown chapters.

The line to walk: `load` reads a book's files, `render` makes its sections, `assemble` orders them for one
edition, `pdf` and `epub` write the bytes, `save` puts them on disk. `build` calls them in that order.
"""

__version__ = "0.1.0"
