"""What an edition takes to be made: the runs of the press that it needs, and what finishes them.

An order also knows a hash of all that has a say in the finished file, so a file with that hash need not be made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from lxml import etree

from book.assemble import printed
from book.assemble.page_rules import page_rules
from book.build.versions import tools
from book.formats.epub import pictures as screen_pictures
from book.formats.epub.accessibility import check_words
from book.formats.epub.cover import draw_cover
from book.formats.epub.writer import make_epub
from book.formats.pdf import finish as bindery
from book.formats.recipe import CARD, COVER, DOTS, PAGES, Finished, Order, Stock
from book.formats.web.card import draw_card
from book.formats.web.downloads import Download
from book.formats.web.site import Site, make_site
from book.layout.engine import Pdf
from book.layout.jobs import Forme
from book.model.editions import EDITIONS, PRINT_STYLES, Edition, listed
from book.render.positions import PrintPages
from book.render.rendered import Rendered


def orders(rendered: Rendered, wanted: Iterable[Edition], stock: Stock) -> list[Order]:
    """Say what editions of a rendered book take to be made; sites come last and offer what the book lists."""
    found = [order(rendered, edition, stock) for edition in wanted if edition.kind != "web"]
    offered = tuple(one for one in found if one.edition.name in listed(rendered.book.manifest))
    return found + [site_order(rendered, edition, stock, offered) for edition in wanted if edition.kind == "web"]


def order(rendered: Rendered, edition: Edition, stock: Stock) -> Order:
    """Say what an edition of a rendered book takes to be made."""
    formes = {PAGES: forme(rendered, EDITIONS[edition.of] if edition.of else edition, stock)}
    own = [tools(), repr(replace(edition, take=""))]
    if edition.kind == "epub":
        sheets = formes[PAGES].sheets
        formes[COVER] = Forme(printed.cover(rendered), stock.styles.text("cover.css"), sheets, COVER)
        if edition.pictures == "png":
            formes[DOTS] = Forme(*screen_pictures.sheets(rendered.pictures), sheets, DOTS)
        own += _on_screen(rendered, stock)
    return Order(edition, _file(rendered, edition), formes, _hash(own, formes, stock))


def site_order(rendered: Rendered, edition: Edition, stock: Stock, offers: tuple[Order, ...] = ()) -> Order:
    """Say what a site takes to be made."""
    sheets = tuple(stock.styles.text(name) for name in PRINT_STYLES)
    formes = {CARD: Forme(printed.card(rendered), stock.styles.text("card.css"), sheets, CARD)}
    own = [tools(site=True), repr(edition), *_on_screen(rendered, stock)]
    own += [f"{one.edition} {one.made_from}" for one in offers]
    return Order(edition, _file(rendered, edition), formes, _hash(own, formes, stock), offers)


def _file(rendered: Rendered, edition: Edition) -> str:
    return edition.file(rendered.book.manifest.file_name)


def _on_screen(rendered: Rendered, stock: Stock) -> list[str]:
    """Give all of a book that has a say in what screens show."""
    about = rendered.book.manifest
    return [
        repr(about.model_copy(update={"check": None, "author": about.author.name})),
        *(etree.tostring(section.tree, encoding="unicode") for section in rendered.sections),
        *(sha256(data).hexdigest() for _, data in sorted(stock.files.items())),
    ]


def _hash(own: list[str], formes: Mapping[str, Forme], stock: Stock) -> str:
    return sha256(
        "\n".join([*own, *(one.fingerprint(stock.files) for one in formes.values())]).encode()
    ).hexdigest()


def forme(rendered: Rendered, edition: Edition, stock: Stock) -> Forme:
    """Give the run of the press for a printed edition."""
    html = printed.for_print(rendered, edition)
    sheets = tuple(stock.styles.text(name) for name in (*PRINT_STYLES, *edition.styles))
    return Forme(html, page_rules(edition), sheets, rendered.book.manifest.identifier, edition.fillable)


def finish(
    rendered: Rendered,
    wish: Order,
    pdfs: Mapping[Forme, Pdf],
    stock: Stock,
    downloads: Sequence[Download] = (),
) -> Finished:
    """Make the finished file of an order from what was laid out, and from the editions that a site offers.

    BookError for a claim that does not hold.
    """
    laid_out = {use: pdfs[forme] for use, forme in wish.formes.items()}
    match wish.edition.kind:
        case "pdf":
            return bindery.finish(wish.edition, laid_out[PAGES], rendered.book, stock.styles)
        case "web":
            return Finished(*make_site(Site(rendered, stock.styles, downloads, draw_card(laid_out[CARD].data))))
        case "epub":
            return _finish_ebook(rendered, wish, laid_out, stock)


def _finish_ebook(rendered: Rendered, wish: Order, laid_out: Mapping[str, Pdf], stock: Stock) -> Finished:
    pictures = screen_pictures.on_white(rendered.pictures)
    if DOTS in laid_out:
        pictures = screen_pictures.in_dots(pictures, laid_out[DOTS].data)
    shown, cover = replace(rendered, pictures=pictures), draw_cover(laid_out[COVER].data)
    pages = PrintPages(EDITIONS[wish.edition.of].says, laid_out[PAGES].starts)
    data, sections = make_epub(shown, stock.styles.text("epub.css"), cover, pages)
    check_words(rendered.book.manifest, data, rendered.book.lines)
    return Finished(data, sections)
