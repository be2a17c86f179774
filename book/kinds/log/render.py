"""The page of a log."""

from book.kinds.log.model import LogKeys
from book.model.book import Book
from book.model.document import Page
from book.render.kinds import Gathered
from book.render.pages.templates import days, fill
from book.render.section import Section


def page(book: Book, part: Page, gathered: Gathered) -> Section:
    """Fill the log. ValueError if the book has none."""
    del gathered
    log, labels, key = book.manifest.of(LogKeys).log, book.manifest.labels, f"page:{part.name}"
    if log is None:
        raise ValueError("page:log without a log; load lets none through")
    tree = fill("log/page.html", key=key, log=log, days=days(labels), labels=labels, book=book.manifest)
    return Section(key, log.title, log.title, None, part, tree)


PAGES = {"log": page}
