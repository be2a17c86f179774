"""PDF as a format among others."""

from book.formats.format import Format, Material
from book.formats.pdf.finish import finish
from book.formats.recipe import PAGES, Assets, Finished
from book.formats.shared import pages
from book.layout.jobs import LayoutJob
from book.model.editions import Edition
from book.render.rendered import Rendered


class PdfFormat(Format):
    """Pages of paper: as they are laid out, folded, or made ready for a print shop."""

    label = "PDF"
    media_type = "application/pdf"
    on_paper = True

    def jobs(self, rendered: Rendered, edition: Edition, assets: Assets) -> dict[str, LayoutJob]:
        """Lay out the pages."""
        return {PAGES: pages(rendered, edition, assets)}

    def depends_on(self, rendered: Rendered, assets: Assets) -> list[str]:
        """Say that pages are all there is to it."""
        del rendered, assets
        return []

    def finish(self, material: Material) -> Finished:
        """Make of the pages what the edition asks for."""
        book, styles = material.rendered.book, material.assets.styles
        return finish(material.edition, material.laid_out[PAGES], book, styles)
