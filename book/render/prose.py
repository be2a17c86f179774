"""What is wrong in the prose that authors write in YAML, where it may hold what Markdown's text may.

Which keys are prose, models say (`fields.Prose`). Called once for a whole book, before anything is filled with it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from book.kinds.place.model import FILE as BODY_MAP
from book.model.book import Book
from book.model.document import Document
from book.model.fields import PROSE
from book.model.index import FILE as INDEX
from book.model.place import FIGURES, MANIFEST, Path
from book.model.problems import Problems
from book.model.signs import FILE as SIGNS
from book.render import markdown


def check(book: Book, problems: Problems) -> None:
    """Report what is wrong in the prose of all YAML of a book, each with its line."""
    files: list[tuple[str, BaseModel | None]] = [
        (MANIFEST, book.manifest),
        (BODY_MAP, book.body_map),
        (FIGURES, book.figures),
        (INDEX, book.index),
        (SIGNS, book.signs),
        *((part.file, part.head) for part in book.parts if isinstance(part, Document)),
    ]
    for file, model in files:
        for path, text in prose(model) if model else ():
            line = book.lines.of(file, path)
            for _, said in markdown.mistakes(text):
                problems.add(file, line, said)


def prose(model: BaseModel, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Give the prose in a model's values, each with the path of its key."""
    for name, field in type(model).model_fields.items():
        marked = PROSE in field.metadata or _is_marked(field.annotation)
        yield from _texts(getattr(model, name), (*path, field.alias or name), marked=marked)


def _is_marked(annotation: Any) -> bool:
    return PROSE in getattr(annotation, "__metadata__", ()) or any(map(_is_marked, get_args(annotation)))


def _texts(value: object, path: Path, *, marked: bool) -> Iterator[tuple[Path, str]]:
    if isinstance(value, BaseModel):
        yield from prose(value, path)
    elif isinstance(value, str):
        yield from [(path, value)] if marked else ()
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key), marked=marked)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number), marked=marked)
