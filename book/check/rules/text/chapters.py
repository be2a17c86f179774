"""What each chapter owes its readers: a summary, something to do, words that are explained, Don'ts that say so."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.words import own
from book.kinds.chapter.model import Chapter
from book.render.tree import select, value


@rule(
    "W06", "warning", "A chapter has no summary.",
    hint="Close it with a box /// in-short; a chapter that needs none is named under check.words.without_summary.",
    source="PEMAT-P, item 11 (AHRQ): a summary",
    needs="text",
)  # fmt: skip
def no_summary(proof: Proof) -> Iterator[Fault]:
    """Give the chapters without the box that sums up; a glossary needs none."""
    for part in _without(proof, "in-short", proof.checks.words.without_summary):
        said = "this chapter has no summary. Add a box /// in-short with what to keep in mind."
        yield Fault(proof.line(part.file, "title"), said)


@rule(
    "W07", "warning", "A chapter gives its reader nothing to do.",
    hint="Add a box /// do-this; a chapter that needs none is named under check.words.without_task.",
    source="PEMAT-P, item 20 (AHRQ): at least one action the reader can take",
    needs="text",
)  # fmt: skip
def nothing_to_do(proof: Proof) -> Iterator[Fault]:
    """Give the chapters without the box that says what to do now; a glossary needs none."""
    for part in _without(proof, "do-this", proof.checks.words.without_task):
        said = "this chapter asks for nothing. Add a box /// do-this with one small thing to do now."
        yield Fault(proof.line(part.file, "title"), said)


def _without(proof: Proof, kind: str, allowed: tuple[str, ...]) -> Iterator[Chapter]:
    """Give the chapters that hold no callout of a kind."""
    for section, part in proof.sections():
        if isinstance(part, Chapter) and not part.head.glossary and part.name not in allowed:
            boxes = select(section.tree, ".//aside")
            if not any(kind in value(box, "class").split() for box in boxes):
                yield part


@rule(
    "W14", "error", 'A line under "Don\'t" does not say "do not", and reads as an order to do it.',
    hint="Begin each line of the box with the words that forbid; which they are: check.words.dont in book.yaml.",
    source='NHS service manual, do and don\'t lists: "do not" is repeated in every line',
    needs="text",
)  # fmt: skip
def bare_donts(proof: Proof) -> Iterator[Fault]:
    """Give the items of Don't boxes that forbid nothing when they are read alone."""
    forbid = tuple(words.casefold().replace("’", "'") for words in proof.checks.words.dont)
    for block in own(proof):
        is_line = block.within("dont") and block.within("li")
        if is_line and not block.bare.casefold().startswith(forbid):
            said = f'read alone, this line is an order. Begin it with "{proof.checks.words.dont[0]}".'
            yield Fault(proof.word_at(block, 0), said, block.text)
