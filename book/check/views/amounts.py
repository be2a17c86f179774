"""How much a text says there is of what: its numbers, in figures or in words, and the kinds of things they count.

A number belongs to the nearest word of a kind behind it, or to what stands around it, as in "aged 27". What the
words are, in the book's language, is told by `check.safety.amounts`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor

from book.model.check_words import AmountWords

FIGURE = r"(?:\d+(?:,\d{3})*(?:\.\d+)?[½¼¾⅓⅔]?|[½¼¾⅓⅔])"
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
YEARS = range(1900, 2100)
ROUND = {10, 100, 1000}  # "17 in 100 people" are not 100 people
EXACT = 1e-6
SMALL, ROUGH = 10, 0.1  # "about 2" may be 1.5; "about 700" may be 725
BEYOND = 0.5  # "more than 500" may be 725, and not 7,000
SENTENCE_END = re.compile(r"[.?!] ")


@dataclass(frozen=True)
class Amount:
    """One number or range: its kind ("" if none is told), its ends, its words and where its number stands.

    `about` may be rounded; `side` is 1 for "more than" and -1 for "less than". `inside` is part of another amount,
    as is the 40 of "27 of 40".
    """

    kind: str
    low: float
    high: float
    words: str
    start: int
    end: int
    about: bool = False
    side: int = 0
    inside: bool = False


@dataclass(frozen=True)
class _Reading:
    """One way to read a number: its kind, its words, how far off its kind stands, and what it is a part of."""

    kind: str
    start: int
    end: int
    gap: int = 0
    base: float = 0
    base_at: int = -1


class Reader:
    """Reads amounts out of texts in one language."""

    def __init__(self, words: AmountWords) -> None:
        """Take the language's words."""
        self.words = words
        self._numbers = {word.casefold(): value for word, value in words.numbers.items()}
        said = _any(map(re.escape, sorted(words.numbers, key=len, reverse=True)))
        self._one = re.compile(rf"{FIGURE}|{said}(?:-{said})*", re.IGNORECASE)
        to = rf"(?:[–-]|(?<!\w){_any(map(re.escape, words.to))}(?!\w))"
        self._range = rf"(?:{self._one.pattern})(?:\s*{to}\s*(?:{self._one.pattern}))?(?!\w)"
        self._number = self._compile("{n}")
        each = [(kind, pattern) for kind, found in words.all_kinds for pattern in found]
        self._around = [(kind, self._compile(pattern)) for kind, pattern in each if "{n}" in pattern]
        self._behind = [
            (kind, self._compile(self._after(pattern))) for kind, pattern in each if "{n}" not in pattern
        ]
        self._said = [
            (kind, value, re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE))
            for kind, patterns in words.said.items()
            for pattern, value in patterns.items()
        ]
        self._about, self._more, self._less = map(_before, (words.about, words.more, words.less))
        self._dated = _before(words.dated)
        self._alone = re.compile(rf"\s*(?:$|[^\w\s]|{_any(words.apart)}(?!\w))", re.IGNORECASE)

    def _compile(self, pattern: str) -> re.Pattern[str]:
        """Give the expression for a pattern in which {n} stands for a number or a range of numbers."""
        for name in ("first", "second"):
            pattern = pattern.replace("{n}", f"(?P<{name}>{self._range})", 1)
        return re.compile(rf"(?<![\w.])(?<!\w-)(?<!\d,)(?:{pattern})(?!\w)", re.IGNORECASE)

    def _after(self, word: str) -> str:
        """Give the pattern for a number with a word behind it, and few other words in between."""
        words = self.words
        between = rf"[ -]+(?!{_any(words.apart)}(?!\w))[^\W\d]+(?:'[^\W\d]+)?"
        return rf"{{n}}(?P<gap>(?: {_any(words.further)})?(?:{between}){{0,{words.between}}}?)[ -]*(?:{word})"

    def read(self, text: str) -> list[Amount]:
        """Give the amounts of a text in the order of its words."""
        said = list(self._without_numbers(text))
        counted = [one for one in self._counted(text) if not any(_covers(other, one) for other in said)]
        return sorted([*counted, *said], key=lambda amount: amount.start)

    def facts(self, texts: Iterable[str]) -> list[Amount]:
        """Give the amounts of texts that say what is so; a bare number is of the kinds of those before it.

        So is the 44 of "17 in 100 with it, and without it, 44".
        """
        found = [amount for text in texts for amount in self._inherited(text)]
        return [amount for amount in found if not (amount.inside and amount.low in ROUND)]

    def _inherited(self, text: str) -> Iterator[Amount]:
        kinds: dict[str, None] = {}
        at = 0
        for amount in self.read(text):
            if SENTENCE_END.search(text[at : amount.start]):
                kinds = {}
            at = amount.end
            yield amount
            if not amount.kind and not amount.inside and self._alone.match(text[at:]):
                yield from (replace(amount, kind=kind) for kind in kinds)
            kinds |= {} if amount.inside or not amount.kind else {amount.kind: None}

    def _counted(self, text: str) -> Iterator[Amount]:
        around = list(self._read_around(text))
        bases = {one.base_at for one in around}
        done = 0
        for number in self._number.finditer(text):
            at = number.start()
            if at < done and at not in bases:
                continue
            ways = [one for one in around if one.start <= at < one.end and at != one.base_at]
            ways = ways or list(self._read_behind(text, at))
            best = min(ways, key=lambda one: (one.gap, one.start - one.end)) if ways else None
            if self._is_year(number):
                best = _Reading(self.words.calendar, *number.span())
            best = best or _Reading("", *number.span())
            done = max(done, best.end)
            yield self._amount(number, best, inside=at in bases)

    def _read_around(self, text: str) -> Iterator[_Reading]:
        for kind, pattern in self._around:
            for match in pattern.finditer(text):
                if "second" not in pattern.groupindex:
                    yield _Reading(kind, *match.span())
                elif (base := self._ends(match["second"])[0]) and not self._is_year(match, "second"):
                    yield _Reading(kind, *match.span(), base=base, base_at=match.start("second"))

    def _read_behind(self, text: str, at: int) -> Iterator[_Reading]:
        for kind, pattern in self._behind:
            if match := pattern.match(text, at):
                yield _Reading(kind, at, match.end(), len(match["gap"]))

    def _is_year(self, match: re.Match[str], group: str = "first") -> bool:
        """Say whether a number is a year of the calendar: by its look, and by what stands before it."""
        number = match[group]
        likely = len(number) == len("2018") and number.isdigit() and int(number) in YEARS
        return likely and bool(self._dated.search(match.string[: match.start(group)]))

    def _amount(self, number: re.Match[str], way: _Reading, *, inside: bool) -> Amount:
        low, high = self._ends(number["first"])
        if way.base:
            low, high = 100 * low / way.base, 100 * high / way.base
        words = number.string[way.start : way.end]
        return self._said_how(Amount(way.kind, low, high, words, *number.span(), inside=inside), number.string)

    def _said_how(self, amount: Amount, text: str) -> Amount:
        """Give an amount with how exact it is, by the words before it."""
        before = text[: amount.start]
        side = bool(self._more.search(before)) - bool(self._less.search(before))
        return replace(amount, about=bool(self._about.search(before)), side=side)

    def _ends(self, number: str) -> tuple[float, float]:
        """Give both ends of a range, or a number twice."""
        ends = [self._value(match[0].casefold()) for match in self._one.finditer(number)]
        return ends[0], ends[-1]

    def _value(self, number: str) -> float:
        if number[0].isdigit() or number[0] in FRACTIONS:
            whole = number.rstrip("".join(FRACTIONS)).replace(",", "")
            return float(whole or 0) + FRACTIONS.get(number[-1], 0)
        if number in self._numbers:
            return self._numbers[number]
        return sum(self._numbers[part] for part in number.split("-"))

    def _without_numbers(self, text: str) -> Iterator[Amount]:
        """Give what is said without a number, as "half" and "twice" are; "fewer than half" names none."""
        found = [
            self._said_how(Amount(kind, value, value, match[0], *match.span()), text)
            for kind, value, pattern in self._said
            for match in pattern.finditer(text)
        ]
        for amount in found:
            longer = any(_covers(other, amount) and other != amount for other in found)
            if not longer and not amount.side:
                yield amount


def _any(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns) or '(?!)'})"


def _before(words: Iterable[str]) -> re.Pattern[str]:
    """Give the expression for words right before a number."""
    return re.compile(rf"(?<!\w){_any(words)} (?:an? |the )?$", re.IGNORECASE)


def _covers(one: Amount, other: Amount) -> bool:
    """Say whether an amount's words stand in those of another."""
    return one.start <= other.start and other.end <= one.end


def fits(amount: Amount, facts: Iterable[Amount], lasts: Mapping[str, float]) -> bool:
    """Say whether facts hold both ends of an amount; a range may be wider by what is rounded: 1.4 is 1 to 2."""
    same = [fact for fact in facts if alike(amount.kind, fact.kind, lasts)]
    scale = lasts.get(amount.kind, 1)
    known = [end * lasts.get(fact.kind, 1) / scale for fact in same for end in (fact.low, fact.high)]
    wider = ((amount.low, floor), (amount.high, ceil)) if amount.low < amount.high else ((amount.low, float),)
    return all(any(_near(amount, end, value) or rounded(value) == end for value in known) for end, rounded in wider)


def alike(kind: str, other: str, lasts: Mapping[str, float]) -> bool:
    """Say whether amounts of two kinds can be compared: they are one, or both are times."""
    return kind == other or (kind in lasts and other in lasts)


def _near(amount: Amount, end: float, value: float) -> bool:
    """Say whether a known value is what is said: the same, rounded after "about", beyond it after "more than"."""
    if abs(end - value) <= EXACT * max(end, 1):
        return True
    if amount.side:
        return 0 < amount.side * (value - end) <= BEYOND * end
    return amount.about and abs(end - value) <= (_half_step(end) if end < SMALL else ROUGH * end)


def _half_step(end: float) -> float:
    """Give by how much a small number may be rounded: a whole by ½, a half by ¼."""
    return 0.5 if end == int(end) else 0.25
