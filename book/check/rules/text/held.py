"""What a sentence says of the works that it cites: how much, and which way, held against what these found."""

from collections.abc import Iterator, Mapping

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.words import own
from book.check.views.amounts import Amount, Reader, alike, fits
from book.check.views.directions import Compass, against
from book.model.check_words import AmountWords
from book.model.fields import html_id
from book.model.sources import Source

SHOWN = 4  # facts that a message names


@rule(
    "S16", "error", "A sentence says what the works that it cites do not.",
    hint="Mend it, or add the fact to found or details; a language's words: check.safety.amounts, directions.",
    source="Readers who look a number up must find it: a book tells what its sources found, and nothing else",
    needs="text",
)  # fmt: skip
def unfounded(proof: Proof) -> Iterator[Fault]:
    """Hold numbers and directions of sentences that cite works against `found` and `details` of these works."""
    known = proof.checks.safety
    reader, compass = Reader(known.amounts), Compass(known.directions)
    works = {html_id(f"source:{key}"): (key, source) for key, source in proof.book.sources.items()}
    for block in own(proof):
        for sentence in block.sentences if block.cites else ():
            cited = dict(works[name] for name in sentence.cites if name in works)
            for at, said in sorted(
                [*_amounts(sentence.text, cited, reader), *_ways(sentence.text, cited, compass)]
            ):
                yield Fault(proof.word_at(block, sentence.start + at), said, sentence.text)


def _amounts(text: str, cited: Mapping[str, Source], reader: Reader) -> Iterator[tuple[int, str]]:
    """Give the amounts of a sentence that none of its works tells of: where they stand, and what to do."""
    facts = [fact for source in cited.values() for fact in _facts(source, reader)]
    for amount in reader.read(text) if cited else ():
        if not _needs_none(amount, len(cited), reader.words) and not fits(amount, facts, reader.words.lasts):
            known = [fact for fact in facts if alike(amount.kind, fact.kind, reader.words.lasts)]
            same = [fact for fact in known if fact.kind == amount.kind]
            told = dict.fromkeys(fact.words for fact in same or known)
            yield amount.start, _unlike(amount, list(cited), list(told))


def _facts(source: Source, reader: Reader) -> list[Amount]:
    """Give the amounts that a work tells of; the year in which it came out is one of them."""
    year = source.year or 0
    dated = [Amount(reader.words.calendar, year, year, str(year), 0, 0)] if year else []
    return [*reader.facts([source.found, *source.details]), *dated]


def _needs_none(amount: Amount, cited: int, words: AmountWords) -> bool:
    """Say whether an amount needs no work to tell it: it is of no kind, or counts the works that are cited."""
    counts = amount.kind == words.works and amount.low == amount.high == cited
    return not amount.kind or amount.inside or counts


def _unlike(amount: Amount, cited: list[str], told: list[str]) -> str:
    """Say what is told of a work, and what the work tells instead."""
    remedy = "Mend the sentence, or add the fact to details."
    if not told:
        who = f"{' and '.join(cited)} {'say' if len(cited) > 1 else 'says'}"
        return f'"{amount.words}": {who} nothing of {amount.kind} in found or details. {remedy}'
    who = " or ".join(f"{key}'s" for key in cited)
    known = "; ".join(told[:SHOWN]) + ("; …" if len(told) > SHOWN else "")
    return f'"{amount.words}" is not what {who} found or details say ({known}). {remedy}'


def _ways(text: str, cited: Mapping[str, Source], compass: Compass) -> Iterator[tuple[int, str]]:
    """Give where a sentence says that something went the other way than all of its works say."""
    found = {key: [way for line in (source.found, *source.details) for way in compass.read(line)]
             for key, source in cited.items()}  # fmt: skip
    everything = [way for ways in found.values() for way in ways]
    for said, other in against(compass.read(text), everything):
        who = next(key for key, ways in found.items() if other in ways)
        yield said.start, f'"{said.words}" is told, and {who} says "{other.words}". Mend the one that is wrong.'
