"""The editions a book can be built in: rows of data. A further paper is a further row; sheets are a book's own.

All papers carry one live frame of 168 × 234 mm; only the margins differ, so lines and pages break alike and
"page 24" is true in all. The footer stands 6 mm below the frame.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from book.model import Manifest, Sheet
from book.problems import nearest


@dataclass(frozen=True)
class Edition:
    """One way a book is made: its kind, the paper in millimetres (0 for no paper), and what of the book it holds.

    `holds` are typed ids, none for the whole book; `fillable` makes the places to fill in fields of a form.
    """

    name: str
    says: str
    kind: Literal["pdf", "epub"]
    suffix: str
    width_mm: float = 0
    height_mm: float = 0
    margins_mm: tuple[float, float, float, float] = (0, 0, 0, 0)  # top, right, bottom, left
    holds: tuple[str, ...] = ()
    fillable: bool = False
    pages_of: str = ""  # the edition in print whose pages an e-book marks
    pictures: Literal["svg", "png"] = "svg"  # drawings as they are, or as dots for what cannot draw them


PRINT_STYLES = ("fonts.css", "print.css")

EDITIONS = {
    row.name: row
    for row in (
        Edition(
            "letter", "PDF on US Letter paper", "pdf", "-letter.pdf",
            215.9, 279.4, (21, 23.95, 24.4, 23.95),
        ),
        Edition("a4", "PDF on A4 paper", "pdf", "-a4.pdf", 210, 297, (27, 21, 36, 21)),
        Edition(
            "fillable", "PDF on US Letter paper, to fill in on a screen", "pdf", "-fillable.pdf",
            215.9, 279.4, (21, 23.95, 24.4, 23.95), fillable=True,
        ),
        Edition("epub", "EPUB for phones, tablets and e-readers", "epub", ".epub", pages_of="letter"),
        Edition("kindle", "EPUB to send to a Kindle", "epub", "-kindle.epub", pages_of="letter", pictures="png"),
    )
}  # fmt: skip


USUAL = ("letter", "a4", "epub")  # built, with all sheets, where a book lists no editions


def editions_of(manifest: Manifest) -> dict[str, Edition]:
    """Give all editions of a book by name: the built-in rows, then its sheets."""
    return EDITIONS | {name: _sheet(name, sheet) for name, sheet in manifest.sheets.items()}


def listed(manifest: Manifest) -> tuple[str, ...]:
    """Name the editions that are built when none is named."""
    return manifest.editions or (*USUAL, *manifest.sheets)


def _sheet(name: str, sheet: Sheet) -> Edition:
    """Give a sheet as an edition.

    Sheets go from hand to hand, from desk to wall, and nobody knows on which paper. So their page is as wide as A4
    and as high as Letter: it prints at full size on both.
    """
    return Edition(
        name, sheet.says, "pdf", f"-{name}.pdf", 210, 279.4, (21, 21, 24.4, 21), sheet.holds, sheet.fillable
    )


def unknown(name: str, known: Collection[str]) -> str:
    """Say that there is no edition of a name, and which of the known ones is nearest."""
    return f'there is no edition "{name}".' + (nearest(name, known) or f" Known: {', '.join(known)}.")


def page_rules(edition: Edition) -> str:
    """Give the style rules that set an edition's paper and margins."""
    margins = " ".join(f"{side}mm" for side in edition.margins_mm)
    return f"@page {{ size: {edition.width_mm}mm {edition.height_mm}mm; margin: {margins} }}"
