"""What a page of a kind needs of `book.yaml`."""

from book.model.book import Book
from book.model.document import Page
from book.model.place import MANIFEST
from book.model.problems import Problems


def check_key(book: Book, page: str, key: str, value: object, problems: Problems) -> None:
    """See that a page stands in contents only if the key that it is filled with is there."""
    for part in book.parts:
        if isinstance(part, Page) and part.name == page and value is None:
            said = f'"page:{page}" needs the key "{key}". Add it, or take the page out.'
            problems.add(MANIFEST, part.line, said)
