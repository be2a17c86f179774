"""How prose flows: whether sentences of paragraphs differ and join, or stand in a row like those of a primer.

Reading formulas reward short sentences alone, so a text can be cut until it meets them all, and drones. Measured
here is the other side: words in a sentence, the spread of their lengths, the share of very short ones, and how many
words join clauses. Only prose counts (see `paragraphs`), since steps, lists and boxes are to be curt.

Connectives are those of wordlists/connectives.txt: conjunctions that join clauses, and relative pronouns. Tried on
articles that read well (11.4 words in a sentence, spread 6.1, 13 % under five words, 0.55 connectives) and on a
book found to be choppy (9.7 words, spread 4.5, 11 %, 0.57; its choppiest chapter 6.9 words, 3.6, 25 %, 0.50): it is
the length of sentences, and its spread, that tell them apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, pstdev

from book.kinds.chapter.model import Chapter
from book.model.manifest import Floors, Reading
from book.render.section import Section
from book.render.tree import Tree, plain, value
from book.render.words import readability

SHORT = 5  # words; a sentence of fewer is short
RUN_IN = 3  # words; a bold opening of so many at most is a heading that runs in, and no sentence
RUN = 3  # short sentences that follow each other and sound like a primer
CURT = set("li table figure aside dl nav".split())
BOXES = {"stop", "preview", "ticks"}
PROSE = {"", "lede"}
MEASURES = {"words_per_sentence": False, "spread": False, "short": True, "connectives": False, "grade": True}
"""What is measured, in the order in which it is told; True where less is better."""
HEADS = ("words", "spread", "short", "joining", "grade")
WHOLE = "the whole book"


@dataclass(frozen=True)
class Fluency:
    """What was measured of prose.

    `spread` is the population standard deviation of the lengths of sentences, in words; `short` the percent of
    sentences under five words; `connectives` how many there are in a sentence; `grade` is Flesch–Kincaid's.
    """

    sentences: int
    words_per_sentence: float
    spread: float
    short: float
    connectives: float
    grade: float

    def shown(self, name: str) -> str:
        """Give a measure as it is printed."""
        return f"{getattr(self, name):.{2 if name == 'connectives' else 1}f}"


@dataclass(frozen=True)
class BookFluency:
    """What was measured of a book's prose: of all that is not skipped (None if there is none), and by chapters."""

    whole: Fluency | None
    chapters: Mapping[str, Fluency]


@dataclass(frozen=True)
class Held:
    """What a book promises of its prose, beside what was measured: the most that there may be, or the least."""

    name: str
    shown: str
    bar: float
    at_most: bool

    @property
    def kept(self) -> bool:
        """Whether the promise is kept, by the figure that is printed: 4.98 is 5.0."""
        now = float(self.shown)
        return now <= self.bar if self.at_most else now >= self.bar


def measure_book(sections: Iterable[Section], promised: Reading | None) -> BookFluency:
    """Measure the prose of all chapters, of which links already have their words."""
    chapters = [(section.part.name, section.tree) for section in sections if isinstance(section.part, Chapter)]
    texts = {name: paragraphs(tree) for name, tree in chapters}
    out = skipped(promised)
    prose = {name: found for name, text in texts.items() if (found := measure(text))}
    return BookFluency(measure([text for name, found in texts.items() if name not in out for text in found]), prose)


def skipped(promised: Reading | None) -> set[str]:
    """Name the parts whose prose is not looked at."""
    return {*promised.skip, *(promised.prose.skip if promised.prose else ())} if promised else set()


def measure(texts: Sequence[str]) -> Fluency | None:
    """Measure paragraphs; None if there is no sentence in them."""
    found = [words_of(sentence) for text in texts for sentence in readability.sentences(text)]
    if not found:
        return None
    lengths, joining = [len(words) for words in found], readability.word_list("connectives")
    return Fluency(
        sentences=len(found),
        words_per_sentence=mean(lengths),
        spread=pstdev(lengths),
        short=100 * mean(length < SHORT for length in lengths),
        connectives=mean(sum(word.lower() in joining for word in words) for words in found),
        grade=readability.measure(texts).grade,
    )


def words_of(sentence: str) -> list[str]:
    """Give the words of a sentence."""
    return readability.WORD.findall(sentence)


def paragraphs(tree: Tree) -> list[str]:
    """Give the prose of a rendered chapter: its lede and its paragraphs, those of places on a body map among them.

    Left out is what must be curt or is no sentence: lists and steps, tables, captions, headings, footnotes, all
    boxes (tips as well: a box is to be taken in at a glance), lines that the builder puts together, and a heading
    that runs in ("**Desk.** Set it up so that …").
    """
    return [
        text
        for element in tree.iter("p")
        if _is_prose(element) and readability.WORD.search(text := _without_head(element))
    ]


def _without_head(paragraph: Tree) -> str:
    """Give a paragraph's text, but for a heading that runs in."""
    text, first = plain(paragraph), next(iter(paragraph), None)
    if first is None or first.tag != "strong" or (paragraph.text or "").strip():
        return text
    head = plain(first)
    runs_in = head.endswith((".", ":")) and len(words_of(head)) <= RUN_IN
    return text.removeprefix(head).lstrip() if runs_in else text


def _is_prose(element: Tree) -> bool:
    boxed = (
        outer.tag in CURT or not BOXES.isdisjoint(value(outer, "class").split())
        for outer in element.iterancestors()
    )
    return value(element, "class") in PROSE and not any(boxed)


def held(found: Fluency, floors: Floors) -> list[Held]:
    """Give all that a book promises of its prose, with what was measured."""
    bars = ((name, getattr(floors, name), at_most) for name, at_most in MEASURES.items())
    return [Held(name, found.shown(name), bar, at_most) for name, bar, at_most in bars if bar is not None]


def missed(found: Fluency, floors: Floors) -> list[Held]:
    """Give the promises that prose does not keep."""
    return [row for row in held(found, floors) if not row.kept]


def longest_run(text: str) -> tuple[int, str]:
    """Give how many short sentences follow each other at most in a paragraph, and the first of these."""
    best, run, first = (0, ""), 0, ""
    for sentence in readability.sentences(text):
        is_short = len(words_of(sentence)) < SHORT
        run, first = (run + 1, first or sentence) if is_short else (0, "")
        best = (run, first) if run > best[0] else best
    return best


def choppiest(texts: Iterable[str], most: int) -> list[tuple[str, str]]:
    """Give the paragraphs to begin with, each with the sentence at which it turns choppy.

    First those in which three or more short sentences follow each other, the longest run first; then those whose
    sentences are the shortest, of paragraphs that have two or more.
    """
    several = [text for text in texts if len(readability.sentences(text)) > 1]
    runs = {text: longest_run(text) for text in several}

    def rank(text: str) -> tuple[int, float]:
        count, _ = runs[text]
        return -count if count >= RUN else 0, mean(len(words_of(one)) for one in readability.sentences(text))

    return [
        (text, runs[text][1] if runs[text][0] >= RUN else readability.sentences(text)[0])
        for text in sorted(several, key=rank)[:most]
    ]


def is_judged(name: str, found: Fluency, promised: Reading | None) -> bool:
    """Say whether a chapter, or the WHOLE book, is held to the floors: it is not skipped, and is long enough."""
    floors = promised.prose if promised else None
    return floors is not None and name not in skipped(promised) and found.sentences >= floors.sentences


def as_table(prose: BookFluency, promised: Reading | None) -> list[str]:
    """Give lines that tell chapter by chapter what was measured; * beside what misses a promise."""
    floors = promised.prose if promised else None
    width = max(map(len, [*prose.chapters, WHOLE]), default=0)
    rows = [f"{'':<{width}}" + "".join(f"{head:>11}" for head in ("sentences", *HEADS))]
    for name, found in [*prose.chapters.items(), *([(WHOLE, prose.whole)] if prose.whole else [])]:
        out = {row.name for row in missed(found, floors)} if floors and is_judged(name, found, promised) else set()
        cells = [f"{found.shown(key) + ('*' if key in out else ' '):>11}" for key in MEASURES]
        rows.append(f"{name:<{width}}{found.sentences:>11}" + "".join(cells).rstrip())
    return rows
