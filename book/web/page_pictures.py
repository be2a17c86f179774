"""Pictures of printed pages for the start page of a site, from a finished PDF. Uses pikepdf and pdfium."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf
import pypdfium2

from book.fields import html_id

WIDE_PX = 440  # twice as wide as they are shown, for screens with fine dots
QUALITY = 62
COVER = "cover"


@dataclass(frozen=True)
class PagePicture:
    """A picture of the page on which something begins: its typed id and title, the page, the WebP file."""

    id: str
    title: str
    page: int
    file: str
    data: bytes
    width: int
    height: int


def page_pictures(pdf: bytes, wanted: Mapping[str, str]) -> list[PagePicture]:
    """Draw the pages of a PDF on which places begin, given as title by typed id; "cover" is the first page.

    A page that several ask for is drawn once. What the PDF has no name for, it does not hold, and is left out.
    """
    pages = _page_of(pdf) | {COVER: 0}
    shown: dict[int, tuple[str, str]] = {}
    for key, title in wanted.items():
        if html_id(key) in pages:
            shown.setdefault(pages[html_id(key)], (key, title))
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_drawn(document[page], page, *asked) for page, asked in shown.items()]
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, number: int, key: str, title: str) -> PagePicture:
    image = page.render(scale=WIDE_PX / page.get_width(), may_draw_forms=False).to_pil().convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=6)
    return PagePicture(key, title, number + 1, f"{html_id(key)}.webp", out.getvalue(), *image.size)


def _page_of(pdf: bytes) -> dict[str, int]:
    """Give the pages, from 0, of the places to which links of a PDF lead, by their ids."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/Names" not in document.Root or "/Dests" not in document.Root.Names:
            return {}
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        names = pikepdf.NameTree(document.Root.Names.Dests)
        return {str(name): numbers[target[0].objgen] for name, target in names.items()}
