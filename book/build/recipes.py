"""What an edition takes to be made: the layout jobs that it needs, and what finishes them.

A recipe also knows a hash of all that has a say in the finished file, so a file with that hash need not be made.
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
from book.formats.pdf.finish import finish as finish_pdf
from book.formats.recipe import CARD, COVER, DOTS, PAGES, Assets, Finished, Recipe
from book.formats.web.card import draw_card
from book.formats.web.downloads import Download
from book.formats.web.site import Site, make_site
from book.layout.engine import Pdf
from book.layout.jobs import LayoutJob
from book.model.editions import EDITIONS, PRINT_STYLES, Edition, listed
from book.render.positions import PrintPages
from book.render.rendered import Rendered


def recipes_for(rendered: Rendered, wanted: Iterable[Edition], assets: Assets) -> list[Recipe]:
    """Say what editions of a rendered book take to be made; sites come last and offer what the book lists."""
    found = [recipe_for(rendered, edition, assets) for edition in wanted if edition.kind != "web"]
    offered = tuple(one for one in found if one.edition.name in listed(rendered.book.manifest))
    return found + [site_recipe(rendered, edition, assets, offered) for edition in wanted if edition.kind == "web"]


def recipe_for(rendered: Rendered, edition: Edition, assets: Assets) -> Recipe:
    """Say what an edition of a rendered book takes to be made."""
    layout_jobs = {PAGES: layout_job(rendered, EDITIONS[edition.of] if edition.of else edition, assets)}
    own = [tools(), repr(replace(edition, take=""))]
    if edition.kind == "epub":
        sheets = layout_jobs[PAGES].sheets
        layout_jobs[COVER] = LayoutJob(printed.cover(rendered), assets.styles.text("cover.css"), sheets, COVER)
        if edition.pictures == "png":
            layout_jobs[DOTS] = LayoutJob(*screen_pictures.sheets(rendered.pictures), sheets, DOTS)
        own += _on_screen(rendered, assets)
    return Recipe(edition, _file(rendered, edition), layout_jobs, _hash(own, layout_jobs, assets))


def site_recipe(rendered: Rendered, edition: Edition, assets: Assets, offers: tuple[Recipe, ...] = ()) -> Recipe:
    """Say what a site takes to be made."""
    sheets = tuple(assets.styles.text(name) for name in PRINT_STYLES)
    layout_jobs = {CARD: LayoutJob(printed.card(rendered), assets.styles.text("card.css"), sheets, CARD)}
    own = [tools(site=True), repr(edition), *_on_screen(rendered, assets)]
    own += [f"{one.edition} {one.made_from}" for one in offers]
    return Recipe(edition, _file(rendered, edition), layout_jobs, _hash(own, layout_jobs, assets), offers)


def _file(rendered: Rendered, edition: Edition) -> str:
    return edition.file(rendered.book.manifest.file_name)


def _on_screen(rendered: Rendered, assets: Assets) -> list[str]:
    """Give all of a book that has a say in what screens show."""
    about = rendered.book.manifest
    return [
        repr(about.model_copy(update={"check": None, "author": about.author.name})),
        *(etree.tostring(section.tree, encoding="unicode") for section in rendered.sections),
        *(sha256(data).hexdigest() for _, data in sorted(assets.files.items())),
    ]


def _hash(own: list[str], layout_jobs: Mapping[str, LayoutJob], assets: Assets) -> str:
    return sha256(
        "\n".join([*own, *(one.fingerprint(assets.files) for one in layout_jobs.values())]).encode()
    ).hexdigest()


def layout_job(rendered: Rendered, edition: Edition, assets: Assets) -> LayoutJob:
    """Give the layout job for a printed edition."""
    html = printed.for_print(rendered, edition)
    sheets = tuple(assets.styles.text(name) for name in (*PRINT_STYLES, *edition.styles))
    return LayoutJob(html, page_rules(edition), sheets, rendered.book.manifest.identifier, edition.fillable)


def finish(
    rendered: Rendered,
    recipe: Recipe,
    pdfs: Mapping[LayoutJob, Pdf],
    assets: Assets,
    downloads: Sequence[Download] = (),
) -> Finished:
    """Make the finished file of a recipe from what was laid out, and from the editions that a site offers.

    BookError for a claim that does not hold.
    """
    laid_out = {use: pdfs[layout_job] for use, layout_job in recipe.layout_jobs.items()}
    match recipe.edition.kind:
        case "pdf":
            return finish_pdf(recipe.edition, laid_out[PAGES], rendered.book, assets.styles)
        case "web":
            return Finished(*make_site(Site(rendered, assets.styles, downloads, draw_card(laid_out[CARD].data))))
        case "epub":
            return _finish_ebook(rendered, recipe, laid_out, assets)


def _finish_ebook(rendered: Rendered, recipe: Recipe, laid_out: Mapping[str, Pdf], assets: Assets) -> Finished:
    pictures = screen_pictures.on_white(rendered.pictures)
    if DOTS in laid_out:
        pictures = screen_pictures.in_dots(pictures, laid_out[DOTS].data)
    shown, cover = replace(rendered, pictures=pictures), draw_cover(laid_out[COVER].data)
    pages = PrintPages(EDITIONS[recipe.edition.of].says, laid_out[PAGES].starts)
    data, sections = make_epub(shown, assets.styles.text("epub.css"), cover, pages)
    check_words(rendered.book.manifest, data, rendered.book.lines)
    return Finished(data, sections)
