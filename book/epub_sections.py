"""What only an e-book does to a section: ids for what its lists name, room for wide tables, kinds of pages."""

from lxml import etree

from book.elements import TABLE_COLUMNS, Tree, parent, plain, select, value

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
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


def hold_wide_tables(tree: Tree) -> None:
    """Put each table that is too wide for a phone into a box that scrolls sideways, its caption with it."""
    for table in select(tree, ".//table"):
        columns = max((len(row) for row in table.iter("tr")), default=0)
        caption = table.find("caption")
        if columns <= TABLE_COLUMNS or caption is None:
            continue
        box = etree.Element(
            "div", {"class": "wide", "role": "region", "tabindex": "0", "aria-label": plain(caption)}
        )
        parent(table).replace(table, box)
        box.tail, table.tail = table.tail, None
        box.append(table)
