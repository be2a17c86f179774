"""A PDF for paper: the size of its pages, bleed and inks for a print shop, the sides of a booklet."""

import re
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.finished import Printed
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.layout import MM
from book.check.views.pdf_inside import Leaf
from book.check.views.pdf_places import ANEW, at_page, once, seen
from book.formats.pdf.imposition import sides
from book.layout.pdf_objects import Box
from book.model.place import MANIFEST, Place

NEAR = 0.5  # points
RGB = re.compile(rb"(?<=[\d.]\s)(?:rg|RG)(?!\S)")


@rule(
    "D30", "error", "Pages are not of the paper's size, or lack what a print shop trims by.",
    hint=f"Set the paper in book.yaml, and no size in @page of a style sheet. {ANEW}",
    source="ISO 15930-7 (PDF/X-4), 6.9: TrimBox in BleedBox in MediaBox; the paper of book list",
    needs="pdf",
)  # fmt: skip
@once
def page_boxes(proof: Proof) -> Iterator[Fault]:
    """Give the first page of each file whose boxes are not what its edition is printed on."""
    for printed in proof.prints:
        for number, page in enumerate(printed.inside.pages):
            if said := _box_fault(printed, page):
                yield Fault(at_page(proof, printed, number), said, seen=seen(printed, number))
                break


def _box_fault(printed: Printed, page: Leaf) -> str:
    """Say what is wrong with a page's boxes; "" for nothing."""
    edition = printed.edition
    wanted = edition.width_mm, edition.height_mm
    wanted = wanted[::-1] if edition.folded else wanted
    trim, bleed = page.trim, page.bleed
    width, height = (trim[2] - trim[0]) / MM, (trim[3] - trim[1]) / MM
    if abs(width - wanted[0]) > NEAR or abs(height - wanted[1]) > NEAR:
        asked = f"{wanted[0]:g} × {wanted[1]:g} mm"
        return f"the page has {width:.0f} × {height:.0f} mm, and its paper {asked}. Make them agree."
    if edition.bleed_mm and not (_wider(bleed, trim, edition.bleed_mm * MM) and _wider(page.media, bleed, 0)):
        return f"the page does not have {edition.bleed_mm:g} mm of bleed on each side. A shop cannot trim it."
    return ""


def _wider(outer: Box, inner: Box, by: float) -> bool:
    """Say whether a box goes beyond another by as many points, at least, on all sides."""
    over = inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3]
    return min(over) >= by - NEAR


@rule(
    "D31", "error", "A color for screens is left in the file for a print shop.",
    hint=f"Give the color in a style sheet as #RRGGBB; it then becomes inks. {ANEW}",
    source="ISO 15930-7 (PDF/X-4), 6.2.3: without a profile, a press takes inks alone",
    needs="pdf",
)  # fmt: skip
@once
def screen_colors(proof: Proof) -> Iterator[Fault]:
    """Give the pages, or drawings on them, that set a colour in RGB; pictures in dots the build tells of itself."""
    for printed in proof.prints:
        if not printed.edition.bleed_mm:
            continue
        inside = printed.inside
        said = "a color for screens is left here, and a press prints inks. Give it as #RRGGBB in a style sheet."
        for number, content in enumerate(inside.contents):
            if RGB.search(content):
                yield Fault(Place("styles"), said, seen=seen(printed, number))
        if any(RGB.search(form) for form in inside.forms):
            yield Fault(Place("styles"), said, seen=seen(printed))


@rule(
    "D32", "error", "A booklet has too few or too many sides to be folded.",
    hint=ANEW,
    source="A folded sheet has four pages, two on each side",
    needs="pdf",
)  # fmt: skip
@once
def booklet_sides(proof: Proof) -> Iterator[Fault]:
    """Give the booklets whose sides do not come out even, or not at those of the edition that they are made of."""
    pages = {printed.edition.name: len(printed.inside.pages) for printed in proof.prints}
    for printed in proof.prints:
        edition, found = printed.edition, pages[printed.edition.name]
        if not edition.folded:
            continue
        wanted = len(sides(pages[edition.of])) if edition.of in pages else found + found % 2
        if found != wanted:
            said = f"the booklet has {found} sides, and needs {wanted} to be folded. Build it again."
            yield Fault(Place(MANIFEST), said, seen=seen(printed))
