"""What a start of a block is: a function that looks at what is left of a line, begins its block, and says so."""

from collections.abc import Collection
from enum import Enum, auto
from typing import Any, Protocol

from book.render.markdown import references
from book.render.markdown.block import Block, Kind, Line, Tell


class Step(Enum):
    """What a function made of a line: NONE, a block to go INTO with what is left, or one that USED it UP."""

    NONE = auto()
    INTO = auto()
    USED_UP = auto()


class Reader(Protocol):
    """What reads a text, as far as blocks that begin ask it; `reader.Reader` is one."""

    callouts: Collection[str]
    switched: Collection[str]
    references: references.References
    tell: Tell
    tip: Block
    matched: Block
    lazy_at: int

    @property
    def lazy(self) -> bool:
        """Whether text may go on with an open paragraph."""

    def add(self, kind: Kind, number: int, **marks: Any) -> Block:
        """Begin a block."""

    def put(self, block: Block, line: Line, text: str) -> None:
        """Add a line of text to a block."""

    def close(self, block: Block) -> None:
        """End the innermost open block."""

    def reopen(self, block: Block) -> None:
        """Go on with a block that was closed."""
