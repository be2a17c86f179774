"""The report on paper: conformance by the reference validator, nothing lost, and pages as a designer wants them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from book import assemble
from book.body_map import Place
from book.check.layout import Char, Layout
from book.editions import EDITIONS
from book.model import Chapter, Exercise, Page
from book.pages import long_date
from book.render import Rendered
from tests.conftest import read

PAPERS = ("letter", "a4")
FRAME = (168, 234)
BLOCKS = "p li h1 h2 h3 h4 dt dd td th figcaption caption".split()
HEADINGS = {"h1", "h2", "h3", "h4", "caption"}
OURS = {
    "Guide-Display-Semi-Bold", "Guide-Subhead-Semi-Bold", "Guide-Serif", "Guide-Serif-Italic",
    "Guide-Serif-Semi-Bold", "Guide-Sans", "Guide-Sans-Italic", "Guide-Sans-Semi-Bold", "Guide-Sans-Bold",
}  # fmt: skip
Run = Callable[..., str]


@pytest.fixture(params=PAPERS)
def pdf(request: pytest.FixtureRequest, report: dict[str, Path]) -> Path:
    return report[request.param]


@pytest.fixture(scope="module")
def layouts(report: dict[str, Path]) -> dict[str, Layout]:
    return {name: read(report[name], EDITIONS[name].margins_mm[0] + FRAME[1] + 3) for name in PAPERS}


@pytest.fixture(params=PAPERS)
def layout(request: pytest.FixtureRequest, layouts: dict[str, Layout]) -> Layout:
    return layouts[request.param]


def test_syntax_is_clean(pdf: Path, run: Run) -> None:
    said = run("qpdf", "--check", pdf)
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


def test_embedded_fonts_are_exactly_ours(pdf: Path, run: Run) -> None:
    rows = [line.split() for line in run("pdffonts", pdf).splitlines()[2:]]
    assert {row[0].partition("+")[2] for row in rows} == OURS
    assert {row[-5] for row in rows} == {"yes"}  # embedded
    assert {row[-3] for row in rows} == {"yes"}  # with a map to Unicode


def test_every_word_of_the_chapters_is_printed(rendered: Rendered, pdf: Path, run: Run) -> None:
    """The words come from the author's files, past our renderer, since a renderer can lose them as well."""
    starts = starts_of(rendered, pdf)
    lost = {}
    for number, part in enumerate(rendered.book.parts):
        if isinstance(part, Page):
            continue
        pages = ["-f", str(starts[number]), "-l", str(starts[number + 1] - 1)]
        printed = Counter(words(run("pdftotext", "-raw", *pages, pdf, "-")))
        review = str(rendered.book.manifest.review)
        missing = (
            Counter(words(source_text(part, rendered.book.body_map.places).replace("{{ review }}", review)))
            - printed
        )
        if missing:
            lost[part.name] = missing
    assert not lost


def test_both_papers_break_lines_and_pages_alike(layouts: dict[str, Layout]) -> None:
    first, second = (layouts[name] for name in PAPERS)
    assert len(first.sheets) == len(second.sheets)
    down = EDITIONS[PAPERS[1]].margins_mm[0] - EDITIONS[PAPERS[0]].margins_mm[0]
    for one, other in zip(first.body, second.body, strict=True):
        assert (one.text, one.page) == (other.text, other.page)
        assert other.baseline - one.baseline == pytest.approx(down, abs=0.1)


def test_each_exercise_is_one_page(rendered: Rendered, pdf: Path) -> None:
    starts = starts_of(rendered, pdf)
    long = {
        part.name: starts[number + 1] - starts[number]
        for number, part in enumerate(rendered.book.parts)
        if isinstance(part, Exercise) and starts[number + 1] - starts[number] != 1
    }
    assert not long


def test_nothing_stands_outside_the_frame(layout: Layout, request: pytest.FixtureRequest) -> None:
    edition = EDITIONS[request.node.callspec.params["layout"]]
    top, _, _, left = edition.margins_mm
    right, bottom = left + FRAME[0], top + FRAME[1]
    outside = [
        (number, ink)
        for number, sheet in enumerate(layout.sheets, 1)
        for ink in [sheet.ink]
        if ink[0] < left - 0.5 or ink[2] > right + 0.5 or ink[1] < top - 0.3 or ink[3] > bottom + 13
    ]
    assert not outside
    assert max(sheet.ink[2] for sheet in layout.sheets) > right - 1, "no ink was seen where there is some"


def test_every_sheet_says_what_it_is_and_which_version(layout: Layout, rendered: Rendered) -> None:
    about = rendered.book.manifest
    wanted = squash(f"{about.short_title}, version {about.version}, {long_date(rendered.book)}")
    for number, sheet in enumerate(layout.sheets[1:], 2):
        foot = "".join(char.text for char in sheet.chars if char.top > layout.foot)
        assert wanted in foot
        assert foot.endswith(str(number)) or foot.startswith(str(number))


def test_every_running_foot_is_one_line(layout: Layout) -> None:
    for sheet in layout.sheets[1:]:
        words = [char for char in sheet.chars if char.top > layout.foot and char.size * 0.75 < 11]  # not the folio
        assert words
        assert len({round(char.baseline, 2) for char in words}) == 1, "".join(char.text for char in words)


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or cell, with the lines it was set in."""

    tag: str
    section: str
    text: str
    lines: list[list[Char]]
    end: int

    def lines_by_page(self) -> list[int]:
        counts = Counter(line[0].page for line in self.lines)
        return [counts[page] for page in sorted(counts)]


@pytest.fixture(scope="module")
def blocks(rendered: Rendered, report: dict[str, Path], layouts: dict[str, Layout]) -> list[Block]:
    """Every block of the book, found again on the pages; fails if one is not there whole."""
    layout, destinations = layouts[PAPERS[0]], destinations_of(report[PAPERS[0]])
    tree = lxml.html.fromstring(assemble.for_print(rendered))
    starts = starts_of(rendered, report[PAPERS[0]])
    found, lost = [], []
    sections = tree.xpath("//body/section")[1:]
    for section, first, after in zip(sections, starts, starts[1:], strict=False):
        at = next(number for number, char in enumerate(layout.body) if char.page == first - 1)
        end = next((number for number, char in enumerate(layout.body) if char.page >= after - 1), len(layout.body))
        for tag, text in block_texts(section, destinations):
            index = layout.text.find(squash(text), at, end)
            if index < 0:
                lost.append((section.get("id"), text))
                continue
            chars = layout.body[index : index + len(squash(text))]
            found.append(Block(tag, section.get("id"), text, list(lines(chars)), index + len(chars)))
    assert not lost
    return found


def test_no_paragraph_leaves_one_line_behind(blocks: list[Block]) -> None:
    assert not [block.text for block in blocks if leaves_a_line(block)]


def test_no_heading_is_stranded(blocks: list[Block], layouts: dict[str, Layout]) -> None:
    body = layouts[PAPERS[0]].body
    heads = [block for block in blocks if block.tag in HEADINGS and not block.section.startswith("exercise")]
    assert heads
    assert not [block.text for block in heads if body[block.end].page != block.lines[-1][0].page]


def test_a_line_left_behind_is_seen() -> None:
    def line(page: int) -> list[Char]:
        return [Char("a", page, 0, 0, 1, 1, 12, "", 1)]

    assert leaves_a_line(Block("p", "", "a a a", [line(1), line(1), line(2)], 0))
    assert not leaves_a_line(Block("p", "", "a a a a", [line(1), line(1), line(2), line(2)], 0))


def test_no_line_breaks_too_early(blocks: list[Block]) -> None:
    """WeasyPrint 70 can break a line after its first word; `assemble._spaces_apart` works around it."""
    early = [text for block in blocks for text in early_breaks(block)]
    assert not early


def test_early_breaks_are_seen() -> None:
    def line(text: str, baseline: float) -> list[Char]:
        return [
            Char(letter, 0, x * 2.0, baseline, x * 2.0 + 2, baseline, 12, "", baseline)
            for x, letter in enumerate(text)
        ]

    block = Block("p", "", "a bc def ghijklmnop", [line("a", 1), line("bcdef", 2), line("ghijklmnop", 3)], 0)
    assert list(early_breaks(block)) == ["a / bc"]


def test_outline_names_every_section(rendered: Rendered, pdf: Path) -> None:
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        titles = []

        def walk(items: list[pikepdf.OutlineItem]) -> None:
            for item in items:
                titles.append(squash(item.title))
                walk(item.children)

        walk(outline.root)
    wanted = [squash(section.title) for section in rendered.sections]
    found = iter(titles)
    assert all(any(title.endswith(want) for title in found) for want in wanted)


def test_file_says_its_title_and_language(rendered: Rendered, pdf: Path) -> None:
    about = rendered.book.manifest
    with pikepdf.open(pdf) as document:
        assert str(document.Root.Lang) == about.language
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == about.title
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == about.title
            assert metadata["dc:description"] == about.description


def test_running_feet_are_not_read_aloud(pdf: Path) -> None:
    """Each piece of a page is either furniture or reached from the structure tree; lists and heads are whole."""
    with pikepdf.open(pdf) as document:
        kinds: Counter[str] = Counter()
        for element in structure(document.Root.StructTreeRoot.K):
            kinds[str(element.S)] += 1
            if element.S == "/LI":
                assert {str(kid.S) for kid in kids(element)} <= {"/Lbl", "/LBody"}
            if element.S == "/TH":
                assert element.A.Scope in {"/Row", "/Column"}
        assert kinds["/LI"]
        assert kinds["/TH"]
        page = document.pages[10]
        assert page.Contents.read_bytes().count(b"/Artifact\n<</Type /Pagination>>") == 2


def squash(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\u00ad\u200b\u2060")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def source_text(part: Chapter | Exercise, places: Mapping[str, Place]) -> str:
    """The words that an author's file asks to be printed, without Markdown's marks; those of its places as well."""
    head = part.head
    fields = [head.title]
    if isinstance(part, Chapter):
        fields += [part.head.lede or "", *part.head.in_this_chapter]
    else:
        fields += [part.head.group, part.head.easier, part.head.harder, *part.head.muscles]
        fields += [*part.head.equipment, *part.head.stop_if, *(pose.caption for pose in part.head.poses)]
    for key in re.findall(r"(?m)^///+ place \| (\S+)", part.body):
        place = places[key]
        fields += [place.sign, place.name, place.tool or "", place.find, place.press, place.then or ""]
        fields += [str(place.how_hard), str(place.seconds), *place.care, *place.muscles]
    text = "\n".join([*fields, part.body])
    for pattern, kept in (
        (r'!\[[^\]]*\]\(\S+\s+"([^"]*)"\)', r"\1"),
        (r"\[@[^\]]*\]", ""),
        (r"\[([^\]]*)\]\([^)]*\)", r"\1"),
        (r"\{[#.][^}]*\}", ""),
        (r"(?m)^///+ (place|map)\b.*$", ""),
        (r"(?m)^///+[^|\n]*\|?", ""),
        (r"(?m)^ {4,}attrs:.*$", ""),
        (r"(?m)^Table:", ""),
        (r"(?m)^#+ (Why|Feel)$" if isinstance(part, Exercise) else r"(?!)", ""),
    ):
        text = re.sub(pattern, kept, text)
    return text


def destinations_of(pdf: Path) -> dict[str, int]:
    """The page, from 1, on which each linked id stands."""
    with pikepdf.open(pdf) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        tree = pikepdf.NameTree(document.Root.Names.Dests)
        return {str(name): numbers[target[0].objgen] for name, target in tree.items()}


def starts_of(rendered: Rendered, pdf: Path) -> list[int]:
    """The first page of each section, and the page after the last."""
    places = destinations_of(pdf)
    with pikepdf.open(pdf) as document:
        last = len(document.pages) + 1
    found = [last]
    for section in reversed(rendered.sections):  # nothing links to the contents: one page before what follows
        found.append(found[-1] - 1 if section.key == "page:contents" else places[section.html_id])
    return found[::-1]


def block_texts(section: lxml.html.HtmlElement, destinations: dict[str, int]) -> Iterator[tuple[str, str]]:
    """The text of each innermost block, with the page numbers that print adds to links."""
    for link in section.xpath('.//a[(@class="ref" or @class="to-code") and @data-page]'):
        page = f"{link.get('data-page')}\u00a0{destinations[link.get('href')[1:]]}"
        added = f", {page}" if link.get("class") == "to-code" else f"\u00a0({page})"
        link.append(lxml.html.fromstring(f"<span>{added}</span>"))
    for link in section.xpath('.//a[@class="use" or starts-with(@class, "folio")]'):
        page, word = destinations[link.get("href")[1:]], link.get("data-page")
        link.text = f"({word}\u00a0{page})" if word else str(page)
    for names in section.xpath('.//ul[@class="names"]'):
        names.drop_tree()  # over pictures, each with its page between its lines: tests/test_body_map.py reads them
    for hidden in section.xpath('self::section[@class="find"]//span[@class="number"]'):
        hidden.text = None
    for element in section.iter(*BLOCKS):
        text = " ".join(re.split(r"[ \n\t]+", element.text_content())).strip()
        if text and not any(inner is not element for inner in element.iter(*BLOCKS)):
            yield element.tag, text


def lines(chars: list[Char]) -> Iterator[list[Char]]:
    """Cut characters into lines: a line ends where the next character stands further left, or on another page."""
    line: list[Char] = []
    for char in chars:
        if line and (char.page != line[-1].page or char.left < line[-1].left - 0.5):
            yield line
            line = []
        line.append(char)
    yield line


def leaves_a_line(block: Block) -> bool:
    """Say whether a block runs over pages and leaves a single line on one of them."""
    counts = block.lines_by_page()
    return len(counts) > 1 and min(counts) < 2


def early_breaks(block: Block) -> Iterator[str]:
    """Places where the first word of a line would have fit on the line before it."""
    if block.tag in {"td", "th"} or (block.tag == "dd" and block.section.startswith("exercise")):
        return
    limit = max(line[-1].right for line in block.lines)
    ends = {}
    count = 0
    for word in re.findall(r"\S*//\S*|[^ \-–—]+[\-–—]*|[\-–—]+", block.text):
        ends[count] = word
        count += len(squash(word))
    at = 0
    for line, following in zip(block.lines, block.lines[1:], strict=False):
        at += len(line)
        word = ends.get(at)
        if word is None or line[0].page != following[0].page or len(squash(word)) > len(following):
            continue
        width = following[len(squash(word)) - 1].right - following[0].left
        if line[-1].right + width + 1.5 < limit:
            yield f"{''.join(char.text for char in line)} / {word}"


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K")
    listed = list(found.as_list()) if isinstance(found, pikepdf.Array) else [found]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def structure(found: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in found.as_list() if isinstance(found, pikepdf.Array) else [found]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from structure(kid.K)
