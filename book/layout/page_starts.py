"""Where each page of a printed edition begins, to the letter: read off the boxes that the PDF engine laid out.

Blocks of a section are numbered alike in print and in an e-book, so a start found here is a place there, too.
Called by `engine`; `assemble/page_markers` puts markers where the starts are. The boxes are the engine's own: a
new version of it must pass `tests/layout/test_page_list.py`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from book.render.positions import BLOCK, Start, letters


def page_starts(pages: Iterable[Any]) -> tuple[Start, ...]:
    """Give the start of each page, from the page boxes of a laid out document.

    A page begins with what comes first in reading order, wherever it stands: some boxes come late in the tree. It
    never begins before the page before it; an empty one begins where the next one does.
    """
    sections: dict[str, int] = {}
    told: dict[tuple[str, int], int] = {}
    found: list[Start | None] = []

    def rank(start: Start) -> tuple[int, int, int]:
        return sections[start.section], start.block, start.letters

    for page in pages:
        before, here = dict(told), []
        for section, block, text, repeats in _pieces(page, "", 0, repeats=False):
            sections.setdefault(section, len(sections))
            key = (section, block)
            if repeats and key in before:
                continue
            here.append(Start(section, block, told.get(key, 0)))
            told[key] = told.get(key, 0) + letters(text)
        last = [start for start in found if start][-1:]
        found.append(max([min(here, key=rank), *last], key=rank) if here else None)
    return tuple(_filled(found))


def _pieces(box: Any, section: str, block: int, *, repeats: bool) -> Iterator[tuple[str, int, str, bool]]:
    """Give the texts and pictures in a box with their blocks; a heading row comes again on each page of a table.

    What style sheets add, margins of the page and notes at its foot are no part of the running text.
    """
    for child in getattr(box, "children", ()):
        element, tag = child.element, child.element_tag or ""
        if element is None or "::" in tag:  # margins and notes of the page have no element
            continue
        inner = section, block
        if number := element.get(BLOCK):
            inner = (element.get("id") or "" if number == "0" else section), int(number)
        again = repeats or getattr(child, "is_header", False) or getattr(child, "is_footer", False)
        if getattr(child, "replacement", None) is not None:
            yield *inner, "", again
        elif (text := getattr(child, "text", None)) is not None and text.strip():
            yield *inner, _without_hyphen(child), again
        yield from _pieces(child, *inner, repeats=again)


def _without_hyphen(box: Any) -> str:
    """Give the text of a box without the hyphen that the engine set at the end of its line."""
    text, hyphen = str(box.text), box.style["hyphenate_character"]
    return text if box.style["hyphens"] == "none" else text.removesuffix(hyphen)


def _filled(found: list[Start | None]) -> Iterator[Start]:
    """Give each empty page the start of the next; at the end of the book, that of the last."""
    known = [start for start in found if start]
    for number, start in enumerate(found):
        if known:
            yield start or next((later for later in found[number:] if later), known[-1])
