"""Markers in an e-book that say where each page of a printed edition begins, if need be within a paragraph.

Takes the trees of the e-book, which still carry the numbers of their blocks, and `page_starts.Start`s.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from book.assemble.screen import EPUB_TYPE
from book.render.positions import BLOCK, Start
from book.render.tree import Tree, parent
from book.render.words import find

ROLE = "doc-pagebreak"
HEADINGS = {"h1", "h2", "h3", "h4"}
HOLD_NO_WORDS = {"ul", "ol", "dl", "table", "thead", "tbody", "tr", "colgroup", "col"}


def mark(trees: Mapping[str, Tree], order: Sequence[str], starts: Iterable[Start], page: str) -> None:
    """Put a marker for each page into the trees of an e-book, by section id; take the numbers of blocks off.

    `order` names all sections of the book in reading order. A page that begins with what the e-book leaves out is
    marked at the next place that it has. `page` is the word for one.
    """
    for number, start in enumerate(starts, 1):
        _place(_marker(number, page), start, trees, order)
    for tree in trees.values():
        for element in tree.iter(etree.Element):
            element.attrib.pop(BLOCK, "")


def _marker(number: int, page: str) -> Tree:
    """Give the empty element that readers take for the beginning of a page; its name is heard, never seen."""
    name = f"{page[:1].upper()}{page[1:]} {number}. "
    about = {"id": f"page-{number}", "role": ROLE, "aria-label": name, EPUB_TYPE: "pagebreak"}
    return etree.Element("span", about)


def _place(marker: Tree, start: Start, trees: Mapping[str, Tree], order: Sequence[str]) -> None:
    """Put a marker where a page begins."""
    tree = trees.get(start.section)
    element = _block(tree, start.block) if tree is not None else None
    if tree is None or element is None:
        _between_sections(marker, start.section, trees, order)
    elif start.letters and element.get(BLOCK) == str(start.block):
        _within(element, start.letters, marker)
    elif _begins(element, tree):
        _first(tree, marker)
    elif element.tag in HEADINGS or element.tag == "img":
        element.addprevious(marker)
    else:
        _within(element, 0, marker)


def _block(tree: Tree, number: int) -> Tree | None:
    """Give the block of a tree with a number, or the next that may hold a marker; None if there is none."""
    for element in tree.iter(etree.Element):
        if int(element.get(BLOCK) or -1) >= number and element.tag not in HOLD_NO_WORDS:
            return element
    return None


def _between_sections(marker: Tree, section: str, trees: Mapping[str, Tree], order: Sequence[str]) -> None:
    """Put a marker at the beginning of the section after one, or at the end of the book."""
    after = [trees[name] for name in order[order.index(section) + 1 :] if name in trees]
    if after:
        _first(after[0], marker)
    else:
        [*trees.values()][-1].append(marker)


def _begins(element: Tree, tree: Tree) -> bool:
    """Say whether nothing but markers comes before an element in its section."""
    while element is not tree:
        around = parent(element)
        before = list(element.itersiblings(preceding=True))
        texts = [around.text, *(other.tail for other in before)]
        if any((text or "").strip() for text in texts) or any(other.get("role") != ROLE for other in before):
            return False
        element = around
    return True


def _first(element: Tree, marker: Tree) -> None:
    """Put a marker first into an element, after markers that are there."""
    there = [child for child in element if child.get("role") == ROLE]
    if there:
        there[-1].addnext(marker)
    else:
        marker.tail, element.text = element.text, None
        element.insert(0, marker)


def _within(element: Tree, before: int, marker: Tree) -> None:
    """Put a marker into the words of a block, before the letter that has `before` others before it."""
    left = before
    for holder, side in list(_slots(element)):
        text = getattr(holder, side) or ""
        for at, sign in enumerate(text):
            if not sign.isspace() and not left:
                find.wrap((holder, side), at, at, marker)
                marker.text = None  # it holds nothing
                return
            left -= not sign.isspace()
    if before:
        element.append(marker)
    else:
        _first(element, marker)


def _slots(element: Tree) -> Iterator[tuple[Tree, str]]:
    """Give the places that hold a block's own words, in reading order: (element, "text") and (element, "tail")."""
    yield element, "text"
    for child in element:
        if not child.get(BLOCK):
            yield from _slots(child)
        yield child, "tail"
