"""What a book is made of, by a look at a few keys of `book.yaml`: for lists and completion, which answer at once.

What is wrong with a book, loading tells.
"""

import re

from pydantic import ConfigDict, Field, ValidationError
from ruamel.yaml.comments import CommentedMap

from book.figure.data import Data
from book.load import yaml
from book.load.files import Shelf
from book.model.edition_rows import Rows
from book.model.editions import EDITIONS
from book.model.fields import Text, Texts
from book.model.place import MANIFEST, Place
from book.model.problems import BookError, Problems

MARK = "{{"  # a statement stands for words
KEY = re.compile(r"(\w+):")


class Outline(Data):
    """The keys of `book.yaml` that say what is in a book and which editions it has."""

    model_config = ConfigDict(extra="ignore")

    title: Text
    version: Text
    file_name: Text
    editions: Rows = Field(default_factory=dict)
    contents: Texts


def outline(shelf: Shelf) -> Outline | None:
    """Give the outline of the book on a shelf; None where a glance does not tell."""
    raw = _look(shelf)
    try:
        found = Outline.model_validate(raw) if raw is not None else None
    except ValidationError:
        return None
    return None if MARK in repr(found) else found


def edition_names(shelf: Shelf) -> list[str] | None:
    """Name the editions of a book; None if its `book.yaml` does not tell."""
    raw = _look(shelf)
    if raw is None:
        return None
    own = raw.get("editions")
    return list(dict.fromkeys([*EDITIONS, *(map(str, own) if isinstance(own, dict) else ())]))


def _look(shelf: Shelf) -> CommentedMap | None:
    """Read the outline's keys, and no others; None if they cannot be read."""
    try:
        return yaml.parse(_only(shelf.text(MANIFEST, Place(MANIFEST))), MANIFEST, 1, Problems())
    except BookError:
        return None


def _only(text: str) -> str:
    """Leave of a YAML text the lines of the outline's keys."""
    kept, lines = False, []
    for line in text.split("\n"):
        if found := KEY.match(line):
            kept = found[1] in Outline.model_fields
        lines += [line] if kept else []
    return "\n".join(lines)
