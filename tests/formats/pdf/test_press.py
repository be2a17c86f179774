"""For a print shop: boxes, marks, inks and fonts of the edition `press`, as its prepress would check them."""

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pymupdf
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner
from PIL import Image

from book.build.builder import Made, build
from book.check.views.layout import MM
from book.commands.cli import main
from book.formats.pdf.finish import SLUG_FONT
from book.formats.pdf.inks import cmyk, look
from book.formats.pdf.printer_marks import CLEAR_MM, MARK_MM, Slug, to_shop
from book.formats.pdf.separations import OTHER, PICTURE, SEE_THROUGH, SHADING, separate
from book.model.editions import EDITIONS
from tests.conftest import ROOT, TINY

FONT = (ROOT / "styles" / SLUG_FONT).read_bytes()
PRESS = EDITIONS["press"]
SHEET_MM = 10  # of sheet beyond the trim
DOTS = 300  # an inch
MOST_INK = 2.4  # of four inks laid on whole: what uncoated paper takes


def with_style(folder: Path, rules: str) -> Path:
    """Give a copy of the tiny book with rules of its own after the house's."""
    book = Path(shutil.copytree(TINY, folder / "book"))
    (book / "styles").mkdir()
    (book / "styles" / "print.css").write_text((ROOT / "styles" / "print.css").read_text("utf-8") + rules, "utf-8")
    return book


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The tiny book for a print shop, with a cover in one color up to its edges."""
    folder = tmp_path_factory.mktemp("press")
    (made,) = build(with_style(folder, "@page cover { background: #9E2A0B }"), folder, ["press"], lambda _: None)
    return made


def instructions(pdf: pikepdf.Pdf) -> Iterator[tuple[list[Any], str, pikepdf.Object]]:
    """Every instruction of pages, forms and patterns, with the resources it draws on."""
    streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
    drawn = [thing for thing in streams if thing.get("/Subtype") == "/Form" or "/PatternType" in thing]
    for content, resources in [(page, page.obj.Resources) for page in pdf.pages] + [
        (form, form.Resources) for form in drawn
    ]:
        for step in pikepdf.parse_content_stream(content):
            yield list(step.operands), str(step.operator), resources


def boxes(page: pikepdf.Page) -> dict[str, list[float]]:
    return {
        name: [float(side) for side in page.obj[name].as_list()]
        for name in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox")
    }


def test_boxes_are_nested_and_the_same_on_each_page(made: Made) -> None:
    with pikepdf.open(made.path) as pdf:
        (found,) = {tuple(map(tuple, boxes(page).values())) for page in pdf.pages}
        assert "/ArtBox" not in pdf.pages[0].obj
    media, crop, bleed, trim = found
    assert media == crop
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(
        (PRESS.width_mm * MM, PRESS.height_mm * MM), abs=0.01
    )
    for outer, by in ((bleed, PRESS.bleed_mm), (media, SHEET_MM)):
        signs = (-1, -1, 1, 1)
        assert outer == pytest.approx(
            [side + sign * by * MM for side, sign in zip(trim, signs, strict=True)], abs=0.01
        )


@pytest.fixture(scope="module")
def pixels(made: Made) -> list[np.ndarray]:
    """The cover and a page of white paper: red, green, blue of each pixel."""
    document = pdfium.PdfDocument(made.path)
    return [
        np.asarray(document[number].render(scale=DOTS / 72).to_pil().convert("RGB"), dtype=int) for number in (0, 1)
    ]


def mm(pixel: float) -> float:
    return pixel / DOTS * 25.4


def extent(mask: np.ndarray) -> list[float]:
    """How far what is marked stands from the left, top, right and bottom of a picture, in mm."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    height, width = mask.shape
    return [mm(side) for side in (columns[0], rows[0], width - 1 - columns[-1], height - 1 - rows[-1])]


def test_the_cover_bleeds_and_ends_with_the_bleed(pixels: list[np.ndarray]) -> None:
    cover = pixels[0]
    ground = cover[cover.shape[0] // 2, cover.shape[1] // 3]
    assert extent(abs(cover - ground).sum(axis=2) < 40) == pytest.approx([SHEET_MM - PRESS.bleed_mm] * 4, abs=0.12)


def test_marks_stand_at_the_trim_and_outside_the_bleed(pixels: list[np.ndarray]) -> None:
    ink = pixels[1].sum(axis=2) < 600
    height, width = ink.shape
    clear = SHEET_MM - PRESS.bleed_mm - CLEAR_MM
    lines = {"left": ink[:, : int(clear / 25.4 * DOTS)], "top": ink[: int(clear / 25.4 * DOTS)].T}
    lines |= {"right": ink[:, ::-1][:, : int(clear / 25.4 * DOTS)], "foot": ink[::-1][: int(clear / 25.4 * DOTS)].T}
    for side, strip in lines.items():
        long = np.flatnonzero(strip.sum(axis=1) > 0.9 * MARK_MM / 25.4 * DOTS)  # a line straight out from the page
        length = mm(strip.shape[0])
        places = [SHEET_MM, length / 2, length - SHEET_MM]
        assert {min(range(3), key=lambda place: abs(places[place] - mm(row))) for row in long} == {0, 1, 2}, side
        assert max(min(abs(place - mm(row)) for place in places) for row in long) < 0.15, side
    frame = ink.copy()
    near = int(np.ceil((clear + 0.1) / 25.4 * DOTS))
    far = int(15 / 25.4 * DOTS)
    frame[far : height - far, far : width - far] = False
    assert not frame[near : height - near, near : width - near].any()


def test_no_color_of_screens_is_left(made: Made) -> None:
    with pikepdf.open(made.path) as pdf:
        used = Counter(operator for _, operator, _ in instructions(pdf))
        spaces = {str(operands[0]) for operands, operator, _ in instructions(pdf) if operator in {"cs", "CS"}}
    assert used["k"] > 50
    assert not {"rg", "RG", "g", "G", "BDC", "EMC"} & used.keys()
    assert spaces == {"/SlugInks"}
    assert made.item.notes == ()


def inks_of_text(page: pikepdf.Page) -> Counter[tuple[float, ...]]:
    """The inks in which the words of a page are set, with how many times."""
    found: Counter[tuple[float, ...]] = Counter()
    now: list[tuple[float, ...]] = [()]
    for step in pikepdf.parse_content_stream(page):
        match str(step.operator):
            case "q":
                now.append(now[-1])
            case "Q":
                now.pop()
            case "k":
                now[-1] = tuple(float(part) for part in step.operands)
            case "Tj" | "TJ":
                found[now[-1]] += 1
    return found


def test_black_words_are_in_black_ink_alone(made: Made) -> None:
    with pikepdf.open(made.path) as pdf:
        found = sum((inks_of_text(page) for page in pdf.pages), Counter())
    assert found[0, 0, 0, 1] > 0.5 * found.total()
    assert {inks[:3] for inks in found if inks[3] == 1} == {(0, 0, 0)}
    assert cmyk(0x4A / 255, 0x4F / 255, 0x54 / 255) in found  # the grey of feet


def test_every_font_is_embedded_and_the_slug_is_type(made: Made) -> None:
    with pikepdf.open(made.path) as pdf:
        fonts = {font.objgen: font for page in pdf.pages for font in page.obj.Resources.Font.as_dict().values()}
        for font in fonts.values():
            (inner,) = font.DescendantFonts.as_list()
            assert inner.FontDescriptor.FontFile2.read_bytes()[:4] == b"\0\1\0\0", font.BaseFont
    with pymupdf.open(made.path) as pdf:
        for number, page in enumerate(pdf, 1):
            foot = page.get_text(
                "text", clip=pymupdf.Rect(0, page.rect.height - 7 * MM, page.rect.width, page.rect.height)
            )
            assert foot.split("\n")[:2] == ["Your first loaf, version 0.3", f"1 March 2026, page {number}/10"]


def test_the_slug_is_printed(pixels: list[np.ndarray]) -> None:
    page = pixels[1].sum(axis=2) < 400
    foot = page[-int(7 / 25.4 * DOTS) :]
    left, right = (foot[:, int(a / 25.4 * DOTS) : int(b / 25.4 * DOTS)] for a, b in ((16, 50), (170, 220)))
    assert left.sum() > 500
    assert right.sum() > 500


def test_long_words_stay_beside_the_cross(tiny_editions: dict[str, Path]) -> None:
    data, _ = to_shop(
        tiny_editions["letter"].read_bytes(), 3, Slug("A very long title " * 12, "Ω 漢 {page} " * 20), FONT
    )
    with pymupdf.open(stream=data) as pdf:
        page = pdf[1]
        foot = [word for word in page.get_text("words") if word[1] > page.rect.height - 8 * MM]
        assert len(foot) > 80
        middle = page.rect.width / 2
        assert min(abs(side - middle) for word in foot for side in (word[0], word[2])) > MARK_MM / 2 * MM
        assert min(word[0] for word in foot) > SHEET_MM * MM
        assert max(word[2] for word in foot) < page.rect.width - SHEET_MM * MM


def test_nothing_is_see_through_tagged_or_claimed(made: Made) -> None:
    with pikepdf.open(made.path) as pdf:
        assert {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/OutputIntents"}.isdisjoint(pdf.Root.keys())
        assert not [page for page in pdf.pages if "/Annots" in page.obj]
        things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
        assert not [thing for thing in things if "/Group" in thing or "/SMask" in thing]
        assert all(thing.get(key, 1) == 1 for thing in things for key in ("/ca", "/CA"))
        assert not [
            thing
            for thing in things
            if isinstance(thing, pikepdf.Stream) and "/N" in thing and "/First" not in thing
        ]
        said = pdf.Root.Metadata.read_bytes()
        assert not [claim for claim in (b"pdfaid:", b"pdfuaid:", b"pdfxid:", b"pdfaExtension:") if claim in said]
        assert (str(pdf.docinfo.Title), str(pdf.Root.Lang)) == ("Your first loaf", "en-GB")


def test_the_same_pages_give_the_same_bytes(tiny_editions: dict[str, Path]) -> None:
    data = tiny_editions["letter"].read_bytes()
    first, second = (to_shop(data, 3, Slug("Loaf", "{page}"), FONT)[0] for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("rgb", "inks"),
    [
        ((0, 0, 0), (0, 0, 0, 1)),
        ((1, 1, 1), (0, 0, 0, 0)),
        ((0.5, 0.5, 0.5), (0, 0, 0, 0.5)),
        ((0.290, 0.310, 0.329), (0, 0, 0, 0.69)),  # nearly grey: black alone, by lightness
        ((1, 0, 0), (0, 1, 1, 0)),  # no ink is as red: the nearest
        ((0, 0, 0.01), (0, 0, 0, 1)),
        ((1.2, -0.1, 0), (0, 1, 1, 0)),  # out of range
    ],
)
def test_inks(rgb: tuple[float, float, float], inks: tuple[float, ...]) -> None:
    assert cmyk(*rgb) == inks


COLORS = [
    "0B4F5C",
    "E3963F",
    "F2E3D4",
    "BFCDD4",
    "4B3A33",
    "8FA0AA",
    "9E2A0B",
    "E6F1F2",
    "5E7C62",
    "FFF3D6",
    "00604A",
]


@pytest.mark.parametrize("color", COLORS)
def test_inks_look_like_the_color(color: str) -> None:
    """By the module's own equations, and by a reader with a table of its own for what inks look like."""
    rgb = [part / 255 for part in bytes.fromhex(color)]
    inks = cmyk(*rgb)
    assert look(inks) == pytest.approx(rgb, abs=0.05)
    assert sum(inks) < MOST_INK
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(20, 20))
        page.obj.Contents = pdf.make_stream(f"{' '.join(map(str, inks))} k 0 0 20 20 re f".encode())
        out = io.BytesIO()
        pdf.save(out)
    pixel = pdfium.PdfDocument(out.getvalue())[0].render().to_pil().convert("RGB").getpixel((10, 10))
    assert [part / 255 for part in pixel] == pytest.approx(rgb, abs=0.09)


def drawn(content: bytes, **resources: object) -> tuple[str, dict[str, list[int]]]:
    """Set a page that has some content in inks; gives its content then, and what stays as it is."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Resources = pikepdf.Dictionary(
            {f"/{name}": pikepdf.Dictionary(held) for name, held in resources.items()}
        )
        page.obj.Contents = pdf.make_stream(content)
        left = separate(pdf)
        return page.obj.Contents.read_bytes().decode().replace("\n", " "), left


@pytest.mark.parametrize(
    ("content", "made"),
    [
        (b"1 0 0 rg 0 0 0 RG", "0 1 1 0 k 0 0 0 1 K"),
        (b"/DeviceRGB cs 0 0 0 sc /DeviceRGB CS 1 0 0 SCN", "/DeviceCMYK cs 0 0 0 1 sc /DeviceCMYK CS 0 1 1 0 SCN"),
        (
            b"/DeviceRGB cs q /DeviceCMYK cs 0 0 0 1 scn Q 1 1 1 scn",
            "/DeviceCMYK cs q /DeviceCMYK cs 0 0 0 1 scn Q 0 0 0 0 scn",
        ),
        (b"/DeviceGray cs 0.5 sc", "/DeviceGray cs 0.5 sc"),
        (b"/P << /MCID 0 >> BDC 1 1 1 rg EMC", "0 0 0 0 k"),
        (b"(1 0 0 rg) Tj", "(1 0 0 rg) Tj"),
    ],
)
def test_colors_are_named_in_inks_however_they_are_named(content: bytes, made: str) -> None:
    assert drawn(content) == (made, {})


def test_colors_that_stay_are_told() -> None:
    lab = pikepdf.Array([pikepdf.Name.Lab, pikepdf.Dictionary(WhitePoint=[0.95, 1, 1.09])])
    _, left = drawn(b"/lab cs 50 20 20 sc", ColorSpace={"/lab": lab})
    assert left == {OTHER: [1]}
    _, left = drawn(b"/half gs", ExtGState={"/half": pikepdf.Dictionary(ca=0.5)})
    assert left == {SEE_THROUGH: [1]}


def test_the_author_hears_what_is_not_in_inks(tmp_path: Path) -> None:
    """A gradient, a picture in RGB and something see-through: each is told once, with its pages."""
    book = with_style(
        tmp_path,
        "@page cover { background: linear-gradient(red, blue) } .log h1 { background: url(red.png); color: rgb(0 0 0 / 0.5) }",
    )
    (book / "styles" / "red.png").write_bytes(red_dot())
    said = CliRunner().invoke(main, ["build", "press", "--root", str(book)])
    assert said.exit_code == 0, said.output
    first, *notes = said.stdout.splitlines()
    assert first.endswith("kB")
    assert sorted(notes) == [
        f"  note: {SHADING}, on page 1.",
        f"  note: {PICTURE}, on page 8.",
        f"  note: {SEE_THROUGH}, on page 8.",
    ]


def red_dot() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return out.getvalue()


def test_the_report_takes_no_more_ink_than_paper_does(report: dict[str, Path]) -> None:
    with pikepdf.open(report["letter"]) as pdf:
        assert separate(pdf) == {}
        pages = b"\n".join(page.obj.Contents.read_bytes() for page in pdf.pages)
    inks = {
        tuple(map(float, found.split())) for found in re.findall(rb"^((?:[\d.]+ ){4})[kK]$", pages, re.MULTILINE)
    }
    assert len(inks) > 20
    assert max(map(sum, inks)) < MOST_INK
