"""What of a PDF a reader acts on, by ear or by keyboard: tables, links, fields."""

from collections import Counter
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.finished import Printed
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.pdf_elements import Element
from book.check.views.pdf_inside import Annotation
from book.check.views.pdf_places import (
    ANEW,
    at_element,
    at_page,
    for_screens,
    once,
    page_of,
    pieces_of,
    seen,
    words_of,
)

UA = "ISO 14289-1 (PDF/UA-1)"
OUTWARD = ("http://", "https://", "mailto:", "tel:")
DIRECTIONS = {"/Row", "/Column", "/Both"}
CELLS = {"TH", "TD"}
NAMED = {*CELLS, "Note"}


@rule(
    "D15", "error", "The rows of a table are not equally long.",
    hint="Give each row of the table as many cells as its head.",
    source=f"{UA}, 7.5 and Matterhorn Protocol 1.1, 15-003: tables are regular",
    needs="pdf",
)  # fmt: skip
@once
def uneven_tables(proof: Proof) -> Iterator[Fault]:
    """Give the tables whose rows have unequal numbers of cells, spans counted."""
    for printed in for_screens(proof):
        for table in (element for element in printed.inside.elements if element.kind == "Table"):
            widths = _widths([row for row in table.walk() if row.kind == "TR"])
            if len(set(widths)) > 1:
                counted = ", ".join(map(str, widths))
                said = f"the rows of this table have {counted} cells. A screen reader loses its place: even them."
                yield Fault(at_element(proof, printed, table), said, seen=seen(printed, page_of(table)))


def _widths(rows: list[Element]) -> list[int]:
    """Count the cells of each row, with those that reach down from above."""
    reaching: Counter[int] = Counter()
    widths = []
    for number, row in enumerate(rows):
        width = reaching[number]
        for cell in (kid for kid in row.kids if kid.kind in CELLS):
            across = _span(cell, "/ColSpan")
            width += across
            for below in range(1, _span(cell, "/RowSpan")):
                reaching[number + below] += across
        widths.append(width)
    return widths


def _span(cell: Element, way: str) -> int:
    found = cell.attribute(way)
    return found if isinstance(found, int) and found else 1


@rule(
    "D16", "error", "A table's head does not say what it heads, or a name in the tags is used twice.",
    hint=f"Give the table a head row in Markdown. {ANEW}",
    source=f"{UA}, 7.5: TH has a Scope, or cells name it in Headers; ISO 32000-1, 14.7.2: IDs are unique",
    needs="pdf",
)  # fmt: skip
@once
def table_heads(proof: Proof) -> Iterator[Fault]:
    """Give heads without scope, cells that name a head that is not there, and names that elements share."""
    for printed in for_screens(proof):
        named = [element for element in printed.inside.elements if element.kind in NAMED]
        names = Counter(name for element in named if (name := element.text("/ID")))
        for element in named:
            if said := _head_fault(element, names):
                yield Fault(at_element(proof, printed, element), said, seen=seen(printed, page_of(element)))


def _head_fault(element: Element, names: Counter[str]) -> str:
    """Say what is wrong with a cell or note; "" for nothing."""
    if names[element.text("/ID")] > 1 or (element.kind == "Note" and not element.text("/ID")):
        return "a cell or note has no name of its own in the tags. Each needs one that no other has."
    if element.kind == "TH" and str(element.attribute("/Scope")) not in DIRECTIONS:
        return "this head of a table does not say if it heads a row or a column. Give it a scope."
    heads = element.attribute("/Headers")
    if isinstance(heads, list) and any(str(head) not in names for head in heads):
        return "this cell names a head that is not in the file. Mend the table's head."
    return ""


@rule(
    "D19", "error", "A link cannot be told by ear: it is not tagged, or has no words.",
    hint="Give the link words, [like these](chapter:name); in a flex box, put it into a span.",
    source=f"{UA}, 7.18.1 and 7.18.5: links are tagged Link, and have a description in Contents",
    needs="pdf",
)  # fmt: skip
@once
def silent_links(proof: Proof) -> Iterator[Fault]:
    """Give links that no element holds, or whose words are none or an id; words tagged as a link that is none."""
    for printed in for_screens(proof):
        for element in printed.inside.elements:
            if element.kind == "Link" and not any(part.objects for part in element.walk()):
                said = "these words are tagged as a link, and nobody can follow it. Mend its place on the page."
                yield _fault(proof, printed, element, page_of(element), said)
        for link in _of_kind(printed, "Link"):
            holder = printed.inside.holders.get(link.key)
            if holder is None or holder.kind != "Link":
                said = "a link on this page is not tagged. Screen readers cannot reach it."
            elif not link.words:
                said = "a screen reader says nothing of this link. Give it words."
            elif link.words == link.destination:
                said = f'a screen reader calls this link "{link.words}". Say in words where it leads.'
            else:
                continue
            yield _fault(proof, printed, holder, link.page, said)


@rule(
    "D20", "error", "A link of a PDF leads to a place that is not there.",
    hint=f"Give its target an id, or mend the link. {ANEW}",
    source="ISO 32000-1, 12.3.2: a destination is a page of the file, by itself or by its name",
    needs="pdf",
)  # fmt: skip
@once
def dead_links(proof: Proof) -> Iterator[Fault]:
    """Give the links whose destination is unknown, and those to addresses that no reader opens."""
    for printed in for_screens(proof):
        for link in _of_kind(printed, "Link"):
            if said := _lost(link):
                yield _fault(proof, printed, printed.inside.holders.get(link.key), link.page, said)


def _lost(link: Annotation) -> str:
    """Say where a link wrongly leads; "" if it leads somewhere."""
    if link.address is not None:
        whole = link.address.startswith(OUTWARD)
        return "" if whole else f'the link leads to "{link.address}". Write a whole address.'
    return "" if link.leads_to >= 0 else "the link leads to a place that is not in the file. Mend the link."


@rule(
    "D21", "error", "A place to fill in has no words or no name of its own.",
    hint="Say what each row of the log is for, in book.yaml.",
    source=f"{UA}, 7.18.4 and Matterhorn Protocol 1.1, 28-005: fields are tagged Form, and have TU",
    needs="pdf",
)  # fmt: skip
@once
def silent_fields(proof: Proof) -> Iterator[Fault]:
    """Give the fields that are not tagged, have no words, or share a name: readers then fill in both."""
    for printed in for_screens(proof):
        fields = list(_of_kind(printed, "Widget"))
        names = Counter(field.name for field in fields if field.name is not None)
        for field in fields:
            holder, name = printed.inside.holders.get(field.key), field.name or ""
            if holder is None or holder.kind != "Form":
                said = "a place to fill in is not tagged. Screen readers cannot reach it."
            elif not field.title:
                said = "a screen reader does not say what to fill in here. Give the field a title."
            elif names[name] != 1:
                said = f'{names[name]} places to fill in are called "{name}". What is written in one shows in all.'
            else:
                continue
            yield Fault(at_page(proof, printed, field.page), said, seen=seen(printed, field.page))


@rule(
    "D22", "error", "The Tab key does not follow the order of reading.",
    hint=ANEW,
    source=f"{UA}, 7.18.3: a page with annotations has Tabs with the value S",
    needs="pdf",
)  # fmt: skip
@once
def tab_order(proof: Proof) -> Iterator[Fault]:
    """Give the pages with links or fields whose order for the keyboard is not that of the tags."""
    for printed in for_screens(proof):
        for page in sorted({found.page for found in printed.inside.annotations}):
            if printed.inside.pages[page].tabs != "/S":
                said = "the Tab key jumps about on this page. It should go from link to link as they are read."
                yield Fault(at_page(proof, printed, page), said, seen=seen(printed, page))


def _of_kind(printed: Printed, kind: str) -> Iterator[Annotation]:
    """Give annotations of a kind."""
    return (found for found in printed.inside.annotations if found.kind == kind)


def _fault(proof: Proof, printed: Printed, holder: Element | None, page: int, said: str) -> Fault:
    """Tell of a link at the author's words for it."""
    if holder is None:
        return Fault(at_page(proof, printed, page), said, seen=seen(printed, page))
    words = words_of(printed, pieces_of(holder))
    return Fault(at_element(proof, printed, holder, page), said, words, seen(printed, page))
