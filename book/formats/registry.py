"""The formats by the names that kinds of editions have. A further format is a folder, and a row here."""

from collections.abc import Mapping
from types import MappingProxyType

from book.formats.epub.edition import EpubFormat
from book.formats.format import Format
from book.formats.pdf.edition import PdfFormat
from book.formats.text.edition import TextFormat
from book.formats.web.edition import WebFormat
from book.model.editions import Edition

FORMATS: Mapping[str, Format] = MappingProxyType(
    {"pdf": PdfFormat(), "epub": EpubFormat(), "web": WebFormat(), "text": TextFormat()}
)


def format_of(edition: Edition) -> Format:
    """Give the format that makes an edition."""
    return FORMATS[edition.kind.name]
