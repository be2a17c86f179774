"""What the writer of a book says in the first person, sentence by sentence, and which rows of the ledger carry it.

Readers speak in a book, too, and what they say is not the writer's: what stands in quotes, boxes to tick, blocks
that readers hand on, questions in headings and lists, answers in a flow of questions. Pages that only repeat or
ask, such as contents and logs, are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from book.check.source_map import UNSEEN
from book.check.views.prose import TYPED, Block
from book.load import ledger
from book.load.ledger import Accounts, Avowal
from book.model.document import Page
from book.model.place import MANIFEST, Path, Place
from book.render.tree import plain, select
from book.render.words.readability import SENTENCE_END

if TYPE_CHECKING:
    from book.check.proof import Proof

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|”[^”]*”|«[^»]*»|»[^«]*«|‚[^‘]*‘|‘(?:[^’]|’(?=\w))*’(?!\w)|\"[^\"]*\"")
OWN_PAGES = {"find", "colophon"}  # of those that the builder makes: they hold sentences of the author's
ASKED = "h1 h2 h3 h4 lede li dt th td".split()  # where a question is the reader's
READERS = ("task", "blockquote")
ANSWER = "./strong[@class='flow-words']"  # the words with which a reader answers a question of a flow
LOST = re.compile(r" (?=[.,;])")  # where the number of a source stood
CLOSING = "\"')] "
LISTED = "toc"  # titles that stand elsewhere


@dataclass(frozen=True)
class Said:
    """A sentence in the first person: where it stands (a part's name, or book.yaml), its place, the word found."""

    where: str
    text: str
    place: Place
    word: str

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, bare of signs and capitals."""
        return words_of(self.text)


@dataclass(frozen=True)
class Voice:
    """A book's sentences in the first person, its ledger, and which sentences each row of it fits."""

    said: tuple[Said, ...] = ()
    accounts: Accounts = field(default_factory=Accounts)
    fits: dict[Avowal, list[Said]] = field(default_factory=dict)

    def carried(self) -> set[Said]:
        """Give the sentences that a row carries."""
        return {said for found in self.fits.values() for said in found}


def words_of(text: str) -> tuple[str, ...]:
    """Give a text's words in small letters, without quotes, dashes, addresses of links and citations."""
    return tuple(WORD.findall(UNSEEN.sub(" ", text).replace("’", "'").casefold()))


def listen(proof: "Proof", first_person: re.Pattern[str]) -> Voice:
    """Hold the sentences of a rendered book to its ledger; nothing is heard where it has no table of them."""
    accounts = ledger.read(proof.checks.safety.ledger, proof.shelf)
    if not accounts.avowals:
        return Voice(accounts=accounts)
    found: dict[tuple[str, tuple[str, ...]], Said] = {}
    for one in (*_told_of_book(proof, first_person), *_printed(proof, first_person)):
        found.setdefault((one.where, one.words), one)
    said = tuple(found.values())
    return Voice(said, accounts, {row: _fitting(row, said) for row in accounts.avowals})


def homes(proof: "Proof") -> list[str]:
    """Name all places that a row may name."""
    pages = [part.name for part in proof.book.parts if isinstance(part, Page) and part.name in OWN_PAGES]
    return [*(part.name for part in proof.parts), *pages, MANIFEST]


def _fitting(row: Avowal, said: tuple[Said, ...]) -> list[Said]:
    """Give the sentence that has a row's words, or those that begin with them."""
    words = words_of(row.said)
    there = [one for one in said if one.where == row.where]
    same = [one for one in there if one.words == words]
    return same or [one for one in there if words and one.words[: len(words)] == words]


def _told_of_book(proof: "Proof", first_person: re.Pattern[str]) -> Iterator[Said]:
    """Give the sentences of what is told of the book outside its pages: to shelves, and on its site."""
    about = proof.book.manifest
    texts: list[tuple[Path, str]] = [(("description",), about.description)]
    texts += [(("web", "helps", number), text) for number, text in enumerate(about.web.helps)]
    for path, text in texts:
        for _, sentence, word in _sentences(text, first_person):
            yield Said(MANIFEST, sentence, proof.line(MANIFEST, *path), word)


def _printed(proof: "Proof", first_person: re.Pattern[str]) -> Iterator[Said]:
    """Give the sentences that the writer says on the pages of the book."""
    silent = (*READERS, LISTED, *proof.checks.safety.readers_words)
    for block in proof.blocks:
        where = _where(block)
        if not where or block.within(*silent):
            continue
        asked = block.within(*ASKED)
        answered = sum(len(plain(words)) for words in select(block.element, ANSWER))
        for start, sentence, word in _sentences(block.text, first_person, answered):
            if not (asked and sentence.rstrip(CLOSING).endswith("?")):
                yield Said(where, sentence, proof.word_at(block, start), word)


def _where(block: Block) -> str:
    """Name the part in which a block stands; "" where the builder speaks, or only repeats what stands elsewhere."""
    if block.section is None:
        return MANIFEST
    name = block.section.part.name
    return name if block.part or name in OWN_PAGES else ""


def _sentences(text: str, first_person: re.Pattern[str], answered: int = 0) -> Iterator[tuple[int, str, str]]:
    """Give the sentences of a text that say "I": where each begins, its words as typed, the word for it.

    The first `answered` letters are a reader's.
    """
    quoted = [found.span() for found in QUOTED.finditer(text)]
    text = text.translate(TYPED)
    start = 0
    for end, after in [*(found.span() for found in SENTENCE_END.finditer(text)), (len(text), len(text))]:
        stop = end + len(text[end:after].rstrip())
        for found in first_person.finditer(text, start, stop):
            if found.start() >= answered and not any(first < found.start() < last for first, last in quoted):
                yield start, LOST.sub("", text[start:stop].strip()), found[0]
                break
        start = after
