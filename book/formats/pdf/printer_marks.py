"""For a print shop: pages with bleed become sheets with boxes, crop marks, registration crosses and a slug line.

Artwork ends with the bleed, and all marks stand outside it. The colours become inks (see `inks`). This is no PDF/X:
there is no profile of a paper or a press, and none is claimed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from book.formats.pdf.paper_only import print_on, strip
from book.formats.pdf.separations import separate
from book.formats.pdf.slug_line import Face, embed
from book.layout.pdf_objects import Array, Box, Dictionary, Name, Object, Page, Pdf, box_of, open_pdf, save_pdf

MM = 72 / 25.4
CLEAR_MM = 0.5  # from the bleed to the nearest mark
MARK_MM = 5.0  # a crop mark's length, a registration cross's width
REST_MM = 1.325  # from the marks to the edge of the sheet: with a bleed of an eighth of an inch, 10 mm in all
INDENT_MM = 6.0  # from a corner of the trim to the slug line
LINE_PT, TYPE_PT = 0.25, 7.0
ROUND = 4 / 3 * (sqrt(2) - 1)  # how far along a circle's square the handles of its curves stand


@dataclass(frozen=True)
class Slug:
    """The words at the foot of each sheet: what the book is, at the left; at the right its date and "{page}"."""

    left: str
    right: str


def to_shop(data: bytes, bleed_mm: float, slug: Slug, font: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Give a PDF that has bleed around its TrimBox as a print shop wants it, and notes on what it could not do.

    `font` is a TrueType font for the slug. What the file was as a document for screens (tags, links, claims of
    PDF/A and PDF/UA) is gone. The same input gives the same bytes.
    """
    with open_pdf(data) as pdf:
        strip(pdf)
        left = separate(pdf)
        count = len(pdf.pages)
        lines = [(slug.left, slug.right.replace("{page}", f"{number}/{count}")) for number in range(1, count + 1)]
        face = embed(pdf, font, {letter for line in lines for words in line for letter in words})
        every_ink = _every_ink(pdf)
        for page, line in zip(pdf.pages, lines, strict=True):
            trim = _set_boxes(page, bleed_mm)
            marks = [*_corners(trim, bleed_mm), *_crosses(trim, bleed_mm)]
            drawn = [f"q /SlugInks CS 1 SCN {LINE_PT} w", *marks, "Q", *_words(trim, bleed_mm, line, face)]
            _draw(pdf, page, drawn, {"/Font": {"/SlugFont": face.font}, "/ColorSpace": {"/SlugInks": every_ink}})
        pdf.Root.ViewerPreferences = print_on({})
        pdf.docinfo.Trapped = Name("/False")
        return save_pdf(pdf), tuple(f"{what}, on {_pages(pages)}" for what, pages in left.items())


def _pages(numbers: list[int]) -> str:
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _every_ink(pdf: Pdf) -> Object:
    """Give the colour that stands on every plate of a press, for marks."""
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, ramp]))


def _grown(box: Box, by_mm: float) -> Box:
    left, bottom, right, top = box
    by = by_mm * MM
    return left - by, bottom - by, right + by, top + by


def _set_boxes(page: Page, bleed_mm: float) -> Box:
    """Set the boxes of a page around its TrimBox, and give that."""
    trim = box_of(page, "/TrimBox")
    sheet = _grown(trim, bleed_mm + CLEAR_MM + MARK_MM + REST_MM)
    boxes = {"/MediaBox": sheet, "/CropBox": sheet, "/BleedBox": _grown(trim, bleed_mm), "/TrimBox": trim}
    for name, box in boxes.items():
        page.obj[name] = Array([round(side, 3) for side in box])
    return trim


def _draw(pdf: Pdf, page: Page, drawn: list[str], named: dict[str, dict[str, Object]]) -> None:
    """Draw over a page what is outside its bleed, and end its own drawing with the bleed."""
    left, bottom, right, top = box_of(page, "/BleedBox")
    clip = f"q {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
    before, after = pdf.make_stream(clip.encode()), pdf.make_stream("\n".join(["Q", *drawn]).encode())
    page.obj.Contents = Array([before, page.obj.Contents, after])
    resources = page.obj.Resources
    for kind, things in named.items():
        if kind not in resources:
            resources[kind] = Dictionary()
        for name, thing in things.items():
            resources[kind][name] = thing


def _corners(trim: Box, bleed_mm: float) -> Iterator[str]:
    """Draw two crop marks at each corner of the trim."""
    near, far = (bleed_mm + CLEAR_MM) * MM, (bleed_mm + CLEAR_MM + MARK_MM) * MM
    left, bottom, right, top = trim
    for x, out_x in ((left, -1), (right, 1)):
        for y, out_y in ((bottom, -1), (top, 1)):
            yield f"{x + out_x * near:.3f} {y:.3f} m {x + out_x * far:.3f} {y:.3f} l S"
            yield f"{x:.3f} {y + out_y * near:.3f} m {x:.3f} {y + out_y * far:.3f} l S"


def _crosses(trim: Box, bleed_mm: float) -> Iterator[str]:
    """Draw a registration cross in the middle of each side."""
    left, bottom, right, top = _grown(trim, bleed_mm + CLEAR_MM + MARK_MM / 2)
    across, up = (left + right) / 2, (bottom + top) / 2
    arm = MARK_MM / 2 * MM
    for x, y in ((across, bottom), (across, top), (left, up), (right, up)):
        yield f"{x - arm:.3f} {y:.3f} m {x + arm:.3f} {y:.3f} l S"
        yield f"{x:.3f} {y - arm:.3f} m {x:.3f} {y + arm:.3f} l S"
        yield _circle(x, y, arm / 2)


def _circle(x: float, y: float, radius: float) -> str:
    """Draw a circle as four curves, from its right end on."""
    turns = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    path = [f"{x + radius:.3f} {y:.3f} m"]
    for (ax, ay), (bx, by) in pairwise(turns):
        points = ((ax + ROUND * bx, ay + ROUND * by), (bx + ROUND * ax, by + ROUND * ay), (bx, by))
        path.append(" ".join(f"{x + radius * px:.3f} {y + radius * py:.3f}" for px, py in points) + " c")
    return " ".join([*path, "S"])


def _words(trim: Box, bleed_mm: float, line: tuple[str, str], face: Face) -> Iterator[str]:
    """Set the slug line below the trim, in black, at both sides of the cross there; long words are set smaller."""
    left, bottom, right, _ = trim
    y = bottom - (bleed_mm + CLEAR_MM + MARK_MM / 2) * MM - TYPE_PT / 4
    room = (right - left) / 2 - (INDENT_MM + MARK_MM) * MM
    for words, at_right in zip(line, (False, True), strict=True):
        wide = face.width(words)
        size = min(TYPE_PT, room / wide) if wide else TYPE_PT
        x = right - INDENT_MM * MM - size * wide if at_right else left + INDENT_MM * MM
        yield f"BT 0 0 0 1 k /SlugFont {size:.2f} Tf {x:.3f} {y:.3f} Td {face.codes(words)} Tj ET"
