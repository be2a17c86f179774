"""What a rule is: a number, a level, one line of what it finds, how to mend it, where it comes from, one function.

A rule is written where its family lives, under the decorator `rule`; importing the family registers it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from book.check.fault import Fault, Level, Needs

if TYPE_CHECKING:
    from book.check.proof import Proof

"""What a rule looks at: what reading and rendering told, what all of a build told, the book as it was read, its
rendered text, its PDFs, its e-books."""
FAMILIES = {
    "B": "builder", "S": "safety", "T": "structure", "F": "pictures", "W": "words", "P": "pages", "D": "PDF",
    "E": "EPUB",
}  # fmt: skip
"""The families by the letter of their numbers, in the order in which their findings are to be mended."""


@dataclass(frozen=True)
class Rule:
    """One rule. `says` is what it finds, in one line; `needs` is what must be at hand for it to look at.

    `prepare` starts what takes long and need not be waited for, before any rule looks.
    """

    code: str
    level: Level
    says: str
    hint: str
    source: str
    needs: Needs
    find: "Callable[[Proof], Iterator[Fault]]"
    prepare: "Callable[[Proof], None] | None" = None

    @property
    def family(self) -> str:
        """What it looks after."""
        return FAMILIES[self.code[0]]


RULES: dict[str, Rule] = {}


def rule(  # noqa: PLR0913 - all that a rule says of itself
    code: str,
    level: Level,
    says: str,
    *,
    hint: str,
    source: str,
    needs: Needs,
    prepare: "Callable[[Proof], None] | None" = None,
) -> "Callable[[Callable[[Proof], Iterator[Fault]]], Callable[[Proof], Iterator[Fault]]]":
    """Register a function as the rule of that number. ValueError if the number is taken or of no family."""

    def register(find: "Callable[[Proof], Iterator[Fault]]") -> "Callable[[Proof], Iterator[Fault]]":
        if code in RULES or code[0] not in FAMILIES:
            raise ValueError(f"the number {code} cannot be used for a rule")
        RULES[code] = Rule(code, level, says, hint, source, needs, find, prepare)
        return find

    return register
