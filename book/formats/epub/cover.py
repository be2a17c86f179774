"""The cover as a picture for e-book shelves: laid out by the same engine, drawn by pdfium."""

import io

from book.layout.raster import draw_page

SIZE = (1600, 2560)
QUALITY = 88


def draw_cover(pdf: bytes) -> bytes:
    """Draw the one page of a PDF as a JPEG of 1600 × 2560 dots (what Kindle and Apple ask for).

    BookError if the page has another shape.
    """
    out = io.BytesIO()
    draw_page(pdf, SIZE, "styles/cover.css", "the cover", "5 by 8").save(
        out, "JPEG", quality=QUALITY, optimize=True
    )
    return out.getvalue()
