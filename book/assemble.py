"""Rendered sections to one edition's documents: ordered, with the links, notes and frames that edition has.

The third stage, pure: values in, values out. `pdf` and `epub` turn the results into bytes.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree
from markupsafe import Markup

from book import __version__, epub_sections, forms, glossary, index_page, offprint, on_paper, page_list, scan
from book.editions import EDITIONS, Edition
from book.elements import Tree, child, parent, select, value
from book.fields import html_id
from book.links import Section
from book.page_starts import BLOCK, Start, number_blocks
from book.pages import long_date, templates
from book.render import Rendered
from book.typography import set_type

PICTURES = "https://book.invalid/images/"
EPUB = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{EPUB}}}type"
etree.register_namespace("epub", EPUB)


@dataclass(frozen=True)
class Leaf:
    """One XHTML file of an e-book: its file name, title, body tree, and what kind of section it is."""

    file: str
    title: str
    kind: str
    body: Tree


def for_print(rendered: Rendered, edition: Edition = EDITIONS["letter"]) -> str:
    """Give one HTML document for the PDF engine: cover and all sections, or what a part of the book holds."""
    about = rendered.book.manifest
    trees = [_printed(rendered, section, edition) for section in rendered.sections]
    title, cover = about.title, [_printed_cover(rendered, edition)]
    if edition.holds:
        trees = offprint.cut(trees, edition.holds, about.labels.sources_elsewhere, apart=not edition.cover)
    if not edition.cover:
        cover = []
        title = " · ".join([*filter(None, map(offprint.title_of, trees)), title])
    held = any(select(tree, f'descendant-or-self::*[@id="{html_id(scan.PAGE)}"]') for tree in trees)
    for tree in trees:
        on_paper.show_links(tree, rendered.codes if held else (), about.labels)
        _finish(tree)
    return _document(rendered, title, [*cover, *trees])


def _printed(rendered: Rendered, section: Section, edition: Edition) -> Tree:
    """Copy a section for print: its running foot, notes at the foot of the page, page numbers, fields if any."""
    tree = _copy(section.tree, "print", edition.type_size)
    for name, words in _foot(rendered, section).items():
        tree.set(name, words)
    _notes_to_floats(tree)
    for link in select(tree, './/a[@class="ref" or @class="name" or @class="use"]'):
        link.set("data-page", rendered.book.manifest.labels.page)
    for folio in select(tree, ".//span[@data-target]"):
        folio.set("data-target", "#" + html_id(value(folio, "data-target")))
    (forms.make_fields if edition.fillable else forms.plain_places)(tree)
    return tree


def _foot(rendered: Rendered, section: Section) -> dict[str, str]:
    """Say what a sheet of paper is, if it is all that is left of the book: section, book, version and date.

    On one line, or for large print on two, with the date in figures, as its words do not fit.
    """
    about = rendered.book.manifest
    book = set_type(f"{about.short_title}, {about.labels.version} {about.version}, {about.date.isoformat()}")
    whole = set_type(f"{about.short_title}, {about.labels.version} {about.version}, {long_date(rendered.book)}")
    part = "" if section.short == set_type(about.short_title) else section.short
    return {
        "data-foot": f"{part}\u2002·\u2002{whole}" if part else whole,
        "data-foot-part": part,
        "data-foot-book": book,
    }


def alone(rendered: Rendered, section: Section, page_of: Mapping[str, int], edition: Edition) -> str:
    """Give one HTML document with one section as `for_print` has it, page numbers written out, to be measured."""
    word = rendered.book.manifest.labels.page
    tree = _printed(rendered, section, replace(edition, fillable=False))
    on_paper.show_links(tree, rendered.codes, rendered.book.manifest.labels)
    for link in select(tree, ".//a[@data-page]"):
        del link.attrib["data-page"]
        number = etree.SubElement(link, "span")
        number.text = f"\u00a0({word}\u00a0{page_of.get(value(link, 'href')[1:], 100)})"
    _finish(tree)
    return _document(rendered, section.title, [tree])


def _finish(tree: Tree) -> None:
    """Make the last changes to a printed tree, which keep its words as they are."""
    _address_pictures(tree)
    _hold_source_numbers(tree)
    _spaces_apart(tree)


def _printed_cover(rendered: Rendered, edition: Edition) -> Tree:
    """Copy the cover for print; what is only a part of the book says so instead of the cover's note."""
    tree = _copy(rendered.cover, "print", edition.type_size)
    if edition.holds:
        for note in select(tree, './/p[@class="cover-note"]'):
            _remove(note)
        (words,) = select(tree, './div[@class="cover-words"]')
        child(words, "p", set_type(edition.says), class_="cover-note")
    _address_pictures(tree)
    return tree


def _address_pictures(tree: Tree) -> None:
    """Give each picture the address under which the PDF engine asks for it."""
    for picture in tree.iter("img"):
        picture.set("src", PICTURES + value(picture, "src"))


def _document(rendered: Rendered, title: str, trees: Iterable[Tree]) -> str:
    body = "\n".join(etree.tostring(tree, encoding="unicode", method="html") for tree in trees)
    template = templates().get_template("print.html")
    markup = Markup(body)  # noqa: S704 - serialized from our own trees
    about, generator = rendered.book.manifest, f"book {__version__}"
    return template.render(book=about, title=title, body=markup, generator=generator)


def cover(rendered: Rendered) -> str:
    """Give an HTML document with the cover alone, for the picture of it that e-books carry."""
    return _document(rendered, rendered.book.manifest.title, [_printed_cover(rendered, EDITIONS["letter"])])


def for_epub(rendered: Rendered, starts: Iterable[Start] = ()) -> list[Leaf]:
    """Give the XHTML files of the e-book, in reading order, links leading from file to file.

    `starts` are where the pages of a printed edition begin; a marker stands at each.
    """
    leaves = [Leaf("title-page.xhtml", rendered.book.manifest.title, "titlepage", _copy(rendered.cover, "screen"))]
    for section in rendered.sections:
        if section.key == "page:contents":
            continue
        tree = _copy(section.tree, "screen")
        forms.plain_places(tree)
        _roles(tree, section)
        _drop_places(tree)
        epub_sections.name_kind(tree, section.key)
        epub_sections.name_captioned(tree)
        epub_sections.hold_tables(tree)
        leaves.append(Leaf(f"{section.html_id}.xhtml", section.title, section.key.partition(":")[0], tree))
    order = [value(rendered.cover, "id"), *(section.html_id for section in rendered.sections)]
    page_list.mark(
        {value(leaf.body, "id"): leaf.body for leaf in leaves}, order, starts, rendered.book.manifest.labels.page
    )
    homes: dict[str, str] = {"page-contents": "nav.xhtml"} | {
        value(element, "id"): leaf.file
        for leaf in leaves
        for element in leaf.body.iter(etree.Element)
        if element.get("id")
    }
    for leaf in leaves:
        _links_between_files(leaf, homes)
        for picture in leaf.body.iter("img"):
            picture.set("src", f"images/{rendered.pictures[value(picture, 'src')].name}")
    return leaves


def _copy(tree: Tree, *media: str) -> Tree:
    """Copy a tree without what is meant for other media: "print" or "screen", or print of one size of type alone.

    An element says in `data-medium` for which it is; one word of it is enough. Blocks are numbered as in any copy.
    """
    copy = deepcopy(tree)
    number_blocks(copy)
    for element in select(copy, ".//*[@data-medium]"):
        if not set(media).intersection(value(element, "data-medium").split()):
            _remove(element)
    for element in copy.iter(etree.Element):
        for name in ("data-medium", "data-map", "data-title"):
            element.attrib.pop(name, "")
    return copy


def _remove(element: Tree) -> None:
    """Take an element out and leave the text after it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _notes_to_floats(tree: Tree) -> None:
    """Put each note where it is called, as the PDF engine wants it: it floats to the foot of the page."""
    notes = {note.get("id"): note for note in select(tree, './/aside[@class="note"]')}
    for reference in select(tree, './/a[@class="noteref"]'):
        note = notes.get(reference.get("href", "")[1:])
        holder = parent(reference)
        holder.remove(reference)
        holder.tag = "span"
        holder.set("class", "footnote")
        if note is not None:
            for back in select(note, './/a[@class="backlink"]'):
                _remove(back)
            paragraphs = list(note)
            for number, paragraph in enumerate(paragraphs):
                paragraph.tag = "span"
                paragraph.tail = " " if number < len(paragraphs) - 1 else None
                holder.append(paragraph)
    for block in select(tree, './/div[@class="notes"]'):
        _remove(block)


def _hold_source_numbers(tree: Tree) -> None:
    """Take the word before a source number into the number's span, which does not break.

    A no-break space at the edge of an inline element brings out the fault that `_spaces_apart` works around.
    """
    for numbers in select(tree, './/span[@class="cites"]'):
        before, around = numbers.getprevious(), parent(numbers)
        text = (around.text if before is None else before.tail) or ""
        kept, space, word = text.rpartition(" ")
        if before is None:
            around.text = kept + space
        else:
            before.tail = kept + space
        numbers.text = word


def _spaces_apart(tree: Tree) -> None:
    """Give the space before an inline element an element of its own.

    WeasyPrint 70 breaks the line after its first word when a text's last word just fits and an inline element that
    does not fit follows the space; `tests/test_pdf.py` looks for lines broken too early.
    """
    for element in select(tree, ".//a | .//strong | .//em | .//cite | .//span[@class='cites' or @class='at']"):
        before, around = element.getprevious(), parent(element)
        text = (around.text if before is None else before.tail) or ""
        if not text.rstrip() or not text.endswith(" "):
            continue
        space = etree.Element("span")
        space.text = " "
        if before is None:
            around.text = text[:-1]
        else:
            before.tail = text[:-1]
        around.insert(around.index(element), space)


def _drop_places(tree: Tree) -> None:
    """Take out the frames for pictures to come; a pose's caption stays, since it says how to stand."""
    for place in select(tree, './/figure[contains(@class, "place")]'):
        if "pose" in value(place, "class"):
            frame, caption = place
            place.remove(frame)
            place.tag, place.text = "p", caption.text
            place.extend(list(caption))
            place.remove(caption)
            place.set("class", "pose")
            place.set(BLOCK, value(caption, BLOCK))
        else:
            _remove(place)


def _roles(tree: Tree, section: Section) -> None:
    """Say what a section is, in the words of EPUB and DPUB-ARIA, and name it by its heading."""
    kind = section.key.partition(":")[0]
    heading = tree.find(".//h1")
    if heading is not None:
        heading.set("id", heading.get("id") or f"{section.html_id}-title")
        tree.set("aria-labelledby", heading.get("id") or "")
    if kind == "chapter":
        tree.set("role", "doc-chapter")
        tree.set(EPUB_TYPE, "chapter")
    _mark_back_matter(tree, section)
    for reference in select(tree, './/a[@class="noteref"]'):
        reference.set(EPUB_TYPE, "noteref")
    for note in select(tree, './/aside[@class="note"]'):
        note.set(EPUB_TYPE, "footnote")


def _mark_back_matter(tree: Tree, section: Section) -> None:
    """Say of a glossary and of an index, and of their parts, what EPUB calls them."""
    if glossary.is_glossary(section):
        kind, types = "glossary", glossary.EPUB_TYPES
    elif section.key == "page:index":
        kind, types = "index", index_page.EPUB_TYPES
    else:
        return
    tree.set("role", f"doc-{kind}")
    tree.set(EPUB_TYPE, kind)
    for path, name in types.items():
        for element in select(tree, path):
            element.set(EPUB_TYPE, name)


def _links_between_files(leaf: Leaf, homes: Mapping[str, str]) -> None:
    for link in leaf.body.iter("a"):
        href = link.get("href") or ""
        home = homes.get(href[1:]) if href.startswith("#") else None
        if home and home != leaf.file:
            link.set("href", home if href == "#page-contents" else f"{home}{href}")
