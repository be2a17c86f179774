"""What an edition takes to be made: the runs of the press that it needs, and what finishes them.

An order also knows a hash of all that has a say in the finished file, so a file with that hash need not be made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Self

from lxml import etree

from book import assemble, bindery, screen_pictures
from book.access import check_words
from book.bindery import Finished
from book.cover import draw_cover
from book.editions import EDITIONS, PRINT_STYLES, Edition, page_rules
from book.engines import tools
from book.epub import make_epub
from book.lines import Lines
from book.page_starts import PrintPages
from book.pdf import Pdf
from book.pressroom import Files, Forme
from book.render import Rendered
from book.styles import Styles

PAGES, COVER, DOTS = "pages", "cover", "dots"


@dataclass(frozen=True)
class Stock:
    """What is at hand for all editions of a book: its styles, and all files by name, "images/…" and "styles/…"."""

    styles: Styles
    files: Files

    @classmethod
    def of(cls, rendered: Rendered, styles: Styles) -> Self:
        """Gather the style files and the pictures of a rendered book. BookError for what cannot be read."""
        files = {f"styles/{name}": data for name, data in styles.files().items()}
        return cls(styles, files | {f"images/{name}": picture.data for name, picture in rendered.pictures.items()})


@dataclass(frozen=True)
class Order:
    """An edition to make: its file, the runs of the press by what they are for, and a hash of its making."""

    edition: Edition
    file: str
    formes: Mapping[str, Forme]
    made_from: str


def order(rendered: Rendered, edition: Edition, stock: Stock) -> Order:
    """Say what an edition of a rendered book takes to be made."""
    formes = {PAGES: forme(rendered, EDITIONS[edition.of] if edition.of else edition, stock)}
    own = [tools(), repr(edition)]
    if edition.kind == "epub":
        sheets = formes[PAGES].sheets
        formes[COVER] = Forme(assemble.cover(rendered), stock.styles.text("cover.css"), sheets, COVER)
        if edition.pictures == "png":
            formes[DOTS] = Forme(*screen_pictures.sheets(rendered.pictures), sheets, DOTS)
        own.append(repr(rendered.book.manifest.model_copy(update={"check": None})))
        own += [etree.tostring(section.tree, encoding="unicode") for section in rendered.sections]
        own += [sha256(data).hexdigest() for _, data in sorted(stock.files.items())]
    own += [found.fingerprint(stock.files) for found in formes.values()]
    made_from = sha256("\n".join(own).encode()).hexdigest()
    return Order(edition, rendered.book.manifest.file_name + edition.suffix, formes, made_from)


def forme(rendered: Rendered, edition: Edition, stock: Stock) -> Forme:
    """Give the run of the press for a printed edition."""
    html = assemble.for_print(rendered, edition)
    sheets = tuple(stock.styles.text(name) for name in (*PRINT_STYLES, *edition.styles))
    return Forme(html, page_rules(edition), sheets, rendered.book.manifest.identifier, edition.fillable)


def finish(rendered: Rendered, wish: Order, pdfs: Mapping[Forme, Pdf], stock: Stock, lines: Lines) -> Finished:
    """Make the finished file of an order from what was laid out. BookError for a claim that does not hold."""
    laid_out = {use: pdfs[forme] for use, forme in wish.formes.items()}
    if wish.edition.kind == "pdf":
        return bindery.finish(wish.edition, laid_out[PAGES], rendered.book, stock.styles)
    pictures = screen_pictures.on_white(rendered.pictures)
    if DOTS in laid_out:
        pictures = screen_pictures.in_dots(pictures, laid_out[DOTS].data)
    shown, cover = replace(rendered, pictures=pictures), draw_cover(laid_out[COVER].data)
    pages = PrintPages(EDITIONS[wish.edition.of].says, laid_out[PAGES].starts)
    data, sections = make_epub(shown, stock.styles.text("epub.css"), cover, pages)
    check_words(rendered.book.manifest, data, lines)
    return Finished(data, sections)
