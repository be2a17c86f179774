"""Links on paper, where nobody can tap them: they show the mark of a code to scan, or else their address.

Called by `assemble` for what is printed; screens keep plain links.
"""

from collections.abc import Iterable

from lxml import etree

from book.addresses import breakable, short
from book.elements import Tree, parent, select, value
from book.model import Labels
from book.scan import Code, is_list


def show_links(tree: Tree, codes: Iterable[Code], labels: Labels) -> None:
    """Show in a printed section where its links lead: the mark of the code, or the address where there is no code.

    `codes` are those that the same paper holds.
    """
    marks = {code.short: code for code in codes}
    for note in select(tree, './/p[@class="to-scan"]') if not marks else ():
        parent(note).remove(note)
    for link in select(tree, './/a[@class="out" or @class="url"]'):
        address, bare = short(value(link, "href")), link.get("class") == "url"
        if bare:
            link.text = breakable(address)
        if not is_list(tree) and (code := marks.get(address)):
            _in_brackets(
                link, "a", code.mark, {"class": "to-code", "href": f"#{code.id}", "data-page": labels.page}
            )
        elif not bare:
            _in_brackets(link, "span", breakable(address), {"class": "address"})


def _in_brackets(link: Tree, tag: str, text: str, attributes: dict[str, str]) -> None:
    """Put an element in brackets after a link."""
    holder = etree.Element("span", {"class": "leads-to"})
    holder.text, holder.tail, link.tail = "(", link.tail, " "
    made = etree.SubElement(holder, tag, attributes)
    made.text, made.tail = text, ")"
    around = parent(link)
    around.insert(around.index(link) + 1, holder)
