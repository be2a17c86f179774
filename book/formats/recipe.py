"""What an edition takes to be made, and what comes of it: plain values that `build` and the formats share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from book.layout.jobs import LayoutJob
from book.load.styles import Styles
from book.model.editions import Edition
from book.model.place import Files
from book.render.rendered import Rendered

PAGES, COVER, DOTS, CARD = "pages", "cover", "dots", "card"


@dataclass(frozen=True)
class Assets:
    """What is at hand for all editions of a book: its styles, and all files by name, "images/…" and "styles/…"."""

    styles: Styles
    files: Files

    @classmethod
    def of(cls, rendered: Rendered, styles: Styles) -> Self:
        """Gather the style files and the pictures of a rendered book. BookError for what cannot be read."""
        files = {f"styles/{name}": data for name, data in styles.files().items()}
        return cls(styles, files | {f"images/{name}": picture.data for name, picture in rendered.pictures.items()})


@dataclass(frozen=True)
class Recipe:
    """An edition to make: its file, its layout jobs by what they are for, and a hash of its making.

    `offers` are the editions that a site holds to be downloaded; they are made before it.
    """

    edition: Edition
    file: str
    layout_jobs: Mapping[str, LayoutJob]
    made_from: str
    offers: tuple["Recipe", ...] = ()


@dataclass(frozen=True)
class Finished:
    """An edition's file (or files by name), its pages, and notes on what could not be done in it.

    `words` is how many words it has, where that is counted.
    """

    data: bytes | Files
    pages: int
    notes: tuple[str, ...] = ()
    words: int = 0

    @property
    def files(self) -> Files:
        """Its files by name: those of a folder, or one without a name."""
        return {"": self.data} if isinstance(self.data, bytes) else self.data
