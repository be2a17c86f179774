"""The text of a rendered book, block by block, as its readers meet it: the words, and where each block stands.

Source numbers, titles of works, code and what the builder prints by itself (boxes of a dose, squares to tick, lines
at the foot of a sheet) are left out. The words for those who cannot see a picture are blocks, too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from book.model import characters
from book.model.document import Document
from book.model.signs import FILE as SIGNS
from book.render.positions import blocks_of
from book.render.section import Section
from book.render.tree import INLINE, UNSET, Run, Tree, parent, text_blocks, value
from book.render.words.find import inside

UNREAD_TAGS = {*UNSET, "cite"}
UNREAD = {
    "cites",
    "cite",
    "noteref",
    "url",
    "ticks",
    "source-line",
    "kicker",
    "dose",
    "shows",
    "exercise-number",
    "work",
}
TYPED = str.maketrans(characters.TYPED)
SENTENCE_END = re.compile(r"(?<=[.?!])[\"')\]]*(?=\s)")
SPACES = re.compile(r"[ \t\n]+")  # a space that must not break stays what it is


@dataclass(frozen=True)
class Sentence:
    """One sentence of a block: its words as authors type them, where it begins, the sources that it cites."""

    text: str
    start: int
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """One block of text: its section (None on the cover), the element it stands in, its words.

    `cites` says where in the words sources are cited, by the ids of their entries; `line` is the line of its
    author's file on which it, or what holds it, begins; 0 if it is not known.
    """

    section: Section | None
    element: Tree
    text: str
    cites: tuple[tuple[int, str], ...] = ()
    line: int = 0

    @cached_property
    def bare(self) -> str:
        """Its words with plain spaces and straight quotes, as authors type them; as long as `text`."""
        return self.text.translate(TYPED)

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Its sentences; what is cited at the end of one, before its full stop or behind it, is cited in it."""
        ends = [match.end() for match in SENTENCE_END.finditer(self.bare)]
        for start, end in zip([0, *ends], [*ends, len(self.bare)], strict=True):
            text = self.bare[start:end]
            if text.strip():
                cites = tuple(name for at, name in self.cites if start < at <= end)
                yield Sentence(text.strip(), end - len(text.lstrip()), cites)

    @property
    def files(self) -> list[str]:
        """The author's files in which it is to be sought first."""
        signs = [SIGNS] if any(element.get("data-sign") for element in self._chain) else []
        return [*signs, self.section.file if self.section else "book.yaml"]

    @property
    def part(self) -> Document | None:
        """The chapter or exercise it stands in; None for pages that the builder makes."""
        found = self.section.part if self.section else None
        return found if isinstance(found, Document) else None

    @property
    def is_alt(self) -> bool:
        """Whether it is told only to those who cannot see a picture."""
        return self.element.tag == "img"

    def within(self, *names: str) -> bool:
        """Say whether it stands inside an element of one of these tags or classes."""
        kinds = map(_kind, self._chain)
        return any(tag in names or not set(names).isdisjoint(classes) for tag, classes in kinds)

    @property
    def _chain(self) -> list[Tree]:
        return [self.element, *self.element.iterancestors()]


def _kind(element: Tree) -> tuple[str, list[str]]:
    return str(element.tag), value(element, "class").split()


def blocks(tree: Tree, section: Section | None) -> Iterator[Block]:
    """Give the blocks of a rendered tree in reading order; after them the words for its pictures."""
    unread = {element for top in tree.iter(etree.Element) if _is_unread(top) for element in top.iter(etree.Element)}
    lines = dict(zip(blocks_of(tree), section.lines, strict=False)) if section else {}
    for runs in text_blocks(tree):
        read = [run for run in runs if inside(run) not in unread]
        text = SPACES.sub(" ", "".join(map(_words, read))).strip(" ")
        if text:
            element = block_of(inside(read[0]))
            yield Block(section, element, text, tuple(_cites(runs, unread)), lines.get(element, 0))
    for picture in tree.iter("img"):
        if alt := value(picture, "alt").strip():
            yield Block(section, picture, alt, line=lines.get(picture, 0))


def _cites(runs: list[Run], unread: set[Tree]) -> Iterator[tuple[int, str]]:
    """Give how many letters of a block's words stand before each source number, and which source it is."""
    before = ""
    for run in runs:
        element = inside(run)
        if element not in unread:
            before += _words(run)
        elif element.tag == "a" and _kind(element)[1] == ["cite"]:
            yield len(SPACES.sub(" ", before).lstrip(" ").rstrip()), value(element, "href").removeprefix("#")


def _is_unread(element: Tree) -> bool:
    tag, classes = _kind(element)
    return tag in UNREAD_TAGS or not UNREAD.isdisjoint(classes)


def _words(run: Run) -> str:
    """Give a run's text; a line break in a block parts words."""
    element, side = run
    text = str(getattr(element, side))
    return f" {text}" if element.tag == "br" and side == "tail" else text


def block_of(element: Tree) -> Tree:
    """Give the block around an element that stands in a line of text, or the element if it is one."""
    while element.tag in INLINE and element.getparent() is not None:
        element = parent(element)
    return element
