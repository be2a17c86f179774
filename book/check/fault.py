"""What a rule finds, what it needs, and why it may not have been asked: plain values."""

from dataclasses import dataclass
from typing import Literal

from book.model.place import Place

Level = Literal["error", "warning"]


Needs = Literal["told", "build", "book", "text", "pdf", "epub"]


@dataclass(frozen=True)
class Fault:
    """One thing that a rule saw: where in the author's files, what it is and what to do, and the words it is about.

    `seen` says in which finished file it was found, and on which page: "letter, page 12". Its level is that of its
    rule, if it has none of its own.
    """

    place: Place
    said: str
    excerpt: str = ""
    seen: str = ""
    level: Level | None = None


class NotChecked(Exception):  # noqa: N818 - nothing is wrong with the book
    """A rule could not look, since a program it needs is not at hand; the text says which, and how to get it."""
