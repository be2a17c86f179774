"""A look at pages of a broken book, for the problems that only they show: what is too long, or has no letter."""

from collections.abc import Sequence
from html import escape

from book.assemble.page_rules import page_rules
from book.build.frames import check_frames
from book.build.glyphs import placed
from book.build.page_limits import check_promises
from book.build.recipes import recipe_for
from book.formats.recipe import Assets
from book.formats.registry import format_of
from book.layout.jobs import Engines, LayoutJob
from book.load.files import Shelf
from book.load.styles import Styles
from book.model.book import kinds_in
from book.model.document import Document
from book.model.editions import Edition, only
from book.model.problems import BookError, Problems
from book.render.rendered import Rendered

SEEN_ON_PAGES = {"P01", "P09", "D06"}  # rules about lengths, the frame, letters without a face


def try_out(rendered: Rendered, shelf: Shelf, wanted: Sequence[Edition], problems: Problems) -> None:
    """Lay out what promises to stand on its page, in the first whole edition on paper, and every letter once.

    The rest of a book would take long, and shows little more. What else is wrong with these pages follows from what
    is told already.
    """
    edition = next((edition for edition in wanted if format_of(edition).on_paper and not edition.holds), None)
    if edition is None:
        return
    seen = Problems()
    try:
        assets = Assets.of(rendered, Styles(shelf, kinds_in(rendered.book)))
        engines = Engines(assets.files)
        recipe = recipe_for(rendered, only(edition, _limited(rendered)), assets)
        pdfs = {job: engines.run(job, going_on=True) for job in recipe.layout_jobs.values()}
        sheets = next(job.sheets for job in pdfs)
        letters = engines.run(LayoutJob(_letters(rendered), page_rules(edition), sheets, "letters"), going_on=True)
        seen.found += placed(letters.warnings, rendered.book.lines)
        check_promises(rendered, recipe, pdfs, engines, seen)
        check_frames(rendered, recipe, pdfs, seen)
    except BookError as error:
        seen.found += error.problems
    except Exception:  # noqa: BLE001, S110 - the book is broken, and why is told
        pass
    problems.found += [problem for problem in seen.found if problem.code in SEEN_ON_PAGES]


def _limited(rendered: Rendered) -> list[str]:
    """Give the typed ids of documents that must stand on one page; the first of the book if none must."""
    parts = [part for part in rendered.book.parts if isinstance(part, Document)]
    return [part.key for part in parts if part.remedy] or [part.key for part in parts[:1]]


def _letters(rendered: Rendered) -> str:
    """Give a page with each letter of the book once."""
    found = sorted(
        {letter for section in rendered.sections for text in section.tree.itertext() for letter in str(text)}
    )
    return f"<html lang='en'><title>Letters</title><body><p>{escape(' '.join(found))}</p></body></html>"
