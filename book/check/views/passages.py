"""A PDF's paragraphs, headings, items and cells, by the tags that screen readers follow; and where links lead."""

import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import pikepdf

from book.check.views.layout import MM, Char, Layout, Piece

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


def read_tags(data: bytes, layout: Layout) -> Tagged:
    """Read the structure of a tagged PDF whose pages were read back; without tags, nothing."""
    with pikepdf.open(io.BytesIO(data)) as document:
        if "/StructTreeRoot" not in document.Root:
            return Tagged([], {})
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        pieces: Pieces = {}
        for sheet in layout.sheets:
            for piece in sheet.pieces:
                pieces.setdefault((piece.page, piece.tag), []).append(piece)
        walk = _Walk(pages, pieces)
        for kid in _kids(document.Root.StructTreeRoot):
            walk.go(kid, (), None)
        return Tagged([found for found in walk.found if found.pieces], _page_of(document, pages))


def _page_of(document: pikepdf.Pdf, pages: dict[tuple[int, int], int]) -> dict[str, int]:
    if "/Names" not in document.Root or "/Dests" not in document.Root.Names:
        return {}
    names = pikepdf.NameTree(document.Root.Names.Dests)
    return {str(name): pages[target[0].objgen] + 1 for name, target in names.items()}


class _Walk:
    """A walk down a structure tree that gathers passages."""

    def __init__(self, pages: dict[tuple[int, int], int], pieces: Pieces) -> None:
        self.pages, self.pieces = pages, pieces
        self.found: list[Passage] = []

    def go(self, element: pikepdf.Object, path: tuple[str, ...], lead: Lead | None) -> None:
        """Follow an element and all in it; `path` are the tags around it."""
        kind = str(element.S)[1:]
        page = self.pages[element.Pg.objgen] if "/Pg" in element else 0
        if kind in BLOCKS or (kind == "NonStruct" and not WITHOUT_BLOCKS.intersection(path)):
            self.found.append(Passage(kind, path, page))
        inside = (*path, kind)
        for kid in _kids(element):
            if isinstance(kid, int):
                self._take(page, kid, lead)
            elif "/S" in kid:
                self.go(kid, inside, lead)
            elif "/Obj" in kid and "/Dest" in kid.Obj:
                lead = self._lead(str(kid.Obj.Dest))
            elif "/MCID" in kid:
                self._take(self.pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID), lead)

    def _lead(self, target: str) -> Lead:
        """Give the link that begins or goes on here."""
        leads = self.found[-1].leads
        if not leads or leads[-1].target != target:
            leads.append(Lead(target))
        return leads[-1]

    def _take(self, page: int, tag: int, lead: Lead | None) -> None:
        """Take what is drawn under a mark for the passage it is in."""
        passage, pieces = self.found[-1], self.pieces.get((page, tag), [])
        passage.pieces += pieces
        if pieces:
            passage.page = page
        if lead:
            lead.pieces += pieces


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Give what an element of the structure holds: elements, links, marks on pages."""
    if "/K" not in element:
        return []
    return list(element.K.as_list()) if isinstance(element.K, pikepdf.Array) else [element.K]
