"""Style sheets, fonts and marks: a book's own file in `styles/` stands in for the house's file of that name."""

from dataclasses import dataclass
from pathlib import Path

from book.load.files import Shelf
from book.model.place import Place

HERE = Path(__file__).parents[1]
SUFFIXES = {".css", ".woff2", ".woff", ".ttf", ".otf", ".svg", ".png", ".jpg", ".jpeg"}
KINDS = Shelf(HERE / "kinds")  # what a kind of content adds to a sheet lies in its folder
HOUSE = HERE / "house_styles" if (HERE / "house_styles").is_dir() else HERE.parent / "styles"


@dataclass(frozen=True)
class Styles:
    """Where style files are read from: the book first, then the house; sheets of kinds in the book come after."""

    book: Shelf
    kinds: frozenset[str] = frozenset()

    def data(self, name: str) -> bytes:
        """Give the bytes of a style file, such as "print.css" or "fonts/SourceSerif4-It.ttf.woff2"."""
        own = f"styles/{name}"
        found = self.book.data(own, Place(own)) if self.book.has(own) else Shelf(HOUSE).data(name, Place(own))
        sheets = [f"{kind}/{name}" for kind in sorted(self.kinds)]
        return found + b"".join(KINDS.data(sheet, Place(own)) for sheet in sheets if KINDS.has(sheet))

    def files(self) -> dict[str, bytes]:
        """Give the bytes of all style files, fonts and marks, by name."""
        folders = HOUSE, self.book.root / "styles"
        names = {
            path.relative_to(folder).as_posix()
            for folder in folders
            for path in folder.rglob("*")
            if path.suffix in SUFFIXES and path.is_file()
        }
        return {name: self.data(name) for name in sorted(names)}

    def licences(self) -> dict[str, bytes]:
        """Give the licences of the house's fonts, and of those a book brings, by name."""
        found: dict[str, bytes] = {}
        for shelf in (Shelf(HOUSE), Shelf(self.book.root / "styles")):
            for path in sorted((shelf.root / "fonts").glob("LICENSE*")):
                name = f"fonts/{path.name}"
                found[name] = shelf.data(name, Place(f"styles/{name}"))
        return found

    def text(self, name: str) -> str:
        """Give a style sheet's text."""
        return self.data(name).decode("utf-8")
