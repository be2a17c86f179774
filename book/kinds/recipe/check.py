"""The rule of recipes: what is bought is used."""

import re
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.kinds.recipe.model import Recipe
from book.render.tree import plain, select
from book.render.words import find

WORD = re.compile(r"[^\W\d_]{3,}")
PLURALS = (("ies", "y"), ("es", ""), ("s", ""))


@rule(
    "T18", "warning", "An ingredient of a recipe is named in no step.",
    hint="Say in a step when it goes in, by a word of its name, or take it off the list.",
    source="What cooks weigh out and never need, they take for their own mistake",
    needs="text",
)  # fmt: skip
def unused_ingredients(proof: Proof) -> Iterator[Fault]:
    """Give ingredients of whose names the steps have no word."""
    for section, part in proof.sections():
        if isinstance(part, Recipe):
            steps = " ".join(plain(item) for item in select(section.tree, ".//ol/li"))
            for number, one in enumerate(part.head.ingredients):
                if not find.pattern(_forms(one.name)).search(steps):
                    said = f'no step names "{one.name}". Say when it goes in.'
                    yield Fault(proof.line(part.file, "ingredients", number), said)


def _forms(name: str) -> Iterator[str]:
    """Give the words of a name, those in the plural also as one: "lemons" are met as "lemon juice"."""
    for word in WORD.findall(name) or [name]:
        yield word
        yield from (word.removesuffix(end) + one for end, one in PLURALS if word.endswith(end))
