"""The pages of a chapter."""

from collections.abc import Mapping

from book.kinds.chapter.model import Chapter
from book.model.book import Book
from book.model.picture import Picture
from book.render.pages.templates import fill as filled
from book.render.pages.templates import inner
from book.render.tree import Tree


def fill(book: Book, part: Chapter, number: int | None, body: Tree, pictures: Mapping[str, Picture]) -> Tree:
    """Fill a chapter's page."""
    del pictures
    labels = book.manifest.labels
    return filled("chapter/page.html", key=part.key, head=part.head, number=number, body=inner(body), labels=labels)
