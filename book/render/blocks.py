"""Blocks of a chapter that become more than a callout, such as `/// plan`: found, with where they stand.

What each becomes is the work of `pages`; `renderer` hands it to them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from book.kinds.exercise.model import Exercise
from book.model.book import Chapter
from book.model.problems import Problems
from book.render.markdown import PIECES
from book.render.tree import Tree, plain, select, value


@dataclass(frozen=True)
class Piece:
    """One such block: its kind, the words given beside it ("" for none), its contents, and where it stands.

    `nth` counts the blocks of its kind in the part, from 0.
    """

    kind: str
    given: str
    box: Tree
    part: Chapter | Exercise
    line: int
    nth: int

    def tell(self, message: str, problems: Problems) -> None:
        """Report what is wrong with the block, at its line."""
        problems.add(self.part.file, self.line, message)


def pieces(tree: Tree, part: Chapter | Exercise) -> Iterator[Piece]:
    """Give a part's blocks of this kind in reading order, each without its title."""
    seen: Counter[str] = Counter()
    for box in select(tree, './/div[contains(@class, "admonition")]'):
        kind = value(box, "class").split()[1]
        if kind not in PIECES:
            continue
        given, nth = plain(box[0]), seen[kind]
        box.remove(box[0])
        seen[kind] += 1
        own = "" if given == kind.replace("-", " ").title() else given
        yield Piece(kind, own, box, part, lines_of(part, kind)[nth], nth)


def lines_of(part: Chapter | Exercise, kind: str) -> list[int]:
    """Give the lines of a part's file on which blocks of a kind begin."""
    opens = re.compile(rf"^[ \t]*/{{3,}}[ \t]*{kind}(?![\w-])", re.MULTILINE)
    return [part.first_line + part.body[: found.start()].count("\n") for found in opens.finditer(part.body)]
