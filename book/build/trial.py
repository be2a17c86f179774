"""A broken book laid out once, for the problems that only its pages show: what is too long, or has no letter."""

from collections.abc import Sequence

from book.build.frames import check_frames
from book.build.glyphs import placed
from book.build.page_limits import check_promises
from book.build.recipes import recipe_for
from book.formats.recipe import Assets
from book.formats.registry import format_of
from book.layout.jobs import Engines
from book.load.files import Shelf
from book.load.styles import Styles
from book.model.book import kinds_in
from book.model.editions import Edition
from book.model.problems import BookError, Problems
from book.render.rendered import Rendered

SEEN_ON_PAGES = {"P01", "P09", "D06"}  # rules about lengths, the frame, letters without a face


def try_out(rendered: Rendered, shelf: Shelf, wanted: Sequence[Edition], problems: Problems) -> None:
    """Lay out the first whole edition on paper. What else is wrong with it follows from what is told already."""
    edition = next((edition for edition in wanted if format_of(edition).on_paper and not edition.holds), None)
    if edition is None:
        return
    seen = Problems()
    try:
        assets = Assets.of(rendered, Styles(shelf, kinds_in(rendered.book)))
        recipe, engines = recipe_for(rendered, edition, assets), Engines(assets.files)
        pdfs = {job: engines.run(job, going_on=True) for job in recipe.layout_jobs.values()}
        seen.found += placed([said for pdf in pdfs.values() for said in pdf.warnings], rendered.book.lines)
        check_promises(rendered, recipe, pdfs, engines, seen)
        check_frames(rendered, recipe, pdfs, seen)
    except BookError as error:
        seen.found += error.problems
    except Exception:  # noqa: BLE001, S110 - the book is broken, and why is told
        pass
    problems.found += [problem for problem in seen.found if problem.code in SEEN_ON_PAGES]
