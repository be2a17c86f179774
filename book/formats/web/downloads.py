"""The finished editions that a site offers: what each is, for whom, and how to know that it came whole."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from book.formats.format import Offer
from book.model.characters import NO_BREAK
from book.model.file_size import in_words
from book.model.site_words import WebWords

FOLDER = "downloads"


@dataclass(frozen=True)
class Download(Offer):
    """A finished edition to download, as the site speaks of it."""

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """Take what is offered."""
        return cls(**vars(offer))

    @property
    def href(self) -> str:
        """Where it lies in the site."""
        return f"{FOLDER}/{self.file}"

    @property
    def format(self) -> str:
        """What kind of file it is, by its usual name."""
        return self.maker.label

    @property
    def media_type(self) -> str:
        """What kind of file it is, as browsers call it."""
        return self.maker.media_type

    @property
    def take(self) -> str:
        """Say who should take it, or what it is where nothing says for whom."""
        return self.edition.take or self.edition.says

    @property
    def says(self) -> str:
        """Say more of what it is, where it is not simply the book in a format and on a paper; else ""."""
        row = self.edition
        return row.says if row.take and (row.part or row.folded or row.bleed_mm) else ""

    @property
    def size(self) -> str:
        """How large it is, in words."""
        return in_words(len(self.data))

    @property
    def sha256(self) -> str:
        """Its checksum, in hexadecimal."""
        return sha256(self.data).hexdigest()

    @property
    def shows_pages(self) -> bool:
        """Whether it is the whole book on pages as they are read: no booklet, nothing to be trimmed."""
        row = self.edition
        return self.maker.on_paper and not (row.part or row.folded or row.bleed_mm)

    def facts(self, words: WebWords) -> list[str]:
        """Give its format, length, paper and size, each in a few words that stay together."""
        unit = self.edition.unit if self.pages != 1 else f"one_{self.edition.unit.removesuffix('s')}"
        long = getattr(words, unit).replace("{count}", str(self.pages))
        paper = getattr(words, f"paper_{self.edition.paper}") if self.edition.paper else words.no_paper
        return [fact.replace(" ", NO_BREAK) for fact in (self.format, long, paper, self.size)]
