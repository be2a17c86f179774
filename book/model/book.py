"""What a book is, as frozen values: manifest, chapters, exercises, sources. Knows nothing of HTML or files.

The keys an author writes in YAML are the fields of these models; `load` fills them, `render` reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from book.figure.spec import Data
from book.kinds.exercise.model import Exercise, inset_of
from book.kinds.place.model import BodyMap, drawings
from book.model.fields import Text, Texts
from book.model.figures import Figures
from book.model.index import Index
from book.model.key_lines import KeyLines
from book.model.manifest import Manifest
from book.model.place import Place
from book.model.signs import Signs
from book.model.sources import Source
from book.model.statements import Statements


class ChapterHead(Data):
    """Front matter of a chapter."""

    title: Annotated[Text, StringConstraints(max_length=65)]
    short: Annotated[Text, StringConstraints(max_length=34)] | None = None
    lede: Text | None = None
    in_this_chapter: Texts = ()
    numbered: bool = True
    glossary: bool = False
    forms: Mapping[Text, Texts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_terms(self) -> Self:
        """See that only a glossary says by which words its terms are found."""
        if self.forms and not self.glossary:
            raise ValueError("must have the key glossary: true where it has forms")
        return self


@dataclass(frozen=True)
class Chapter:
    """One chapter: its file, its front matter, and its Markdown, which begins at `first_line`.

    `front` is its front matter as text. Statements are in place in both.
    """

    name: str
    file: str
    head: ChapterHead
    body: str
    first_line: int
    front: str = ""


def line_of(part: Chapter | Exercise, phrase: str) -> int:
    """Give the line in a part's file on which a phrase first stands, in its body or else in its front matter.

    Where it is in neither, that is the body's first line.
    """
    for text, first_line in ((part.body, part.first_line), (part.front, 2)):
        before, found, _ = text.partition(phrase)
        if found:
            return first_line + before.count("\n")
    return part.first_line


@dataclass(frozen=True)
class Page:
    """A page the builder makes itself, such as contents, find or index; `line` asks for it."""

    name: str
    line: int


Part = Chapter | Exercise | Page


@dataclass(frozen=True)
class Held:
    """One id that an edition holds, and where somebody asks for it."""

    edition: str
    id: str
    asked: Place


@dataclass(frozen=True)
class Book:
    """A whole book in memory: its manifest, its parts in reading order, its sources by id, what editions hold."""

    manifest: Manifest
    parts: tuple[Part, ...]
    sources: dict[str, Source]
    figures: Figures = field(default_factory=Figures)
    body_map: BodyMap = field(default_factory=BodyMap)
    held: tuple[Held, ...] = ()
    index: Index | None = None
    statements: Statements = field(default_factory=Statements)
    signs: Signs = field(default_factory=Signs)
    lines: KeyLines = field(default_factory=KeyLines, compare=False, repr=False)


def drawn_files(book: Book) -> set[str]:
    """Name the files in `images/` that `book draw` makes."""
    exercises = [part for part in book.parts if isinstance(part, Exercise)]
    poses = {f"{part.name}-{pose.name}.svg" for part in exercises for pose in part.head.poses if pose.figure}
    insets = {inset for part in exercises if (inset := inset_of(part))}
    plates = {file for _, file, _ in drawings(book.body_map)}
    return poses | insets | plates | {f"{name}.svg" for name in book.figures.figures}
