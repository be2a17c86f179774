"""What kinds of content do while a book is rendered: each hook is a function that a kind's `render` may have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from book.model.book import Book
from book.model.document import Document, Page
from book.model.kinds import offered
from book.model.picture import FileSource, Picture
from book.model.problems import Problems
from book.render.blocks import Maker
from book.render.section import Section
from book.render.tree import Tree
from book.render.words.readability import Measures


@dataclass(frozen=True)
class Gathered:
    """What pages list: rendered documents, headings by id, cited sources, pictures by name, how the book reads."""

    texts: list[Section]
    headings: Mapping[str, str]
    sources: list[str]
    pictures: Mapping[str, Picture]
    measures: Measures | None


PageMaker = Callable[[Book, Page, Gathered], Section]


def block_makers() -> dict[str, Maker]:
    """Give what makes each block of a kind (`BLOCKS`)."""
    return {name: maker for found in offered("render", "BLOCKS").values() for name, maker in found.items()}


def page_makers() -> dict[str, PageMaker]:
    """Give what makes each page of a kind (`PAGES`)."""
    return {name: maker for found in offered("render", "PAGES").values() for name, maker in found.items()}


def fill(book: Book, part: Document, number: int | None, body: Tree, pictures: Mapping[str, Picture]) -> Tree:
    """Fill the page of a document."""
    tree: Tree = offered("render", "fill")[part.kind](book, part, number, body, pictures)
    return tree


def check_body(part: Document, body: Tree, book: Book, problems: Problems) -> None:
    """See that the body of a document is as its kind wants it."""
    if check := offered("render", "check_body").get(part.kind):
        check(part, body, book.lines, problems)


def complete(
    book: Book, bodies: Mapping[str, Tree], pictures: Mapping[str, Picture], files: FileSource, problems: Problems
) -> None:
    """Let kinds put into bodies what needs the book's pictures and fonts."""
    for found in offered("render", "complete").values():
        found(book, bodies, pictures, files, problems)


def link(book: Book, texts: list[Section], problems: Problems) -> None:
    """Let kinds lead from documents to what they have in them."""
    for found in offered("render", "link").values():
        found(texts, book.manifest.labels, book.lines, problems)


def check(book: Book, targets: Mapping[str, str], problems: Problems) -> None:
    """See that what kinds name in their data leads somewhere, now that all that links can lead to is known."""
    for found in offered("render", "check").values():
        found(book, targets, problems)
