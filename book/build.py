"""The whole line for some editions: load, render, assemble, lay out, save. What the command calls."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from book import assemble
from book.cover import draw_cover
from book.editions import PRINT_STYLES, Edition, editions_of, listed
from book.epub import make_epub
from book.files import Shelf
from book.links import Section
from book.load import load
from book.model import Exercise, Page
from book.pdf import Pdf, Press
from book.problems import BookError, Problem, Problems
from book.render import Rendered, render
from book.save import save
from book.styles import Styles

STAGE_REMEDY = "Do fewer moves in it, or take page:wall out of contents."
Tell = Callable[[str], None]
TALL_MM = 5000  # of paper more, on which an exercise ends wherever it likes


@dataclass(frozen=True)
class Made:
    """An edition on disk: its file, its size in bytes, and its pages (PDF) or files of text (EPUB)."""

    edition: Edition
    path: Path
    size: int
    pages: int


def build(root: Path, out: Path, names: Iterable[str], tell: Tell) -> list[Made]:
    """Build editions (all that book.yaml lists, if none is named) and save them together.

    `names` are of editions that the book has. `tell` hears what is being done. Raises BookError; then nothing on
    disk has changed.
    """
    shelf = Shelf(root)
    tell("reading")
    book = load(shelf)
    known = editions_of(book.manifest)
    wanted = [known[name] for name in dict.fromkeys(tuple(names) or listed(book.manifest))]
    tell("rendering")
    rendered = render(book, shelf)
    made: list[tuple[Edition, str, bytes, int]] = []
    for edition, (data, pages) in zip(wanted, make(rendered, wanted, Styles(shelf)), strict=True):
        tell(edition.name)
        made.append((edition, book.manifest.file_name + edition.suffix, data, pages))
    tell("saving")
    paths = save(out, {name: data for _, name, data, _ in made})
    return [
        Made(edition, path, len(data), pages) for (edition, _, data, pages), path in zip(made, paths, strict=True)
    ]


def make(rendered: Rendered, editions: Iterable[Edition], styles: Styles) -> Iterator[tuple[bytes, int]]:
    """Make editions of a book one after the other; give each file, and its pages or sections. BookError."""

    def give(name: str) -> bytes:
        folder, _, file = name.partition("/")
        return rendered.pictures[file].data if folder == "images" else styles.data(file)

    press = Press([styles.text(name) for name in PRINT_STYLES], give)
    for edition in editions:
        match edition.kind:
            case "pdf":
                html = assemble.for_print(rendered, edition.holds, fillable=edition.fillable)
                identifier = rendered.book.manifest.identifier
                pdf = press.lay_out(html, page_rules(edition), identifier, fillable=edition.fillable)
                _check_exercises(rendered, edition, pdf, press)
                yield pdf.data, pdf.pages
            case "epub":
                page = press.lay_out(assemble.cover(rendered), styles.text("cover.css"), "cover")
                yield make_epub(rendered, styles.text("epub.css"), draw_cover(page.data))


def page_rules(edition: Edition) -> str:
    """Give the style rules that set an edition's paper and margins."""
    margins = " ".join(f"{side}mm" for side in edition.margins_mm)
    return f"@page {{ size: {edition.width_mm}mm {edition.height_mm}mm; margin: {margins} }}"


def _check_exercises(rendered: Rendered, edition: Edition, pdf: Pdf, press: Press) -> None:
    """One exercise, one page: a reader tapes it to the wall. One stage of a plan, one page of the wall sheets."""
    problems = Problems()
    sections = {section.key: section for section in rendered.sections}
    keys = edition.holds or tuple(sections)
    starts = [pdf.page_of[key.replace(":", "-")] for key in keys]
    for key, start, following in zip(keys, starts, [*starts[1:], pdf.pages + 1], strict=True):
        section = sections.get(key)
        if section is None:
            continue
        if isinstance(section.part, Exercise) and following - start > 1:
            over = _too_much(rendered, section, edition, pdf.page_of, press)
            message = (
                f"takes {following - start} pages in the edition {edition.name}: {over} mm too much. "
                "Shorten its words, or give its pictures less height_mm."
            )
            problems.found.append(Problem(section.part.file, 1, message))
        problems.found += _long_stages(section, following, edition, pdf.page_of)
    problems.raise_any()


def _long_stages(section: Section, following: int, edition: Edition, page_of: dict[str, int]) -> list[Problem]:
    """Find the stages of a plan that take more than a page of the wall sheets; `following` begins on a page."""
    lines = section.part.pieces if isinstance(section.part, Page) else ()
    starts = [page_of[f"{section.html_id}-{number}"] for number in range(1, len(lines) + 1)]
    return [
        Problem(
            "book.yaml",
            line,
            f"this stage takes {end - start} pages of wall sheets in the edition {edition.name}. {STAGE_REMEDY}",
        )
        for line, start, end in zip(lines, starts, [*starts, following][1:], strict=False)
        if end - start > 1
    ]


def _too_much(rendered: Rendered, section: Section, edition: Edition, page_of: dict[str, int], press: Press) -> int:
    """Give by how many whole mm a section is higher than an edition's frame, 1 at least."""
    top, _, bottom, _ = edition.margins_mm
    tall = page_rules(replace(edition, height_mm=edition.height_mm + TALL_MM))
    height = press.height_of(assemble.alone(rendered, section, page_of), tall, section.html_id)
    return max(1, ceil(height - (edition.height_mm - top - bottom)))


__all__ = ["BookError", "Made", "build"]
