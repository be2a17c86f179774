"""Rendered sections to the document of a printed edition: ordered, with its links, notes and frames."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree
from markupsafe import Markup

from book import __version__
from book.assemble import extract
from book.assemble.paper import finish, printed, printed_card, printed_cover, show_links
from book.model.editions import EDITIONS, Edition
from book.model.fields import html_id
from book.render.pages import codes
from book.render.pages.templates import templates
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import Tree, select, value


def for_print(rendered: Rendered, edition: Edition = EDITIONS["letter"]) -> str:
    """Give one HTML document for the PDF engine: cover and all sections, or what a part of the book holds."""
    about = rendered.book.manifest
    trees = [printed(rendered, section, edition) for section in rendered.sections]
    title, cover = about.title, [printed_cover(rendered, edition)]
    if edition.holds:
        trees = extract.cut(trees, edition.holds, about.labels.sources_elsewhere, apart=not edition.cover)
    if not edition.cover:
        cover = []
        title = " · ".join([*filter(None, map(extract.title_of, trees)), title])
    held = any(select(tree, f'descendant-or-self::*[@id="{html_id(codes.PAGE)}"]') for tree in trees)
    for tree in trees:
        show_links(tree, rendered.codes if held else (), about.labels)
        finish(tree)
    return _document(rendered, title, [*cover, *trees])


def alone(rendered: Rendered, section: Section, page_of: Mapping[str, int], edition: Edition) -> str:
    """Give one HTML document with one section as `for_print` has it, page numbers written out, to be measured."""
    word = rendered.book.manifest.labels.page
    tree = printed(rendered, section, replace(edition, fillable=False))
    show_links(tree, rendered.codes, rendered.book.manifest.labels)
    for link in select(tree, ".//a[@data-page]"):
        del link.attrib["data-page"]
        number = etree.SubElement(link, "span")
        number.text = f"\u00a0({word}\u00a0{page_of.get(value(link, 'href')[1:], 100)})"
    finish(tree)
    return _document(rendered, section.title, [tree])


def _document(rendered: Rendered, title: str, trees: Iterable[Tree]) -> str:
    body = "\n".join(etree.tostring(tree, encoding="unicode", method="html") for tree in trees)
    template = templates().get_template("print.html")
    markup = Markup(body)  # noqa: S704 - serialized from our own trees
    about, generator = rendered.book.manifest, f"book {__version__}"
    return template.render(book=about, title=title, body=markup, generator=generator)


def cover(rendered: Rendered) -> str:
    """Give an HTML document with the cover alone, for the picture of it that e-books carry."""
    return _document(rendered, rendered.book.manifest.title, [printed_cover(rendered, EDITIONS["letter"])])


def card(rendered: Rendered) -> str:
    """Give an HTML document with the card that link previews of a site show."""
    return _document(rendered, rendered.book.manifest.title, [printed_card(rendered)])
