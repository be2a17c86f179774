"""What of a plan must stand on one page."""

from collections.abc import Iterator

from book.build.promise import Promise
from book.kinds.plan.model import PlanKeys
from book.model.book import Book
from book.model.editions import Edition
from book.model.place import MANIFEST
from book.render.section import Section

REMEDY = "Do fewer moves in this stage, or take page:wall out of contents."


def promises(book: Book, section: Section, edition: Edition) -> Iterator[Promise]:
    """Give the stages on the wall; large print takes as many pages for one as it needs."""
    plan = book.manifest.of(PlanKeys).plan
    if section.key == "page:wall" and plan and edition.promise == 1:
        for number in range(len(plan.stages)):
            key = f"{section.html_id}-{number + 1}"
            yield Promise(key, section, MANIFEST, ("plan", "stages", number), REMEDY)
