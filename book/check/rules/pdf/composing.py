"""How lines and paragraphs are set: where they break, how long and how far apart they are. Read from the PDFs."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

from lxml import etree

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.source_map import letters
from book.check.views.layout import MM
from book.check.views.paper import Paper
from book.check.views.passages import HEADINGS, Passage, Row
from book.model.document import Page
from book.render.section import Section
from book.render.tree import Tree, plain, select

BEFORE, AFTER = 12, 8  # letters around the end of a line by which it is found in the author's text
FIGURE_MM = 8  # of ink below a heading, which so does not stand alone
WORD_SPACE_MM = 1.5
NOTE = 3  # lines
TITLE_PT = 14  # and above it, lines of a title may stand closer
ALMOST, NEW_ROW = 0.02, 0.6
BLOCKS = ".//p | .//li | .//td | .//dd[not(ancestor::dl[contains(@class, 'dose')])]"
WORDS = re.compile(r"[^ \n\t\v–—-]+[–—-]*(\s*\[\d+\])*")  # with the source numbers that it holds
COLUMNS = {"TD", "TH"}  # which may be narrower than their words


@rule(
    "P12", "warning", "A paragraph leaves one line alone on a page.",
    hint="Add or take away a few words before it, or let the style keep more lines together.",
    source="Bringhurst, The Elements of Typographic Style: never begin a page with the last line of a paragraph",
    needs="pdf",
)  # fmt: skip
def lonely_lines(proof: Proof) -> Iterator[Fault]:
    """Give paragraphs that run over a page's end and leave one line there, or take one along."""
    for paper in proof.papers:
        for before, after in pairwise(paper.passages):
            turns = before.page < after.page and min(len(before.rows), len(after.rows)) == 1
            if turns and before.kind == after.kind and _goes_on(before, after, paper):
                said = "a paragraph leaves one line alone at the turn of the page. Lengthen or shorten it."
                yield paper.fault(before.page, before.text + after.text, said)


def _goes_on(before: Passage, after: Passage, paper: Paper) -> bool:
    """Say whether what begins a page goes on with the paragraph that ends the page before."""
    section = paper.section(before.page)
    seam = letters(before.text)[-BEFORE:] + letters(after.text)[:AFTER]
    return section is not None and any(seam in letters(plain(block)) for block in select(section.tree, BLOCKS))


@rule(
    "P13", "warning", "A heading is the last thing on its page.",
    hint="Move it on with `{.page}`, or change the length of what is before it.",
    source="Bringhurst, The Elements of Typographic Style: a heading stays with the text below it",
    needs="pdf",
)  # fmt: skip
def stranded_headings(proof: Proof) -> Iterator[Fault]:
    """Give headings after which their page has neither words nor a figure."""
    for paper in proof.papers:
        for head, after in pairwise(paper.passages):
            if head.kind in HEADINGS and head.page < after.page:
                last = head.rows[-1].baseline
                if paper.layout.sheets[head.page].end < last + FIGURE_MM:
                    yield paper.fault(
                        head.page, head.text, "a heading ends a page, its text begins the next. Move it."
                    )


@rule(
    "P14", "warning", "A line ends before its paragraph is as wide as it could be.",
    hint="Change a word near the break; the PDF engine then breaks elsewhere.",
    source="WeasyPrint 70 can break a line after its first word; book/assemble/paper.py works around it",
    needs="pdf",
)  # fmt: skip
def early_breaks(proof: Proof) -> Iterator[Fault]:
    """Give the places where the first word of a line would have fit on the line before it."""
    for paper in proof.papers:
        for passage in paper.passages:
            for row, following in _short_rows(passage):
                section = paper.section(passage.page)
                word = _word_at(row, following, section) if section else ""
                if word and _has_room(passage, row, following, word):
                    said = f'the line "{row.text}" ends too early: "{word}" has room there. Change a word.'
                    yield paper.fault(passage.page, passage.text, said)


def _short_rows(passage: Passage) -> Iterator[tuple[Row, Row]]:
    """Give the lines of a passage that may have had room for a word of the next line, with that line."""
    if passage.kind not in COLUMNS:
        for row, following in pairwise(passage.rows):
            if following.baseline > row.baseline and _has_room(passage, row, following, following.text[:1]):
                yield row, following


def _has_room(passage: Passage, row: Row, following: Row, word: str) -> bool:
    """Say whether the word that begins a line fits on the line before it."""
    limit = max(other.chars[-1].right for other in passage.rows if _share_width(row, other))
    count = len("".join(word.split()))
    if not 0 < count <= len(following.chars):
        return False
    width = following.chars[count - 1].right - following.chars[0].left
    return row.chars[-1].right + width + WORD_SPACE_MM < limit


def _word_at(row: Row, following: Row, section: Section) -> str:
    """Give what an author's text has at the seam of two lines, up to where it may break; "" if it is not there.

    A printed no-break space looks like any space, so the text itself is asked. A break that the author wrote is
    none of the engine's, and a word before a page number in brackets holds to it.
    """
    before = letters(row.text)[-BEFORE:]
    blocks = select(section.tree, BLOCKS) if not isinstance(section.part, Page) else ()
    for text in map(_with_breaks, blocks):
        at = [number for number, letter in enumerate(text) if letter.isalnum()]
        found = letters(text).find(before + letters(following.text)[:AFTER])
        if found < 0:
            continue
        first = at[found + len(before)]
        lead = re.match(r"\W*", following.text)
        word = WORDS.match(text, first)
        if word and lead and "\v" not in text[at[found + len(before) - 1] : first]:
            printed = lead[0] + word[0]
            return "" if following.text[len(printed) :].startswith((" (", "(")) else printed
    return ""


def _with_breaks(block: Tree) -> str:
    """Give the text of a block with a mark where its author broke a line."""
    found = cast("list[Any]", block.xpath(".//text() | .//br"))
    return "".join("\v" if etree.iselement(part) else part for part in found)


@rule(
    "P16", "warning", "A line of text is longer than eyes find back from.",
    hint="Give the text a narrower column in styles/.",
    source="Bringhurst, The Elements of Typographic Style: 45 to 75 letters a line, in notes and lists up to 90",
    needs="pdf",
)  # fmt: skip
def long_lines(proof: Proof) -> Iterator[Fault]:
    """Give the first paragraph of each section with lines of too many letters; in a note they may be longer."""
    rules = proof.checks.pages
    for paper in proof.papers:
        told: set[str] = set()
        for passage in paper.passages:
            section = paper.section(passage.page)
            longest = max(len(row.text) for row in passage.rows)
            most = rules.letters_a_line if len(passage.rows) > NOTE else rules.letters_a_note
            if len(passage.rows) > 1 and longest > most and (key := section.key if section else "") not in told:
                told.add(key)
                said = f"lines of {longest} letters are hard to follow. Set them in a narrower column."
                yield paper.fault(passage.page, passage.text, said)


@rule(
    "P17", "warning", "Lines stand too close.",
    hint="Give the text more line height in styles/.",
    source="American Council of the Blind, guidelines of 2022: 1.15; Access Board, 1193.33: 1.25 in large print",
    needs="pdf",
)  # fmt: skip
def crowded_lines(proof: Proof) -> Iterator[Fault]:
    """Give, of each size and distance that is too small, the first paragraph; titles and labels may be closer."""
    rules = proof.checks.pages
    for paper in proof.papers:
        large = paper.edition.type_size == "large"
        least, told = rules.leading_large if large else rules.leading, set()
        for passage in (passage for passage in paper.passages if large or len(passage.rows) >= NOTE):
            for upper, lower in pairwise(passage.rows):
                size = min(upper.size, lower.size)
                leading = (lower.baseline - upper.baseline) * MM / size
                kind = round(size, 1), round(leading, 2)
                close = NEW_ROW < leading < least - ALMOST and (large or size < TITLE_PT)
                if close and kind not in told and _share_width(upper, lower):
                    told.add(kind)
                    said = f"lines stand {leading:.2f} of their type apart. Give them {least:g}."
                    yield paper.fault(passage.page, passage.text, said)


def _share_width(upper: Row, lower: Row) -> bool:
    """Say whether one line stands below the other, and not beside it."""
    return upper.chars[0].left < lower.chars[-1].right and lower.chars[0].left < upper.chars[-1].right
