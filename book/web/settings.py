"""What a book says of its site: the key `web` in `book.yaml`."""

from typing import Annotated

from pydantic import Field

from book.fields import Text, Texts, TypedId, matching
from book.figure.spec import Data

ADDRESS = r"https://[^\s?#]+/"


class Web(Data):
    """A book's site: the address at which it will stand, what it helps with, and which pages it shows.

    `helps` are lines that may lead to typed ids; `shows` are typed ids whose printed pages are shown as pictures;
    `first` is what is to be read before anything else.
    """

    address: (
        Annotated[Text, matching(ADDRESS, "the site's own https:// address, with a slash at its end")] | None
    ) = None
    helps: Texts = ()
    shows: Annotated[tuple[TypedId, ...], Field(strict=False)] = ()
    first: TypedId | None = None
