"""Signs that tell readers to get help, in tiers by how soon: written once, in `chapters/signs.yaml`.

What can be told from the file alone is checked here; where tiers are printed, in `sign_lists`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from book.figure.data import Data
from book.model.fields import PROSE, Id, OneLine, Pattern, Patterns, Text
from book.model.place import Path
from book.model.problems import nearest

FILE = "chapters/signs.yaml"
Some = Annotated[tuple[Pattern, ...], Field(strict=False, min_length=1)]


class Tier(Data):
    """How soon help is needed: its name, and by which words a text tells that. Words are whole, or patterns."""

    name: Text
    told: Some


class Sign(Data):
    """One sign: its tier, what a list says of it, and by which words it is known anywhere in the book.

    Within words of `except` those words mean something else.
    """

    tier: Id
    says: Annotated[OneLine, PROSE]
    words: Some
    except_: Patterns = Field((), alias="except")


class Signs(Data):
    """`chapters/signs.yaml`: tiers from the most urgent on, and signs in the order in which they are printed."""

    tiers: Mapping[Id, Tier] = Field(default_factory=dict)
    signs: Mapping[Id, Sign] = Field(default_factory=dict)

    @property
    def first(self) -> str:
        """The most urgent tier, "" if there is none."""
        return next(iter(self.tiers), "")

    def of(self, tier: str) -> dict[str, Sign]:
        """Give the signs of a tier, in order."""
        return {name: sign for name, sign in self.signs.items() if sign.tier == tier}


def mistakes(found: Signs) -> Iterator[tuple[Path, str]]:
    """Say what is wrong with signs: (path, what and what to do)."""
    for tier in found.tiers:
        if not found.of(tier):
            yield ("tiers", tier), f'the tier "{tier}" has no signs. Add one, or take it out.'
    known: dict[str, str] = {}
    for name, sign in found.signs.items():
        if sign.tier not in found.tiers:
            remedy = nearest(sign.tier, found.tiers) or f" Known: {', '.join(found.tiers)}."
            yield ("signs", name, "tier"), f'there is no tier "{sign.tier}".{remedy}'
        for number, words in enumerate(sign.words):
            other = known.setdefault(words.casefold(), name)
            if other != name:
                said = f'"{words}" are words of the sign "{other}" as well. Keep them in one of the two.'
                yield ("signs", name, "words", number), said
