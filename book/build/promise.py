"""A promise: what must stand on one page. Kinds of content give theirs as `promises` in their `build`."""

from dataclasses import dataclass

from book.model.place import Path
from book.render.section import Section


@dataclass(frozen=True)
class Promise:
    """One thing that must stand on a page: its id, its section, its file and key or line, and how to shorten it."""

    id: str
    section: Section
    file: str
    path: Path
    remedy: str
    line: int = 1
