"""An edition on paper as rules look at it: its pages, its passages, and whose words stand on which page."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from lxml import etree

from book.check.fault import Fault
from book.check.source_map import SourceMap, letters
from book.check.views.layout import Box, Layout, Piece
from book.check.views.passages import Passage, Tagged, read_tags
from book.model.fields import html_id
from book.model.place import Place
from book.render.section import Section

if TYPE_CHECKING:
    from book.check.finished import Printed

Seen = TypeVar("Seen")
SENTENCE = 15  # letters of words that are worth looking for in other files
WHITE_MM = 6  # at the edges of the paper, where most printers print nothing


class Paper:
    """One PDF whose pages are those of its paper."""

    def __init__(self, printed: "Printed", sections: Sequence[Section], source_map: SourceMap) -> None:
        """Take the finished file, the sections of the book, and where their words come from."""
        self.edition, self.texts = printed.edition, printed.texts
        self._sections, self._source_map = sections, source_map
        self._printed = printed

    @property
    def layout(self) -> Layout:
        """What stands where on its pages."""
        return self._printed.layout

    @cached_property
    def tagged(self) -> Tagged:
        """Its passages and places that links lead to."""
        return read_tags(self._printed.inside, self.layout)

    @property
    def passages(self) -> list[Passage]:
        """Its paragraphs, headings, items and cells in reading order."""
        return self.tagged.passages

    @property
    def whole(self) -> bool:
        """Whether it is all of the book."""
        return not self.edition.holds

    @property
    def frame(self) -> Box:
        """Left, top, right and bottom of the area for the text, in mm from the paper's top left."""
        top, right, bottom, left = self.edition.margins_mm
        return left, top, self.edition.width_mm - right, self.edition.height_mm - bottom

    @cached_property
    def starts(self) -> list[tuple[int, Section]]:
        """The sections in order, each with the page (from 0) of its title; a part of the book has some of them."""
        heads = [passage for passage in self.passages if passage.kind == "H1"]
        found: list[tuple[int, Section]] = []
        waiting = list(self._sections)
        for head in heads:
            text = letters(head.text)
            for number, section in enumerate(waiting):
                if text.endswith(letters(section.title)):
                    found.append((head.page, section))
                    del waiting[: number + 1 if self.whole else 0]
                    break
        return found

    def section(self, page: int) -> Section | None:
        """Give the section that a page (from 0) is of, None for a cover."""
        before = [section for start, section in self.starts if start <= page]
        return before[-1] if before else None if self.edition.cover else self._cut_from

    @cached_property
    def _cut_from(self) -> Section | None:
        """The section that a sheet without its title was cut out of."""
        held = {html_id(key) for key in self.edition.holds[:1]}
        for section in self._sections:
            if any(element.get("id") in held for element in section.tree.iter(etree.Element)):
                return section
        return None

    def pages_of(self) -> Iterator[tuple[Section, range]]:
        """Give each section with its pages, from 0."""
        ends = [start for start, _ in self.starts[1:]] + [len(self.layout.sheets)]
        for (start, section), end in zip(self.starts, ends, strict=True):
            yield section, range(start, end)

    def pieces(self) -> Iterator[tuple[int, Piece]]:
        """Give all that is printed, with its page from 0."""
        for page, sheet in enumerate(self.layout.sheets):
            for piece in sheet.pieces:
                yield page, piece

    def once_a_section(self, found: Iterable[tuple[int, Seen]]) -> Iterator[tuple[int, Seen]]:
        """Give the first thing in each section, of things with their pages: what repeats is told once."""
        told: set[str] = set()
        for page, thing in found:
            section = self.section(page)
            if (key := section.key if section else "") not in told:
                told.add(key)
                yield page, thing

    @cached_property
    def _around(self) -> dict[int, str]:
        """The words of the passage that each piece, by its identity, is part of."""
        return {id(piece): passage.text for passage in self.passages for piece in passage.pieces}

    def told(self, piece: Piece, said: str) -> Fault:
        """Tell of a piece, at the line of the passage that it is part of; `said` has {} for its words."""
        text = self._around.get(id(piece), piece.text)
        return self.fault(piece.page, text, said.format(f'"{piece.text.strip()}"'))

    def fault(self, page: int, text: str, said: str) -> Fault:
        """Tell of something on a page (from 0), at the author's line with words that stand there.

        Few words that the section's own file does not have are labels: they are told at the file's head.
        """
        section = self.section(page)
        place = self._source_map.find(text, [section.file] if section else ())
        if section and place.file != section.file and len(letters(text)) < SENTENCE:
            place = Place(section.file, 1)
        return Fault(place, said, seen=f"{self.edition.name}, page {page + 1}")
