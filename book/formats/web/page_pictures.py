"""Pictures of printed pages for the start page of a site, from a finished PDF."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from book.layout.pdf_objects import NOWHERE, destinations, open_pdf
from book.layout.raster import draw_pages
from book.model.fields import html_id

WIDE_PX = 440  # twice as wide as they are shown, for screens with fine dots
MOST_BYTES = 15_000
QUALITIES = (62, 50, 40, 30, 25, 20)  # of WebP; below, the marks of maps turn green
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
    images = draw_pages(pdf, ((page, lambda wide, _: WIDE_PX / wide) for page in shown))
    return [_packed_page(image, page, *asked) for image, (page, asked) in zip(images, shown.items(), strict=True)]


def _packed_page(image: Image.Image, number: int, key: str, title: str) -> PagePicture:
    return PagePicture(key, title, number + 1, f"{html_id(key)}.webp", _packed(image), *image.size)


def _packed(image: Image.Image) -> bytes:
    """Give a WebP of the best quality that is small enough; else of the least."""
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def _page_of(pdf: bytes) -> dict[str, int]:
    """Give the pages, from 0, of the places to which links of a PDF lead, by their ids."""
    with open_pdf(pdf) as document:
        return {name: page for name, page in destinations(document).items() if page != NOWHERE}
