"""A block of Markdown while it is read, and the line that is being looked at. Values; `reader` does the work."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

Tell = Callable[[int, str], None]  # hears what is wrong: the line (from 1) and the message


class Kind(Enum):
    """What a block is; those of `FLOW`, LIST and DEFINITIONS hold blocks, the others lines of text."""

    DOCUMENT = auto()
    QUOTE = auto()
    LIST = auto()
    ITEM = auto()
    NOTE = auto()
    CALLOUT = auto()
    DEFINITIONS = auto()
    DEFINITION = auto()
    TERM = auto()
    PARAGRAPH = auto()
    HEADING = auto()
    RULE = auto()
    FENCE = auto()
    CODE = auto()
    HTML = auto()
    TABLE = auto()


FLOW = {Kind.DOCUMENT, Kind.QUOTE, Kind.ITEM, Kind.NOTE, Kind.CALLOUT, Kind.DEFINITION}  # hold blocks of any kind
INDENT = 4  # columns before code, and before what goes on with a note or an admonition
VERBATIM = {Kind.FENCE, Kind.CODE, Kind.HTML}  # nothing begins in them


@dataclass(eq=False)
class Block:
    """A block: the line it begins on (from 1) and ends on, what it holds, and the marks of its kind.

    `sign` is the mark of a list's items, of a callout's or a fence's ends; `name` that of a note, a callout, or the
    language of code; `title` the words beside a callout's name, `written` that name if
    it is one of another program; `level` a heading's; `start` the first number of a
    list; `width` the columns by which what an item holds is indented; `end` what ends raw HTML.
    """

    kind: Kind
    line: int
    holder: "Block | None" = None
    sign: str = ""
    name: str = ""
    title: str | None = None
    written: str = ""
    id: str = ""
    level: int = 0
    start: int | None = None
    width: int = 0
    end: re.Pattern[str] | None = None
    last: int = 0
    open: bool = True
    ended: bool = False  # by a line of its own, as callouts and fences must be
    children: "list[Block]" = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.last = self.line

    @property
    def depth(self) -> int:
        """How many blocks hold it."""
        return sum(1 for _ in self.holders())

    def holders(self) -> "Iterator[Block]":
        """Give the blocks that hold it, the nearest first."""
        block = self.holder
        while block is not None:
            yield block
            block = block.holder

    def reaches(self, number: int) -> None:
        """Note that the block, and so all that hold it, goes on to a line."""
        self.last = number
        for block in self.holders():
            block.last = number

    def can_hold(self, kind: Kind) -> bool:
        """Say whether a block of a kind may stand right in this one."""
        if self.kind is Kind.LIST:
            return kind is Kind.ITEM
        if self.kind is Kind.DEFINITIONS:
            return kind in {Kind.TERM, Kind.DEFINITION}
        return self.kind in FLOW and kind not in {Kind.ITEM, Kind.TERM, Kind.DEFINITION}


class Line:
    """A line of the text, its number (from 1), and how far blocks have been read into it."""

    def __init__(self, text: str, number: int) -> None:
        """Take the text of a line, without tabs and without its end."""
        self.text, self.number, self.at = text, number, 0

    @property
    def left(self) -> str:
        """All that is still to be read."""
        return self.text[self.at :]

    @property
    def rest(self) -> str:
        """What is still to be read, without the spaces before it."""
        return self.left.lstrip(" ")

    @property
    def indent(self) -> int:
        """How many spaces stand before the rest."""
        return len(self.left) - len(self.rest)

    @property
    def blank(self) -> bool:
        """Whether nothing but spaces is left."""
        return not self.left.strip(" ")

    def skip(self, columns: int) -> None:
        """Read on by so many columns, at most to the line's end."""
        self.at = min(self.at + columns, len(self.text))
