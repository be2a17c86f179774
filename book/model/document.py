"""A document: one Markdown file of a book. What its kind adds stands in that kind's folder of `book.kinds`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from book.figure.data import Data
from book.model.fields import Text
from book.model.kinds import offered


class Head(Data):
    """Front matter that every document has."""

    title: Text


@dataclass(frozen=True)
class Document:
    """One Markdown file of a book: name, file, front matter, and the Markdown, which begins at `first_line`.

    `front` is its front matter as text. Statements are in place in both. What all documents of a kind have in
    common stands in its class: `kind`, as in "chapter:stop-signs"; `folder`, where its files lie; `model`, its
    front matter; `headings` that its body must have, for which pages have labels; `remedy`, how to shorten what
    must stand on one page ("" if it may run on); whether it `follows` the chapter before it, below which contents
    list it; whether it `instructs`, so that its numbered lists are steps; whether it `can_hurt`, so that stop signs
    go first; how many letters its title has at most.
    """

    kind: ClassVar[str]
    folder: ClassVar[str]
    model: ClassVar[type[Head]]
    headings: ClassVar[tuple[str, ...]] = ()
    remedy: ClassVar[str] = ""
    follows: ClassVar[bool] = True
    instructs: ClassVar[bool] = True
    can_hurt: ClassVar[bool] = False
    title_letters: ClassVar[int] = 65

    name: str
    file: str
    head: Head
    body: str
    first_line: int
    front: str = ""

    @property
    def key(self) -> str:
        """Its typed id, as in contents."""
        return f"{self.kind}:{self.name}"

    @property
    def short(self) -> str:
        """Its title where there is little room."""
        return self.head.title

    @property
    def is_numbered(self) -> bool:
        """Whether it counts among those of its kind."""
        return True

    @property
    def areas(self) -> Iterable[str]:
        """The parts of the body map that it is for."""
        return ()

    @property
    def opening(self) -> list[str]:
        """The words of its front matter that count as its text when reading is measured."""
        return []

    @property
    def said(self) -> Iterable[str]:
        """All that its front matter says to readers."""
        return self.opening

    @property
    def shown(self) -> Iterable[str]:
        """The files in `images/` that its front matter shows."""
        return ()

    @property
    def drawn(self) -> Iterable[str]:
        """Those among them that `book draw` makes."""
        return ()


@dataclass(frozen=True)
class Page:
    """A page the builder makes itself, such as contents, find or index; `line` asks for it."""

    name: str
    line: int


Part = Document | Page


def documents() -> dict[str, type[Document]]:
    """Give all kinds of documents by name."""
    return {found.kind: found for found in offered("model", "DOCUMENT").values()}


def line_of(part: Document, phrase: str) -> int:
    """Give the line in a part's file on which a phrase first stands, in its body or else in its front matter.

    Where it is in neither, that is the body's first line.
    """
    for text, first_line in ((part.body, part.first_line), (part.front, 2)):
        before, found, _ = text.partition(phrase)
        if found:
            return first_line + before.count("\n")
    return part.first_line
