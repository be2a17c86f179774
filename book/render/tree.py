"""Trees of XHTML and what every room asks of them: text, attributes, blocks, new elements."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import cast

from lxml import etree

Tree = etree._Element
LINE = "data-line"  # of the author's file, on which an element begins; no edition carries it
MADE = "data-made"  # marks an element whose id the builder made, till all ids are settled
CALLOUT = "data-callout"  # of a box that is to become a callout or a block of a kind: which
CAPTION = "data-caption"  # of what follows a picture till it has become its caption
Run = tuple[Tree, str]  # where text stands: an element, and its "text" or "tail"
INLINE = set(
    "a abbr b bdi bdo cite dfn em i img ins del kbd mark q s small span strong sub sup time u var wbr br".split()
)
UNSET = {"code", "pre", "kbd", "samp"}


def line_at(element: Tree) -> int:
    """Give the line of the author's file on which an element begins, or what holds it; 0 if it is not known."""
    while element is not None:
        if number := element.get(LINE):
            return int(number)
        element = element.getparent()  # type: ignore[assignment]
    return 0


def drop_marks(tree: Tree) -> None:
    """Take the lines, and the other marks that no edition carries, off a tree that is ready."""
    for element in tree.iter(etree.Element):
        for mark in (LINE, MADE):
            element.attrib.pop(mark, "")


def child(parent: Tree, tag: str, text: str = "", **attributes: str) -> Tree:
    """Append an element with text; `class_` gives its class, `aria_label` its aria-label."""
    names = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    element = etree.SubElement(parent, tag, names)
    element.text = text
    return element


def plain(tree: Tree) -> str:
    """Give the text of an element as a reader meets it, without source numbers and with single spaces."""
    path = ".//text()[not(ancestor::*[contains(@class, 'cites') or contains(@class, 'noteref')])]"
    return " ".join("".join(cast("list[str]", tree.xpath(path))).split())


def value(element: Tree, name: str) -> str:
    """Give an attribute of an element, "" if it has none."""
    return element.get(name) or ""


def parent(element: Tree) -> Tree:
    """Give the element around one that is known to stand in a tree."""
    found = element.getparent()
    if found is None:
        raise ValueError(f"<{element.tag}> stands in no tree")
    return found


def select(tree: Tree, path: str) -> list[Tree]:
    """Give the elements that an XPath finds in a tree."""
    return cast("list[Tree]", tree.xpath(path))


def slug(text: str) -> str:
    """Give text as small letters, digits and hyphens, for use in ids: without accents, but in its own script."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = unicodedata.normalize("NFKC", text)
    if sum(map(str.isalnum, bare)) < sum(map(str.isalnum, whole)):
        bare = whole.casefold()
    return re.sub(r"[\W_]+", "-", bare).strip("-") or "part"


def unused(wanted: str, taken: set[str]) -> str:
    """Give a name that is not taken yet, with a number where it must be, and note it as taken."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def typeset(tree: Tree, set_pieces: Callable[[list[str]], list[str]]) -> None:
    """Pass the text of each block, cut at its tags, through a typographic step."""
    for slots in text_blocks(tree):
        pieces = set_pieces([getattr(element, side) for element, side in slots])
        for (element, side), piece in zip(slots, pieces, strict=True):
            setattr(element, side, piece)
    for element in tree.iter(etree.Element):
        for name in ("alt", "aria-label", "data-label"):
            if value := element.get(name):
                element.set(name, set_pieces([value])[0])


def text_blocks(tree: Tree) -> Iterator[list[Run]]:
    """Give, block by block, the places that hold its text: (element, "text") and (element, "tail")."""
    blocks: list[list[Run]] = [[]]

    def walk(element: Tree) -> None:
        unset = element.tag in UNSET or "url" in (element.get("class") or "").split()
        if element.tag not in INLINE and not unset:
            blocks.append([])
        if element.text and not unset:
            blocks[-1].append((element, "text"))
        for inner in element:
            if not unset:
                walk(inner)
            if inner.tag not in INLINE and inner.tag not in UNSET:
                blocks.append([])
            if inner.tail and not unset:
                blocks[-1].append((inner, "tail"))

    walk(tree)
    return (block for block in blocks if block)


def remove(element: Tree) -> None:
    """Take an element out and leave the text after it."""
    around, before, tail = element.getparent(), element.getprevious(), element.tail
    if around is None:
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        around.text = (around.text or "") + tail
    around.remove(element)
