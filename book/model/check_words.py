"""How a language says how much there is of what, and which way things went: what rules must know to read it.

English unless `check.safety` in `book.yaml` says otherwise. A word may be a pattern.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from book.figure.data import Data
from book.model.fields import Pattern, Patterns, Text, Texts

PEOPLE = (
    "people", "persons?", "adults?", "m[ae]n", "wom[ae]n", "workers?", "volunteers?", "patients?", "participants?",
    "experts?", "students?", "teens?", "teenagers?", "child(?:ren)?", "girls?", "boys?", "doctors?", "therapists?",
    "nurses?", "players?", "athletes?", "members?", "users?",
)  # fmt: skip
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
KINDS: Mapping[str, Patterns] = {
    "people": PEOPLE,
    "studies": ("stud(?:y|ies)", "trials?", "reviews?", "reports?", "papers?", "articles?"),
    "cases": ("cases?",),
    "shares": ("%", "percent", "per cent", "{n} (?:in|of|out of|in every) {n}"),
    "ratios": (r"{n}(?: [a-z-]+){0,2} (?:for|to) (?:every|each) {n}",),
    "ages": (
        "aged? (?:over |under )?{n}", "{n}-years?-olds?", "{n} years? (?:old|of age)",
        "{n} (?:and|or) (?:over|older|above|under|younger)", "(?:people|adults|women|men) (?:over|under) {n}",
    ),
    "years": ("years?",),
    "months": ("months?",),
    "weeks": ("weeks?",),
    "days": ("days?",),
    "hours": ("hours?",),
    "minutes": ("minutes?", "min"),
    "seconds": ("seconds?", "secs?"),
    "days a week": ("days? (?:a|per|each|every) week",),
    "times a day": ("times? (?:a|per|each|every) day",),
    "times a week": ("times? (?:a|per|each|every) week",),
    "times": ("times?",),
    "points": ("points?(?: out of 10)?",),
    "degrees": ("degrees?", "°"),
}  # fmt: skip
SAID: Mapping[str, Mapping[Pattern, float]] = {
    "shares": {
        "half": 50, "a quarter": 25, "a third": 100 / 3, "two thirds": 200 / 3, "three quarters": 75,
    },
    "hours": {"half an hour": 0.5, "an hour and a half": 1.5},
    "years": {"half a year": 0.5},
    "times": {"twice": 2, "half (?:as|the)": 0.5},
    "times a day": {"once a day": 1, "twice a day": 2},
    "times a week": {"once a week": 1, "twice a week": 2},
}  # fmt: skip
DAY = 86_400
LASTS: Mapping[str, float] = {
    "seconds": 1, "minutes": 60, "hours": 3600, "days": DAY, "weeks": 7 * DAY,
    "months": 365.25 * DAY / 12, "years": 365.25 * DAY,
}  # fmt: skip
APART: Patterns = tuple(
    (
        "a an the in on at of to by for from with without and or but than per as that who whose which when while "
        "if after before during over under until is are was were be been had has have did do does got get it they "
        "them he she we you more less fewer most least not no each every "
        "said told found tested took made gave put agreed"
    ).split()
)
LINKS: Patterns = tuple(
    (
        "is are was were be been being got gets get felt feels became become stayed a an the this that these those "
        "their his her its your our my little bit much far some any of in at to for by with on from too so "
        "also very just only again later often"
    ).split()
)


class AmountWords(Data):
    """How a language says how much, for the rule that holds sentences to the works that they cite.

    `kinds` are what is counted, each with its words; `besides` are a book's own. A number is of the kind whose word
    comes first behind it, with `between` words at most in between, none of them `apart`; words of `further` may
    stand right behind the number. Where `{n}` stands in a pattern, the number stands elsewhere; of two, the first
    is a part of the second. `numbers` are said in words, and `said` says a kind without one. Kinds in `lasts` are
    times, in seconds. `to` makes a range. A number may be rounded after `about`, and need only be so after `more`
    or `less`; after `dated`, it may be a year, of the kind `calendar`. The kind `works` counts what is cited.
    """

    kinds: Mapping[Text, Patterns] = KINDS
    besides: Mapping[Text, Patterns] = Field(default_factory=dict)
    between: int = Field(3, ge=0)
    apart: Patterns = APART
    further: Patterns = ("or more", "or fewer", "or less")
    numbers: Mapping[Text, float] = {
        **{word: number for number, word in enumerate(NUMBERS.split(), 1)},
        **{word: 10 * number for number, word in enumerate(TENS.split(), 2)},
        "a dozen": 12,
        "a hundred": 100,
    }
    said: Mapping[Text, Mapping[Pattern, float]] = SAID
    lasts: Mapping[Text, float] = LASTS
    about: Patterns = ("about", "around", "some", "nearly", "almost", "roughly", "close to")
    more: Patterns = ("more than", "over", "above")
    less: Patterns = ("less than", "fewer than", "under", "below")
    dated: Patterns = ("in", "since", "from", "until", "by", "of", "before", "after")
    to: Texts = ("to", "or", "and")
    works: Text = "studies"
    calendar: Text = "years of the calendar"

    @property
    def all_kinds(self) -> list[tuple[str, Patterns]]:
        """The kinds of the language and those of the book."""
        return [*self.kinds.items(), *self.besides.items()]


class Opposed(Data):
    """Words that tell opposite ways of one thing, `up` and `down`; where the `noun` stands that they tell it of."""

    way: Text
    up: Patterns
    down: Patterns
    noun: Literal["after", "before", "either"] = "after"


OPPOSED = (
    Opposed(way="amount", up=("more", "greater"), down=("less", "fewer"), noun="after"),
    Opposed(way="amount", up=("higher",), down=("lower",), noun="either"),
    Opposed(
        way="amount",
        up=("rose", "rises?", "rising", "grew", "increased", "went up"),
        down=("fell", "falls?", "fallen", "dropped", "drops?", "decreased", "went down", "shrank"),
        noun="before",
    ),
    Opposed(
        way="amount",
        up=("raised", "raises?", "increases?", "increased"),
        down=("cuts?", "reduced", "reduces?", "lowered", "lowers?", "eased", "eases?", "relieved", "relieves?"),
    ),
    Opposed(way="quality", up=("better",), down=("worse",), noun="either"),
    Opposed(way="length", up=("longer",), down=("shorter",), noun="either"),
    Opposed(way="shape", up=("straighter",), down=("rounder",), noun="either"),
    Opposed(way="strength", up=("stronger",), down=("weaker",), noun="either"),
    Opposed(
        way="help",
        up=("helped", "helps?", "eased", "eases?", "relieved", "relieves?"),
        down=(
            "(?:did not|didn't|does not|doesn't|do not|don't|failed to) (?:help|ease|relieve)",
            "(?:is|was|were|are) no help for",
        ),
    ),
)


class DirectionWords(Data):
    """Which words of a language tell which way things went, for the same rule.

    What a clause with one of `negations` says is taken as not said; clauses end before words of `clauses`. Words
    of `links` may stand between a noun and what is told of it, words of `joins` within a noun.
    """

    opposed: Annotated[tuple[Opposed, ...], Field(strict=False)] = OPPOSED
    negations: Patterns = ("no", "not", "never", "nor", "neither", "without", r"\w+n't", "cannot", "none", "hardly")
    links: Patterns = LINKS
    clauses: Patterns = ("but", "than", "while", "though", "although", "whereas")
    joins: Patterns = ("and", "or")
