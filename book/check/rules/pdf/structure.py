"""What a screen reader is told of a PDF: text or furniture, whole lists, levels of headings, pictures in words."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.finished import Printed
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.layout import foot_of
from book.check.views.pdf_elements import Element
from book.check.views.pdf_places import (
    ANEW,
    at_element,
    at_page,
    at_words,
    for_screens,
    once,
    page_of,
    seen,
    words_of,
)

UA = "ISO 14289-1 (PDF/UA-1)"
PX = 96 / 25.4  # CSS pixels in a millimetre
KINDS = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI "
    "Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP "
    "Warichu WT WP Figure Formula Form".split()
)  # those of ISO 32000-1, 14.8.4
PICTURES = {"Figure", "Formula"}
LIST_PARTS = {"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}


@rule(
    "D10", "error", "Something on a page is neither tagged nor marked as decoration, or its marks overlap.",
    hint=f"{ANEW} If it stays, the builder is at fault: report it.",
    source=f"{UA}, 7.1: all content is tagged or an artifact, and never both",
    needs="pdf",
)  # fmt: skip
@once
def unmarked_content(proof: Proof) -> Iterator[Fault]:
    """Give the pages whose content is not marked as it should be."""
    for printed in for_screens(proof):
        for page, marks in enumerate(printed.inside.marks):
            if marks.bare:
                said = "the page draws what is neither tagged nor decoration. Screen readers may skip it."
            elif marks.nested:
                said = "marks for screen readers stand within each other. They must follow one another."
            else:
                continue
            yield Fault(at_page(proof, printed, page), said, seen=seen(printed, page))


@rule(
    "D11", "error", "Words of a page are not in the order of reading, so no screen reader reads them.",
    hint=f"{ANEW} If it stays, the builder is at fault: report it.",
    source="ISO 32000-1, 14.7.4: marked content has one owner in the structure tree, which the page knows",
    needs="pdf",
)  # fmt: skip
@once
def lost_content(proof: Proof) -> Iterator[Fault]:
    """Give marked content that has no element, two of them, or one that the page does not know of."""
    for printed in for_screens(proof):
        owners: dict[int, Counter[int]] = defaultdict(Counter)
        for at, number in (piece for element in printed.inside.elements for piece in element.pieces):
            owners[at][number] += 1
        for page, marks in enumerate(printed.inside.marks):
            there, wanted, known = Counter(marks.numbers), owners[page], _known(printed, page)
            wrong = [
                number
                for number in sorted({*there, *wanted})
                if (there[number], wanted[number], number in known) != (1, 1, True)
            ]
            if wrong:
                words = words_of(printed, [(page, number) for number in wrong])
                place = at_words(proof, words, at_page(proof, printed, page))
                said = "a screen reader does not meet these words once, as it should."
                yield Fault(place, f"{said} The tags of the page are broken.", words, seen(printed, page))


def _known(printed: Printed, page: int) -> set[int]:
    """Give the numbers of marked content on a page for which the page knows the right element."""
    elements = printed.inside.by_number
    owned = ((number, elements.get(owner)) for number, owner in printed.inside.owners[page].items())
    return {number for number, element in owned if element is not None and (page, number) in element.pieces}


@rule(
    "D12", "error", "The foot of a page is read aloud, or words of the text are hidden as decoration.",
    hint="In a style sheet, text in `content:` is furniture; the foot belongs into the margin boxes of @page.",
    source="Matterhorn Protocol 1.1, 18-001 and 18-002: running feet are artifacts of the type Pagination",
    needs="pdf",
)  # fmt: skip
@once
def furniture(proof: Proof) -> Iterator[Fault]:
    """Give the pages on which furniture and text are mistaken for each other."""
    for printed in for_screens(proof):
        foot = foot_of(printed.edition) * PX
        for page, marks in enumerate(printed.inside.marks):
            low = [number for number, top in marks.tops.items() if top > foot]
            if low:
                words = words_of(printed, [(page, number) for number in low])
                said = "a screen reader reads out the running foot. Mark it as furniture of the page."
                yield Fault(at_page(proof, printed, page), said, words, seen(printed, page))
            if marks.lost:
                said = "the page hides words from screen readers, as if they were decoration. Tag them."
                yield Fault(at_page(proof, printed, page), said, seen=seen(printed, page))


@rule(
    "D13", "error", "A tag is of a kind that screen readers do not know.",
    hint=f"{ANEW} If it stays, the builder is at fault: report it.",
    source=f"{UA}, 7.1: kinds are those of ISO 32000-1, 14.8.4, or are mapped to them",
    needs="pdf",
)  # fmt: skip
@once
def unknown_kinds(proof: Proof) -> Iterator[Fault]:
    """Give the first element of each unknown kind."""
    for printed in for_screens(proof):
        mapped = printed.inside.claims.roles
        told: set[str] = set()
        for element in printed.inside.elements:
            if element.kind not in KINDS | told and mapped.get(element.kind) not in KINDS:
                told.add(element.kind)
                said = f'no screen reader knows a tag "{element.kind}". Use one that the standard has.'
                yield _fault(proof, printed, element, said)


@rule(
    "D14", "error", "A list is broken up: its items do not have a mark and a body each.",
    hint="Write the list in Markdown, one mark (- or 1.) an item, with nothing between the items.",
    source=f"{UA}, 7.6 and ISO 32000-1, 14.8.4.3.3: L holds LI, and LI holds Lbl and LBody",
    needs="pdf",
)  # fmt: skip
@once
def broken_lists(proof: Proof) -> Iterator[Fault]:
    """Give the lists and items that hold what they should not, and items that stand in no list."""
    for printed in for_screens(proof):
        for element in printed.inside.elements:
            allowed = LIST_PARTS.get(element.kind)
            if allowed and (element.pieces or {kid.kind for kid in element.kids} - allowed):
                said = "a screen reader cannot tell the items of this list. Each needs its mark and its body."
                yield _fault(proof, printed, element, said)
            for kid in element.kids:
                if kid.kind == "LI" and element.kind != "L":
                    yield _fault(proof, printed, kid, "this item stands in no list. Put it into one.")


@rule(
    "D17", "error", "Headings do not begin at the first level, or skip one.",
    hint="Take one # less: levels go down one at a time.",
    source=f"{UA}, 7.4.2: no level of headings is skipped",
    needs="pdf",
)  # fmt: skip
@once
def heading_levels(proof: Proof) -> Iterator[Fault]:
    """Give the headings that skip a level."""
    for printed in for_screens(proof):
        level = 0
        for element in printed.inside.elements:
            if element.kind[0] == "H" and element.kind[1:].isdigit():
                now = int(element.kind[1:])
                if now > level + 1:
                    said = f"a heading of level {now} follows one of level {level}. Do not skip a level."
                    said = said if level else f"the first heading is of level {now}. Begin with the first."
                    yield _fault(proof, printed, element, said)
                level = now


@rule(
    "D18", "error", "A picture has no words for those who do not see it.",
    hint="Say what it shows: ![words](picture.svg), or in the key alt.",
    source=f"{UA}, 7.3 and WCAG 2.2, 1.1.1: each Figure has Alt or ActualText",
    needs="pdf",
)  # fmt: skip
@once
def pictures_without_words(proof: Proof) -> Iterator[Fault]:
    """Give the pictures without alternative text."""
    for printed in for_screens(proof):
        for element in printed.inside.elements:
            if element.kind in PICTURES and not (element.text("/Alt") or element.text("/ActualText")):
                said = "a screen reader says nothing of the picture near here. Give it alt text."
                yield _fault(proof, printed, element, said)


def _fault(proof: Proof, printed: Printed, element: Element, said: str) -> Fault:
    return Fault(at_element(proof, printed, element), said, seen=seen(printed, page_of(element)))
