"""The finished editions that a site offers: what each is, for whom, and how to know that it came whole."""

from dataclasses import dataclass
from hashlib import sha256

from book.model.characters import NO_BREAK
from book.model.editions import Edition
from book.model.file_size import in_words
from book.model.site_words import WebWords

FOLDER = "downloads"
FORMATS = {"pdf": "PDF", "epub": "EPUB"}
MEDIA_TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


@dataclass(frozen=True)
class Download:
    """A finished edition to download: its file's name and bytes, and how many pages (or sections) it has."""

    edition: Edition
    file: str
    pages: int
    data: bytes

    @property
    def href(self) -> str:
        """Where it lies in the site."""
        return f"{FOLDER}/{self.file}"

    @property
    def format(self) -> str:
        """What kind of file it is, by its usual name."""
        return FORMATS[self.edition.kind]

    @property
    def media_type(self) -> str:
        """What kind of file it is, as browsers call it."""
        return MEDIA_TYPES[self.edition.kind]

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
        return row.kind == "pdf" and not (row.part or row.folded or row.bleed_mm)

    def facts(self, words: WebWords) -> list[str]:
        """Give its format, length, paper and size, each in a few words that stay together."""
        unit = self.edition.unit if self.pages != 1 else f"one_{self.edition.unit.removesuffix('s')}"
        long = getattr(words, unit).replace("{count}", str(self.pages))
        paper = getattr(words, f"paper_{self.edition.paper}") if self.edition.paper else words.no_paper
        return [fact.replace(" ", NO_BREAK) for fact in (self.format, long, paper, self.size)]
