"""Parts of a book on sheets of their own: is what a sheet holds in the book, and how it is cut out.

`render` calls `check`, once all ids are known; `assemble` calls `cut`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from book.model.fields import html_id
from book.render.tree import Tree, child, parent, plain, remove, select, value


def cut(sections: Sequence[Tree], holds: Iterable[str], elsewhere: str, *, apart: bool = True) -> list[Tree]:
    """Give what a sheet holds, each as a section of its own, from the printed trees of all sections.

    What leads to other parts of the book becomes plain text; where source numbers were taken out, the words
    `elsewhere` say where to look, on each sheet if they may come apart.
    """
    held = [_held(sections, html_id(key)) for key in holds]
    titles = {value(section, "id"): title_of(section) for section in sections}
    if "page-sources" not in _ids(held):
        for tree in held:
            _sources_to_words(tree, elsewhere, apart=apart)
    here = _ids(held)
    for tree in held:
        _links_to_text(tree, here, titles)
    return held


def _ids(trees: Iterable[Tree]) -> set[str | None]:
    return {element.get("id") for tree in trees for element in tree.iter(etree.Element)}


def title_of(tree: Tree) -> str:
    """Give the words of a cut section's first heading; "" if it has none."""
    heading = tree.find(".//h1")
    return plain(heading) if heading is not None else ""


def _held(sections: Sequence[Tree], name: str) -> Tree:
    """Copy a section, or an element within one into a section of the same kind; its heading is then the first."""
    for section in sections:
        for found in select(section, f"descendant-or-self::*[@id='{name}']"):
            copy = deepcopy(found)
            copy.tail = None
            if found is not section:
                holder = etree.Element("section", {"class": value(section, "class")})
                holder.set("data-foot", value(section, "data-foot"))
                holder.append(copy)
                for heading in select(copy, "./p[@class='callout-title']"):
                    heading.tag = "h1"
                if holder.find(".//h1") is None and (title := section.find(".//h1")) is not None:
                    holder.insert(0, around := deepcopy(title))  # a page begins with a heading of the first rank
                    around.set("class", "around")
                copy = holder
            copy.set("class", f"{value(copy, 'class')} sheet")
            return copy
    raise LookupError(name)


def _sources_to_words(tree: Tree, elsewhere: str, *, apart: bool) -> None:
    """Take out the numbers of sources whose list is not on the sheet, and say where the list is."""
    lines = select(tree, './/span[@class="leans-on"]')
    for line in lines:
        line[:] = []
        line.text = elsewhere
    numbers = select(tree, './/span[@class="cites"]')
    for number in numbers:
        _take_out(number)
    if numbers and not lines and apart:
        child(tree, "p", elsewhere, class_="elsewhere")


def _take_out(number: Tree) -> None:
    """Take out a source number with the space before it, and keep the text after it."""
    before, around = number.getprevious(), parent(number)
    if before is None:
        around.text = (around.text or "").rstrip()
    else:
        before.tail = (before.tail or "").rstrip()
    remove(number)


def _keep_folios(folios: Tree, kept: list[Tree]) -> None:
    """Keep of an index entry's page numbers those of pages on the sheet."""
    if not kept:
        _take_out(folios)
        return
    folios[:] = kept
    for number, folio in enumerate(kept, 1):
        folio.tail = ", " if number < len(kept) else None


def _links_to_text(tree: Tree, here: Collection[str | None], titles: Mapping[str, str]) -> None:
    """Turn links to what is not on the sheet into plain text, or into a title cited, without page numbers."""
    for folios in select(tree, './/span[@class="folios"]'):
        _keep_folios(folios, [folio for folio in folios if value(folio, "href")[1:] in here])
    for link in select(tree, './/a[starts-with(@href, "#")]'):
        target = value(link, "href")[1:]
        if target not in here:
            link.tag, name = "cite" if plain(link) == titles.get(target) else "span", link.get("id")
            link.attrib.clear()
            if name:
                link.set("id", name)  # others may lead here
    for folio in select(tree, ".//span[@data-target]"):
        if value(folio, "data-target")[1:] not in here:
            del folio.attrib["data-target"]
            folio.set("class", "no-folio")
