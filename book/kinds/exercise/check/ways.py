"""The ways that lead readers to an exercise."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.kinds.chapter.model import Chapter
from book.kinds.exercise.model import Exercise
from book.kinds.plan.model import PlanKeys
from book.model.place import MANIFEST
from book.render.tree import value


@rule(
    "T14", "warning", "No chapter and no plan leads to an exercise.",
    hint="Name it where a reader needs it, or take it out of the book.",
    source="A move that nothing leads to is done by nobody",
    needs="text",
)  # fmt: skip
def lost_exercises(proof: Proof) -> Iterator[Fault]:
    """Give exercises that only the contents list."""
    chapters = [section.tree for section, part in proof.sections() if isinstance(part, Chapter)]
    led_to = {value(link, "href") for tree in chapters for link in tree.iter("a")}
    plan = proof.book.manifest.of(PlanKeys).plan
    planned = {
        move
        for stage in (plan.stages if plan else ())
        for items in stage.moves.values()
        for item in items
        for move in item.moves
    }
    for section, part in proof.sections():
        if isinstance(part, Exercise) and f"#{section.html_id}" not in led_to and part.name not in planned:
            line = proof.line(MANIFEST, "contents", proof.book.manifest.contents.index(section.key))
            said = f'no chapter and no plan leads to "{part.head.title}". Link to it where a reader needs it.'
            yield Fault(line, said)
