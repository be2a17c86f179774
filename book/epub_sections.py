"""What only an e-book does to a section: ids for what its lists name, room for wide tables, kinds of pages."""

from lxml import etree

from book.elements import Tree, parent, plain, select, value

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
ROWS_IN_A_BOX = 8
KINDS = {
    "page:sources": "bibliography",
    "page:glossary": "glossary",
    "page:index": "index",
    "page:colophon": "colophon",
}


def name_kind(tree: Tree, key: str) -> None:
    """Say what kind of section a page of the builder's is, for readers that offer such pages by name."""
    if kind := KINDS.get(key):
        tree.set("role", f"doc-{kind}")
        tree.set(EPUB_TYPE, kind)


def name_captioned(tree: Tree) -> None:
    """Give an id to each figure and table with a caption, so that a list can lead to it."""
    for kind in ("figure", "table"):
        for number, item in enumerate(select(tree, f".//{kind}[figcaption or caption]"), 1):
            item.set("id", item.get("id") or f"{value(tree, 'id')}-{kind}-{number}")


def hold_tables(tree: Tree) -> None:
    """Keep tables within a phone's page, also in large type: two columns share it, more scroll sideways in a box.

    A box cannot go over to the next page, so a long table stays without one.
    """
    for table in select(tree, ".//table[caption]"):
        rows = list(table.iter("tr"))
        columns = max(len(row) for row in rows)
        if columns == 2:
            table.set("class", f"{value(table, 'class')} two".strip())
        elif columns > 2 and len(rows) <= ROWS_IN_A_BOX:
            words = " ".join(plain(caption) for caption in table.iter("caption"))
            box = etree.Element("div", {"class": "wide", "role": "group", "tabindex": "0", "aria-label": words})
            parent(table).replace(table, box)
            box.tail, table.tail = table.tail, None
            box.append(table)
