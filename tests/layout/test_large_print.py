"""Large print: short lines well apart, all that the usual size says, and two pages for an exercise."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pymupdf
import pypdfium2 as pdfium
import pytest

from book.check.views.expected_words import words
from book.check.views.layout import MM, Char, Layout, foot_of
from book.kinds.exercise.model import Exercise
from book.layout import page_numbers
from book.layout.boxes import Box
from book.model.editions import EDITIONS, Edition
from book.render.pages.templates import long_date
from book.render.rendered import Rendered
from tests.conftest import Command, read
from tests.formats.pdf.test_pdf import destinations_of, squash, starts_of
from tests.kinds.exercise.test_exercise_pages import EXERCISE, change
from tests.model.test_sheets import add

LARGE = [name for name, edition in EDITIONS.items() if edition.type_size == "large"]
LEAST_PT, LEADING, WIDEST_MM = 18, 1.25, 152
SAME_LINE_MM, WORD_GAP_MM = 1.5, 6
LINE_MM = 8  # of the words beside an exercise's steps
Run = Callable[..., str]


@pytest.fixture(scope="module")
def layouts(report: dict[str, Path]) -> dict[str, Layout]:
    return {name: read(report[name], foot_of(EDITIONS[name])) for name in LARGE}


@pytest.fixture(params=LARGE)
def edition(request: pytest.FixtureRequest) -> Edition:
    return EDITIONS[request.param]


def test_another_book_is_as_large(command: Command) -> None:
    """The tiny book has what the report lacks: a footnote, a numbered note, an empty frame, a book's own labels."""
    assert command("large-print").exit_code == 0
    layout = read(command.root / "dist" / "first-loaf-large-print.pdf", 1000)
    assert not [piece.text for sheet in layout.sheets for piece in sheet.pieces if piece.size < LEAST_PT - 0.01]


@dataclass(frozen=True)
class Line:
    """Words on one baseline without a gap as wide as between columns; in mm, its largest type in points."""

    left: float
    right: float
    baseline: float
    size: float


def lines_of(chars: list[Char]) -> list[Line]:
    """Cut the characters of a page into lines."""
    runs: list[list[Char]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        if last and abs(char.baseline - last.baseline) < SAME_LINE_MM and abs(char.left - last.right) < WORD_GAP_MM:
            runs[-1].append(char)
        else:
            runs.append([char])
    return [
        Line(
            min(char.left for char in run), max(char.right for char in run),
            max(char.baseline for char in run), max(char.size for char in run),
        )
        for run in runs
    ]  # fmt: skip


def crowded(lines: list[Line]) -> list[tuple[Line, Line]]:
    """Pairs of lines, one below the other, that are nearer than 1.25 times the type they share."""
    found = []
    for upper in lines:
        for lower in lines:
            apart = lower.baseline - upper.baseline
            beside = upper.right <= lower.left or lower.right <= upper.left
            needed = LEADING * min(upper.size, lower.size) / MM
            if not beside and SAME_LINE_MM < apart < needed - 0.02:
                found.append((upper, lower))
    return found


def test_lines_are_short_and_well_apart(edition: Edition, layouts: dict[str, Layout]) -> None:
    left = edition.margins_mm[3]
    for number, sheet in enumerate(layouts[edition.name].sheets, 1):
        body = [char for char in sheet.chars if char.top < foot_of(edition)]
        lines = lines_of(body)
        assert lines, number
        outside = [line for line in lines if line.left < left - 0.5 or line.right > left + WIDEST_MM + 0.3]
        assert not outside, number
        assert not crowded(lines), number


def test_crowded_lines_are_seen() -> None:
    first = Line(0, 90, 10, 18)
    assert crowded([first, Line(0, 90, 17.9, 18)])
    assert not crowded([first, Line(0, 90, 18, 18)])
    assert not crowded([first, Line(91, 120, 15, 18)])


def pages_of(pdf: Path) -> list[str]:
    """Give the words of each page, those that go over a line's end in one piece."""
    with pymupdf.open(pdf) as document:
        return [page.get_text(flags=pymupdf.TEXT_DEHYPHENATE) for page in document]


def test_each_section_says_what_it_says_in_the_usual_size(rendered: Rendered, report: dict[str, Path]) -> None:
    """Also what no author wrote: labels, contents, log, wall sheets, sources. Only numbers of pages are others."""
    usual, large = report["letter"], report[LARGE[0]]
    before, after, lost = starts_of(rendered, usual), starts_of_large(rendered, large), {}
    about = rendered.book.manifest
    elsewhere = set(words(f"{about.title} {about.labels.version} {about.version} {long_date(rendered.book)}"))
    elsewhere |= set(words(about.labels.week))  # heads the chart's numbers; the list says "weeks"
    pages = [pages_of(pdf) for pdf in (usual, large)]
    for number, section in enumerate(rendered.sections):
        texts = [
            " ".join(text[starts[number] - 1 : starts[number + 1] - 1])
            for starts, text in zip((before, after), pages, strict=True)
        ]
        said, kept = ({word for word in words(text) if not word.isdigit()} for text in texts)
        if missing := said - kept - elsewhere:
            lost[section.key] = missing
    assert not lost


def test_contents_and_links_name_the_pages_of_this_edition(
    rendered: Rendered, report: dict[str, Path], layouts: dict[str, Layout]
) -> None:
    starts = starts_of_large(rendered, report[LARGE[0]])
    at = next(number for number, section in enumerate(rendered.sections) if section.key == "page:contents")
    shown = "".join(char.text for char in layouts[LARGE[0]].body if starts[at] <= char.page + 1 < starts[at + 1])
    for section, start in zip(rendered.sections, starts, strict=False):
        if section.key != "page:contents":
            assert re.search(re.escape(squash(section.title)) + rf"{start}(?!\d{{3}})", shown), section.title


def test_exercises_and_places_take_two_pages_at_most(rendered: Rendered, report: dict[str, Path]) -> None:
    pdf = report[LARGE[0]]
    starts = starts_of_large(rendered, pdf)
    taken = {
        part.name: starts[number + 1] - starts[number]
        for number, part in enumerate(rendered.book.parts)
        if isinstance(part, Exercise)
    }
    assert set(taken.values()) <= {1, 2}, taken
    own = [key for key, place in rendered.book.body_map.places.items() if place.own_page]
    pages = destinations_of(pdf)
    for key, following in pairwise(own):
        assert pages[following.replace(":", "-")] - pages[key.replace(":", "-")] <= 2, key


def test_the_log_has_two_weeks_a_page(
    rendered: Rendered, report: dict[str, Path], layouts: dict[str, Layout]
) -> None:
    at = next(number for number, section in enumerate(rendered.sections) if section.key == "page:log")
    starts, labels = starts_of_large(rendered, report[LARGE[0]]), rendered.book.manifest.labels
    pages = [
        re.findall(rf"{labels.week}(\d)", "".join(char.text for char in layouts[LARGE[0]].sheets[page - 1].chars))
        for page in range(starts[at], starts[at + 1])
    ]
    assert pages == [["1", "2"], ["3", "4"]]


def test_it_is_set_in_our_fonts(report: dict[str, Path], run: Run) -> None:
    rows = [line.split() for line in run("pdffonts", report[LARGE[0]]).splitlines()[2:]]
    assert {row[0].partition("+")[2] for row in rows} == {"Guide-Large", "Guide-Large-Bold", "Guide-Sans"}


def test_more_than_two_pages_is_told_in_millimetres(command: Command) -> None:
    """Taking away what is too much makes it fit; two lines less than that do not."""
    change(command.root, "easier: Use a spatula.", f"easier: {'Wet<br/>' * 25}Use a spatula.")
    said = command("large-print").stderr
    found = re.search(
        r"stretch-and-fold\.md:1: takes 3 pages in the edition large-print: (\d+) mm too much\.", said
    )
    assert found, said
    lines = -(-int(found[1]) // LINE_MM)
    text = (command.root / EXERCISE).read_text("utf-8")
    for taken, code in ((lines - 2, 1), (lines, 0)):
        (command.root / EXERCISE).write_text(text.replace("Wet<br/>", "", taken), "utf-8")
        assert command("large-print").exit_code == code, taken


def test_page_numbers_written_out_are_those_that_the_engine_counts(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engine's own numbers lag behind, the pages are laid out again with the true ones in them."""
    add(
        command.root,
        'editions:\n  read: {says: Some, like: large-print, holds: ["chapter:flour-and-water", "chapter:baking"]}\n',
    )

    def made(name: str) -> str:
        out = command.root / name
        assert command("read", "--out", str(out)).exit_code == 0
        return read(out / "first-loaf-read.pdf", 1000).text

    counted = made("counted")
    monkeypatch.setattr(page_numbers, "are_true", lambda *_: False)
    assert made("written") == counted
    monkeypatch.setattr(page_numbers, "write_out", lambda html, _: html)
    assert made("left out") != counted, "no number came from what was written out"


@pytest.mark.parametrize(
    ("shown", "true"), [("\u00a0(page\u00a07)", True), ("\u00a0(page\u00a08)", False), ("(page", True)]
)
def test_a_stale_page_number_is_seen(shown: str, true: bool) -> None:
    link = {"href": "#area", "data-page": "page"}
    after = Box("a::after", link, children=(Box("a::after", link, text=shown),))
    pages = [Box("", children=(after,))]
    assert page_numbers.are_true(pages, {"area": 7}) is true
    assert page_numbers.are_true(pages, {}), "an id that stands nowhere has no page"


def starts_of_large(rendered: Rendered, pdf: Path) -> list[int]:
    """As `starts_of`, with contents of more than one page: the outline tells where they begin."""
    found = starts_of(rendered, pdf)
    document = pdfium.PdfDocument(pdf)
    try:
        outline = {mark.get_title(): mark.get_dest().get_index() + 1 for mark in document.get_toc()}
    finally:
        document.close()
    at = next(number for number, section in enumerate(rendered.sections) if section.key == "page:contents")
    found[at] = outline[rendered.sections[at].title]
    return found
