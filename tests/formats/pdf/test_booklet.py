"""The booklet: it folds into reading order, each page stands whole on its half, and it is for paper alone."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2 as pdfium
import pytest

from book.check.views.layout import MM
from book.formats.pdf.finish import live_area
from book.formats.pdf.imposition import EDGE_MM, GUTTER_MM, impose, scale_of, sides
from book.model.editions import EDITIONS, Edition

BOOKLETS = {"booklet": "letter", "booklet-a4": "a4"}  # and the paper each is made of
BODY_PT = 12
DOTS = 60  # an inch


def sheet_of(edition: Edition) -> tuple[float, float]:
    return edition.height_mm, edition.width_mm


def imposed(edition: str, files: dict[str, Path]) -> bytes:
    row = EDITIONS[edition]
    return impose(files[BOOKLETS[edition]].read_bytes(), sheet_of(row), live_area(row))


@pytest.fixture(scope="module", params=BOOKLETS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def booklet(name: str, tiny_editions: dict[str, Path]) -> bytes:
    return imposed(name, tiny_editions)


def folded(order: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stack the sheets, fold them down the middle, and turn the leaves: gives each leaf's front and back.

    A sheet flipped on its short edge shows at the left what lies behind its right half.
    """
    sheets = list(zip(order[::2], order[1::2], strict=True))
    for front, back in sheets:  # the right halves, from the outermost sheet in
        yield front[1], back[0]
    for front, back in reversed(sheets):  # then the left halves, from the innermost out
        yield back[1], front[0]


@pytest.mark.parametrize("pages", range(1, 65))
def test_folded_sheets_read_in_order(pages: int) -> None:
    order = sides(pages)
    leaves = list(folded(order))
    assert len(order) % 2 == 0
    assert len(leaves) == -(-pages // 4) * 2
    read = [page for leaf in leaves for page in leaf]
    assert read == [*range(1, pages + 1), *[0] * (len(read) - pages)]


def words_in(page: pymupdf.Page, left: float, right: float) -> list[str]:
    clip = pymupdf.Rect(left, 0, right, page.rect.height)
    return [word[4] for word in page.get_text("words", clip=clip)]


@pytest.mark.parametrize("edition", BOOKLETS)
def test_each_half_holds_the_whole_page_that_is_due(
    edition: str, report: dict[str, Path], tiny_editions: dict[str, Path]
) -> None:
    """A long book, and on the other paper a short one."""
    files = report if edition == "booklet" else tiny_editions
    whole = pymupdf.open(files[BOOKLETS[edition]])
    made = pymupdf.open(stream=imposed(edition, files))
    order = sides(len(whole))
    assert len(made) == len(order)
    for side, numbers in zip(made, order, strict=True):
        middle = side.rect.width / 2
        for number, (left, right) in zip(numbers, ((0, middle), (middle, 2 * middle)), strict=True):
            due = words_in(whole[number - 1], 0, 1000) if number else []
            assert words_in(side, left, right) == due, number


def test_what_the_list_says_of_the_type_is_true(name: str) -> None:
    row = EDITIONS[name]
    (size,) = re.findall(r"([\d.]+)-point", row.says)
    assert scale_of(sheet_of(row), live_area(row)) * BODY_PT == pytest.approx(float(size), abs=0.1)


def test_type_is_as_small_as_said(name: str, booklet: bytes) -> None:
    row = EDITIONS[name]
    with pymupdf.open(stream=booklet) as made:
        blocks = [block for page in made for block in page.get_text("dict")["blocks"] if "lines" in block]
    serif = [
        round(span["size"], 2)
        for block in blocks
        for line in block["lines"]
        for span in line["spans"]
        if span["font"].endswith("Guide-Serif")
    ]
    assert max(serif, key=serif.count) == pytest.approx(scale_of(sheet_of(row), live_area(row)) * BODY_PT, abs=0.02)


def test_edge_and_gutter_stay_white(name: str, booklet: bytes) -> None:
    width, height = sheet_of(EDITIONS[name])
    for page in pdfium.PdfDocument(booklet):
        assert (page.get_width() / MM, page.get_height() / MM) == pytest.approx((width, height), abs=0.01)
        picture = (
            page.render(scale=DOTS / 72, grayscale=True)
            .to_pil()
            .convert("L")
            .point(lambda grey: 255 * (grey < 200))
        )
        middle = picture.width // 2
        for half, inner, outer in (
            (picture.crop((0, 0, middle, picture.height)), 2, 0),
            (picture.crop((middle, 0, *picture.size)), 0, 2),
        ):
            box = half.getbbox()
            if box is None:
                continue
            sides_mm = [box[0], box[1], half.width - box[2], half.height - box[3]]
            white = [side / DOTS * 25.4 for side in sides_mm]
            assert white[outer] > EDGE_MM - 0.7
            assert white[inner] > GUTTER_MM - 0.7
            assert min(white[1], white[3]) > EDGE_MM - 0.7


def test_it_is_for_paper_alone(booklet: bytes) -> None:
    with pikepdf.open(io.BytesIO(booklet)) as made:
        assert {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/OutputIntents"}.isdisjoint(
            made.Root.keys()
        )
        assert not [page for page in made.pages if "/Annots" in page.obj or "/StructParents" in page.obj]
        assert not [
            thing for thing in made.objects if isinstance(thing, pikepdf.Stream) and b" BDC" in thing.read_bytes()
        ]
        said = made.Root.Metadata.read_bytes()
        assert not [claim for claim in (b"pdfaid:", b"pdfuaid:", b"pdfaExtension:") if claim in said]
        assert b"Your first loaf" in said
        assert str(made.docinfo.Title) == "Your first loaf"
        assert str(made.Root.Lang) == "en-GB"
        assert made.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert made.Root.ViewerPreferences.PrintScaling == "/None"


def test_halves_share_the_fonts_of_the_book(name: str, booklet: bytes, tiny_editions: dict[str, Path]) -> None:
    with pikepdf.open(io.BytesIO(booklet)) as made, pikepdf.open(tiny_editions[BOOKLETS[name]]) as whole:
        counts = [
            sum(
                isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
                for thing in pdf.objects
            )
            for pdf in (made, whole)
        ]
    assert counts[0] == counts[1] > 0


def test_the_same_pages_give_the_same_bytes(name: str, booklet: bytes, tiny_editions: dict[str, Path]) -> None:
    assert imposed(name, tiny_editions) == booklet
