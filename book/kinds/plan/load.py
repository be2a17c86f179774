"""What is wrong with a plan."""

from book.kinds.plan.model import PlanKeys, mistakes
from book.load.needs import check_key
from book.model.book import Book
from book.model.place import MANIFEST
from book.model.problems import Problems


def check(book: Book, problems: Problems) -> None:
    """See that a plan is whole, does only what the book has, and is there for the sheets for the wall."""
    plan = book.manifest.of(PlanKeys).plan
    check_key(book, "wall", "plan", plan, problems)
    for path, said in mistakes(plan, book.manifest.contents) if plan else ():
        problems.add(MANIFEST, book.lines.of(MANIFEST, ("plan", *path)), said)
