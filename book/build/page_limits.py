"""What must stand on one page: an exercise, a flow, and what else a kind of content promises of its own.

Checked after layout. A reader tapes such a page to the wall. What is too long is told with the millimetres by which
it is. An edition may promise more pages, as large print does; then a stage of the wall takes as many as it needs,
and so does a flow.
"""

from collections.abc import Iterator, Mapping
from math import ceil

from book.assemble import printed
from book.assemble.page_rules import page_rules
from book.build.promise import Promise
from book.formats.recipe import PAGES, Recipe
from book.formats.registry import format_of
from book.layout.engine import Pdf
from book.layout.jobs import Engines, LayoutJob
from book.model.document import Document
from book.model.editions import Edition
from book.model.kinds import offered
from book.model.problems import Problems
from book.render.positions import blocks_of
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import value

TALL_MM = 5000  # of paper more, on which anything ends wherever it likes


def check_promises(
    rendered: Rendered, recipe: Recipe, pdfs: Mapping[LayoutJob, Pdf], engines: Engines, problems: Problems
) -> None:
    """See that nothing takes more pages than an edition promises; tell how much each is over."""
    edition = recipe.edition
    if not format_of(edition).on_paper:
        return
    layout_job = recipe.layout_jobs[PAGES]
    page_of = pdfs[layout_job].page_of
    for promise in _promises(rendered, edition):
        start, end = (page_of.get(name) for name in (promise.id, f"{promise.id}-end"))
        if start is not None and end is not None and end - start >= edition.promise:
            over = _too_much(rendered, promise, edition, page_of, layout_job, engines)
            message = f"takes {end - start + 1} pages in the edition {edition.name}: {over} mm too much."
            line = rendered.book.lines.of(promise.file, promise.path) if promise.path else promise.line
            problems.add(promise.file, line, f"{message} {promise.remedy}", code="P09")


def _promises(rendered: Rendered, edition: Edition) -> Iterator[Promise]:
    """Give what kinds of content promise of a section, then documents themselves, then flows."""
    for section in rendered.sections:
        for found in offered("build", "promises").values():
            yield from found(rendered.book, section, edition)
        if isinstance(section.part, Document):
            if section.part.remedy:
                yield Promise(section.html_id, section, section.part.file, (), section.part.remedy)
            yield from _flows(section)


def _flows(section: Section) -> Iterator[Promise]:
    """Give the flows of a document; only the usual size of type has their charts, and marks where they end."""
    remedy = "Shorten its words, or make two flows of it."
    for box, line in zip(blocks_of(section.tree), section.lines, strict=True):
        if box.tag == "div" and value(box, "class") == "flow":
            yield Promise(value(box, "id"), section, section.file, (), remedy, line)


def _too_much(
    rendered: Rendered,
    promise: Promise,
    edition: Edition,
    page_of: dict[str, int],
    layout_job: LayoutJob,
    engines: Engines,
) -> int:
    """Give by how many whole mm something runs past the last page it may take, 1 at least.

    Its section is laid out alone once more, or a part of the book as a whole; that last page is tall enough to hold
    all the rest.
    """
    _, _, bottom, _ = edition.margins_mm
    html, before = layout_job.html, 1
    if not edition.holds:
        html, before = printed.alone(rendered, promise.section, page_of, edition), page_of[promise.section.html_id]
    last = page_of[promise.id] - before + edition.promise
    rules = (
        f"{page_rules(edition)} @page :nth({last}) {{ size: {edition.width_mm}mm {edition.height_mm + TALL_MM}mm }}"
    )
    end = engines.engine(layout_job.sheets).top_of(html, rules, f"{promise.id}-end")
    return max(1, ceil(end - (edition.height_mm - bottom)))
