"""What is wrong with a log."""

from book.kinds.log.model import LogKeys
from book.load.needs import check_key
from book.model.book import Book
from book.model.problems import Problems


def check(book: Book, problems: Problems) -> None:
    """See that the page of a log has one."""
    check_key(book, "log", "log", book.manifest.of(LogKeys).log, problems)
