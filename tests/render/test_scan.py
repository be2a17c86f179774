"""Links on paper: every code is read off the pages as a phone would, and compared with what stands beside it."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from lxml import etree
from PIL import Image

from book.assemble import printed as assemble
from book.build.builder import build
from book.check.views.layout import MM, Char, Layout
from book.model.editions import EDITIONS
from book.render.pages.qr import LONGEST, qr
from book.render.rendered import Rendered
from book.render.words.addresses import NO_WIDTH, breakable, short
from book.render.words.typography import set_type
from tests.conftest import TINY, Command, read, rendered_from
from tests.formats.pdf.test_pdf import PAPERS, destinations_of, squash

CHAPTER = "chapters/baking.md"
STEAM, POTS, SALT = (
    "https://www.example.org/ovens/steam-and-heat/",
    "https://example.org/pots",
    "https://example.org/salt?k=1",
)
TEXT = f"""
Read [the oven page]({STEAM}), <{POTS}/>, [it again](http://www.example.org/pots) and [the salt page]({SALT}).[^2]

[^2]: Ask [us](mailto:us@example.org), or see [stones](https://example.org/stones).
"""
XHTML = {"x": "http://www.w3.org/1999/xhtml"}
Run = Callable[..., str]


@dataclass(frozen=True)
class Seen:
    """A code that was read off a page: what it says, its page (from 0), its box in mm from the page's top left."""

    says: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def decode(picture: Image.Image) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """Give what each code in a picture says, and its box in dots."""
    for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
        corners = [getattr(found.position, f"{y}_{x}") for y in ("top", "bottom") for x in ("left", "right")]
        xs, ys = [point.x for point in corners], [point.y for point in corners]
        yield found.text, (min(xs), min(ys), max(xs), max(ys))


def codes_in(path: Path, dots: int = 200, *, grey: bool = False) -> list[Seen]:
    """Read all codes off the pages of a PDF drawn with so many dots an inch, in the order of their pages and rows."""
    seen = []
    document = pdfium.PdfDocument(path)
    for number in range(destinations_of(path)["page-scan"] - 1, len(document)):
        picture = document[number].render(scale=dots / 72, grayscale=grey).to_pil()
        for says, box in decode(picture):
            seen.append(Seen(says, number, *(side / dots * 25.4 for side in box)))
    document.close()
    return sorted(seen, key=lambda code: (code.page, round(code.top / 20), code.left))


def beside(code: Seen, codes: Iterable[Seen], layout: Layout) -> str:
    """Give the words at the right of a code, down to the code below it, without spaces."""
    here = [char for char in layout.sheets[code.page].chars if char.top < layout.foot]
    below = [other.top for other in codes if other.page == code.page and other.top > code.bottom]
    end = min(below, default=layout.foot)
    return "".join(
        char.text for char in here
        if code.right < char.left < code.right + 54 and code.top - 3 < char.baseline < end
    )  # fmt: skip


def leads(rendered: Rendered) -> dict[str, str]:
    """All addresses that the sections of a book lead to, by their short form; taken from the links themselves."""
    hrefs = [link.get("href") or "" for section in rendered.sections for link in section.tree.iter("a")]
    return {short(href): href for href in reversed(hrefs) if href.startswith("http")}


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tiny book with links, a page of codes and a sheet."""
    book = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("linked") / "book"))
    with_links(book)
    return book


def with_links(book: Path) -> None:
    manifest, sources, chapter = book / "book.yaml", book / "chapters" / "sources.yaml", book / CHAPTER
    manifest.write_text(
        manifest.read_text("utf-8").replace("  - page:sources\n", "  - page:sources\n  - page:scan\n")
        + f'editions:\n  oven: {{says: The oven, holds: ["chapter:{chapter.stem}"]}}\n',
        "utf-8",
    )
    sources.write_text(sources.read_text("utf-8").replace("  year: 2020", f"  year: 2020\n  link: {SALT}"), "utf-8")
    chapter.write_text(chapter.read_text("utf-8") + TEXT, "utf-8")


@pytest.fixture(scope="module")
def linked_editions(linked: Path) -> dict[str, Path]:
    made = build(linked, linked / "dist", ("letter", "oven"), lambda _: None)
    return {item.edition.name: item.path for item in made}


@pytest.mark.parametrize(("dots", "grey"), [(200, False), (150, True)])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_of_the_report_is_read_off_the_page_once_and_beside_its_own_words(
    report: dict[str, Path], rendered: Rendered, paper: str, dots: int, grey: bool
) -> None:
    layout = read(report[paper], EDITIONS[paper].margins_mm[0] + 234 + 3)
    seen = codes_in(report[paper], dots, grey=grey)
    wanted = leads(rendered)
    assert len(wanted) > 20
    assert sorted(code.says for code in seen) == sorted(wanted.values())
    sources = {source.link: source for source in rendered.book.sources.values()}
    numbers = numbers_of_sources(rendered)
    for code in seen:
        words = beside(code, seen, layout)
        assert words.endswith(squash(short(code.says))), words
        assert words.startswith(f"[{numbers[code.says]}]frompage"), words
        assert squash(set_type(sources[code.says].title))[:10] in words


def numbers_of_sources(rendered: Rendered) -> dict[str, int]:
    """The number of each source in the list at the end, by its address."""
    (listed,) = (section.tree for section in rendered.sections if section.key == "page:sources")
    found = {}
    for number, item in enumerate(listed.xpath(".//li"), 1):
        for link in item.iter("a"):
            found[link.get("href")] = number
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_codes_are_large_enough_and_lie_apart(report: dict[str, Path], paper: str) -> None:
    """Two centimetres and 12 mm: a phone at arm's length then sees one code and not its neighbour."""
    seen = codes_in(report[paper])
    for code in seen:
        assert min(code.right - code.left, code.bottom - code.top) > 19.7
        for other in seen:
            across = max(other.left - code.right, code.left - other.right)
            down = max(other.top - code.bottom, code.top - other.bottom)
            assert other == code or other.page != code.page or max(across, down) > 12, (code, other)


def test_a_code_tells_the_page_that_mentions_it(report: dict[str, Path], rendered: Rendered) -> None:
    layout = read(report["letter"], EDITIONS["letter"].margins_mm[0] + 234 + 3)
    numbers = numbers_of_sources(rendered)
    codes = codes_in(report["letter"])
    for code in codes:
        said = re.match(r"\[\d+\]frompage(\d+?)(?=\D|20\d\d:)", beside(code, codes, layout))
        assert said, beside(code, codes, layout)
        cites = re.compile(rf"\[{numbers[code.says]}\]")
        pages = [
            number for number, sheet in enumerate(layout.sheets, 1)
            if cites.search("".join(char.text for char in sheet.chars))
        ]  # fmt: skip
        assert int(said[1]) == pages[0]


def test_addresses_break_after_slash_dot_and_hyphen_alone(report: dict[str, Path], rendered: Rendered) -> None:
    layout = read(report["letter"], EDITIONS["letter"].margins_mm[0] + 234 + 3)
    broken = []
    for address in leads(rendered):
        at = layout.text.index(squash(address))
        chars = layout.body[at : at + len(squash(address))]
        broken += [one.text for one, other in pairwise(chars) if breaks(one, other)]
    assert len(broken) > 5
    assert set(broken) <= set("/.-")


def breaks(one: Char, other: Char) -> bool:
    return other.left < one.left


def test_a_mark_in_the_text_leads_to_the_code_of_the_same_address(
    linked_editions: dict[str, Path], run: Run
) -> None:
    path = linked_editions["letter"]
    said = squash(run("pdftotext", "-raw", path, "-"))
    for words in (
        "the oven page (link 1, page 10), example.org/pots (link 2, page 10), it again (link 2, page 10)",
        "the salt page ([1], page 10)",
        "us (us@example.org), or see stones (link 3, page 10).",
        "find its number here: Scan these (page 10).",
    ):
        assert squash(words) in said
    seen = codes_in(path)
    assert [code.says for code in seen] == [STEAM, f"{POTS}/", "https://example.org/stones", SALT]
    pairs = set(marked_links(path))
    assert len(pairs) == 5
    for address, page, left, top in pairs:
        (code,) = (
            code for code in seen if code.page == page and -4 < code.left - left < 6 and -4 < code.top - top < 6
        )
        assert short(code.says) == short(address)


def marked_links(path: Path) -> Iterator[tuple[str, int, float, float]]:
    """For each link to a code: the address of the link before it, and the page and place (mm) where it leads."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        ends = {str(name): target for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        before = ""
        for page in pdf.pages:
            height = float(page.mediabox[3])
            for note in page.get("/Annots", []):
                if "/A" in note and "/URI" in note.A:
                    before = str(note.A.URI)
                name = str(note.get("/Dest", note.A.get("/D", "") if "/A" in note else ""))
                if re.fullmatch(r"page-scan-\d+", name):
                    yield (
                        before,
                        numbers[ends[name][0].objgen],
                        float(ends[name][2]) / MM,
                        (height - float(ends[name][3])) / MM,
                    )


def test_a_sheet_without_codes_shows_addresses(linked_editions: dict[str, Path], run: Run) -> None:
    said = "".join(run("pdftotext", "-raw", linked_editions["oven"], "-").split())
    assert "theovenpage(example.org/ovens/steam-and-heat)" in said
    assert "example.org/pots,itagain(example.org/pots)" in said
    assert "link1" not in said


def test_without_the_page_paper_shows_addresses_and_has_no_codes(linked: Path, tmp_path: Path) -> None:
    book = Path(shutil.copytree(linked, tmp_path / "book"))
    manifest = book / "book.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("  - page:scan\n", ""), "utf-8")
    made = rendered_from(book)
    printed = assemble.for_print(made).replace(NO_WIDTH, "")
    assert ">the oven page</a>" in printed
    assert 'class="address">example.org/ovens/steam-and-heat</span>)' in printed
    assert "page-scan" not in printed
    assert "find its number here" not in printed
    assert not [name for name in made.pictures if name.startswith("qr-")]


def test_the_ebook_has_plain_links_and_each_code_beside_its_address(
    report: dict[str, Path], rendered: Rendered
) -> None:
    seen = []
    with zipfile.ZipFile(report["epub"]) as files:
        page = etree.fromstring(files.read("EPUB/page-scan.xhtml"))
        for item in page.iterfind(".//x:li", XHTML):
            picture, link = item.find(".//x:img", XHTML), item.find(".//x:a", XHTML)
            assert picture is not None
            assert link is not None
            ((says, _),) = decode(drawn(files.read(f"EPUB/{picture.get('src')}")))
            assert says == link.get("href")
            assert link.text == short(says)
            told = (item.findtext(".//x:p[2]", "", XHTML)).strip()
            assert told
            assert told in (picture.get("alt") or "")
            seen.append(says)
        assert sorted(seen) == sorted(leads(rendered).values())
        texts = [files.read(name).decode() for name in files.namelist() if name.endswith(".xhtml")]
    assert not [text for text in texts if "leads-to" in text or "frompage" in squash(text)]


def drawn(svg: bytes) -> Image.Image:
    """Draw an SVG with MuPDF on black, as a reader does at night."""
    dots = pymupdf.open(stream=svg, filetype="svg")[0].get_pixmap(matrix=pymupdf.Matrix(8, 8), alpha=True)
    picture = Image.open(io.BytesIO(dots.tobytes("png"))).convert("RGBA")
    night = Image.new("RGBA", (picture.width + 80, picture.height + 80), "black")
    night.alpha_composite(picture, (40, 40))
    return night.convert("L")


@pytest.mark.parametrize(
    "address", ["https://a.be", "https://example.org/brød?x=ä&y=1", "https://example.org/" + "a/b-" * 70]
)
def test_a_code_says_its_address_and_is_the_same_each_time(address: str) -> None:
    picture = qr(address)
    assert picture == qr(address)
    assert [says for says, _ in decode(drawn(picture))] == [address]
    root = etree.fromstring(picture)
    assert [etree.QName(part).localname for part in root] == ["rect", "path"]


def test_an_address_that_phones_cannot_read_is_refused() -> None:
    with pytest.raises(ValueError, match="301 bytes"):
        qr("x" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/a/", "example.org/a"),
        ("https://example.org/www./?q=/", "example.org/www./?q="),
        ("mailto:us@example.org", "us@example.org"),
    ],
)
def test_an_address_is_as_short_as_it_can_be_typed(address: str, typed: str) -> None:
    assert short(address) == typed


def test_an_endless_word_in_an_address_may_break_anywhere() -> None:
    made = breakable("x.org/" + "q" * 40)
    assert made.replace(NO_WIDTH, "") == "x.org/" + "q" * 40
    assert max(map(len, made.split(NO_WIDTH))) == 24


def add_page(book: Path) -> None:
    manifest = book / "book.yaml"
    manifest.write_text(
        manifest.read_text("utf-8").replace("  - page:find", "  - page:scan\n  - page:find"), "utf-8"
    )


def write_link(file: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(book: Path) -> None:
        add_page(book)
        text = (book / file).read_text("utf-8")
        assert old in text
        (book / file).write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def name_a_picture(book: Path) -> None:
    write_link(CHAPTER, "Set a timer now.", f"Set [a timer]({POTS}).\n///\n\n![A pot.](qr-1.svg)\n\n/// tip\nNow.")(
        book
    )
    shutil.copy(book / "images" / "loaf.svg", book / "images" / "qr-1.svg")


LONG = "https://example.org/?q=" + "x" * LONGEST
MISTAKES: list[tuple[str, Callable[[Path], None], str]] = [
    ("no links", add_page, 'book.yaml:21: "page:scan" needs links that lead out of the book, and there are none. Take it out'),
    ("long address in a chapter", write_link(CHAPTER, "a timer", f"[a timer]({LONG})"),
     f"{CHAPTER}:23: the address is 323 bytes long, and phones read codes of 300 at most. Use a shorter one"),
    ("long address of a source", write_link("chapters/sources.yaml", "  found:", f"  link: {LONG}\n  found:"),
     "chapters/sources.yaml:4: the address is 323 bytes long"),
    ("long address in front matter", write_link("chapters/exercises/stretch-and-fold.md", "Use a spatula", f"See [it]({LONG})"),
     "chapters/exercises/stretch-and-fold.md:14: the address is 323 bytes long"),
    ("picture with the name of a code", name_a_picture, f'{CHAPTER}:26: the code of link\u00a01 has the name "qr-1.svg". Give your picture'),
    ("page misspelt", write_link("book.yaml", "page:scan", "page:scans"), 'book.yaml:21: there is no page "scans". Did you mean "scan"?'),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_mistakes_are_told_with_file_line_and_remedy(
    tiny: Path, command: Command, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(tiny)
    result = command("letter")
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tiny / "dist").exists()
