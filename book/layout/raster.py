"""Pages to pictures in dots: the one door for pdfium."""

import pypdfium2
from PIL import Image

from book.model.problems import BookError, Problem


def draw_page(pdf: bytes, size: tuple[int, int], sheet: str, what: str, shape: str) -> Image.Image:
    """Draw the first page of a PDF at a size in dots. BookError in its style sheet for a page of another shape."""
    width, height = size
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=max(width / page.get_width(), height / page.get_height()), may_draw_forms=False)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    finally:
        document.close()
    if abs(picture.width - width) > 2 or abs(picture.height - height) > 2:
        comes = f"{picture.width} × {picture.height}"
        message = f"{what} comes out at {comes} dots; its page must be {shape}. Give @page such a size, in mm."
        raise BookError([Problem(sheet, 1, message)])
    return picture.resize(size, Image.Resampling.LANCZOS)
