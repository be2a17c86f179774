"""EPUB as a format among others."""

from dataclasses import replace

from book.assemble import printed
from book.formats import pictures as screen_pictures
from book.formats import shared
from book.formats.epub.accessibility import check_words
from book.formats.epub.cover import draw_cover
from book.formats.epub.writer import make_epub
from book.formats.format import Format, Material
from book.formats.recipe import COVER, DOTS, PAGES, Assets, Finished
from book.layout.jobs import LayoutJob
from book.model.editions import EDITIONS, Edition
from book.render.positions import PrintPages
from book.render.rendered import Rendered


class EpubFormat(Format):
    """An e-book: a file a section, a picture of the cover, marks where the pages of a printed edition begin."""

    label = "EPUB"
    media_type = "application/epub+zip"
    asked_for = True

    def jobs(self, rendered: Rendered, edition: Edition, assets: Assets) -> dict[str, LayoutJob]:
        """Lay out the pages that are counted by, the cover, and the drawings for what cannot draw them."""
        found = {PAGES: shared.pages(rendered, edition, assets)}
        sheets = found[PAGES].sheets
        found[COVER] = LayoutJob(printed.cover(rendered), assets.styles.text("cover.css"), sheets, COVER)
        if edition.pictures == "png":
            found[DOTS] = LayoutJob(*screen_pictures.sheets(rendered.pictures), sheets, DOTS)
        return found

    def depends_on(self, rendered: Rendered, assets: Assets) -> list[str]:
        """Give all that screens show."""
        return shared.on_screen(rendered, assets)

    def finish(self, material: Material) -> Finished:
        """Pack the e-book, and see that what it says of itself is true."""
        rendered, laid_out, assets = material.rendered, material.laid_out, material.assets
        pictures = screen_pictures.on_white(rendered.pictures)
        if DOTS in laid_out:
            pictures = screen_pictures.in_dots(pictures, laid_out[DOTS].data)
        shown, cover = replace(rendered, pictures=pictures), draw_cover(laid_out[COVER].data)
        pages = PrintPages(EDITIONS[material.edition.of].says, laid_out[PAGES].starts)
        data, sections = make_epub(shown, assets.styles.text("epub.css"), cover, pages)
        check_words(rendered.book.manifest, data, rendered.book.lines)
        return Finished(data, sections)
