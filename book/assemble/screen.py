"""What a screen does to a section: roles and kinds, ids for what its lists name, room for wide tables.

Called by `assemble` for e-books and by `web.leaves` for sites; what paper does is in `on_paper`.
"""

from lxml import etree

from book.assemble.media import copy_for
from book.kinds.glossary import render as glossary
from book.model.characters import NO_BREAK
from book.render.pages import index
from book.render.positions import BLOCK
from book.render.section import Section
from book.render.tree import Tree, parent, plain, remove, select, value

EPUB = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{EPUB}}}type"
ROWS_IN_A_BOX = {"ebook": 8, "web": 10_000}  # a box of an e-book cannot go over to the next page
KINDS = {"page:sources": "bibliography", "page:index": "index", "page:colophon": "colophon"}
PARTS = {"glossary": glossary.EPUB_TYPES, "index": index.EPUB_TYPES}
etree.register_namespace("epub", EPUB)


def on_screen(section: Section, medium: str) -> Tree:
    """Copy a section for one kind of screen, "ebook" or "web"; links still lead within the book."""
    tree = copy_for(section.tree, "screen", medium)
    _roles(tree, section)
    _name_kind(tree, section)
    _drop_places(tree)
    _name_captioned(tree)
    _hold_tables(tree, ROWS_IN_A_BOX[medium])
    return tree


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
    for reference in select(tree, './/a[@class="noteref"]'):
        reference.set(EPUB_TYPE, "noteref")
    for number, note in enumerate(select(tree, './/aside[@class="note"]'), 1):
        note.set(EPUB_TYPE, "footnote")
        first = note[0] if len(note) and note[0].tag == "p" else note
        first.text = f"{number}.{NO_BREAK}{(first.text or '').lstrip()}"


def _name_kind(tree: Tree, section: Section) -> None:
    """Say what kind of section it is, for readers that offer such by name, and what its parts are."""
    kind = "glossary" if glossary.is_glossary(section) else KINDS.get(section.key)
    if kind is None:
        return
    tree.set("role", f"doc-{kind}")
    tree.set(EPUB_TYPE, kind)
    for path, name in PARTS.get(kind, {}).items():
        for element in select(tree, path):
            element.set(EPUB_TYPE, name)


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
            remove(place)


def _name_captioned(tree: Tree) -> None:
    """Give an id to each figure and table with a caption, so that a list can lead to it."""
    for kind in ("figure", "table"):
        for number, item in enumerate(select(tree, f".//{kind}[figcaption or caption]"), 1):
            item.set("id", item.get("id") or f"{value(tree, 'id')}-{kind}-{number}")


def _hold_tables(tree: Tree, most_rows: int) -> None:
    """Keep tables within a phone's page, also in large type: two columns share it, more scroll sideways in a box.

    A table of more rows than a box may have stays without one.
    """
    for table in select(tree, ".//table[caption]"):
        rows = list(table.iter("tr"))
        columns = max(len(row) for row in rows)
        if columns == 2:
            table.set("class", f"{value(table, 'class')} two".strip())
        elif columns > 2 and len(rows) <= most_rows:
            words = " ".join(plain(caption) for caption in table.iter("caption"))
            box = etree.Element("div", {"class": "wide", "role": "group", "tabindex": "0", "aria-label": words})
            parent(table).replace(table, box)
            box.tail, table.tail = table.tail, None
            box.append(table)
