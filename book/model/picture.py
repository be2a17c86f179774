"""A picture of a book, as it was read and found sound."""

from dataclasses import dataclass
from typing import Protocol

from book.model.place import Place


@dataclass(frozen=True)
class Picture:
    """A checked picture: its name under `images/`, its bytes, its media type, whether it is taller than wide."""

    name: str
    data: bytes
    media_type: str
    tall: bool


class FileSource(Protocol):
    """Hands a book's files to rooms that read nothing themselves: `book.load.book_files`, or a test's own."""

    def picture(self, name: str, asked: Place, *, drawn: bool = False) -> Picture:
        """Give a sound picture of `images/` by its name; BookError at `asked` for one that is not."""

    def style(self, name: str) -> bytes:
        """Give the bytes of a style file by its name, such as "print.css"; BookError if there is none."""
