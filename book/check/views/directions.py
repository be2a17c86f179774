"""Which way a text says that things went: "less pain", "the pain fell". What is not plain is left unread.

What the words are, in the book's language, is told by `check.safety.directions`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from book.model.check_words import DirectionWords, Opposed

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
LONGEST = 4  # words of a noun, with those before it that say which


@dataclass(frozen=True)
class Way:
    """One thing said: of which noun, in which way of things, up or down, and in which words."""

    noun: str
    which: frozenset[str]
    way: str
    up: bool
    words: str
    start: int

    def meets(self, other: "Way") -> bool:
        """Say whether another tells of the same thing: the same noun, and not one of another kind."""
        same = (self.noun, self.way) == (other.noun, other.way)
        return same and (self.which <= other.which or other.which <= self.which)


class Compass:
    """Reads directions out of texts in one language."""

    def __init__(self, words: DirectionWords) -> None:
        """Take the language's words."""
        self._links, self._joins = _whole(words.links), _whole(words.joins)
        self._negations = _whole(words.negations)
        self._clause = re.compile(
            rf"[^\w\s'-]+|(?<!\w)(?:{'|'.join(words.clauses) or '(?!)'})(?!\w)", re.IGNORECASE
        )
        self._opposed = [
            (one, up, _whole(found)) for one in words.opposed for up, found in ((True, one.up), (False, one.down))
        ]
        self._tells = _whole([pattern for one in words.opposed for pattern in (*one.up, *one.down)])

    def read(self, text: str) -> list[Way]:
        """Give what a text says of which way things went."""
        ends = [0, *(at for match in self._clause.finditer(text) for at in match.span()), len(text)]
        clauses = [(start, text[start:end]) for start, end in zip(ends[::2], ends[1::2], strict=True)]
        return [way for start, clause in clauses for way in self._of_clause(clause, start)]

    def _of_clause(self, clause: str, start: int) -> Iterator[Way]:
        for one, up, words in self._opposed:
            for match in words.finditer(clause):
                rest = f"{clause[: match.start()]} {clause[match.end() :]}"
                if self._negations.search(rest):
                    continue
                for noun in self._nouns(one, clause, match):
                    said = clause[min(match.start(), noun[0].start()) : max(match.end(), noun[-1].end())]
                    *which, head = (_stem(word[0]) for word in noun)
                    yield Way(head, frozenset(which), one.way, up, said, start + match.start())

    def _nouns(self, one: Opposed, clause: str, told: re.Match[str]) -> Iterator[list[re.Match[str]]]:
        """Give the nouns of which a word is told: right behind it, or before it with a link in between."""
        if one.noun != "before" and (noun := self._run(WORD.finditer(clause, told.end()))):
            yield noun
        if one.noun != "after":
            words = list(WORD.finditer(clause, 0, told.start()))[::-1]
            links = next((number for number, word in enumerate(words) if not self._is_link(word)), len(words))
            if noun := self._run(words[links:]):
                yield noun[::-1]

    def _run(self, words: Iterable[re.Match[str]]) -> list[re.Match[str]]:
        """Give words up to the first that is none of a noun; [] if they are too many to be one."""
        found: list[re.Match[str]] = []
        for word in words:
            if self._is_link(word) or self._tells.fullmatch(word[0]):
                break
            if not self._joins.fullmatch(word[0]):
                found.append(word)
        return found if len(found) <= LONGEST else []

    def _is_link(self, word: re.Match[str]) -> bool:
        return bool(self._links.fullmatch(word[0]))


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words) or '(?!)'})(?![\w-])", re.IGNORECASE)


def _stem(word: str) -> str:
    """Give a noun in small letters, without the s of several."""
    small = word.casefold()
    return small.removesuffix("s") if not small.endswith("ss") else small


def against(said: Iterable[Way], found: Iterable[Way]) -> Iterator[tuple[Way, Way]]:
    """Give what is said the other way round than it was found, with what was found; not where either has both."""
    said, found = list(said), list(found)
    for way in said:
        met = [other for other in found if way.meets(other)]
        own = [other for other in said if way.meets(other)]
        if met and all(other.up != way.up for other in met) and all(other.up == way.up for other in own):
            yield way, met[0]
