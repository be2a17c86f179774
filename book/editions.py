"""The editions a book can be built in: rows of data. A further paper is a further row.

Both papers carry one live frame of 168 × 234 mm; only the margins differ, so lines and pages break alike and
"page 24" is true in both. The footer stands 6 mm below the frame.
"""

from dataclasses import dataclass
from typing import Literal

from book.problems import nearest


@dataclass(frozen=True)
class Edition:
    """One way a book is made: its kind, and the paper in millimetres (0 for no paper)."""

    name: str
    says: str
    kind: Literal["pdf", "epub"]
    suffix: str
    width_mm: float = 0
    height_mm: float = 0
    margins_mm: tuple[float, float, float, float] = (0, 0, 0, 0)  # top, right, bottom, left


PRINT_STYLES = ("fonts.css", "print.css")

EDITIONS = {
    row.name: row
    for row in (
        Edition(
            "letter", "PDF on US Letter paper", "pdf", "-letter.pdf",
            215.9, 279.4, (21, 23.95, 24.4, 23.95),
        ),
        Edition("a4", "PDF on A4 paper", "pdf", "-a4.pdf", 210, 297, (27, 21, 36, 21)),
        Edition("epub", "EPUB for phones, tablets and e-readers", "epub", ".epub"),
    )
}  # fmt: skip


def unknown(name: str) -> str:
    """Say that there is no edition of a name, and which is nearest."""
    return f'there is no edition "{name}".' + (nearest(name, EDITIONS) or f" Known: {', '.join(EDITIONS)}.")
