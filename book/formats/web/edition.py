"""The web as a format among others."""

from book.assemble import printed
from book.formats import shared
from book.formats.format import Format, Material
from book.formats.recipe import CARD, Assets, Finished
from book.formats.web.card import draw_card
from book.formats.web.downloads import Download
from book.formats.web.site import Site, make_site
from book.layout.jobs import LayoutJob
from book.model.editions import PRINT_STYLES, Edition
from book.render.rendered import Rendered


class WebFormat(Format):
    """A folder of pages to read, with the other editions to take home."""

    label = "HTML"
    media_type = "text/html"
    offers = True

    def jobs(self, rendered: Rendered, edition: Edition, assets: Assets) -> dict[str, LayoutJob]:
        """Lay out the card that link previews show."""
        del edition
        sheets = tuple(assets.styles.text(name) for name in PRINT_STYLES)
        return {CARD: LayoutJob(printed.card(rendered), assets.styles.text("card.css"), sheets, CARD)}

    def depends_on(self, rendered: Rendered, assets: Assets) -> list[str]:
        """Give all that screens show."""
        return shared.on_screen(rendered, assets)

    def finish(self, material: Material) -> Finished:
        """Write all pages, with what they offer."""
        downloads = [Download.of(offer) for offer in material.offered]
        card = draw_card(material.laid_out[CARD].data)
        return Finished(*make_site(Site(material.rendered, material.assets.styles, downloads, card)))
