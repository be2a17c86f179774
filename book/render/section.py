"""A rendered section: what the rooms after `render` work with."""

from dataclasses import dataclass

from book.model.document import Document, Part, line_of
from book.model.fields import html_id
from book.render.tree import Tree


@dataclass(frozen=True)
class Section:
    """One rendered section: its typed id (`chapter:stop-signs`), titles, number and XHTML tree.

    `lines` are those of the author's file on which its blocks begin, by the blocks' numbers,
    `link_lines` those of its links in order; 0 where none is known.
    """

    key: str
    title: str
    short: str
    number: int | None
    part: Part
    tree: Tree
    lines: tuple[int, ...] = ()
    link_lines: tuple[int, ...] = ()

    @property
    def html_id(self) -> str:
        """The id of the section's element, also the name of its file in an EPUB."""
        return html_id(self.key)

    @property
    def kind(self) -> str:
        """What it is: the name of its kind of document, or "page"."""
        return self.key.partition(":")[0]

    @property
    def follows(self) -> bool:
        """Whether contents list it below the chapter before it."""
        return isinstance(self.part, Document) and self.part.follows

    @property
    def file(self) -> str:
        """The author's file behind the section, for problems."""
        return "book.yaml" if not isinstance(self.part, Document) else self.part.file

    def line(self, phrase: str) -> int:
        """Give the line of a phrase in that file."""
        return line_of(self.part, phrase) if isinstance(self.part, Document) else self.part.line
