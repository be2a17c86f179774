"""Project files to a `Book`: the first stage. Reads `book.yaml`, the listed chapters and exercises, the sources.

Raises BookError with every problem of every file at once; reads through `files.Shelf` and nowhere else.
"""

from collections import Counter

from book.kinds.exercise.model import Exercise, ExerciseHead
from book.kinds.place.model import FILE as BODY_MAP
from book.kinds.place.model import BodyMap
from book.load import yaml
from book.load.book_yaml import held_by_editions, read_manifest
from book.load.files import Shelf
from book.load.names import check_drawings, check_map
from book.load.reader import Reader
from book.model import signs
from book.model.book import Book, Chapter, ChapterHead, Page, Part
from book.model.figures import Figures
from book.model.index import FILE as INDEX
from book.model.index import Index, mistakes
from book.model.key_lines import KeyLines, line_of
from book.model.manifest import Manifest
from book.model.place import FIGURES, MANIFEST, Place
from book.model.problems import BookError, Problems, nearest
from book.model.signs import Signs
from book.model.sources import Source, Sources

SOURCES = "chapters/sources.yaml"
PAGES = ("contents", "find", "sources", "scan", "log", "wall", "index", "colophon")
NEEDS = {"log": "log", "wall": "plan"}


def load(shelf: Shelf) -> Book:
    """Read the book on a shelf; raise BookError with all that is wrong with its files and their data."""
    problems = Problems()
    reader = Reader(shelf, problems)
    manifest, raw = read_manifest(reader)
    lines = [1 + line_of(raw, ("contents", index)) for index in range(len(manifest.contents))]
    parts = _parts(reader, manifest, lines)
    held = held_by_editions(manifest, raw)
    sources = _sources(reader)
    figures = _figures(reader)
    body_map = reader.data_file(BODY_MAP, BodyMap) or BodyMap()
    check_map(parts, body_map, figures, reader.lines, problems)
    check_drawings(parts, figures, reader.lines, problems)
    words = _index(reader, parts, reader.lines)
    found = _signs(reader, reader.lines)
    problems.raise_any()
    return Book(
        manifest, tuple(parts), sources, figures, body_map, held, words, reader.statements, found, reader.lines
    )


def _parts(reader: Reader, manifest: Manifest, lines: list[int]) -> list[Part]:
    parts: list[Part] = []
    problems = reader.problems
    for wanted, line in zip(manifest.contents, lines, strict=True):
        try:
            part = _part(reader, wanted, line, manifest)
        except BookError as error:
            problems.found.extend(error.problems)
        else:
            parts += [part] if part else []
    for name, times in Counter(manifest.contents).items():
        if times > 1:
            line = lines[len(lines) - 1 - manifest.contents[::-1].index(name)]
            problems.add(MANIFEST, line, f'"{name}" stands {times} times in contents. Keep one.')
    _check_unlisted(reader.shelf, manifest, problems)
    return parts


def _part(reader: Reader, wanted: str, line: int, manifest: Manifest) -> Part | None:
    (kind, _, name), problems = wanted.partition(":"), reader.problems
    match kind:
        case "page" if name in PAGES:
            if (key := NEEDS.get(name)) and getattr(manifest, key) is None:
                problems.add(MANIFEST, line, f'"{wanted}" needs the key "{key}". Add it, or take the page out.')
                return None
            return Page(name, line)
        case "page":
            problems.add(MANIFEST, line, f'there is no page "{name}".{nearest(name, PAGES)}')
            return None
        case "chapter" | "exercise" if name:
            return _read(reader, wanted, line)
        case _:
            hint = "write chapter:name, exercise:name or page:name"
            problems.add(MANIFEST, line, f'"{wanted}" in contents is not understood; {hint}.')
            return None


def _read(reader: Reader, wanted: str, line: int) -> Part | None:
    """Read one chapter or exercise file that book.yaml lists on a line."""
    (kind, _, name), problems = wanted.partition(":"), reader.problems
    file = f"chapters/{name}.md" if kind == "chapter" else f"chapters/exercises/{name}.md"
    pieces = reader.pieces(reader.text(file, Place(MANIFEST, line)), file)
    if pieces is None:
        return None
    raw, front, body, first_line = pieces
    if not body.strip():
        problems.add(file, first_line, "nothing follows the front matter. Write the text, or unlist the file.")
    if kind == "chapter":
        head = yaml.shape(ChapterHead, raw, file, 2, problems)
        return Chapter(name, file, head, body, first_line, front) if head else None
    data_of = yaml.shape(ExerciseHead, raw, file, 2, problems)
    if data_of is None:
        return None
    return Exercise(name, file, data_of, body, first_line, front)


def _check_unlisted(shelf: Shelf, manifest: Manifest, problems: Problems) -> None:
    """Find chapters that were written but not listed: a file with front matter that no edition would print."""
    for kind, folder in (("chapter", "chapters"), ("exercise", "chapters/exercises")):
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
    if page and not reader.shelf.has(INDEX):
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
