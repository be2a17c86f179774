"""What the engine laid out, as plain values: the one module that reads WeasyPrint's own boxes.

Those boxes are private and change with its releases. What the rest of `layout` asks of them stands in `Box`; a new
version must pass `tests/layout/test_boxes.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """One box on a page, and all in it.

    `tag` is the element that it belongs to, "p", or what style sheets add to one, "a::after"; `attributes` are that
    element's, None for margins of the page and notes at its foot, which have none. With `hyphen` the engine may
    have ended its line; `repeats` is true of rows that come again on each page of a table.
    `left` and `right` are the edges of what is in it, in px from the left edge of the paper.
    """

    tag: str
    attributes: Mapping[str, str] | None = None
    text: str = ""
    hyphen: str = ""
    is_picture: bool = False
    repeats: bool = False
    left: float = 0
    right: float = 0
    children: tuple["Box", ...] = ()

    def walk(self) -> Iterator["Box"]:
        """Give the box and all in it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def words(self) -> str:
        """Its text without the hyphen that the engine set at the end of its line."""
        return self.text.removesuffix(self.hyphen)


def page_boxes(document: Any) -> tuple[Box, ...]:
    """Give the boxes of the pages of a document that WeasyPrint laid out."""
    return tuple(_plain(page._page_box) for page in document.pages)


def _width(box: Any) -> float:
    return float(box.width) if isinstance(getattr(box, "width", None), int | float) else 0


def _plain(box: Any) -> Box:
    text = getattr(box, "text", None) or ""
    return Box(
        tag=box.element_tag or "",
        attributes=None if box.element is None else box.element.attrib,
        text=text,
        hyphen="" if not text or box.style["hyphens"] == "none" else box.style["hyphenate_character"],
        is_picture=getattr(box, "replacement", None) is not None,
        repeats=bool(getattr(box, "is_header", False) or getattr(box, "is_footer", False)),
        left=box.content_box_x(),
        right=box.content_box_x() + _width(box),
        children=tuple(map(_plain, getattr(box, "children", ()))),
    )
