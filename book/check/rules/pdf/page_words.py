"""What pages say: every word asked for, true page numbers, the same on both papers; how many pages it takes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.expected_words import asked_words, words
from book.check.views.paper import Paper
from book.check.views.passages import Lead, Passage
from book.model.document import Page
from book.model.place import Place
from book.render.pages.templates import facts

LISTS = {"page:contents", "page:find", "page:index"}  # of pages: their numbers stand bare


NOTE_CALL = re.compile(r"([^\W\d_]+)(\d{1,3})\b")  # a word with the number of a note right behind it


@rule(
    "P04", "error", "Words of a chapter are not printed.",
    hint="Say it in a way that fits, or mend the style that hides it. A tall box can lose its end.",
    source="WeasyPrint loses the end of a float or a fixed box that is taller than a page",
    needs="pdf",
)  # fmt: skip
def lost_words(proof: Proof) -> Iterator[Fault]:
    """Give, for each chapter and exercise of a whole book, the words that its pages lack."""
    known = facts(proof.book)
    asked = {part.name: Counter(asked_words(part, proof.book, known)) for part in proof.parts}
    for paper in (paper for paper in proof.papers if paper.whole):
        for section, pages in paper.pages_of():
            if isinstance(section.part, Page):
                continue
            here = [passage.text for passage in paper.passages if passage.page in pages]
            text = " ".join(here)
            printed = Counter(words(text)) + Counter(word for word, _ in NOTE_CALL.findall(text))
            if lost := asked[section.part.name] - printed:
                longest = sorted(lost, key=len, reverse=True)[:5]
                named = ", ".join(f'"{word}"' for word in longest)
                place = Place(section.file, _line_with(proof, section.file, longest[0]))
                said = f"the chapter asks for {named}; its pages do not have that. Mend what takes it away."
                yield Fault(place, said, seen=f"{paper.edition.name}, page {pages.start + 1}")


def _line_with(proof: Proof, file: str, word: str) -> int:
    """Give the last line of a file that holds a word, as what is lost is mostly an end."""
    lines = proof.source_map.text(file).read.split("\n")
    return next((number for number in range(len(lines), 0, -1) if word in words(lines[number - 1])), 1)


@rule(
    "P05", "error", "A page number beside a link is not the page it leads to.",
    hint="Change the length of a text near it, or write the number's style as the house does.",
    source="WeasyPrint 70 can stop counting pages one pass too early",
    needs="build",
)  # fmt: skip
def untrue_numbers(proof: Proof) -> Iterator[Fault]:
    """Give page numbers that did not settle, and those on the pages that are wrong."""
    yield from proof.told_of("P05")
    for paper in proof.papers:
        for passage in paper.passages:
            for lead, shown in _numbers(passage, paper, proof.book.manifest.labels.page):
                true = paper.tagged.page_of.get(lead.target, shown)
                if shown != true:
                    said = f'"{lead.text}" says page {shown}, and it stands on page {true}. Mend the number.'
                    yield paper.fault(passage.page, passage.text, said)


def _numbers(passage: Passage, paper: Paper, word: str) -> Iterator[tuple[Lead, int]]:
    """Give the links of a passage with the page numbers that they show: (page 12), or bare in lists of pages."""
    for lead in passage.leads:
        if found := re.search(rf"\b{re.escape(word)}\s(\d+)\W*$", lead.text):
            yield lead, int(found[1])
    section = paper.section(passage.page)
    if section and section.key in LISTS:
        bare = [lead for lead in passage.leads if lead.text.isdecimal()]
        yield from ((lead, int(lead.text)) for lead in bare)
        if not bare and len(passage.leads) == 1 and (last := passage.pieces[-1].text).isdecimal():
            yield passage.leads[0], int(last)


@rule(
    "P07", "error", "Letter and A4 do not break alike.",
    hint="Give both papers one frame, so that a page number is true for all readers.",
    source="book/model/editions.py: papers carry one frame, only margins differ",
    needs="pdf",
)  # fmt: skip
def unlike_breaks(proof: Proof) -> Iterator[Fault]:
    """Give the first page on which two papers of one size of type say other words or break other lines."""
    whole = [printed for printed in proof.flat_prints if not printed.edition.part]
    for number, one in enumerate(whole):
        for other in whole[number + 1 :]:
            if one.edition.type_size != other.edition.type_size or one.texts == other.texts:
                continue
            pages = zip_longest(one.texts, other.texts, fillvalue="")
            page, text = next(_unlike(pages))
            names = f"{one.edition.name} and {other.edition.name}"
            place = proof.source_map.find(text)
            yield Fault(place, f"{names} break apart here. Mend what moves it.", seen=f"page {page + 1}")


def _unlike(pages: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Give pages (from 0) whose lines differ, each with the first line that does."""
    for page, texts in enumerate(pages):
        for one, other in zip_longest(*(text.splitlines() for text in texts), fillvalue=""):
            if one != other:
                yield page, one or other


@rule(
    "P09", "error", "Something takes more pages than it may.",
    hint="A reader tapes such a page to the wall. Shorten its words, or make its pictures lower.",
    source="book/model/editions.py: an exercise has one page, in large print two",
    needs="build",
)  # fmt: skip
def broken_promises(proof: Proof) -> Iterator[Fault]:
    """Give what the build tells of exercises, places and stages that are too long."""
    yield from proof.told_of("P09")
