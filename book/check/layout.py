"""What stands where on the pages of a PDF: its characters in reading order, read back with PDFium."""

import ctypes
from dataclasses import dataclass
from functools import cached_property

import pypdfium2 as pdfium
from pypdfium2 import raw

from book.editions import Edition

MM = 72 / 25.4
DOTS, ALMOST_WHITE = 144, 240  # an inch; a grey that eyes take for paper


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character: its page (from 0), its box in mm from the page's top left, its size in points."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str
    baseline: float


@dataclass(frozen=True)
class Sheet:
    """One page: its characters, and the box (left, top, right, bottom, in mm) around all ink on it."""

    chars: list[Char]
    ink: tuple[float, float, float, float]


@dataclass(frozen=True)
class Layout:
    """A PDF as printed; `foot` is the distance in mm from the top below which only the running foot stands."""

    sheets: list[Sheet]
    foot: float

    @cached_property
    def body(self) -> list[Char]:
        """The characters above the foot, in reading order, without spaces."""
        return [char for sheet in self.sheets for char in sheet.chars if char.top < self.foot]

    @cached_property
    def text(self) -> str:
        """The characters of `body` as one string; its indexes are those of `body`."""
        return "".join(char.text for char in self.body)


def foot_of(edition: Edition) -> float:
    """Give how far below the top of the paper the running foot begins, in mm."""
    return edition.height_mm - edition.margins_mm[2] + 2


def read_layout(data: bytes, foot: float) -> Layout:
    """Read a PDF back."""
    document = pdfium.PdfDocument(data)
    try:
        return Layout([_sheet(document[number], number) for number in range(len(document))], foot)
    finally:
        document.close()


def _sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    height = page.get_height()
    text = page.get_textpage()
    chars = [_char(text, index, number, height) for index in range(text.count_chars())]
    return Sheet([char for char in chars if char], _ink(page))


def _ink(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """Draw a page and give the box around what is not white: what a figure's frame cuts off does not count."""
    picture = page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
    box = picture.point(lambda grey: 255 if grey < ALMOST_WHITE else 0).getbbox() or (0, 0, 0, 0)
    left, top, right, bottom = (side / DOTS * 25.4 for side in box)
    return left, top, right, bottom


def _char(text: pdfium.PdfTextPage, index: int, page: int, height: float) -> Char | None:
    letter = "-" if raw.FPDFText_IsHyphen(text, index) == 1 else chr(raw.FPDFText_GetUnicode(text, index))
    if letter.isspace() or raw.FPDFText_IsGenerated(text, index) or letter in "\u00ad\u200b\u2060\ufffe\0":
        return None
    left, bottom, right, top = text.get_charbox(index, loose=True)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    return Char(
        letter, page, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM,
        raw.FPDFText_GetFontSize(text, index), buffer.value.decode(), (height - y.value) / MM,
    )  # fmt: skip
