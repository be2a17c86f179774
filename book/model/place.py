"""Where something stands in a book: names of files, paths of keys, places that problems are told at."""

from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where in the author's files something was asked for: a file relative to the book, and a line."""

    file: str
    line: int = 0


MANIFEST = "book.yaml"


FIGURES = "images/figures.yaml"


Files = Mapping[str, bytes]  # the files of a folder by name, also in folders within it
