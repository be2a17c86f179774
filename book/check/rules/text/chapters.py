"""What each chapter owes its readers: a summary, something to do, words that are explained, Don'ts that say so."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.words import own
from book.check.views.prose import Block
from book.kinds.glossary import render as glossary
from book.model.book import Chapter
from book.render.section import Section
from book.render.tree import plain, select, value
from book.render.words import find as words

LINKED_OR_LEFT = "a red-flag stop card dose names".split()  # where links would lead away from what to do now


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
    "W08", "warning", "A term of the glossary is met where nothing leads to its meaning.",
    hint="Use the term in the text, too, where the builder links it; or say the same in everyday words.",
    source="PEMAT-P, item 4 (AHRQ): terms are taught where they are used",
    needs="text",
)  # fmt: skip
def unlinked_terms(proof: Proof) -> Iterator[Fault]:
    """Give terms that a chapter has in a heading, a caption or a table alone, where the builder links nothing."""
    terms = [term for section in proof.rendered.sections for term in _terms(section)]
    by_section: dict[str, list[Block]] = {}
    for block in own(proof):
        if block.section and not glossary.is_glossary(block.section):
            by_section.setdefault(block.section.key, []).append(block)
    for found in by_section.values():
        linked = {value(link, "href") for link in found[0].section.tree.iter("a")} if found[0].section else set()
        for key, name, pattern in terms:
            if f"#{key}" not in linked and (met := _first(found, pattern)):
                said = (
                    f'nothing here leads to the meaning of "{name}". Use it in the text as well, or plainer words.'
                )
                yield Fault(proof.word_at(*met), said)


def _terms(section: Section) -> Iterator[tuple[str, str, glossary.Pattern]]:
    """Give the terms of a glossary: the id, the name, the expression that finds it."""
    if glossary.is_glossary(section) and isinstance(section.part, Chapter):
        for entry in section.tree.iter("dt"):
            name, forms = glossary.named(plain(entry), section.part.head.forms)
            if forms:
                yield value(entry, "id"), name, words.pattern(forms)


def _first(blocks: list[Block], pattern: glossary.Pattern) -> tuple[Block, int] | None:
    """Give the first block that has a term where it ought to be explained, and the index at which it does."""
    for block in blocks:
        if (found := pattern.search(block.text)) and not block.within(*LINKED_OR_LEFT):
            leads = [plain(link) for link in block.element.iter("a", "em")]
            if not any(found[0] in link for link in leads):
                return block, found.start()
    return None


@rule(
    "W09", "warning", "A term of the glossary stands nowhere in the book.",
    hint="Take it out, give the words for it under forms, or keep it for those who look it up: forms: {Term: []}.",
    source="docs/glossary-and-index.md: the glossary leads each term back to its first use",
    needs="told",
)  # fmt: skip
def unused_terms(proof: Proof) -> Iterator[Fault]:
    """Give what the build tells of terms that are nowhere."""
    yield from proof.told_of("W09")


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
