"""Does anything leave the frame of its page at a side? Asked of every paper edition, after layout."""

from collections.abc import Mapping

from book.formats.recipe import Recipe
from book.formats.registry import format_of
from book.layout.engine import Pdf
from book.layout.jobs import LayoutJob
from book.layout.overflow import Outside
from book.model.problems import Problem, Problems
from book.render.rendered import Rendered


def check_frames(rendered: Rendered, recipe: Recipe, pdfs: Mapping[LayoutJob, Pdf], problems: Problems) -> None:
    """See that all stays in its frame; tell the line of each block that does not, and by how much."""
    for layout_job in recipe.layout_jobs.values() if format_of(recipe.edition).on_paper else ():
        problems.found += [_problem(rendered, recipe, outside) for outside in pdfs[layout_job].outside]


def _problem(rendered: Rendered, recipe: Recipe, outside: Outside) -> Problem:
    section = next((one for one in rendered.sections if one.html_id == outside.section), None)
    lines = section.lines[: outside.block + 1] if section else ()
    line = next((line for line in reversed(lines) if line), 0)
    file = section.file if section else "styles"
    if not line:  # front matter, or a page of the builder
        line = max(rendered.book.lines.find([file], outside.words)[1], 1) if section else 0
    shown = f'"{outside.words[:40]}"' if outside.words else "a picture"
    said = (
        f"{shown} reaches {outside.over_mm:.0f} mm beyond the frame on page {outside.page} of the edition "
        f"{recipe.edition.name}. Shorten it, or let it break."
    )
    return Problem(file, line, said, "P01")
