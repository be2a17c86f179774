"""The marks in an e-book that say where printed pages begin: their lists, and whether they are true."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from book.check.fault import Fault
from book.check.finished import Printed
from book.check.rule import rule
from book.check.source_map import letters
from book.check.views.ebook import NAV, NCX, UNREAD, Opened, in_each_ebook
from book.render.tree import Tree, select, value

MARK = "doc-pagebreak"
BEGINNING, PIECE, STEP = 240, 14, 7  # letters of a page that are compared, in pieces of so many
# How much of what follows a mark must be on its page, and of what a page begins with in the e-book, to be compared.
# Measured on 79 pages: true marks share 0.42 and more, those of another page 0.27 and less, unless pages are alike;
# contents and index, which only paper has with page numbers, share less, and under 0.5 of them is in the e-book.
ALIKE, IN_BOTH = 1 / 3, 1 / 2


@rule(
    "E15", "error", "The marks of printed pages and the list of them differ, or a mark is heard wrong.",
    hint="Each mark is an empty span with its number as a label, and each is listed, in order.",
    source="EPUB Accessibility 1.1: every marker is in the page list; Techniques on page markers",
    needs="epub",
)  # fmt: skip
@in_each_ebook
def page_list(book: Opened) -> Iterator[Fault]:
    """Compare the marks in the text with both lists of pages, and see that marks are heard and not seen."""
    marks = [(name, mark) for name, page in book.pages for mark in select(page, "//*[@role='doc-pagebreak']")]
    here = [f"{name}#{value(mark, 'id')}" for name, mark in marks]
    lists = {
        NAV: select(book.tree(NAV), "//nav[@epub='page-list']//a/@href"),
        NCX: select(book.tree(NCX), "//pageTarget/content/@src"),
    }
    for name, found in lists.items():
        if odd := next((one or other for one, other in zip_longest(here, found) if one != other), ""):
            said = f"the list of pages and the marks in the text differ, first at {odd}. Let them agree."
            yield Fault(book.key("contents"), said, seen=name)
    for name, mark in marks:
        number = value(mark, "id").removeprefix("page-")
        told = re.search(rf"\b{re.escape(number)}\b", value(mark, "aria-label"))
        if mark.tag != "span" or mark.text or len(mark) or mark.get("epub") != "pagebreak" or not told:
            yield book.on(name, mark, f"the mark of page {number} is not an empty span with a label. Make it one.")


@rule(
    "E19", "error", "A mark says that a printed page begins where another one does.",
    hint="Build both editions again; page 14 must be the same place on paper and in the e-book.",
    source="EPUB Accessibility 1.1 on page navigation: marks are those of the edition that pageBreakSource names",
    needs="build",
)  # fmt: skip
@in_each_ebook
def true_marks(book: Opened) -> Iterator[Fault]:
    """Compare what follows each mark with what the page has on paper, if the printed edition is at hand."""
    printed = next((one for one in book.proof.prints if one.edition.name == book.ebook.edition.of), None)
    if printed is None:
        return
    papers, (marks, whole) = _pages(printed), _marked(book)
    for number, paper in enumerate(papers, 1):
        if number not in marks:
            said = f"page {number} of the printed edition has no mark. Build it again."
            yield Fault(book.key("contents"), said, seen=NAV)
            continue
        name, mark, at = marks[number]
        alike = _share(whole[at : at + min(BEGINNING, len(paper))], paper)
        if alike < ALIKE and _share(paper[:BEGINNING], whole) > IN_BOTH:
            yield book.on(
                name, mark, f"page {number} is marked here, and paper has other words there. Build it again."
            )
    for number, (name, mark, _) in marks.items():
        if number > len(papers):
            yield book.on(name, mark, f"page {number} is marked, and paper has no such page. Build it again.")


def _marked(book: Opened) -> tuple[dict[int, tuple[str, Tree, int]], str]:
    """Give the marks by number, each with its page, itself and how many letters come before; and all letters."""
    marks: dict[int, tuple[str, Tree, int]] = {}
    pieces, count = [], 0
    for name, page in book.pages:
        for event, element in etree.iterwalk(page, events=("start", "end")) if name not in UNREAD else ():
            number = value(element, "id").removeprefix("page-")
            if event == "start" and element.get("role") == MARK and number.isdigit():
                marks[int(number)] = name, element, count
            pieces.append(letters((element.text if event == "start" else element.tail) or ""))
            count += len(pieces[-1])
    return marks, "".join(pieces)


def _pages(printed: Printed) -> list[str]:
    """Give the letters of each printed page, without its foot."""
    found: list[list[str]] = [[] for _ in printed.layout.sheets]
    for char in printed.layout.body:
        found[char.page].append(char.text)
    return [letters("".join(page)) for page in found]


def _share(some: str, other: str) -> float:
    """Give which part of a text's pieces is in another text, from 0 to 1; an empty page has whatever follows."""
    pieces = [some[at : at + PIECE] for at in range(0, max(1, len(some) - PIECE + 1), STEP)]
    return sum(piece in other for piece in pieces) / len(pieces) if other else 1
