"""What each format gives: its documents to be laid out, and the bytes of the finished file. One object a folder.

Nothing outside this room asks which format an edition has; it asks the format.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from book.formats.recipe import Assets, Finished
from book.layout.engine import Pdf
from book.layout.jobs import LayoutJob
from book.model.editions import Edition
from book.render.rendered import Rendered


class Format(Protocol):
    """How editions of one kind are made, and what their files are to those who get them.

    `label` and `media_type` name such a file, to people and to browsers. `on_paper`: its pages are pages of paper,
    counted, shown, and held to what must stand on one. `asked_for`: most who want no paper want this. `offers`: it
    holds the other editions to be downloaded, so it is made after them, and cannot be downloaded itself.
    """

    label: str
    media_type: str
    on_paper: bool = False
    asked_for: bool = False
    offers: bool = False

    def jobs(self, rendered: Rendered, edition: Edition, assets: Assets) -> dict[str, LayoutJob]:
        """Give the documents to be laid out for an edition, by what they are for."""
        ...

    def depends_on(self, rendered: Rendered, assets: Assets) -> list[str]:
        """Give all else of a book that has a say in the file."""
        ...

    def finish(self, material: "Material") -> Finished:
        """Make the file, or the files. BookError for a claim that does not hold."""
        ...


@dataclass(frozen=True)
class Offer:
    """A finished edition that another holds to be downloaded: its file's name and bytes, its pages or sections."""

    edition: Edition
    maker: Format
    file: str
    pages: int
    data: bytes


@dataclass(frozen=True)
class Material:
    """What an edition is made of: the book, what is at hand for it, what was laid out, what it is to offer."""

    rendered: Rendered
    edition: Edition
    assets: Assets
    laid_out: Mapping[str, Pdf]
    offered: Sequence[Offer] = ()
