"""Plain text as a format among others."""

from book.formats import shared
from book.formats.format import Format, Material
from book.formats.recipe import Assets, Finished
from book.formats.text.document import make_text
from book.layout.jobs import LayoutJob
from book.model.editions import Edition
from book.render.rendered import Rendered


class TextFormat(Format):
    """One file of words: nothing is laid out for it."""

    label = "TXT"
    media_type = "text/plain"

    def jobs(self, rendered: Rendered, edition: Edition, assets: Assets) -> dict[str, LayoutJob]:
        """Lay out nothing."""
        del rendered, edition, assets
        return {}

    def depends_on(self, rendered: Rendered, assets: Assets) -> list[str]:
        """Give all that is read."""
        del assets
        return shared.in_words(rendered)

    def finish(self, material: Material) -> Finished:
        """Write it down."""
        text, sections = make_text(material.rendered, material.edition)
        return Finished(text.encode(), sections, words=len(text.split()))
