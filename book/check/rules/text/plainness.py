"""How plain a book reads: its reading bars, and how long sentences, paragraphs, lists and steps are."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.words import own
from book.check.views.prose import Block
from book.model.manifest import Bars
from book.model.place import MANIFEST
from book.render.renderer import measure_parts
from book.render.tree import plain, select
from book.render.words import readability
from book.render.words.readability import Measures

HEADINGS = "h1 h2 h3 h4 dt callout-title preview-title".split()
PROSE = set("p li dd".split())
TAKEN_IN = ".//ul[not(parent::*[@class='ticks'] or @class='works-read' or @class='look-up')] | .//ol"


@rule(
    "W01", "error", "A text is harder to read than the book promises.",
    hint="Shorten sentences and take shorter, commoner words; or mend the promise: the key reading in book.yaml.",
    source="AHRQ Health Literacy Toolkit, tool 11, and NIH: at most 6th grade; formulas: words/readability.py",
    needs="text",
)  # fmt: skip
def reading_bars(proof: Proof) -> Iterator[Fault]:
    """Hold the whole book, each chapter and the steps of all exercises to their bars."""
    bars = proof.book.manifest.reading
    if not bars:
        return
    parts = {part.name: part for part in proof.parts if part.name not in bars.skip}
    measured = proof.rendered.measures
    if measured and (said := "; ".join(missed(measured, bars.whole))):
        yield Fault(proof.line(MANIFEST, "reading", "whole"), f"the whole book is too hard: {said}. Write plainer.")
    for name, found in measure_parts(proof.book).items():
        if name == "steps" and bars.steps and (said := "; ".join(missed(found, bars.steps))):
            where = proof.line(MANIFEST, "reading", "steps")
            yield Fault(where, f"the steps of the exercises are too hard: {said}. Write plainer.")
        elif name in parts and (said := "; ".join(missed(found, bars.chapter))):
            where = proof.line(parts[name].file, "title")
            yield Fault(where, f"this chapter is too hard: {said}. Write plainer.")


def missed(found: Measures, bars: Bars) -> Iterator[str]:
    """Name the bars that a text does not meet, each with what was measured; single sentences are W02's."""
    for name, now, bar in (
        ("grade", found.grade, bars.grade),
        ("SMOG", found.smog, bars.smog),
        ("Dale–Chall", found.dale_chall, bars.dale_chall),
        ("words in a sentence", found.words_per_sentence, bars.words_per_sentence),
    ):
        if now > bar:
            yield f"{name} {now:.1f} ({bar:g} is the most)"
    if found.ease < bars.ease:
        yield f"reading ease {found.ease:.0f} ({bars.ease:g} is the least)"


@rule(
    "W02", "warning", "A sentence is longer than the book promises.",
    hint="Cut it in two. How long a sentence may be: reading in book.yaml, longest_sentence.",
    source="CDC Simply Put; plainlanguage.gov: short sentences, one idea each",
    needs="text",
)  # fmt: skip
def long_sentences(proof: Proof) -> Iterator[Fault]:
    """Give each sentence that is too long; steps have a bar of their own."""
    bars = proof.book.manifest.reading
    for block in prose(proof) if bars else ():
        if not bars or not block.part or block.part.name in bars.skip:
            continue
        most = (bars.steps if bars.steps and is_step(block) else bars.chapter).longest_sentence
        for sentence in readability.sentences(block.text):
            if (count := len(readability.WORD.findall(sentence))) > most:
                where = proof.word_at(block, block.text.find(sentence))
                yield Fault(where, f"a sentence of {count} words; {most} is the most. Cut it in two.", sentence)


@rule(
    "W03", "warning", "A paragraph holds too many sentences.",
    hint="Begin a new paragraph where a new thought begins; how many there may be: check.words.sentences.",
    source="PEMAT-P, item 8 (AHRQ): short chunks; our bar is 5 sentences",
    needs="text",
)  # fmt: skip
def long_paragraphs(proof: Proof) -> Iterator[Fault]:
    """Give each paragraph with more sentences than the book allows."""
    most = proof.checks.words.sentences
    for block in prose(proof):
        if (count := len(readability.sentences(block.text))) > most:
            said = f"a paragraph of {count} sentences; {most} is the most. Break it in two."
            yield Fault(proof.word_at(block, 0), said)


@rule(
    "W04", "warning", "A list has too many items.",
    hint="Split it under two headings, or leave out what matters less; how many there may be: check.words.items.",
    source="CDC Clear Communication Index, item 8: lists of at most 7 items unless they are split",
    needs="text",
)  # fmt: skip
def long_lists(proof: Proof) -> Iterator[Fault]:
    """Give each list with more items than the book allows, but for those that are looked through, not taken in."""
    most = proof.checks.words.items
    for section, _ in proof.sections():
        for found in select(section.tree, TAKEN_IN):
            items = [plain(item) for item in found.iterchildren("li")]
            if len(items) > most:
                said = f"a list of {len(items)} items; {most} is the most. Split it."
                yield Fault(proof.at(items[most], section), said)


@rule(
    "W15", "warning", "A step is too long to be done in one go.",
    hint="Make two steps of it; how many words a step may have: check.words.step in book.yaml.",
    source="NHS service manual and PEMAT-P, item 22 (AHRQ): explicit steps; our bar is 25 words",
    needs="text",
)  # fmt: skip
def long_steps(proof: Proof) -> Iterator[Fault]:
    """Give each step of an exercise with more words than the book allows."""
    most = proof.checks.words.step
    for block in own(proof):
        if is_step(block) and (count := len(readability.WORD.findall(block.text))) > most:
            yield Fault(
                proof.word_at(block, 0), f"a step of {count} words; {most} is the most. Make two steps of it."
            )


@rule(
    "W16", "warning", "A long stretch of text has no heading.",
    hint="Put in a heading that says what comes next; how much may go without: check.words.unheaded in book.yaml.",
    source="PEMAT-P, item 9 (AHRQ): informative headings; our bar is 300 words",
    needs="text",
)  # fmt: skip
def unheaded(proof: Proof) -> Iterator[Fault]:
    """Give the paragraph at which too many words stand without a heading, the title of a box or a term."""
    most, words, section = proof.checks.words.unheaded, 0, None
    for block in own(proof):
        if block.section is not section or block.within(*HEADINGS):
            words, section = 0, block.section
        before = words
        words += len(readability.WORD.findall(block.text)) if block.element.tag in PROSE else 0
        if before <= most < words:
            said = f"more than {most} words stand here without a heading. Put one in."
            yield Fault(proof.word_at(block, 0), said)


def prose(proof: Proof) -> Iterator[Block]:
    """Give the blocks that are paragraphs or items of lists, not in tables."""
    return (block for block in own(proof) if block.element.tag in PROSE and not block.within("table"))


def is_step(block: Block) -> bool:
    """Say whether a block is a step of what instructs."""
    return block.part is not None and block.part.instructs and block.within("ol")
