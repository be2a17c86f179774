"""Blocks of a chapter that become more than a callout, such as `/// plan`: found, with where they stand.

What each becomes is the work of `pages`; `renderer` hands it to them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from book.model.book import Book
from book.model.document import Document
from book.model.problems import Problems
from book.render.markdown import block_names
from book.render.tree import CALLOUT, Tree, line_at, plain, select, value


@dataclass(frozen=True)
class Piece:
    """One such block: its kind, the words given beside it ("" for none), its contents, and where it stands.

    `nth` counts the blocks of its kind in the part, from 0.
    """

    kind: str
    given: str
    box: Tree
    part: Document
    line: int
    nth: int

    def tell(self, message: str, problems: Problems) -> None:
        """Report what is wrong with the block, at its line; not in a part where things stand in the wrong place."""
        if self.part.key not in problems.unread:
            problems.add(self.part.file, self.line, message)


Maker = Callable[[Piece, Book, Problems], Tree | None]


def pieces(tree: Tree, part: Document) -> Iterator[Piece]:
    """Give a part's blocks of this kind in reading order, each without its title."""
    seen: Counter[str] = Counter()
    for box in select(tree, f".//div[@{CALLOUT}]"):
        kind = value(box, CALLOUT)
        if kind not in block_names():
            continue
        given, nth = plain(box[0]), seen[kind]
        for mark in (CALLOUT, "class"):
            box.attrib.pop(mark)
        box.remove(box[0])
        seen[kind] += 1
        own = "" if given == kind.replace("-", " ").title() else given
        yield Piece(kind, own, box, part, line_at(box), nth)
