"""A book's ledger: a Markdown file with a row for each claim, and one for each sentence in the first person.

Rows of claims say where a claim of the works behind the book went; rows of sentences say which claim carries what
the writer says of himself, or that only the author can confirm it. What rows must be is known to `book/check`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from book.load.files import Shelf
from book.model.check_settings import Ledger
from book.model.manifest import Manifest
from book.model.place import Place

CLAIM = re.compile(r"\| *(\d+)\.(\d+) *\|.*\| *(.*?) *\|")
NUMBER = re.compile(r"\d+\.\d+")
RULE = re.compile(r"[|\s:-]+")
CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Claim:
    """A row of a claim: its line, the number of the work and of the claim in it, and where it went."""

    line: int
    work: int
    number: int
    fate: str

    @property
    def name(self) -> str:
        """The number as it is written: 2.7."""
        return f"{self.work}.{self.number}"


@dataclass(frozen=True)
class Avowal:
    """A row of a sentence in the first person: its line, its words, the chapter it stands in, what carries it."""

    line: int
    said: str
    where: str
    carrier: str


@dataclass(frozen=True)
class Accounts:
    """All rows of a ledger; both tables are empty where a book has none."""

    claims: tuple[Claim, ...] = ()
    avowals: tuple[Avowal, ...] = ()


def read(about: Ledger | None, shelf: Shelf) -> Accounts:
    """Read a book's ledger; empty where it has none, or where its file is missing."""
    if not about or not shelf.has(about.file):
        return Accounts()
    lines = list(enumerate(shelf.text(about.file, Place(about.file)).split("\n"), 1))
    claims = [
        Claim(line, int(found[1]), int(found[2]), found[3])
        for line, text in lines
        if (found := CLAIM.fullmatch(text.strip()))
    ]
    return Accounts(tuple(claims), tuple(_avowals(lines, about.author)))


def unconfirmed(manifest: Manifest, shelf: Shelf) -> int:
    """Count the rows of a book's ledger that wait for its author; none once the author has confirmed them."""
    about = manifest.check.safety.ledger
    if not about or manifest.author.confirmed:
        return 0
    return sum(row.carrier == about.author for row in read(about, shelf).avowals)


def _avowals(lines: list[tuple[int, str]], author: str) -> Iterator[Avowal]:
    """Give the rows of each table in which a row ends with the number of a claim, or the word for the author."""
    for is_table, table in groupby(lines, lambda line: line[1].strip().startswith("|")):
        rows = list(table)
        if not is_table or len(rows) < 2 or not RULE.fullmatch(rows[1][1]):
            continue
        found = [_avowal(line, text.strip()) for line, text in rows[2:] if not CLAIM.fullmatch(text.strip())]
        if any(row.carrier == author or NUMBER.fullmatch(row.carrier) for row in found):
            yield from found


def _avowal(line: int, row: str) -> Avowal:
    """Take a row apart; what it lacks is empty."""
    cells = [cell.strip().replace("\\|", "|") for cell in CELLS.split(row.removeprefix("|").removesuffix("|"))]
    said, where, carrier = (*cells, "", "", "")[:3]
    return Avowal(line, said, where, carrier)
