"""The rules of glossaries: their terms are met, and lead to their meaning."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.words import own
from book.check.views.prose import Block
from book.kinds.chapter.model import Chapter
from book.kinds.glossary import render as glossary
from book.render.section import Section
from book.render.tree import plain, value
from book.render.words import find as words

LINKED_OR_LEFT = "a red-flag stop card dose names".split()  # where links would lead away from what to do now


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
