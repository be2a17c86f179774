"""What a PDF is inside: its structure elements in reading order, the marks around its content, links and fields."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, NameTree, Object, Pdf

Piece = tuple[int, int]  # a page, from 0, and the number of marked content on it
Key = tuple[int, int]  # an object's number and generation

END = re.compile(rb"\bEMC\b")
BEGIN = re.compile(rb"/(\w+)\s*(<<[^>]*>>|/\w+|)\s*\b(?:BDC|BMC)\b")
NUMBER = re.compile(rb"/MCID\s+(\d+)")
PAINTS = re.compile(rb"(?<![^\s\]>)])(?:T[jJ]|['\"]|[fFSsBb]\*?|sh|Do|EI)(?!\S)")
TEXT = re.compile(rb"(?<![^\s\]>)])(?:T[jJ]|['\"])(?!\S)")
STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)


@dataclass(slots=True)
class Element:
    """One element of the structure tree: its kind ("H1"), its own pieces of pages, its kids and its objects."""

    kind: str
    raw: Any
    pieces: list[Piece] = field(default_factory=list)
    kids: "list[Element]" = field(default_factory=list)
    objects: list[Key] = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        """Give the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def number(self) -> int:
        """Its object number in the file."""
        return int(self.raw.objgen[0])

    def text(self, key: str) -> str:
        """Give a text that it carries, such as "/Alt"; "" for none."""
        return str(self.raw.get(key) or "").strip()

    def attribute(self, key: str) -> Any:
        """Give an attribute, such as "/Scope" of a table's head; None for none."""
        found = self.raw.get("/A")
        for group in found.as_list() if isinstance(found, Array) else [found]:
            if isinstance(group, Dictionary) and key in group:
                return group[key]
        return None


@dataclass(frozen=True)
class Marks:
    """How the content of a page is marked: numbers in their order; what is drawn bare; marks within marks.

    `lost` counts texts marked as decoration, `feet` those of page furniture; `tops` says how far below the page's
    top the text of a number stands, in CSS pixels, where the page is drawn in those.
    """

    numbers: list[int]
    bare: bool
    nested: bool
    lost: int
    feet: int
    tops: dict[int, float]


def read_marks(content: bytes) -> Marks:
    """Read the marks of a page's content stream."""
    if b"(" in content:
        content = STRING.sub(b"()", content)
    numbers: list[int] = []
    bare = nested = False
    lost = feet = 0
    tops: dict[int, float] = {}
    *pieces, rest = END.split(content)
    for piece in pieces:
        begin = BEGIN.search(piece)
        nested = nested or piece.count(b"BDC") + piece.count(b"BMC") != 1
        if begin is None:
            continue
        bare = bare or PAINTS.search(piece, 0, begin.start()) is not None
        if begin[1] == b"Artifact":
            text = len(TEXT.findall(piece, begin.end()))
            feet += text if b"/Pagination" in begin[2] else 0
            lost += 0 if b"/Pagination" in begin[2] else text
        if found := NUMBER.search(begin[2]):
            numbers.append(int(found[1]))
            set_at = piece.find(b" Tm", begin.end())
            if set_at > 0:
                tops[numbers[-1]] = float(piece[:set_at].rsplit(b" ", 1)[1])
    bare = bare or PAINTS.search(rest) is not None
    return Marks(numbers, bare, nested or BEGIN.search(rest) is not None, lost, feet, tops)


class Inside:
    """A PDF opened, and read no more than once.

    `texts` and `starts` are what `pdf_places` has found so far: the words of marked content by page and number, and
    the page on which each section starts.
    """

    def __init__(self, data: bytes) -> None:
        """Take its bytes. pikepdf.PdfError if they are no PDF, or one that a password keeps."""
        self.pdf = Pdf.open(io.BytesIO(data))
        self.pages = [page.obj for page in self.pdf.pages]
        self.texts: dict[int, dict[int, str]] = {}
        self.starts: dict[str, int | None] = {}
        self.page_of: dict[Key, int] = {page.objgen: number for number, page in enumerate(self.pages)}

    @cached_property
    def tree(self) -> list[Element]:
        """The elements at the top of the structure tree."""
        root = self.pdf.Root.get("/StructTreeRoot")
        return self._read(root, None).kids if isinstance(root, Dictionary) else []

    def _read(self, raw: Any, page: int | None) -> Element:
        """Read an element and all below it; a piece without a page of its own is on that of its element."""
        own = dict(raw.items())
        page = self.page_of.get(own["/Pg"].objgen, page) if "/Pg" in own else page
        element = Element(str(own.get("/S", "/"))[1:], raw)
        kids = own.get("/K", [])
        for kid in kids.as_list() if isinstance(kids, Array) else [kids] if "/K" in own else []:
            if isinstance(kid, int):
                element.pieces.append((-1 if page is None else page, kid))
            elif "/S" in kid:
                element.kids.append(self._read(kid, page))
            elif "/Obj" in kid:
                element.objects.append(kid.Obj.objgen)
            elif "/MCID" in kid:
                where = self.page_of.get(kid.Pg.objgen, -1) if "/Pg" in kid else page
                element.pieces.append((-1 if where is None else where, int(kid.MCID)))
        return element

    @cached_property
    def elements(self) -> list[Element]:
        """All elements in reading order."""
        return [element for top in self.tree for element in top.walk()]

    @cached_property
    def by_number(self) -> dict[int, Element]:
        """Elements by the numbers of their objects."""
        return {element.number: element for element in self.elements}

    @cached_property
    def marks(self) -> list[Marks]:
        """How the content of each page is marked."""
        return [read_marks(content) for content in self.contents]

    @cached_property
    def contents(self) -> list[bytes]:
        """The content streams of its pages."""
        return [content_of(page) for page in self.pages]

    @cached_property
    def annotations(self) -> list[tuple[int, Any]]:
        """Links, fields and what else lies on pages, each with its page."""
        return [
            (number, found)
            for number, page in enumerate(self.pages)
            if "/Annots" in page
            for found in page.Annots.as_list()
        ]

    @cached_property
    def holders(self) -> dict[Key, Element]:
        """The elements that hold links and fields, by these."""
        return {key: element for element in self.elements for key in element.objects}

    @cached_property
    def destinations(self) -> dict[str, int]:
        """The pages, from 0, of the names that links lead to; -1 for a page that is not there."""
        names = self.pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return {}
        return {str(name): self.page_at(target) for name, target in NameTree(names.Dests).items()}

    def page_at(self, target: Object) -> int:
        """Give the page, from 0, that a destination names; -1 for none of this file."""
        if isinstance(target, Dictionary) and "/D" in target:
            target = target.D
        if not isinstance(target, Array) or not len(target) or not isinstance(target[0], Dictionary):
            return -1
        return self.page_of.get(target[0].objgen, -1)

    @cached_property
    def outline(self) -> list[tuple[str, int]]:
        """The titles of its bookmarks in order, each with its page, from 0; -1 for none."""
        found: list[tuple[str, int]] = []
        outlines = self.pdf.Root.get("/Outlines")

        def walk(item: Any) -> None:
            while item is not None:
                found.append((str(item.get("/Title", "")), self._led(item)))
                walk(item.get("/First"))
                item = item.get("/Next")

        walk(outlines.get("/First") if outlines is not None else None)
        return found

    def _led(self, item: Any) -> int:
        target = item.get("/Dest") if "/Dest" in item else item.get("/A", Dictionary()).get("/D")
        if isinstance(target, Array):
            return self.page_at(target)
        return self.destinations.get(str(target), -1)

    @cached_property
    def fonts(self) -> list[Any]:
        """The fonts of its pages and of what is drawn on them, each once."""
        found: dict[Key, Any] = {}
        seen: set[Key] = set()
        waiting: list[Any] = [page.Resources for page in self.pages if "/Resources" in page]
        while waiting:
            held = waiting.pop()
            if held.is_indirect and held.objgen in seen:
                continue
            seen.add(held.objgen)
            found |= {font.objgen: font for font in held.get("/Font", {}).values()}
            drawn = [item for kind in ("/XObject", "/Pattern") for item in held.get(kind, {}).values()]
            waiting += [item.Resources for item in drawn if "/Resources" in item]
        return list(found.values())


def content_of(page: Any) -> bytes:
    """Give a page's content stream, its parts joined; b"" for an empty page."""
    content = page.get("/Contents")
    if content is None:
        return b""
    if isinstance(content, Array):
        return b"\n".join(part.read_bytes() for part in content.as_list())
    return bytes(content.read_bytes())
