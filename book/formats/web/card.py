"""The picture that link previews show of a book: laid out by the same engine, drawn by pdfium."""

import io

from book.formats.pictures import few_colors
from book.formats.web.about import CARD_PX
from book.layout.raster import draw_page


def draw_card(pdf: bytes) -> bytes:
    """Draw the one page of a PDF as a PNG of 1200 × 630 dots. BookError if the page has another shape."""
    picture = draw_page(pdf, CARD_PX, "styles/card.css", "the card for link previews", "1200 by 630")
    out = io.BytesIO()
    few_colors(picture).save(out, "PNG", optimize=True)
    return out.getvalue()
