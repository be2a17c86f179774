"""What becomes of a laid-out edition before it is handed over: a booklet, sheets for a print shop, or nothing."""

from book.formats.pdf.imposition import Area, impose, sides
from book.formats.pdf.printer_marks import Slug, to_shop
from book.formats.recipe import Finished
from book.layout.engine import Pdf
from book.load.styles import Styles
from book.model.book import Book
from book.model.editions import Edition
from book.render.pages.templates import long_date

FOOT_MM = 12.0  # the running foot, below the frame
SLUG_FONT = "fonts/SourceSans3-Regular.ttf.woff2"


def finish(edition: Edition, pdf: Pdf, book: Book, styles: Styles) -> Finished:
    """Make of a layout what its edition asks for."""
    if edition.folded:
        sheet = (edition.height_mm, edition.width_mm)  # lying
        return Finished(impose(pdf.data, sheet, live_area(edition)), len(sides(pdf.pages)))
    if edition.bleed_mm:
        labels = book.manifest.labels
        named = f"{book.manifest.title}, {labels.version} {book.manifest.version}"
        slug = Slug(named, f"{long_date(book)}, {labels.page} {{page}}")
        data, notes = to_shop(pdf.data, edition.bleed_mm, slug, styles.data(SLUG_FONT))
        return Finished(data, pdf.pages, notes)
    return Finished(pdf.data, pdf.pages)


def live_area(edition: Edition) -> Area:
    """Give what of an edition's pages has type on it: the frame and the foot."""
    top, right, bottom, left = edition.margins_mm
    return Area(left, top, edition.width_mm - left - right, edition.height_mm - top - bottom + FOOT_MM)
