"""The structure tree of a PDF, which screen readers follow: its elements in reading order, as plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from book.layout.pdf_objects import (
    NOWHERE,
    Dictionary,
    Key,
    Pdf,
    Plain,
    is_element,
    items,
    name_led_to,
    number_tree,
    page_numbers,
    plain,
)

Piece = tuple[int, int]  # a page, from 0, and the number of marked content on it
TEXTS = ("/Alt", "/ActualText", "/ID")


@dataclass(frozen=True, slots=True)
class Held:
    """A link or field that an element holds: the key of its object, and the name that it leads to."""

    key: Key
    destination: str


@dataclass(slots=True)
class Element:
    """One element of the structure tree: its kind ("H1"), its object's number, and what it holds, in order."""

    kind: str
    number: int
    texts: dict[str, str]
    attributes: dict[str, Plain]
    inner: "list[Element | Held | Piece]" = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """Its own pieces of pages."""
        return [item for item in self.inner if isinstance(item, tuple)]

    @property
    def kids(self) -> "list[Element]":
        """The elements right below it."""
        return [item for item in self.inner if isinstance(item, Element)]

    @property
    def objects(self) -> list[Key]:
        """The links and fields that it holds."""
        return [item.key for item in self.inner if isinstance(item, Held)]

    def walk(self) -> "Iterator[Element]":
        """Give the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def text(self, key: str) -> str:
        """Give a text that it carries, such as "/Alt"; "" for none."""
        return self.texts.get(key, "")

    def attribute(self, key: str) -> Plain:
        """Give an attribute, such as "/Scope" of a table's head; None for none."""
        return self.attributes.get(key)


def read_tree(pdf: Pdf) -> list[Element]:
    """Read the elements at the top of the structure tree of an open PDF, and all below them."""
    root = pdf.Root.get("/StructTreeRoot")
    return _read(root, None, page_numbers(pdf)).kids if isinstance(root, Dictionary) else []


def _read(raw: Any, page: int | None, page_of: Mapping[Key, int]) -> Element:
    """Read an element and all below it; a piece without a page of its own is on that of its element."""
    own = dict(raw.items())
    page = page_of.get(own["/Pg"].objgen, page) if "/Pg" in own else page
    texts = {key: str(own[key] or "").strip() for key in TEXTS if key in own}
    element = Element(str(own.get("/S", "/"))[1:], int(raw.objgen[0]), texts, _attributes(own.get("/A")))
    for kid in items(own.get("/K")):
        if isinstance(kid, int):
            element.inner.append((NOWHERE if page is None else page, kid))
        elif is_element(kid):
            element.inner.append(_read(kid, page, page_of))
        elif "/Obj" in kid:
            element.inner.append(Held(kid.Obj.objgen, name_led_to(kid.Obj)))
        elif "/MCID" in kid:
            where = page_of.get(kid.Pg.objgen) if "/Pg" in kid else page
            element.inner.append((NOWHERE if where is None else where, int(kid.MCID)))
    return element


def _attributes(found: Any) -> dict[str, Plain]:
    """Give the attributes of all groups that an element has; the first of a name counts."""
    groups = [group for group in items(found) if isinstance(group, Dictionary)]
    return {key: plain(value) for group in reversed(groups) for key, value in group.items()}


def read_owners(pdf: Pdf) -> list[dict[int, int]]:
    """Read what each page knows of its marked content: by its number, the number of its element's object."""
    root: Any = pdf.Root.get("/StructTreeRoot", {})
    tree = number_tree(root.ParentTree) if "/ParentTree" in root else {}
    lists = (items(tree.get(int(page.obj.get("/StructParents", NOWHERE)))) for page in pdf.pages)
    return [
        {number: owner.objgen[0] for number, owner in enumerate(owners) if hasattr(owner, "objgen")}
        for owners in lists
    ]
