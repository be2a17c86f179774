"""How plain the language is: published reading formulas over the text of rendered chapters.

Own code, since the packages for it either fetch word lists from the network (textstat from 0.7.5 on) or need
`pkg_resources`, which no longer exists (textstat 0.7.3). Syllables are counted by rule: against the CMU
Pronouncing Dictionary the count is right for 98 in 100 of the 2,900 words of the Dale–Chall list.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt

from lxml import etree

from book.render.tree import plain

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’')\]]*\s+(?=[\"“‘'(]?[^\W_])")
HIATUS = re.compile(
    r"(?<![tscgqxlrn])i[aou](?!u)|[aeoyu]ing|eo(?!u)|(?<=[cg])reat(?=i)|ua[lt]|uous|riou|[ao]y[ai]|quiet|po(?=em)|sci(?=en)|[dl]i(?=en?t)|peri(?=en)"
)
COMPOUND = re.compile(
    r"^(som|ever|for|hom|hors|hous|sid|fir|bas|wher|saf|nin|lon|bar|els|man|lik|tim|dos|fac)e(?=[^aeioudrsxlnm]|thing|n?ty)"
)
IRREGULAR = {"people": 2, "area": 3, "areas": 3, "idea": 3, "ideas": 3, "fashion": 2, "one": 1, "are": 1, "use": 1}
MEASURED = ("p", "li", "dd", "h2", "h3", "h4")


@dataclass(frozen=True)
class Measures:
    """What the formulas say of a text; grades are US school years, ease runs from 0 to 100."""

    words: int
    sentences: int
    grade: float
    smog: float
    ease: float
    dale_chall: float
    words_per_sentence: float
    longest_sentence: int


def measure(texts: Iterable[str]) -> Measures:
    """Measure blocks of text (paragraphs, headings, list items: each ends a sentence). ValueError if wordless.

    Flesch–Kincaid (Kincaid 1975), SMOG (McLaughlin 1969), Flesch ease (1948), New Dale–Chall (1995).
    """
    counted = [WORD.findall(sentence) for text in texts for sentence in sentences(text)]
    lengths = [len(words) for words in counted if words]
    if not lengths:
        raise ValueError("there are no words to measure")
    words = [word.lower().replace("’", "'") for sentence in counted for word in sentence]
    beats = [syllables(word) for word in words]
    per_sentence, per_word = len(words) / len(lengths), sum(beats) / len(words)
    hard = 100 * sum(not is_easy(word) for word in words) / len(words)
    return Measures(
        words=len(words),
        sentences=len(lengths),
        grade=0.39 * per_sentence + 11.8 * per_word - 15.59,
        smog=1.0430 * sqrt(30 * sum(beat >= 3 for beat in beats) / len(lengths)) + 3.1291,
        ease=206.835 - 1.015 * per_sentence - 84.6 * per_word,
        dale_chall=0.1579 * hard + 0.0496 * per_sentence + (3.6365 if hard > 5 else 0),
        words_per_sentence=per_sentence,
        longest_sentence=max(lengths),
    )


def blocks(tree: etree._Element) -> list[str]:
    """Give the texts of a rendered tree that count: prose, headings and list items, not tables or captions."""
    found = []
    for element in tree.iter(*MEASURED):
        inner = [other for other in element.iterdescendants() if other.tag in MEASURED]
        if (
            not inner
            and element.get("class") not in {"works", "work"}
            and next(element.iterancestors("table"), None) is None
        ):
            found.append(plain(element))
    return [text for text in found if WORD.search(text)]


def sentences(text: str) -> list[str]:
    """Cut a block of text into sentences."""
    return [part for part in SENTENCE_END.split(text) if WORD.search(part)]


def syllables(word: str) -> int:
    """Count the syllables of an English word by its vowels; a number counts as one, at least one."""
    if any(sign.isdigit() for sign in word):
        return 1
    return sum(_syllables(part) for part in word.split("-") if part) or 1


@cache
def _syllables(word: str) -> int:
    stem, _, ending = word.partition("'")
    if stem in IRREGULAR:
        return IRREGULAR[stem]
    bare = stem
    if len(stem) > 2:
        bare = re.sub(r"(?<=[^aeiouyr]l)es?$|(?<=[^aeiouy][^aeiouyl])e$|(?<=[aeiouy][^aeiouy])e$", _final_e, stem)
        bare = re.sub(r"(?<=[^aeioutdy])ed$", "d", bare)
        bare = re.sub(r"(?<=[^aeiouyscxzgh])es$|(?<=[tg]h)es$", "s", bare)
        bare = COMPOUND.sub(r"\1", bare)
        bare = re.sub(r"e(?=(ly|ment|ful|less|ness|where|time|times|thing|body|one|how|bone|bones)$)", "", bare)
    count = len(re.findall(r"[aeiouy]+", bare))
    count += len(HIATUS.findall(bare))
    return max(count, 1) + (ending == "t" and stem[-2:] in {"sn", "dn"})


def _final_e(match: re.Match[str]) -> str:
    """Keep the e that makes a beat ("muscle", "muscles"), drop the silent one ("move")."""
    before = match.string[: match.start()]
    return "e" if re.search(r"[^aeiouyr]l$", before) else ""


@cache
def is_easy(word: str) -> bool:
    """Say whether a word, or the base of its regular forms, is on the Dale–Chall list; numbers are easy."""
    if any(sign.isdigit() for sign in word):
        return True
    known = word_list("dale-chall")
    word = re.sub(r"'s?$", "", word)
    return any(base in known for base in _bases(word)) or all(
        any(base in known for base in _bases(part)) for part in word.split("-")
    )


def _bases(word: str) -> set[str]:
    """Give a word and what it may be a regular form of: plurals, -ed, -ing, -er, -est, -ly, -n't."""
    found = {word}
    for ending in ("s", "es", "ed", "d", "ing", "er", "r", "est", "st", "ly", "n't", "'ll", "'re", "'ve", "'d"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            stem = word.removesuffix(ending)
            found |= {stem, stem + "e"}
            if stem[-1] == "i":
                found.add(stem[:-1] + "y")
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return found


@cache
def word_list(name: str) -> frozenset[str]:
    """Give the words of a list in `wordlists`, by its name: a word a line, but for lines that begin with #."""
    text = files("book.render.words").joinpath(f"wordlists/{name}.txt").read_text("utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
