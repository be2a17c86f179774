"""What a PDF is inside, as plain values: its structure in reading order, its pages, links, fields and bookmarks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from book.check.views.pdf_claims import Claims, read_claims
from book.check.views.pdf_elements import Element, read_owners, read_tree
from book.check.views.pdf_fonts import Font, read_fonts
from book.check.views.pdf_marks import Marks, read_marks
from book.layout.pdf_objects import (
    NOWHERE,
    Array,
    Box,
    Key,
    Page,
    bookmarks,
    box_of,
    content_of,
    destinations,
    form_contents,
    items,
    led_to,
    name_led_to,
    open_pdf,
    page_at,
    page_labels,
    page_numbers,
)


@dataclass(frozen=True)
class Leaf:
    """A page: its boxes, and how the Tab key goes through its links and fields ("/S": as they are tagged)."""

    media: Box
    bleed: Box
    trim: Box
    tabs: str


@dataclass(frozen=True)
class Annotation:
    """A link ("Link"), a field ("Widget") or what else lies on a page; `name` is None where a field has none.

    `words` and `title` are what screen readers say of a link and of a field. A link leads to an `address` (None for
    none), or to the page `leads_to` (NOWHERE for none), by the name `destination` ("" for none).
    """

    kind: str
    page: int
    key: Key
    words: str
    name: str | None
    title: str
    address: str | None
    destination: str
    leads_to: int


class Inside:
    """A PDF opened, and read no more than once.

    `texts` and `starts` are what `pdf_places` has found so far: the words of marked content by page and number, and
    the page on which each section starts.
    """

    def __init__(self, data: bytes) -> None:
        """Take its bytes. ValueError if they are no PDF, or one that a password keeps."""
        self._pdf = open_pdf(data)
        self.texts: dict[int, dict[int, str]] = {}
        self.starts: dict[str, int | None] = {}

    @cached_property
    def claims(self) -> Claims:
        """What it says of itself, and what it may do to a reader."""
        return read_claims(self._pdf)

    @cached_property
    def pages(self) -> list[Leaf]:
        """Its pages."""
        return [_leaf(page) for page in self._pdf.pages]

    @cached_property
    def labels(self) -> list[str]:
        """What readers call its pages; nothing if it does not say so."""
        return page_labels(self._pdf)

    @cached_property
    def tree(self) -> list[Element]:
        """The elements at the top of the structure tree."""
        return read_tree(self._pdf)

    @cached_property
    def elements(self) -> list[Element]:
        """All elements in reading order."""
        return [element for top in self.tree for element in top.walk()]

    @cached_property
    def by_number(self) -> dict[int, Element]:
        """Elements by the numbers of their objects."""
        return {element.number: element for element in self.elements}

    @cached_property
    def owners(self) -> list[dict[int, int]]:
        """What each page knows of its marked content: by its number, the number of its element."""
        return read_owners(self._pdf)

    @cached_property
    def contents(self) -> list[bytes]:
        """The content streams of its pages."""
        return [content_of(page.obj) for page in self._pdf.pages]

    @cached_property
    def forms(self) -> list[bytes]:
        """The content streams of what is drawn on pages as one thing."""
        return list(form_contents(self._pdf))

    @cached_property
    def marks(self) -> list[Marks]:
        """How the content of each page is marked."""
        return [read_marks(content) for content in self.contents]

    @cached_property
    def annotations(self) -> list[Annotation]:
        """Links, fields and what else lies on pages."""
        pages = enumerate(page.obj for page in self._pdf.pages)
        return [self._annotation(number, raw) for number, page in pages for raw in items(page.get("/Annots"))]

    def _annotation(self, page: int, raw: Any) -> Annotation:
        action = raw.get("/A", {})
        return Annotation(
            kind=str(raw.get("/Subtype", "/"))[1:],
            page=page,
            key=raw.objgen,
            words=str(raw.get("/Contents", "")).strip(),
            name=str(raw.T) if "/T" in raw else None,
            title=str(raw.get("/TU", "")).strip(),
            address=str(action["/URI"]) if "/URI" in action else None,
            destination=name_led_to(raw),
            leads_to=self._page_at(led_to(raw)),
        )

    @cached_property
    def holders(self) -> dict[Key, Element]:
        """The elements that hold links and fields, by these."""
        return {key: element for element in self.elements for key in element.objects}

    @cached_property
    def destinations(self) -> dict[str, int]:
        """The pages, from 0, of the names that links lead to; NOWHERE for a page that is not there."""
        return destinations(self._pdf)

    def _page_at(self, target: Any) -> int:
        """Give the page, from 0, of a destination or of the name of one; NOWHERE for none of this file."""
        if isinstance(target, Array):
            return page_at(target, self._page_of)
        return self.destinations.get(str(target), NOWHERE)

    @cached_property
    def _page_of(self) -> dict[Key, int]:
        return page_numbers(self._pdf)

    @cached_property
    def outline(self) -> list[tuple[str, int]]:
        """The titles of its bookmarks in order, each with its page, from 0; NOWHERE for none."""
        return [(title, self._page_at(target)) for title, target in bookmarks(self._pdf)]

    @cached_property
    def fonts(self) -> list[Font]:
        """The fonts of its pages and of what is drawn on them."""
        return read_fonts(self._pdf)


def _leaf(page: Page) -> Leaf:
    media, bleed, trim = (box_of(page, name) for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
    return Leaf(media, bleed, trim, str(page.obj.get("/Tabs", "")))
