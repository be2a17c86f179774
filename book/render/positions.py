"""Places in running text that print and e-books share: blocks of a section by number, letters before a place."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from book.render.tree import INLINE, Tree

BLOCK = "data-block"


@dataclass(frozen=True)
class Start:
    """The place at which a page begins: a section's id, a block's number in it, and letters before it there.

    Letters are all characters but spaces, since lines break at spaces.
    """

    section: str
    block: int
    letters: int


@dataclass(frozen=True)
class PrintPages:
    """Where the pages of a printed edition begin, from page 1, and what that edition is called; none for none."""

    edition: str = ""
    starts: tuple[Start, ...] = ()


def number_blocks(tree: Tree) -> None:
    """Give numbers to a section's blocks, and to what only one medium has or moves elsewhere; its root gets 0."""
    for number, element in enumerate(blocks_of(tree)):
        element.set(BLOCK, str(number))


def blocks_of(tree: Tree) -> Iterator[Tree]:
    """Give what counts as a block of a section, in order: the one with number 0 first."""
    return (element for element in tree.iter(etree.Element) if _counts(element))


def letters(text: str) -> int:
    """Count the characters of a text that are no spaces."""
    return sum(not sign.isspace() for sign in text)


def _counts(element: Tree) -> bool:
    return (
        element.tag not in INLINE
        or element.tag == "img"
        or bool(element.get("data-medium"))
        or element.get("class") == "noteref"
    )
