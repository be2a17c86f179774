"""When to stop an exercise, and when to get help."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.safety import tells
from book.kinds.exercise.model import Exercise


@rule(
    "S03", "error", "An exercise does not say when to stop.",
    hint="Add the key stop_if to its front matter: what readers may feel that tells them to stop.",
    source="CDC Clear Communication Index, items 14 and 18: what the risk is, and when to call a doctor",
    needs="told",
)  # fmt: skip
def no_stop_if(proof: Proof) -> Iterator[Fault]:
    """Give what the build tells of a missing key, and exercises whose list is empty."""
    yield from proof.told_of("S03")
    for part in proof.parts if proof.reaches("book") else ():
        if isinstance(part, Exercise) and not part.head.stop_if:
            said = "the list stop_if is empty. Say what a reader may feel that means: stop."
            yield Fault(proof.line(part.file, "stop_if"), said)


@rule(
    "S04", "error", "An exercise does not say when to get help.",
    hint="Add a line to stop_if with one of the words under check.safety.help.",
    source="CDC Clear Communication Index, item 14: when to call a doctor",
    needs="book",
)  # fmt: skip
def no_help(proof: Proof) -> Iterator[Fault]:
    """Give the exercises of whose signs to stop none tells the reader to get help."""
    for part in proof.parts:
        if isinstance(part, Exercise) and part.head.stop_if and not tells(proof, " ".join(part.head.stop_if)):
            said = f'no line of stop_if says "{proof.checks.safety.help[0]}". Say at which signs to do so.'
            yield Fault(proof.line(part.file, "stop_if"), said)
