"""A whole rendered book: the one value that `render` hands on."""

from collections.abc import Mapping
from dataclasses import dataclass

from book.model.book import Book
from book.model.picture import Picture
from book.render.pages.codes import Code
from book.render.section import Section
from book.render.tree import Tree
from book.render.words import fluency, readability


@dataclass(frozen=True)
class Rendered:
    """All sections of a book in reading order, its cover, what links can lead to by id, and the pictures shown."""

    book: Book
    cover: Tree
    sections: tuple[Section, ...]
    titles: Mapping[str, str]
    pictures: Mapping[str, Picture]
    measures: readability.Measures | None
    prose: fluency.BookFluency
    codes: tuple[Code, ...] = ()
