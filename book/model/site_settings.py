"""What a book says of its site: the key `web` in `book.yaml`. `check` sees that all it leads to is in the book."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Annotated

from pydantic import Field

from book.figure.data import Data
from book.model.fields import TYPED, Proses, Text, TypedId, matching
from book.model.place import Path
from book.model.problems import Problems, nearest

LINKED = re.compile(rf"\]\(({TYPED})\)")

ADDRESS = r"https://[^\s?#]+/"


class Web(Data):
    """A book's site: the address at which it will stand, what it helps with, and which pages it shows.

    `helps` are lines that may lead to typed ids; `shows` are typed ids whose printed pages are shown as pictures;
    `first` is what is to be read before anything else.
    """

    address: (
        Annotated[Text, matching(ADDRESS, "the site's own https:// address, with a slash at its end")] | None
    ) = None
    helps: Proses = ()
    shows: Annotated[tuple[TypedId, ...], Field(strict=False)] = ()
    first: TypedId | None = None


def check(web: Web, known: Collection[str], line: Callable[[Path], int], problems: Problems) -> None:
    """See that every typed id leads somewhere in the book, which can lead to those that are `known`."""
    for path, key in _ids(web):
        if key not in known:
            remedy = nearest(key, known) or " Mend it, or take it out."
            problems.add("book.yaml", line(("web", *path)), f'"{key}" leads nowhere in this book.{remedy}', "T05")


def _ids(web: Web) -> Iterator[tuple[Path, str]]:
    for number, text in enumerate(web.helps):
        yield from ((("helps", number), key) for key in LINKED.findall(text))
    yield from ((("shows", number), key) for number, key in enumerate(web.shows))
    if web.first:
        yield ("first",), web.first
