"""The cover as a picture for e-book shelves: laid out by the same press, drawn by pdfium. Its only user here."""

import io

import pypdfium2
from PIL import Image

from book.problems import BookError, Problem

WIDTH, HEIGHT = 1600, 2560
QUALITY = 88


def draw_cover(pdf: bytes) -> bytes:
    """Draw the one page of a PDF as a JPEG of 1600 × 2560 dots (what Kindle and Apple ask for).

    BookError if the page has another shape.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=max(WIDTH / page.get_width(), HEIGHT / page.get_height()), may_draw_forms=False)
        picture = bitmap.to_pil().convert("RGB")
    finally:
        document.close()
    if abs(picture.width - WIDTH) > 2 or abs(picture.height - HEIGHT) > 2:
        size = f"{picture.width} × {picture.height}"
        message = f"the cover comes out at {size} dots; its page must be 5 by 8. Give @page such a size, in mm."
        raise BookError([Problem("styles/cover.css", 1, message)])
    out = io.BytesIO()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
