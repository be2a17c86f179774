"""What an author writes for "Find by word", `chapters/index.yaml`: entries, where they lead, and other names.

What can be told from the file alone is checked here; whether the words stand where an entry leads, in `index_page`.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from book.figure.data import Data
from book.model.fields import Prose, Text, Texts, TypedId
from book.model.place import Path
from book.model.problems import nearest

FILE = "chapters/index.yaml"


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _spelled_out(value: object) -> object:
    """Read what an entry may be in short: the ids that it leads to."""
    return value if isinstance(value, Mapping) else {"at": _listed(value)}


Names = Annotated[Texts, BeforeValidator(_listed)]
Targets = Annotated[tuple[TypedId, ...], Field(strict=False), BeforeValidator(_listed)]


class IndexEntry(Data):
    """One word of the index: the ids it leads to, the words that stand there, and other entries to look up.

    The first id is where most is said. `words` are the entry's own name where they are left out.
    """

    at: Targets = ()
    words: Names = ()
    see: Names = ()
    also: Names = ()

    @model_validator(mode="after")
    def _leads(self) -> Self:
        """See that an entry leads somewhere, and not in two ways at once."""
        if bool(self.at) == bool(self.see):
            raise ValueError("must have the key at, for where it leads, or see, for another entry: one of the two")
        if self.see and (self.also or self.words):
            raise ValueError("must have nothing besides see: what it leads to stands in the entry that it names")
        return self

    def known_as(self, name: str) -> tuple[str, ...]:
        """Give the words by which an entry of that name is found in the text."""
        return self.words or (name.partition(" (")[0],)


Entry = Annotated[IndexEntry, BeforeValidator(_spelled_out)]


class Index(Data):
    """The whole of `chapters/index.yaml`: the page's title and lede, and the entries in any order."""

    title: Text
    lede: Prose | None = None
    entries: Annotated[Mapping[Text, Entry], Field(min_length=1)]


def order(name: str) -> tuple[str, str]:
    """Give what entries are sorted by: the name without accents, capitals and signs, then the name itself."""
    bare = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in bare if sign.isalnum() or sign == " ").strip(), name


def initial(name: str) -> str:
    """Give the letter under which a name stands; all that begins with a digit stands under 0–9."""
    first = (order(name)[0] or name)[0].upper()
    return "0–9" if first.isdigit() else first


def mistakes(index: Index) -> Iterator[tuple[Path, str]]:
    """Give what is wrong with the entries among themselves, each with its path in the file."""
    seen: dict[str, str] = {}
    for name, entry in index.entries.items():
        if other := seen.get(order(name)[0]):
            yield ("entries", name), f'"{name}" is the same word as "{other}". Make one entry of them.'
        seen.setdefault(order(name)[0], name)
        for key in ("see", "also"):
            for number, wanted in enumerate(getattr(entry, key)):
                if said := _wrong_name(index, name, wanted):
                    yield ("entries", name, key, number), said


def _wrong_name(index: Index, name: str, wanted: str) -> str | None:
    """Say why an entry cannot send readers to another one; None if it can."""
    if wanted not in index.entries:
        remedy = nearest(wanted, index.entries) or " Write it, or take it out here."
        return f'"{name}" leads to "{wanted}", and there is no such entry.{remedy}'
    if wanted == name:
        return f'"{name}" leads to itself. Take it out.'
    if further := index.entries[wanted].see:
        return f'"{name}" leads to "{wanted}", which only leads on. Name "{further[0]}" instead.'
    return None
