"""Rendered sections to one edition's documents: ordered, with the links, notes and frames that edition has.

The third stage, pure: values in, values out. `pdf` and `epub` turn the results into bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lxml import etree
from markupsafe import Markup

from book import __version__
from book.assemble import extract, form_fields, page_markers
from book.assemble.media import copy_for
from book.assemble.paper import finish, printed, printed_card, printed_cover, show_links
from book.assemble.screen import on_screen
from book.layout.page_starts import Start
from book.model.editions import EDITIONS, Edition
from book.model.fields import html_id
from book.render.elements import Tree, select, value
from book.render.links import Section
from book.render.pages import codes
from book.render.pages.pages import templates
from book.render.renderer import Rendered

CONTENTS = "page-contents"


@dataclass(frozen=True)
class Leaf:
    """One file of an e-book or a site: its file name, title, body tree, and what kind of section it is."""

    file: str
    title: str
    kind: str
    body: Tree


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


def for_epub(rendered: Rendered, starts: Iterable[Start] = ()) -> list[Leaf]:
    """Give the XHTML files of the e-book, in reading order, links leading from file to file.

    `starts` are where the pages of a printed edition begin; a marker stands at each.
    """
    leaves = [
        Leaf("title-page.xhtml", rendered.book.manifest.title, "titlepage", copy_for(rendered.cover, "screen")),
        *leaves_of(rendered, "ebook", ".xhtml"),
    ]
    for leaf in leaves:
        form_fields.plain_places(leaf.body)
    order = [value(rendered.cover, "id"), *(section.html_id for section in rendered.sections)]
    page_markers.mark(
        {value(leaf.body, "id"): leaf.body for leaf in leaves}, order, starts, rendered.book.manifest.labels.page
    )
    link_files(leaves, homes_of(leaves, "nav.xhtml"))
    for leaf in leaves:
        for picture in leaf.body.iter("img"):
            picture.set("src", f"images/{rendered.pictures[value(picture, 'src')].name}")
    return leaves


def leaves_of(rendered: Rendered, medium: str, suffix: str) -> list[Leaf]:
    """Give a file for each section but the contents, as it is on the screen; links lead within the book."""
    return [
        Leaf(section.html_id + suffix, section.title, section.key.partition(":")[0], on_screen(section, medium))
        for section in rendered.sections
        if section.key != "page:contents"
    ]


def homes_of(leaves: Iterable[Leaf], contents: str) -> dict[str, str]:
    """Give by id the file in which it stands; the contents have a file of their own."""
    return {CONTENTS: contents} | {
        value(element, "id"): leaf.file
        for leaf in leaves
        for element in leaf.body.iter(etree.Element)
        if element.get("id")
    }


def link_files(leaves: Iterable[Leaf], homes: Mapping[str, str]) -> None:
    """Let links lead from file to file."""
    for leaf in leaves:
        for link in leaf.body.iter("a", "{http://www.w3.org/2000/svg}a"):
            found = link.get("href") or ""
            if found.startswith("#") and found[1:] in homes:
                link.set("href", href(found[1:], homes, leaf.file))


def href(name: str, homes: Mapping[str, str], here: str = "") -> str:
    """Give the address of an id, seen from the file `here`; what begins its file needs no more than that."""
    home = homes[name]
    return f"#{name}" if home == here else home if name == CONTENTS else f"{home}#{name}"
