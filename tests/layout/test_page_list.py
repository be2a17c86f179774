"""Pages of the printed edition marked in the e-book: each marker stands before the very words its page begins with."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from book.build.builder import build
from book.formats.epub.writer import make_epub
from book.layout import page_starts
from book.render.positions import PrintPages, Start
from book.render.rendered import Rendered
from tests.conftest import ROOT, TINY

Run = Callable[..., str]
LETTERS = 30
PRINT_ONLY = {3}  # the contents: the e-book's own come before the text
WALL = 70  # its moves are a table of pictures in print, and a list in the e-book
PARTLY = {
    84: "Sources",
    90: "Scanthese",
    96: "LLifting",
}  # what follows differs: notes for paper, page numbers of the index
PICTURE_FIRST = {18: "a head out in front"}  # pages that begin with a picture: what its caption says


def letters(text: str) -> str:
    """Give a text without spaces and signs: PDF and XHTML differ in those."""
    return re.sub(r"[\W_]", "", text)


def after_markers(path: Path) -> dict[int, str]:
    """Give the letters that follow each marker of an e-book, to its end."""
    text, found = "", {}
    with zipfile.ZipFile(path) as files:
        package = etree.fromstring(files.read("EPUB/content.opf"))
        homes = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        for item in package.iter("{*}itemref"):
            body = etree.fromstring(files.read(f"EPUB/{homes[item.get('idref')]}")).find("{*}body")
            for event, element in etree.iterwalk(body, events=("start", "end")):
                if event == "start" and element.get("role") == "doc-pagebreak":
                    found[int(element.get("id").removeprefix("page-"))] = len(text)
                text += letters((element.text if event == "start" else element.tail) or "")
    return {number: text[at:] for number, at in found.items()}


def on_pages(path: Path, run: Run, *order: str) -> list[str]:
    """Give the letters of each page of a PDF without what only print has: the pages of links and of codes."""
    pages = run("pdftotext", *order, path, "-").split("\f")[:-1]
    return [letters(re.sub(r"\(page\s\d+\)|from\spage\s\d+", "", page)) for page in pages]


def test_each_page_of_the_report_begins_where_its_marker_is(report: dict[str, Path], run: Run) -> None:
    marked = after_markers(report["epub"])
    drawn, read = on_pages(report["letter"], run, "-raw"), on_pages(report["letter"], run)
    assert list(marked) == list(range(1, len(drawn) + 1))
    off = {
        number: (first[:LETTERS], marked[number][:LETTERS])
        for number, (first, second) in enumerate(zip(drawn, read, strict=True), 1)
        if not marked[number].startswith((first[:LETTERS], second[:LETTERS]))
    }
    assert set(off) == PRINT_ONLY | {WALL, *PARTLY}, off
    for number, words in PARTLY.items():
        assert drawn[number - 1].startswith(words)
        assert marked[number].startswith(words)
    assert marked[3].startswith(drawn[3][:LETTERS]), "print only: marked at the next page that the e-book has"
    assert marked[WALL].startswith("Yourmovesforthewall")


def test_a_page_that_begins_with_a_picture_is_marked_before_it(report: dict[str, Path]) -> None:
    with zipfile.ZipFile(report["epub"]) as files:
        for number, words in PICTURE_FIRST.items():
            (page,) = (
                tree for name in files.namelist() if name.endswith(".xhtml") and "nav" not in name
                and (tree := etree.fromstring(files.read(name))).xpath(f"//*[@id='page-{number}']")
            )  # fmt: skip
            (mark,) = page.xpath(f"//*[@id='page-{number}']")
            assert mark.getparent().tag.endswith("figure")
            assert mark.getnext().tag.endswith("img")
            assert words in "".join(mark.getparent().itertext())


WITHIN = (4, 5, 7, 8, 9, 10, 11)  # of the tiny book with much in its first chapter
LONG = (
    "Flour and water wait **longer** than you think [@K1], and a [loaf](exercise:stretch-and-fold) needs it. "
    "*Slowly*, then. "
)


@pytest.fixture(scope="module")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The tiny book with paragraphs, a list and a table that go over pages, notes at their feet and floats beside."""
    root = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("long") / "book"))
    chapter = root / "chapters" / "flour-and-water.md"
    rows = "".join(f"| Loaf {row} | Wait {row} hours, and look at it | Bake it |\n" for row in range(90))
    chapter.write_text(
        chapter.read_text("utf-8")
        .replace("You need 500 g of flour", LONG * 30 + "It pays.[^2] " + LONG * 30 + "You need 500 g of flour")
        .replace("[^1]: ", "[^2]: A note at the foot, which is no part of the running text.\n\n[^1]: ")
        .replace(
            "/// in-short",
            f"Table: Many loaves.\n\n| Loaf | Wait | Then |\n|--|--|--|\n{rows}\n- {LONG * 40}\n\n/// in-short",
        )
    )
    last = root / "chapters" / "baking.md"
    last.write_text(last.read_text("utf-8").replace("too.", "too.[^1]\n\n[^1]: The lid, too."), "utf-8")
    (root / "styles").mkdir()
    print_css = (ROOT / "styles" / "print.css").read_text("utf-8")
    more = "table { break-inside: auto } p { hyphens: auto } .lede { float: right; width: 40mm } .kicker { position: absolute; top: 0 }"
    (root / "styles" / "print.css").write_text(f"{print_css}\n{more}", "utf-8")
    return {made.edition.name: made.path for made in build(root, root / "dist", ("letter", "epub"), lambda _: None)}


def test_pages_that_begin_within_a_paragraph_or_a_table_are_marked_there(
    long_book: dict[str, Path], run: Run
) -> None:
    marked, drawn = after_markers(long_book["epub"]), on_pages(long_book["letter"], run, "-raw")
    for number in WITHIN:
        begins = drawn[number - 1].removeprefix("LoafWaitThen")  # the table's head comes again on each page
        assert marked[number].startswith(begins[:LETTERS]), number
    assert marked[2] == marked[3], "the page of contents is not in the text of an e-book"
    assert marked[3].startswith("Chapter1Whatdoesdoughneed"), "what floats or is placed comes where it is read"


def test_markers_stand_in_words_and_before_headings(long_book: dict[str, Path]) -> None:
    with zipfile.ZipFile(long_book["epub"]) as files:
        page = etree.fromstring(files.read("EPUB/chapter-flour-and-water.xhtml"))
    marks = page.xpath("//*[@role='doc-pagebreak']")
    around = [mark.getparent().tag.partition("}")[2] for mark in marks]
    assert around == ["section", "section", "p", "p", "figure", "th", "th", "th", "li", "li"]


def test_without_pages_there_is_no_list_and_no_claim(rendered: Rendered) -> None:
    data, _ = make_epub(rendered, "", dots(), PrintPages("PDF on no paper"))
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        package, nav, ncx = (
            files.read(f"EPUB/{name}").decode() for name in ("content.opf", "nav.xhtml", "toc.ncx")
        )
    assert "page-list" not in nav
    assert "pageList" not in ncx
    assert not [word for word in ("pageBreakSource", "pageBreakMarkers", "pageNavigation") if word in package]


def test_an_empty_page_is_marked_with_the_next() -> None:
    first, third = Start("a", 1, 0), Start("b", 2, 5)
    assert [*page_starts._filled([None, first, None, third, None])] == [first, first, third, third, third]


def dots() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 26)).save(out, "JPEG")
    return out.getvalue()
