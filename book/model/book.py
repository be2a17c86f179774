"""What a book is, as frozen values: manifest, documents, sources. Knows nothing of HTML or files.

The keys an author writes in YAML are the fields of these models; `load` fills them, `render` reads them.
"""

from dataclasses import dataclass, field

from book.kinds.place.model import BodyMap, drawings
from book.model.document import Document, Part
from book.model.figures import Figures
from book.model.index import Index
from book.model.key_lines import KeyLines
from book.model.manifest import Manifest
from book.model.place import Place
from book.model.signs import Signs
from book.model.sources import Source
from book.model.statements import Statements


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
    of_documents = {name for part in book.parts if isinstance(part, Document) for name in part.drawn}
    plates = {file for _, file, _ in drawings(book.body_map)}
    return of_documents | plates | {f"{name}.svg" for name in book.figures.figures}


def kinds_in(book: Book) -> frozenset[str]:
    """Name the kinds of documents that a book has."""
    return frozenset(part.kind for part in book.parts if isinstance(part, Document))
