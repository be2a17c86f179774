"""One line of a list that leads to parts of a book."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One line of the contents or of a find-by list."""

    key: str
    title: str
    number: int | None
    kind: str
