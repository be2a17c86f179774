"""Project files to a `Book`: the first stage. Reads `book.yaml`, the listed chapters and exercises, the sources.

Raises BookError with every problem of every file at once; reads through `files.Shelf` and nowhere else.
"""

from collections import Counter

from book.kinds.place.model import FILE as BODY_MAP
from book.kinds.place.model import BodyMap
from book.load import yaml
from book.load.book_yaml import held_by_editions, read_manifest
from book.load.files import Shelf
from book.load.names import check_drawings
from book.load.reader import Reader
from book.model import signs
from book.model.book import Book
from book.model.document import Document, Page, Part, documents
from book.model.figures import Figures
from book.model.index import FILE as INDEX
from book.model.index import Index, mistakes
from book.model.key_lines import KeyLines
from book.model.key_path import line_of
from book.model.kinds import offered
from book.model.manifest import Manifest
from book.model.place import FIGURES, MANIFEST, Place
from book.model.problems import BookError, Problems, nearest
from book.model.signs import Signs
from book.model.sources import FILE as SOURCES
from book.model.sources import Source, Sources

PAGES = ("contents", "sources", "scan", "index", "colophon")  # besides those of kinds of content


def load(shelf: Shelf, problems: Problems | None = None) -> Book:
    """Read the book on a shelf; raise BookError with all that is wrong with its files and their data.

    With `problems` of a run that goes on, they are noted there, and the book is given as far as it could be read:
    BookError only if `book.yaml` has no shape.
    """
    if problems is None:
        book = load(shelf, problems := Problems())
        problems.raise_any()
        return book
    reader = Reader(shelf, problems)
    manifest, raw = read_manifest(reader)
    problems.strict = problems.strict or manifest.release
    lines = [1 + line_of(raw, ("contents", index)) for index in range(len(manifest.contents))]
    parts = _parts(reader, manifest, lines)
    held = held_by_editions(manifest, raw)
    sources = _sources(reader)
    figures = _figures(reader)
    body_map = reader.data_file(BODY_MAP, BodyMap) or BodyMap()
    words = _index(reader, parts, reader.lines)
    found = _signs(reader, reader.lines)
    book = Book(
        manifest, tuple(parts), sources, figures, body_map, held, words, reader.statements, found, reader.lines
    )
    with problems.going_on():
        check_drawings(book, problems)
        for check in offered("load", "check").values():
            check(book, problems)
    return book


def _parts(reader: Reader, manifest: Manifest, lines: list[int]) -> list[Part]:
    parts: list[Part] = []
    problems = reader.problems
    for wanted, line in zip(manifest.contents, lines, strict=True):
        try:
            part = _part(reader, wanted, line)
        except BookError as error:
            problems.found.extend(error.problems)
            part = None
        if part:
            parts.append(part)
        else:
            problems.unread.add(wanted)
    for name, times in Counter(manifest.contents).items():
        if times > 1:
            line = lines[len(lines) - 1 - manifest.contents[::-1].index(name)]
            problems.add(MANIFEST, line, f'"{name}" stands {times} times in contents. Keep one.')
    _check_unlisted(reader.shelf, manifest, problems)
    if not any(isinstance(part, Document) for part in parts) and not problems.unread:
        said = "contents lists nothing but pages that the builder makes. Add what you wrote, such as chapter:name."
        problems.add(MANIFEST, lines[0] if lines else 1, said)
    return parts


def _part(reader: Reader, wanted: str, line: int) -> Part | None:
    (kind, _, name), problems = wanted.partition(":"), reader.problems
    pages = (*PAGES, *(page for found in offered("model", "PAGES").values() for page in found))
    if kind == "page" and name in pages:
        return Page(name, line)
    if kind == "page":
        problems.add(MANIFEST, line, f'there is no page "{name}".{nearest(name, pages)}')
    elif kind in documents() and name:
        return _read(reader, documents()[kind], name, line)
    else:
        hint = f"write {', '.join(f'{known}:name' for known in documents())} or page:name"
        problems.add(MANIFEST, line, f'"{wanted}" in contents is not understood; {hint}.')
    return None


def _read(reader: Reader, document: type[Document], name: str, line: int) -> Document | None:
    """Read one file that book.yaml lists on a line."""
    file = f"{document.folder}/{name}.md"
    pieces = reader.pieces(reader.text(file, Place(MANIFEST, line)), file)
    if pieces is None:
        return None
    raw, front, body, first_line = pieces
    if not body.strip():
        said = "nothing follows the front matter. Write the text, or unlist the file."
        reader.problems.add(file, first_line, said)
    head = yaml.shape(document.model, raw, file, 2, reader.problems)
    return document(name, file, head, body, first_line, front) if head else None


def _check_unlisted(shelf: Shelf, manifest: Manifest, problems: Problems) -> None:
    """Find documents that were written but not listed: a file with front matter that no edition would print."""
    for kind, folder in ((kind, document.folder) for kind, document in documents().items()):
        for file in shelf.names(folder, ".md"):
            name = file.removeprefix(f"{folder}/").removesuffix(".md")
            if f"{kind}:{name}" in manifest.contents:
                continue
            if shelf.data(file, Place(file))[:4] in (b"---\n", b"---\r"):
                remedy = f'Add "{kind}:{name}", or move the file out of {folder}/.'
                problems.add(file, 1, f"is not listed under contents in book.yaml. {remedy}", "T10")


def _sources(reader: Reader) -> dict[str, Source]:
    found = reader.data_file(SOURCES, Sources)
    return found.root if found else {}


def _index(reader: Reader, parts: list[Part], lines: KeyLines) -> Index | None:
    """Read the index; report its mistakes, a page without an index and an index without a page."""
    found, problems = reader.data_file(INDEX, Index), reader.problems
    page = next((part for part in parts if isinstance(part, Page) and part.name == "index"), None)
    if INDEX not in problems.unread and page and not reader.shelf.has(INDEX):
        problems.add(MANIFEST, page.line, f'"page:index" needs the file {INDEX}. Write it, or take the page out.')
    if found and not page:
        problems.add(INDEX, 1, 'is not printed. Add "page:index" to contents in book.yaml, or delete the file.')
    for path, said in mistakes(found) if found else ():
        problems.add(INDEX, lines.of(INDEX, path), said)
    return found


def _signs(reader: Reader, lines: KeyLines) -> Signs:
    """Read the signs; report their mistakes."""
    found = reader.data_file(signs.FILE, Signs) or Signs()
    for path, said in signs.mistakes(found):
        reader.problems.add(signs.FILE, lines.of(signs.FILE, path), said)
    return found


def _figures(reader: Reader) -> Figures:
    return reader.data_file(FIGURES, Figures) or Figures()
