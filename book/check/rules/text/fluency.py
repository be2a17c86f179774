"""Whether prose flows: the floors beside the ceilings of `plainness`."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.kinds.exercise.model import Exercise
from book.model.book import Chapter
from book.model.place import MANIFEST
from book.render.section import Section
from book.render.tree import Tree, plain, select
from book.render.words import fluency, readability

PLACES = 3
WORDS = {
    "words_per_sentence": "{} words in a sentence",
    "spread": "a spread of {}",
    "short": "{} in 100 sentences under five words",
    "connectives": "{} joining words in a sentence",
    "grade": "grade {}",
}


@rule(
    "W19", "error", "Prose is choppier than the book promises, or harder.",
    hint="Join sentences that belong together, and let long ones stand beside short ones; or mend reading.prose.",
    source="Davison 1981 (ED 208 340): texts cut to please formulas lose connectors; counted: words/fluency.py",
    needs="text",
)  # fmt: skip
def floors(proof: Proof) -> Iterator[Fault]:
    """Hold the prose of the whole book and of each chapter to its floors, and say where to begin."""
    promised = proof.book.manifest.reading
    if not promised or not promised.prose:
        return
    prose = proof.rendered.prose
    whole = prose.whole if prose.whole and fluency.is_judged(fluency.WHOLE, prose.whole, promised) else None
    if whole and (missed := fluency.missed(whole, promised.prose)):
        said = f"the prose of the whole book does not flow as promised: {told(missed)}. Mend its chapters."
        yield Fault(proof.line(MANIFEST, "reading", "prose"), said)
    for section in proof.rendered.sections:
        part = section.part
        found = prose.chapters.get(part.name) if isinstance(part, Chapter) else None
        if not found or not fluency.is_judged(part.name, found, promised):
            continue
        if missed := fluency.missed(found, promised.prose):
            said = f"the prose of this chapter does not flow as promised: {told(missed)}."
            yield Fault(proof.line(section.file, "title"), f"{said} {remedy(missed, section, proof)}")


def told(missed: list[fluency.Held]) -> str:
    """Say what was measured, and what it should be."""
    return "; ".join(
        f"{WORDS[row.name].format(row.shown)} ({row.bar:g} is the {'most' if row.at_most else 'least'})"
        for row in missed
    )


def remedy(missed: list[fluency.Held], section: Section, proof: Proof) -> str:
    """Say what to do, and at which lines to begin: those of the choppiest paragraphs."""
    if {row.name for row in missed} == {"grade"}:
        return "Write plainer."
    spots = fluency.choppiest(fluency.paragraphs(section.tree), PLACES)
    found = [place for text, first in spots if (place := place_of(text, first, section, proof))]
    return f"Join sentences; begin at {', '.join(dict.fromkeys(found))}." if found else "Join sentences."


def place_of(text: str, first: str, section: Section, proof: Proof) -> str:
    """Give file and line of a sentence, or of the next one that stands in the author's own words; "" for none."""
    for sentence in readability.sentences(text[text.find(first) :]):
        place = proof.source_map.find(sentence, [section.file])
        if place.line > 1:
            return f"{place.file}:{place.line}"
    return ""


@rule(
    "W20", "warning", "What an exercise says of itself is not a whole sentence.",
    hint='Say it as you would aloud: not "No lumps.", but "It has no lumps."; how few words: reading.prose.',
    source="A page that is read alone needs its verbs; our bar is 4 words, since no program finds verbs for sure",
    needs="text",
)  # fmt: skip
def fragments(proof: Proof) -> Iterator[Fault]:
    """Give each sentence of too few words in why, feel, easier and harder of an exercise."""
    promised = proof.book.manifest.reading
    if not promised or not promised.prose:
        return
    least, out = promised.prose.fragment, fluency.skipped(promised)
    for section, part in proof.sections():
        for text in said_of(section.tree) if isinstance(part, Exercise) and part.name not in out else ():
            for sentence in readability.sentences(text):
                if (count := len(fluency.words_of(sentence))) < least:
                    where = proof.source_map.find_in(text, text.find(sentence), [section.file])
                    unit = "word" if count == 1 else "words"
                    said = (
                        f"a sentence of {count} {unit}; {least} is the least. Say it whole, or join it to the next."
                    )
                    yield Fault(where, said, sentence)


def said_of(tree: Tree) -> Iterator[str]:
    """Give what an exercise's page says in sentences, without the labels before them."""
    for element in select(tree, ".//div[@class='why']//p | .//div[@class='adjust']/p"):
        label = "".join(plain(found) for found in select(element, "self::p[parent::*[@class='adjust']]/strong[1]"))
        yield plain(element).removeprefix(label).strip()
