"""Pages of a finished PDF, drawn and read back: the one module that imports PDFium, by pypdfium2.

Places are in points from the top left of a page. What PDFium marks in ways of its own, such as hyphens at the ends
of lines, is plain text here. A new version must pass `tests/layout/test_pdf_pages.py`.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pypdfium2
from PIL import Image
from pypdfium2 import raw

UNSEEN = "\u00ad\u200b\u2060\ufffe\0"
MAY_BE_HYPHEN = "-\u00ad\2\ufffe"
Color = tuple[int, int, int]


class Letter(NamedTuple):
    """One printed character and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Run:
    """What a page draws in one go: words of one style, their size in points.

    `mark` is the number of its marked content, -1 for none; `text` has spaces, and `letters` has none.
    """

    mark: int
    size: float
    font: str
    baseline: float
    color: Color
    upright: bool
    text: str = ""
    letters: list[Letter] = field(default_factory=list)


class Page:
    """One page of an open PDF; of use until that is closed."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.width, self.height = float(page.get_width()), float(page.get_height())

    def draw(self, scale: float = 1) -> Image.Image:
        """Draw it in RGB, at so many dots a point, without what fields hold."""
        picture: Image.Image = self._page.render(scale=scale, may_draw_forms=False).to_pil()
        return picture.convert("RGB")

    @cached_property
    def words(self) -> str:
        """Its words, line by line."""
        return str(self._text.get_text_range())

    def runs(self) -> Iterator[Run]:
        """Give what it draws in letters, in reading order; runs of nothing but spaces are left out."""
        box, known, run = raw.FS_RECTF(), 0, None
        for index in range(self._text.count_chars()):
            thing = raw.FPDFText_GetTextObject(self._text, index)
            letter = chr(raw.FPDFText_GetUnicode(self._text, index))
            if not thing or (letter in " \r\n" and raw.FPDFText_IsGenerated(self._text, index)):
                continue
            if (address := ctypes.addressof(thing.contents)) != known or run is None:
                if run and run.letters:
                    yield run
                known, run = address, self._run(index, thing)
            if letter in MAY_BE_HYPHEN and raw.FPDFText_IsHyphen(self._text, index) == 1:
                letter = "-"
            if letter in UNSEEN:
                continue
            run.text += letter
            if not letter.isspace():
                raw.FPDFText_GetLooseCharBox(self._text, index, box)
                top, bottom = self.height - box.top, self.height - box.bottom
                run.letters.append(Letter(letter, box.left, top, box.right, bottom))
        if run and run.letters:
            yield run

    def texts_by_mark(self) -> dict[int, str]:
        """Give its texts by the numbers of their marked content."""
        found: dict[int, str] = {}
        for item in self._page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            mark = raw.FPDFPageObj_GetMarkedContentID(item.raw)
            length = raw.FPDFTextObj_GetText(item.raw, self._text.raw, None, 0)
            buffer = ctypes.create_string_buffer(length)
            text = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
            raw.FPDFTextObj_GetText(item.raw, self._text.raw, text, length)
            words = buffer.raw[: length - 2].decode("utf-16-le", "ignore")
            found[mark] = f"{found.get(mark, '')} {words}".strip()
        return found

    @cached_property
    def _text(self) -> pypdfium2.PdfTextPage:
        return self._page.get_textpage()

    def _run(self, index: int, thing: object) -> Run:
        """Begin a run with the style of its first character."""
        x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
        raw.FPDFText_GetCharOrigin(self._text, index, x, y)
        raw.FPDFText_GetMatrix(self._text, index, matrix)
        buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._text, index, buffer, 128, flags)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFText_GetFillColor(self._text, index, red, green, blue, alpha)
        return Run(
            mark=raw.FPDFPageObj_GetMarkedContentID(thing),
            size=raw.FPDFText_GetFontSize(self._text, index) * abs(matrix.d),
            font=buffer.value.decode(),
            baseline=self.height - y.value,
            color=(red.value, green.value, blue.value),
            upright=abs(matrix.b) < abs(matrix.d) / 100 and matrix.a > 0,
        )


class Pages:
    """The pages of an open PDF, counted from 0; each is read when it is asked for."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def __getitem__(self, number: int) -> Page:
        return Page(self._document[number])

    def __iter__(self) -> Iterator[Page]:
        return (self[number] for number in range(len(self)))


@contextmanager
def open_pages(data: bytes) -> Iterator[Pages]:
    """Open a PDF to draw and to read its pages. ValueError if it is none, or a password keeps it."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("this is no PDF, or a password keeps it") from error
    try:
        yield Pages(document)
    finally:
        document.close()


def count_pages(data: bytes) -> int:
    """Give how many pages a PDF has. ValueError as for `open_pages`."""
    with open_pages(data) as pages:
        return len(pages)
