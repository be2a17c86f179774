"""What a book's claims rest on: sources wherever studies are told of, and a ledger of the claims themselves."""

import re
from collections import Counter
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.words import own, whole
from book.check.views.prose import Block
from book.load.ledger import read
from book.model.check_settings import Ledger
from book.model.fields import html_id
from book.model.place import MANIFEST, Place
from book.model.problems import nearest
from book.model.sources import FILE as SOURCES
from book.render.tree import select, value

RETOLD = "preview in-short h1 h2 h3 h4".split()  # what sums up the text, where the sources stand
QUOTES = "\"'„«»"


@rule(
    "S08", "error", "A study is told of, and its source is not named.",
    hint="Cite it with [@…]; words that name a study and tell nothing of it: check.safety.not_told.",
    source="CDC Clear Communication Index, item 11: what experts know, and what they do not",
    needs="text",
)  # fmt: skip
def unsourced(proof: Proof) -> Iterator[Fault]:
    """Give the paragraphs, items and captions that tell of a study, or of people counted, and cite nothing."""
    known = proof.checks.safety
    studies = whole(known.studies, flags=re.IGNORECASE)
    not_told = whole(known.not_told, flags=re.IGNORECASE)
    for block in own(proof):
        if block.within(*RETOLD) or _cites(block):
            continue
        bare = not_told.sub(lambda found: "·" * len(found[0]), block.bare)
        if found := next((found for found in studies.finditer(bare) if not _quoted(bare, found)), None):
            said = f'"{found[0]}" tells of what others found. Name the source with [@…].'
            yield Fault(proof.word_at(block, found.start()), said, block.text[_sentence(bare, found.start()) :])


def _cites(block: Block) -> bool:
    return bool(select(block.element, ".//a[@class='cite']"))


def _quoted(text: str, found: re.Match[str]) -> bool:
    """Say whether a word stands in quotes alone: it is spoken of, not used."""
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return bool(before and after) and before in QUOTES and after in QUOTES


def _sentence(text: str, start: int) -> int:
    """Give where the sentence around an index begins."""
    return max(text.rfind(end, 0, start) + len(end) if end in text[:start] else 0 for end in (". ", "? ", "! "))


@rule(
    "S09", "warning", "A source is cited nowhere, so that no reader meets it.",
    hint="Cite it where its finding is told, or take it out of chapters/sources.yaml.",
    source="docs/sources.md: page:sources lists the sources that are cited, and no others",
    needs="text",
)  # fmt: skip
def uncited(proof: Proof) -> Iterator[Fault]:
    """Give the sources that nothing cites."""
    cited = {value(link, "href") for section in proof.rendered.sections for link in section.tree.iter("a")}
    for key in proof.book.sources:
        if f"#{html_id(f'source:{key}')}" not in cited:
            yield Fault(proof.line(SOURCES, key), f"{key} is cited nowhere. Cite it, or take it out.")


@rule(
    "S10", "error", "A citation leads to no source.",
    hint="Mend its id, or add the work to chapters/sources.yaml; the book needs page:sources in contents.",
    source="docs/sources.md: each citation leads to its work in the list of sources",
    needs="told",
)  # fmt: skip
def unknown_source(proof: Proof) -> Iterator[Fault]:
    """Give what the build tells of citations that lead nowhere."""
    yield from proof.told_of("S10")


@rule(
    "S11", "warning", "A source cannot be found: neither a link nor a place says where it is.",
    hint="Add link (https://…) or where (the journal, the publisher, the site) to the source.",
    source="A reference names enough to find the work by; e.g. ICMJE sample references",
    needs="book",
)  # fmt: skip
def unfindable(proof: Proof) -> Iterator[Fault]:
    """Give the sources with neither link nor where."""
    for key, source in proof.book.sources.items():
        if not (source.link or source.where):
            yield Fault(proof.line(SOURCES, key), f"nothing says where {key} can be found. Add link or where.")


@rule(
    "S12", "error", "The ledger does not account for each claim once.",
    hint="Give each claim one row, with a chapter that there is or a reason; how: check.safety.ledger.",
    source="A claim of the works that a book grew out of has one home, or a reason why it has none",
    needs="book",
)  # fmt: skip
def ledger(proof: Proof) -> Iterator[Fault]:
    """Hold the rows of the ledger to the claims that there are, and to the chapters of the book."""
    about = proof.checks.safety.ledger
    if not about:
        return
    if not proof.shelf.has(about.file):
        said = f'there is no file "{about.file}". Write the ledger, or take the key out.'
        yield Fault(proof.line(MANIFEST, "check", "safety", "ledger"), said)
        return
    rows = read(about, proof.shelf).claims
    for row in rows:
        if said := _wrong_fate(row.fate, about, [part.name for part in proof.parts]):
            yield Fault(Place(about.file, row.line), f"claim {row.name}: {said}")
    yield from _miscounted(about, [(row.line, (row.work, row.number)) for row in rows])


def _wrong_fate(fate: str, about: Ledger, homes: list[str]) -> str:
    """Say what is wrong with what a row says of a claim's fate; "" if nothing is."""
    if fate.startswith(about.left_out):
        words = len(fate.removeprefix(about.left_out).split())
        return (
            ""
            if words >= about.reason
            else f"a reason needs {about.reason} words or more. Say why it was left out."
        )
    for kept in about.kept:
        home = fate.removeprefix(kept).strip()
        if fate.startswith(kept):
            return "" if home in homes else f'there is no chapter "{home}".{nearest(home, homes)}'
    return f'"{fate}" is no fate. Begin with one of: {", ".join([*about.kept, about.left_out])}.'


def _miscounted(about: Ledger, rows: list[tuple[int, tuple[int, int]]]) -> Iterator[Fault]:
    """Give claims that have no row, more than one, or are not among those that there are."""
    wanted = [(work, claim) for work, last in about.claims.items() for claim in range(1, last + 1)]
    counted = Counter(claim for _, claim in rows)
    for line, claim in rows:
        name = ".".join(map(str, claim))
        if claim not in wanted:
            said = f"claim {name} is not among those that are counted. Mend its number, or ledger.claims."
            yield Fault(Place(about.file, line), said)
        elif counted[claim] > 1 and line != next(first for first, same in rows if same == claim):
            yield Fault(Place(about.file, line), f"claim {name} has a row already. Keep one.")
    for claim in wanted:
        if claim not in counted:
            line = max((line for line, before in rows if before < claim), default=1)
            said = f"claim {'.'.join(map(str, claim))} has no row. Say where it stands, or why it was left out."
            yield Fault(Place(about.file, line), said)
