"""Pages to pictures in dots, for editions and for looking at them."""

from collections.abc import Callable, Iterable, Iterator

from PIL import Image

from book.layout.pdf_pages import open_pages
from book.model.problems import BookError, Problem

Scale = Callable[[float, float], float]  # dots a point, for a page of this width and height in points


def draw_pages(pdf: bytes, pages: Iterable[tuple[int, Scale]]) -> Iterator[Image.Image]:
    """Draw pages of a PDF, numbered from 0, each at its scale, in RGB and without what fields hold."""
    with open_pages(pdf) as opened:
        for number, scale in pages:
            page = opened[number]
            yield page.draw(scale(page.width, page.height))


def draw_page(pdf: bytes, size: tuple[int, int], sheet: str, what: str, shape: str) -> Image.Image:
    """Draw the first page of a PDF at a size in dots. BookError in its style sheet for a page of another shape."""
    width, height = size
    (picture,) = draw_pages(pdf, [(0, lambda wide, high: max(width / wide, height / high))])
    if abs(picture.width - width) > 2 or abs(picture.height - height) > 2:
        comes = f"{picture.width} × {picture.height}"
        message = f"{what} comes out at {comes} dots; its page must be {shape}. Give @page such a size, in mm."
        raise BookError([Problem(sheet, 1, message)])
    return picture.resize(size, Image.Resampling.LANCZOS)
