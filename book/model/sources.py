"""`chapters/sources.yaml` as frozen values: the works that a book leans on."""

from typing import Literal, Self, get_args

from pydantic import RootModel, model_validator

from book.figure.data import Data
from book.model.fields import Date, Link, Text, Texts

FILE = "chapters/sources.yaml"
Read = Literal["page", "abstract", "secondary", "memory"]


class Source(Data):
    """One work the book leans on. Fields that could not be checked are left out, not guessed.

    `read` says how it was read: the work itself, its summary, another text that tells of it, or not at all;
    `read_on` is the day. `details` are facts of the work that sentences may rest on and that are not printed.
    """

    authors: Text | None = None
    year: int | None = None
    title: Text
    where: Text | None = None
    link: Link | None = None
    found: Text
    details: Texts = ()
    read: Read | None = None
    read_on: Date | None = None

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        """See that what was read has its day, and that a day says what was read."""
        if self.read_on and not self.read:
            raise ValueError(f"must have the key read where it has read_on: {', '.join(get_args(Read))}")
        if self.read and self.read != "memory" and not self.read_on:
            raise ValueError(f"must have the key read_on where it has read: {self.read}; give the day")
        return self

    @property
    def seen_on(self) -> Date | None:
        """The day on which a page of the web was seen that has no year of its own; None for other works."""
        is_seen = self.read in {"page", "abstract"}
        return self.read_on if self.link and not self.year and is_seen else None


class Sources(RootModel[dict[str, Source]]):
    """`chapters/sources.yaml`: the works by their ids."""
