"""What rules look at: a book as it was read, as it was rendered, and its finished files."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from book.check.fault import Fault, Level, Needs
from book.check.finished import Ebook, Printed
from book.check.outside.verdicts import Verdicts
from book.check.source_map import SourceMap
from book.check.views.paper import Paper
from book.check.views.pictures import Print, Shown, list_drawings, list_shown
from book.check.views.prose import Block, blocks
from book.layout.pdf_pages import count_pages
from book.load.files import Shelf
from book.model.book import Book
from book.model.check_settings import Checks, Ignored
from book.model.document import Document, Page
from book.model.key_lines import KeyLines
from book.model.place import Place
from book.model.problems import Problem
from book.render.rendered import Rendered
from book.render.section import Section


class Proof:
    """All that rules look at. What could not be reached, since the book is broken before it, is None or empty."""

    def __init__(  # noqa: PLR0913 - what a build knows, stage by stage
        self,
        shelf: Shelf,
        told: Sequence[Problem] = (),
        *,
        book: Book | None = None,
        rendered: Rendered | None = None,
        prints: Sequence[Printed] = (),
        ebooks: Sequence[Ebook] = (),
        out: Path | None = None,
        online: bool = False,
    ) -> None:
        """Take the book's folder, what a build told of it, what came out of its stages, and where it lies."""
        self.shelf, self.told, self.online = shelf, tuple(told), online
        self._book, self._rendered = book, rendered
        self.prints, self.ebooks = tuple(prints), tuple(ebooks)
        self.looked: set[str] = set()
        self.lived_with: set[Ignored] = set()
        self.lines = book.lines if book else KeyLines()
        self.source_map = SourceMap(book, shelf)
        self.verdicts = Verdicts(shelf.root, out)

    @property
    def book(self) -> Book:
        """The book as it was read. LookupError if it could not be."""
        if self._book is None:
            raise LookupError("the book was not read")
        return self._book

    @property
    def rendered(self) -> Rendered:
        """The book as it was rendered. LookupError if it could not be."""
        if self._rendered is None:
            raise LookupError("the book was not rendered")
        return self._rendered

    @property
    def checks(self) -> Checks:
        """What the book says of its own checks."""
        return self.book.manifest.check

    @property
    def parts(self) -> list[Document]:
        """Chapters and exercises in reading order."""
        return [part for part in self.book.parts if not isinstance(part, Page)]

    def sections(self) -> Iterator[tuple[Section, Document]]:
        """Give the rendered sections that an author wrote, each with its part."""
        for section in self.rendered.sections:
            if not isinstance(section.part, Page):
                yield section, section.part

    @cached_property
    def flat_prints(self) -> list[Printed]:
        """The PDFs whose pages are those of their paper; a form of the book has the book's pages."""
        flat = [printed for printed in self.prints if printed.flat]
        whole = {one.edition.margins_mm for one in flat if not (one.edition.fillable or one.edition.holds)}
        return [
            printed
            for printed in flat
            if not (printed.edition.fillable and not printed.edition.holds and printed.edition.margins_mm in whole)
        ]

    @cached_property
    def papers(self) -> list[Paper]:
        """The flat PDFs, equal pages once: Letter and A4 differ in margins only."""
        found: list[Paper] = []
        pages: set[int] = set()
        for printed in self.flat_prints:
            if (count := count_pages(printed.data)) in pages and any(printed.texts == one.texts for one in found):
                continue
            pages.add(count)
            printed.layout  # noqa: B018 - read in full once, its words need not be looked at again
            found.append(Paper(printed, self.rendered.sections, self.source_map))
        return found

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """The pictures of the rendered book, with their words and places."""
        return tuple(list_shown(self.rendered, self.line))

    @cached_property
    def drawings(self) -> tuple[Print, ...]:
        """The drawings among them, as they are printed."""
        return tuple(list_drawings(self.shown, self.rendered.pictures, self.checks.pictures))

    @cached_property
    def blocks(self) -> list[Block]:
        """All that readers meet as text, block by block, cover first."""
        sections = self.rendered.sections
        texts = [blocks(section.tree, section) for section in sections]
        return [*blocks(self.rendered.cover, None), *(block for found in texts for block in found)]

    @property
    def is_broken(self) -> bool:
        """Whether a build of the book fails."""
        return any(problem.level == "error" for problem in self.told)

    def reaches(self, needs: Needs) -> bool:
        """Say whether the book got as far as a rule needs it."""
        at_hand = {
            "book": self._book is not None,
            "text": self._rendered is not None,
            "pdf": bool(self.prints),
            "epub": bool(self.ebooks),
        }
        return at_hand.get(needs, True)

    def told_of(self, code: str) -> Iterator[Fault]:
        """Give what the build itself told under a rule's number."""
        for problem in self.told:
            if problem.code == code:
                level: Level | None = "warning" if problem.level == "warning" else None
                yield Fault(Place(problem.file, problem.line), problem.message, level=level)

    def at(self, text: str, section: Section) -> Place:
        """Give the author's file and line of words that stand in a section."""
        return self.source_map.find(text, [section.file])

    def word_at(self, block: Block, start: int) -> Place:
        """Give the author's file and line of what begins at an index of a block."""
        return self.source_map.find_in(block.text, start, block.files, block.line)

    def line(self, file: str, *path: str | int) -> Place:
        """Give the place of a key in a YAML file or in front matter."""
        return Place(file, self.lines.of(file, path))
