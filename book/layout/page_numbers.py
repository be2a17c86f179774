"""Page numbers of links, made sure to be true: whether a layout shows stale ones, and how to write them out.

WeasyPrint 70 fills in `target-counter` over several passes and can stop one too early: when the last pass moves a
section by a page, what stands before it keeps the old number. Written-out numbers cannot lag behind.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from book.render.tree import select

COUNTED = re.compile(r"target-counter\(attr\([a-z-]+\), page\)")
NUMBERED = "//a[starts-with(@href, '#')] | //*[@data-target]"


def are_true(pages: Iterable[Any], page_of: Mapping[str, int]) -> bool:
    """Say whether all page numbers that the engine's pages show beside links are those of `page_of`."""
    boxes = (box for page in pages for box in page.descendants())
    for box in boxes:
        element = getattr(box, "element", None)
        if str(box.element_tag).endswith("::after") and element is not None and _target(element) in page_of:
            shown = re.findall(r"\d+", "".join(getattr(part, "text", "") for part in box.descendants()))
            if shown and int(shown[-1]) != page_of[_target(element)]:
                return False
    return True


def write_out(html: str, page_of: Mapping[str, int]) -> str:
    """Give each link that is followed by its page the number as an attribute, for style sheets made `fixed`."""
    tree = etree.fromstring(html, etree.HTMLParser())
    for element in select(tree, NUMBERED):
        element.set("data-number", str(page_of.get(_target(element), "")))
    return etree.tostring(tree, encoding="unicode", method="html", doctype="<!DOCTYPE html>")


def fixed(sheet: str) -> str:
    """Give a style sheet that takes page numbers from `write_out`, in place of the engine's count."""
    return COUNTED.sub("attr(data-number)", sheet)


def _target(element: Any) -> str:
    """Give the id that an element's page number is of, "" if it has none."""
    return str(element.get("data-target") or element.get("href") or "").lstrip("#")
