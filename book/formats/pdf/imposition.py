"""The booklet: two pages side by side on each side of a sheet, in the order that folding and stapling puts right.

Pages of a finished PDF are laid down smaller, as they are; nothing is set anew.
"""

from dataclasses import dataclass

from book.formats.pdf.paper_only import print_on, strip, unmarked
from book.layout.pdf_objects import Array, Dictionary, Name, Object, Page, Pdf, open_pdf, save_pdf, written

MM = 72 / 25.4
EDGE_MM = 7.0  # most printers leave about 6 mm of a sheet's edge white
GUTTER_MM = 7.0  # beside the fold, at least


@dataclass(frozen=True)
class Area:
    """What of a page has type on it, in mm from the page's top left corner; its white margins are left out."""

    left: float
    top: float
    width: float
    height: float


def sides(pages: int) -> list[tuple[int, int]]:
    """Give the pages, left and right, for each side of each sheet: front, back, the outermost sheet first.

    Pages count from 1, and 0 is a blank. A folded sheet has four pages, so up to three blanks follow the last page:
    they are the back of the booklet. No page is moved to the outside that the book does not end with.
    """
    whole = pages + -pages % 4
    kept = [number if number <= pages else 0 for number in range(whole + 1)]
    order: list[tuple[int, int]] = []
    for first in range(1, whole // 2, 2):
        last = whole + 1 - first
        order += [(kept[last], kept[first]), (kept[first + 1], kept[last - 1])]
    return order


def scale_of(sheet_mm: tuple[float, float], area: Area) -> float:
    """Give by how much a page shrinks: its area fills half a sheet (width, height in mm), less edge and gutter."""
    width, height = sheet_mm
    return min((width / 2 - EDGE_MM - GUTTER_MM) / area.width, (height - 2 * EDGE_MM) / area.height)


def impose(data: bytes, sheet_mm: tuple[float, float], area: Area) -> bytes:
    """Give a PDF's pages as a booklet on sheets of a width and height in mm, lying.

    It is to be printed on both sides, flipped on the short edge, and says so to printers that listen. What it was
    as a document for screens (tags, links, claims of PDF/A and PDF/UA) is gone; title and language are there.
    """
    with open_pdf(data) as pdf:
        strip(pdf)
        leaves = [None, *(_as_picture(pdf, page.obj) for page in pdf.pages)]
        del pdf.pages[:]
        for left, right in sides(len(leaves) - 1):
            _add_side(pdf, sheet_mm, area, (leaves[left], leaves[right]))
        pdf.Root.ViewerPreferences = print_on({"Duplex": Name.DuplexFlipShortEdge, "PickTrayByPDFSize": True})
        pdf.Root.PageLayout = Name.SinglePage
        return save_pdf(pdf)


def _as_picture(pdf: Pdf, page: Object) -> Object:
    """Give a page as a form XObject; all of a book share their fonts."""
    picture = pdf.make_stream(written(unmarked(page)))
    picture.Type, picture.Subtype, picture.BBox = Name.XObject, Name.Form, page.TrimBox
    picture.Resources = page.Resources
    return picture


def _add_side(
    pdf: Pdf, sheet_mm: tuple[float, float], area: Area, halves: tuple[Object | None, Object | None]
) -> None:
    """Add one side of a sheet: each page stands EDGE_MM from the outer edge, midway between head and foot."""
    width, height = sheet_mm
    scale = scale_of(sheet_mm, area)
    starts = (EDGE_MM, width - EDGE_MM - scale * area.width)
    drawn: list[str] = []
    held: dict[str, Object] = {}
    for name, half_left, start, picture in zip("LR", (0, width / 2), starts, halves, strict=True):
        if picture is None:
            continue
        held[f"/{name}"] = picture
        x0, _, _, y1 = (float(side) for side in picture.BBox)
        x = (start - scale * area.left) * MM - scale * x0
        y = ((height + scale * area.height) / 2 + scale * area.top) * MM - scale * y1
        half = f"{half_left * MM:.3f} 0 {width / 2 * MM:.3f} {height * MM:.3f} re W n"  # nothing crosses the fold
        drawn.append(f"q {half} {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm /{name} Do Q")
    box = Array([0, 0, round(width * MM, 3), round(height * MM, 3)])
    side = Dictionary(
        Type=Name.Page, MediaBox=box, Resources=Dictionary(XObject=Dictionary(held)),
        Contents=pdf.make_stream("\n".join(drawn).encode()),
    )  # fmt: skip
    pdf.pages.append(Page(pdf.make_indirect(side)))
