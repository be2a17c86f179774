"""Words and signs: what a book's own rules ban, what is left to write, and what trips readers up within a line."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.prose import Block, block_of
from book.model.place import MANIFEST
from book.render.tree import plain, select, value
from book.render.words import typography

MEASURES = "mm|cm|m|km|inch|inches|foot|feet|ft|in|lb|lbs|oz|mg|g|kg|ml|l|pt|MB|kB|°C|°F"
CAPITALS = re.compile(r"(?<![\w-])[^\W\d_a-z]{2,}(?=s?(?![\w-]))")
ROMAN = re.compile("[IVXLC]+")
DECIMAL = re.compile(rf"(?<![\w.,])\d+\.\d+(?![\w.]*\d)(?!\s?(?:{MEASURES})(?!\w))")
TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+\1(?![\w'’-])", re.IGNORECASE)


def whole(words: Iterable[str], **flags: Any) -> re.Pattern[str]:
    """Give the expression that finds any of some words or patterns as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words) or '(?!)'})(?!\w)", **flags)


def own(proof: Proof) -> Iterator[Block]:
    """Give the blocks that an author wrote for a chapter or an exercise, without the words for pictures."""
    return (block for block in proof.blocks if block.part and not block.is_alt)


@rule(
    "W05", "error", "A word stands in the book that the book itself has banned.",
    hint="Write what the message says; which words are banned: check.words.banned in book.yaml.",
    source="CDC Clear Communication Index, items 6 and 7: the audience's own words; a book's own promises",
    needs="text",
)  # fmt: skip
def banned(proof: Proof) -> Iterator[Fault]:
    """Give each banned word, on the cover and in words for pictures, too."""
    known = proof.checks.words
    finders = [(whole([word], flags=re.IGNORECASE), instead) for word, instead in known.banned.items()]
    for block in proof.blocks:
        if block.part and block.part.name in known.quoted_in:
            continue
        for finder, instead in finders:
            for match in finder.finditer(block.bare):
                said = f'this book does not say "{match[0]}". Write instead: {instead}.'
                yield Fault(proof.word_at(block, match.start()), said)
    for finder, instead in finders:
        if found := finder.search(proof.book.manifest.description):
            said = f'the description says "{found[0]}". Write instead: {instead}.'
            yield Fault(proof.line(MANIFEST, "description"), said)


@rule(
    "W10", "warning", "An abbreviation is never spelled out.",
    hint="Write it out in brackets where it stands first, explain it in the glossary, or write the whole words.",
    source="PEMAT-P, items 3 and 4 (AHRQ): everyday words; others are explained where they stand first",
    needs="text",
)  # fmt: skip
def abbreviations(proof: Proof) -> Iterator[Fault]:
    """Give the first place of each word in capitals that no bracket and no glossary explains."""
    told = {value(entry, "data-title") for section, _ in proof.sections() for entry in section.tree.iter("dt")}
    known = {*proof.checks.words.capitals, *told}
    everything = "\n".join(block.text for block in own(proof))
    for block in own(proof):
        for match in CAPITALS.finditer(block.text):
            word = match[0]
            if word in known or ROMAN.fullmatch(word) or not word.isupper():
                continue
            known.add(word)
            if f"({word})" not in everything and f"{word} (" not in everything:
                said = f'"{word}" is not explained anywhere. Spell it out where it stands first.'
                yield Fault(proof.word_at(block, match.start()), said)


@rule(
    "W11", "warning", "A number can part from its unit at the end of a line.",
    hint="Put &nbsp; between them, and no other space.",
    source="Standard Ebooks Manual, section 8: a number and its unit take a space that does not break",
    needs="text",
)  # fmt: skip
def parted_units(proof: Proof) -> Iterator[Fault]:
    """Give numbers that a plain space parts from a unit, as the text is set."""
    units = "|".join([typography.UNITS, *map(re.escape, proof.checks.words.units)])
    parted = re.compile(rf"(?<![\w])\d+ (?:(?:{units})(?!\w)|[°%])")
    for block in own(proof):
        for match in parted.finditer(block.text):
            said = f'"{match[0]}" can be parted at the end of a line. Write {match[0].replace(" ", "&nbsp;")}.'
            yield Fault(proof.word_at(block, match.start()), said)


@rule(
    "W12", "warning", "A decimal stands where a whole number would do.",
    hint='Round it, or say it as people do: "about 1½ points", "17 in 100".',
    source="NHS service manual, numbers; CDC Clear Communication Index, item 15: whole numbers",
    needs="text",
)  # fmt: skip
def decimals(proof: Proof) -> Iterator[Fault]:
    """Give decimals that measure nothing: 2.5 cm is no fault, 1.4 points is one."""
    for block in own(proof):
        for match in DECIMAL.finditer(block.text):
            said = f"{match[0]} is hard to picture. Say it with a whole number."
            yield Fault(proof.word_at(block, match.start()), said)


@rule(
    "W13", "warning", "Italics are used to stress a word.",
    hint="Use **bold**, or better none. For the title of a work write <cite>; for another language <i lang>.",
    source="NHS service manual, formatting; UKAAF G003: no italics for running text",
    needs="text",
)  # fmt: skip
def italics(proof: Proof) -> Iterator[Fault]:
    """Give words in italics within a line; what stands alone in its line, such as a title, is no fault."""
    for section, _ in proof.sections():
        for stressed in select(section.tree, ".//em | .//i[not(@lang)]"):
            words, line = plain(stressed), plain(block_of(stressed))
            if words != line:
                said = f'"{words}" is in italics, which are hard to read. Use bold, or plain words.'
                yield Fault(proof.source_map.find_in(line, line.find(words), [section.file]), said)


@rule(
    "W17", "warning", "A word stands twice in a row.",
    hint="Take one out; words that may stand twice: check.words.doubled in book.yaml.",
    source="Proof readers know: eyes pass over a word that stands twice, most of all at a line's end",
    needs="text",
)  # fmt: skip
def doubled(proof: Proof) -> Iterator[Fault]:
    """Give words that are doubled within a block, also across the end of a line."""
    allowed = {word.casefold() for word in proof.checks.words.doubled}
    for block in proof.blocks:
        for match in TWICE.finditer(block.text) if block.part else ():
            if match[1].casefold() not in allowed:
                said = f'"{match[0]}": the word stands twice. Take one out.'
                excerpt = block.text[max(0, match.start() - 30) :]
                yield Fault(proof.word_at(block, match.start()), said, excerpt)


@rule(
    "W18", "error", "Text is left to be written.",
    hint="Write it, or take the mark out; which marks there are: check.words.unfinished in book.yaml.",
    source="Editors' marks: TK and TODO stand for what is to come, and must not be printed",
    needs="text",
)  # fmt: skip
def unfinished(proof: Proof) -> Iterator[Fault]:
    """Give marks of unfinished text, wherever readers would meet them."""
    marks = whole(proof.checks.words.unfinished)
    for block in proof.blocks:
        if block.within("source-list"):  # initials of authors are no marks
            continue
        for match in marks.finditer(block.bare):
            said = f'"{match[0]}" marks what is left to write. Write it now.'
            yield Fault(proof.word_at(block, match.start()), said)
    if found := marks.search(proof.book.manifest.description):
        said = f'"{found[0]}" marks what is left to write. Write it now.'
        yield Fault(proof.line(MANIFEST, "description"), said)
