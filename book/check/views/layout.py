"""What stands where on the pages of a PDF: its characters in reading order, read back with PDFium."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, cast

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from book.model.editions import Edition

MM = 72 / 25.4
ALMOST_WHITE = 240  # a grey that eyes take for paper
UNSEEN = "\u00ad\u200b\u2060\ufffe\0"
MAY_BE_HYPHEN = "-\u00ad\2\ufffe"
ANOTHER_COLOR, SHARE = 24, 0.1  # of 255 levels; of the pixels around words
Color = tuple[int, int, int]
Box = tuple[float, float, float, float]


class Char(NamedTuple):
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


@dataclass(slots=True)
class Piece:
    """What a PDF draws in one go: words of one style on one line; sizes as in `Char`.

    `tag` is its mark in the structure of its page, -1 for what is read to nobody, such as a running foot. `ground`
    is the color behind it; `seen` says whether any ink shows where it stands.
    """

    page: int
    tag: int
    size: float
    font: str
    baseline: float
    color: Color
    upright: bool
    ground: Color = (255, 255, 255)
    seen: bool = True
    text: str = ""
    chars: list[Char] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.chars[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.chars[-1].right


@dataclass(frozen=True)
class Sheet:
    """One page: its pieces, the box around all ink (left, top, right, bottom in mm), its end above the foot.

    `words` are those of the page, line by line.
    """

    pieces: list[Piece]
    ink: Box
    end: float
    words: str

    @cached_property
    def chars(self) -> list[Char]:
        """Its characters without spaces."""
        return list(chain.from_iterable(piece.chars for piece in self.pieces))


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
        return Layout([_sheet(document[number], number, foot) for number in range(len(document))], foot)
    finally:
        document.close()


def count_pages(data: bytes) -> int:
    """Give how many pages a PDF has."""
    document = pdfium.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def glance(data: bytes) -> list[tuple[str, Box]]:
    """Give the words of each page of a PDF, line by line, and the box around its ink: quick, without places."""
    document = pdfium.PdfDocument(data)
    try:
        return [(page.get_textpage().get_text_range(), _box(_mask(_drawn(page)))) for page in document]
    finally:
        document.close()


def _sheet(page: pdfium.PdfPage, number: int, foot: float) -> Sheet:
    text, picture, height = page.get_textpage(), _drawn(page), page.get_height()
    pieces = list(_pieces(text, number, height))
    for piece in pieces:
        piece.ground, piece.seen = _behind(picture, piece)
    mask = _mask(picture)
    above = mask.crop((0, 0, mask.width, min(mask.height, round(foot * MM))))
    return Sheet(pieces, _box(mask), _box(above)[3], text.get_text_range())


def _drawn(page: pdfium.PdfPage) -> Image.Image:
    """Draw a page, a dot for a point."""
    picture: Image.Image = page.render(scale=1).to_pil()
    return picture


def _mask(picture: Image.Image) -> Image.Image:
    """Give what is not white on a drawn page: what a figure's frame cuts off does not count."""
    return picture.convert("L").point(lambda level: 255 if level < ALMOST_WHITE else 0)


def _box(mask: Image.Image) -> Box:
    """Give the box around all ink, in mm."""
    left, top, right, bottom = (side / MM for side in mask.getbbox() or (0, 0, 0, 0))
    return left, top, right, bottom


def _behind(picture: Image.Image, piece: Piece) -> tuple[Color, bool]:
    """Give the color behind words, the most common one around them that is not their own; and if any ink shows."""
    top, bottom = piece.baseline * MM - 0.8 * piece.size, piece.baseline * MM + 0.3 * piece.size
    box = round(piece.left * MM) - 1, round(top) - 1, round(piece.right * MM) + 1, round(bottom) + 1
    pixels = (box[2] - box[0]) * (box[3] - box[1])
    found: list[tuple[int, Any]] = picture.crop(box).getcolors(pixels) or []
    seen = len(found) > 1
    while found:
        count, color = common = max(found)
        if count < SHARE * pixels:
            break
        if any(abs(one - own) > ANOTHER_COLOR for one, own in zip(color, piece.color, strict=True)):
            return cast("Color", color), seen
        found.remove(common)
    return piece.color, seen


def _pieces(text: pdfium.PdfTextPage, page: int, height: float) -> Iterator[Piece]:
    """Give the pieces of a page that show something."""
    box, known, piece = raw.FS_RECTF(), 0, None
    for index in range(text.count_chars()):
        thing = raw.FPDFText_GetTextObject(text, index)
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if not thing or (letter in " \r\n" and raw.FPDFText_IsGenerated(text, index)):
            continue
        if (address := ctypes.addressof(thing.contents)) != known or piece is None:
            if piece and piece.chars:
                yield piece
            known, piece = address, _piece(text, index, thing, page, height)
        if letter in MAY_BE_HYPHEN and raw.FPDFText_IsHyphen(text, index) == 1:
            letter = "-"
        if letter in UNSEEN:
            continue
        piece.text += letter
        if not letter.isspace():
            raw.FPDFText_GetLooseCharBox(text, index, box)
            sides = box.left / MM, (height - box.top) / MM, box.right / MM, (height - box.bottom) / MM
            piece.chars.append(Char(letter, page, *sides, piece.size, piece.font, piece.baseline))
    if piece and piece.chars:
        yield piece


def _piece(text: pdfium.PdfTextPage, index: int, thing: object, page: int, height: float) -> Piece:
    """Begin a piece with the style of its first character."""
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    raw.FPDFText_GetMatrix(text, index, matrix)
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return Piece(
        page, raw.FPDFPageObj_GetMarkedContentID(thing), raw.FPDFText_GetFontSize(text, index) * abs(matrix.d),
        buffer.value.decode(), (height - y.value) / MM, (red.value, green.value, blue.value),
        upright=abs(matrix.b) < abs(matrix.d) / 100 and matrix.a > 0,
    )  # fmt: skip
