"""A book's pictures and styles, read when they are asked for: what `load` hands to rooms that read nothing."""

from dataclasses import dataclass

from book.load.files import Shelf
from book.load.pictures import read_picture
from book.load.styles import Styles
from book.model.picture import Picture
from book.model.place import Place


@dataclass(frozen=True)
class BookFiles:
    """The files of the book on a shelf; `book.model.picture.FileSource` says what is asked of them."""

    shelf: Shelf

    def picture(self, name: str, asked: Place, *, drawn: bool = False) -> Picture:
        """Read a picture of `images/` and see that it is sound; BookError at the place that asked for it."""
        return read_picture(self.shelf, name, asked, drawn=drawn)

    def style(self, name: str) -> bytes:
        """Read a style file, such as "print.css"; BookError if neither the book nor the house has it."""
        return Styles(self.shelf).data(name)
