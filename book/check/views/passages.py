"""A PDF's paragraphs, headings, items and cells, by the tags that screen readers follow; and where links lead."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from book.check.views.layout import MM, Char, Layout, Piece
from book.check.views.pdf_elements import Element, Held
from book.check.views.pdf_inside import Inside

HEADINGS = {"H1", "H2", "H3", "H4", "H5", "H6"}
WITHOUT_BLOCKS = HEADINGS | {"P", "Span", "Link"}
BLOCKS = HEADINGS | {"P", "LBody", "Lbl", "TD", "TH", "Caption", "Div", "Sect"}
NEW_LINE, SPACE = 0.6, 0.1  # of the type's size: up or down, and aside
Pieces = dict[tuple[int, int], list[Piece]]


@dataclass
class Lead:
    """A link to a place in the same file: the id it leads to, and its words."""

    target: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(row.text for row in _rows(self.pieces))


@dataclass
class Passage:
    """A paragraph, heading, item or cell, as far as it stands on one page (from 0).

    `kind` is its tag, `path` those around it.
    """

    kind: str
    path: tuple[str, ...]
    page: int
    pieces: list[Piece] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)

    @cached_property
    def rows(self) -> list["Row"]:
        """Its lines; a piece stands on one line."""
        return _rows(self.pieces)

    @cached_property
    def text(self) -> str:
        """Its words, with a space where a line ends."""
        return " ".join(row.text for row in self.rows)


@dataclass
class Row:
    """One line of a passage."""

    pieces: list[Piece]

    @cached_property
    def text(self) -> str:
        """Its words; what stands apart is a space apart."""
        words = [self.pieces[0].text]
        for before, piece in pairwise(self.pieces):
            apart = (piece.left - before.right) * MM > SPACE * piece.size
            words.append(f" {piece.text}" if apart else piece.text)
        return re.sub("[ \\n\\t]+", " ", "".join(words)).strip(" ")

    @cached_property
    def chars(self) -> list[Char]:
        """Its characters without spaces."""
        return [char for piece in self.pieces for char in piece.chars]

    @property
    def size(self) -> float:
        """The size of its largest type, in points."""
        return max(piece.size for piece in self.pieces)

    @property
    def baseline(self) -> float:
        """How far below the top of the page its letters stand, in mm; source numbers stand higher."""
        return max(piece.baseline for piece in self.pieces)


@dataclass(frozen=True)
class Tagged:
    """All passages of a PDF in reading order, and the page (from 1) on which each linked id stands."""

    passages: list[Passage]
    page_of: dict[str, int]


def _rows(pieces: list[Piece]) -> list[Row]:
    """Put pieces that stand on one line together."""
    rows = [Row(pieces[:1])] if pieces else []
    for before, piece in pairwise(pieces):
        if _is_next_line(before, piece):
            rows.append(Row([]))
        rows[-1].pieces.append(piece)
    return rows


def _is_next_line(before: Piece, piece: Piece) -> bool:
    """Say whether a piece begins a new line after another one; source numbers stand only a little higher."""
    apart = abs(piece.baseline - before.baseline) * MM
    return piece.left < before.right - 1 or apart > NEW_LINE * min(piece.size, before.size)


def read_tags(inside: Inside, layout: Layout) -> Tagged:
    """Read the structure of a tagged PDF whose pages were read back; without tags, nothing."""
    pieces: Pieces = {}
    for sheet in layout.sheets:
        for piece in sheet.pieces:
            pieces.setdefault((piece.page, piece.tag), []).append(piece)
    walk = _Walk(pieces)
    for element in inside.tree:
        walk.go(element, (), None)
    page_of = {name: page + 1 for name, page in inside.destinations.items() if page >= 0}
    return Tagged([found for found in walk.found if found.pieces], page_of if inside.tree else {})


class _Walk:
    """A walk down a structure tree that gathers passages."""

    def __init__(self, pieces: Pieces) -> None:
        self.pieces = pieces
        self.found: list[Passage] = []

    def go(self, element: Element, path: tuple[str, ...], lead: Lead | None) -> None:
        """Follow an element and all in it; `path` are the tags around it."""
        kind = element.kind
        if kind in BLOCKS or (kind == "NonStruct" and not WITHOUT_BLOCKS.intersection(path)):
            self.found.append(Passage(kind, path, page=0))
        for item in element.inner:
            if isinstance(item, Element):
                self.go(item, (*path, kind), lead)
            elif not isinstance(item, Held):
                self._take(item, lead)
            elif item.destination:
                lead = self._lead(item.destination)

    def _lead(self, target: str) -> Lead:
        """Give the link that begins or goes on here."""
        leads = self.found[-1].leads
        if not leads or leads[-1].target != target:
            leads.append(Lead(target))
        return leads[-1]

    def _take(self, mark: tuple[int, int], lead: Lead | None) -> None:
        """Take what is drawn under a mark of a page for the passage it is in."""
        passage, pieces = self.found[-1], self.pieces.get(mark, [])
        passage.pieces += pieces
        if pieces:
            passage.page, _ = mark
        if lead:
            lead.pieces += pieces
