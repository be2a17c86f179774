"""Signs that tell readers to get help: as urgent everywhere as in `chapters/signs.yaml`, and seen in a box."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.safety import RED_FLAG
from book.check.rules.text.words import whole
from book.check.views.units import Unit, units
from book.model.signs import FILE, Sign, Signs
from book.render.tree import select, value


@dataclass(frozen=True)
class Told:
    """Words that tell how soon help is needed: of which tier they are."""

    tier: str
    words: str


class Ear:
    """Hears signs, and how urgently they are told."""

    def __init__(self, known: Signs) -> None:
        """Take the signs of a book."""
        self._tiers = {name: whole(tier.told, flags=re.IGNORECASE) for name, tier in known.tiers.items()}
        self._signs = {name: _finders(sign) for name, sign in known.signs.items()}

    def signs(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Give the signs that a text names, each with where it does so first."""
        for name, (words, other) in self._signs.items():
            spans = [found.span() for found in other.finditer(text)]
            for match in words.finditer(text):
                if not any(start <= match.start() and match.end() <= end for start, end in spans):
                    yield name, match
                    break

    def told(self, text: str) -> dict[str, Told]:
        """Give how urgently a text tells of something: the words it has of each tier."""
        return {tier: Told(tier, found[0]) for tier, words in self._tiers.items() if (found := words.search(text))}

    def against(self, tier: str, unit: Unit) -> Told | None:
        """Give the words of another tier with which a sign is told; None where it has words of its own, or none."""
        heard = [self.told(text) for text in (unit.text, *unit.under)]
        if any(tier in found for found in heard):
            return None
        loudest: Mapping[str, Told] = next((found for found in heard if found), {})
        if not loudest and unit.tier not in {"", tier}:
            return Told(unit.tier, "")
        return next(iter(loudest.values()), None)


def _finders(sign: Sign) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return whole(sign.words, flags=re.IGNORECASE), whole(sign.except_, flags=re.IGNORECASE)


@rule(
    "S22", "error", "A sign is told with the urgency of another tier than its own.",
    hint="Say it as urgently as chapters/signs.yaml; where its words mean something else, list those under except.",
    source="Two places that differ leave the reader to guess how soon to get help",
    needs="text",
)  # fmt: skip
def other_urgency(proof: Proof) -> Iterator[Fault]:
    """Give the sentences, items and rows in which words of a sign stand with those of another tier alone."""
    known = proof.book.signs
    ear = Ear(known)
    for unit in units(proof) if known.signs else ():
        for name, match in ear.signs(unit.text):
            own = known.signs[name].tier
            if found := ear.against(own, unit):
                how = f'"{found.words}"' if found.words else "the list"
                said = (
                    f'"{match[0]}" is a sign of the tier "{known.tiers[own].name}"; {how} tells it as one of '
                    f'"{known.tiers[found.tier].name}". Say both alike, or list its words under except.'
                )
                yield Fault(unit.place(proof, match.start()), said)


@rule(
    "S24", "error", "A sign is printed nowhere, or one of the most urgent tier in no red-flag box.",
    hint="Write /// signs | tier into the box; a block that names signs must name each one somewhere.",
    source="CDC Clear Communication Index, items 9 and 10: what is most urgent is seen first, and set apart",
    needs="text",
)  # fmt: skip
def unprinted(proof: Proof) -> Iterator[Fault]:
    """Give the signs that no list of the book has, and urgent ones that stand in no box."""
    trees = [section.tree for section, _ in proof.sections()]
    listed = {value(item, "data-sign") for tree in trees for item in select(tree, ".//li[@data-sign]")}
    boxed = {
        value(item, "data-sign")
        for tree in trees
        for box in select(tree, RED_FLAG)
        for item in select(box, ".//li[@data-sign]")
    }
    for name, sign in proof.book.signs.signs.items():
        if name not in listed:
            said = f'the sign "{name}" is printed nowhere. Name it in a block /// signs | {sign.tier}: {name}'
            yield Fault(proof.line(FILE, "signs", name), said)
        elif sign.tier == proof.book.signs.first and name not in boxed:
            said = f'the sign "{name}" is printed in no red-flag box. Put its block into one.'
            yield Fault(proof.line(FILE, "signs", name), said)
