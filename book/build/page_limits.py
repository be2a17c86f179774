"""What must stand on one page: an exercise, a place with its own page, a flow, a stage on the wall.

Checked after layout. A reader tapes such a page to the wall. What is too long is told with the millimetres by which
it is. An edition may promise more pages, as large print does; then a stage of the wall takes as many as it needs,
and so does a flow.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from book.assemble import printed
from book.assemble.page_rules import page_rules
from book.formats.recipe import PAGES, Recipe
from book.formats.registry import format_of
from book.layout.engine import Pdf
from book.layout.jobs import Engines, LayoutJob
from book.model.body_map import FILE as BODY_MAP
from book.model.book import Chapter, Page
from book.model.editions import Edition
from book.model.exercise import Exercise
from book.model.fields import html_id
from book.model.place import MANIFEST, Path
from book.model.problems import Problems
from book.render.blocks import lines_of
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import value

TALL_MM = 5000  # of paper more, on which anything ends wherever it likes


@dataclass(frozen=True)
class Promise:
    """One thing that must stand on a page: its id, its section, its file and key or line, and how to shorten it."""

    id: str
    section: Section
    file: str
    path: Path
    remedy: str
    line: int = 1


def check_promises(rendered: Rendered, recipe: Recipe, pdfs: Mapping[LayoutJob, Pdf], engines: Engines) -> None:
    """See that nothing takes more pages than an edition promises. BookError with how much each is over."""
    edition = recipe.edition
    if not format_of(edition).on_paper:
        return
    problems, layout_job = Problems(), recipe.layout_jobs[PAGES]
    page_of = pdfs[layout_job].page_of
    for promise in _promises(rendered, edition):
        start, end = (page_of.get(name) for name in (promise.id, f"{promise.id}-end"))
        if start is not None and end is not None and end - start >= edition.promise:
            over = _too_much(rendered, promise, edition, page_of, layout_job, engines)
            message = f"takes {end - start + 1} pages in the edition {edition.name}: {over} mm too much."
            line = rendered.book.lines.of(promise.file, promise.path) if promise.path else promise.line
            problems.add(promise.file, line, f"{message} {promise.remedy}", code="P09")
    problems.raise_any()


def _promises(rendered: Rendered, edition: Edition) -> Iterator[Promise]:
    plan, places = rendered.book.manifest.plan, rendered.book.body_map.places
    for section in rendered.sections:
        match section.part:
            case Exercise(file=file):
                remedy = "Shorten its words, or give its pictures less height_mm."
                yield Promise(section.html_id, section, file, (), remedy)
            case Page(name="wall") if plan and edition.promise == 1:
                for number in range(len(plan.stages)):
                    remedy = "Do fewer moves in this stage, or take page:wall out of contents."
                    key = f"{section.html_id}-{number + 1}"
                    yield Promise(key, section, MANIFEST, ("plan", "stages", number), remedy)
            case Chapter() as chapter:
                yield from _flows(section, chapter)
                inside = {element.get("id") for element in section.tree.iter("div")}
                for key in (key for key, place in places.items() if place.own_page and html_id(key) in inside):
                    remedy = "Shorten its words, or give its figure less height_mm."
                    yield Promise(html_id(key), section, BODY_MAP, ("places", key), remedy)


def _flows(section: Section, chapter: Chapter) -> Iterator[Promise]:
    """Give the flows of a chapter; only the usual size of type has their charts, and marks where they end."""
    remedy = "Shorten its words, or make two flows of it."
    boxes = (box for box in section.tree.iter("div") if box.get("class") == "flow")
    for box, line in zip(boxes, lines_of(chapter, "flow"), strict=True):
        yield Promise(value(box, "id"), section, chapter.file, (), remedy, line)


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
