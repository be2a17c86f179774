"""Page numbers of links, made sure to be true: whether a layout shows stale ones, and how to write them out.

WeasyPrint 70 fills in `target-counter` over several passes and can stop one too early: when the last pass moves a
section by a page, what stands before it keeps the old number. Written-out numbers cannot lag behind.
"""

import re
from collections.abc import Iterable, Mapping

from lxml import etree

from book.layout.boxes import Box
from book.render.tree import select

COUNTED = re.compile(r"target-counter\(attr\([a-z-]+\), page\)")
NUMBERED = "//a[starts-with(@href, '#')] | //*[@data-target]"


def are_true(pages: Iterable[Box], page_of: Mapping[str, int]) -> bool:
    """Say whether all page numbers that laid-out pages show beside links are those of `page_of`."""
    for box in (box for page in pages for box in page.walk() if box.tag.endswith("::after")):
        target = _target(box.attributes or {})
        shown = re.findall(r"\d+", "".join(part.text for part in box.walk()))
        if target in page_of and shown and int(shown[-1]) != page_of[target]:
            return False
    return True


def write_out(html: str, page_of: Mapping[str, int]) -> str:
    """Give each link that is followed by its page the number as an attribute, for style sheets made `fixed`."""
    tree = etree.fromstring(html, etree.HTMLParser())
    for element in select(tree, NUMBERED):
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        element.set("data-number", str(page_of.get(_target(attributes), "")))
    return etree.tostring(tree, encoding="unicode", method="html", doctype="<!DOCTYPE html>")


def fixed(sheet: str) -> str:
    """Give a style sheet that takes page numbers from `write_out`, in place of the engine's count."""
    return COUNTED.sub("attr(data-number)", sheet)


def _target(attributes: Mapping[str, str]) -> str:
    """Give the id that an element's page number is of, by its attributes; "" if it has none."""
    return str(attributes.get("data-target") or attributes.get("href") or "").lstrip("#")
