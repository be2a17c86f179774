"""What paper does to a section: its running foot, notes at the foot of the page, links that show where they lead.

Nobody can tap a link on paper: it shows the mark of a code to scan, or else its address. What the PDF engine does
wrong is worked around here, too. Called by `assemble`; screens keep plain links: see `on_screen`.
"""

from collections.abc import Iterable

from lxml import etree

from book.assemble import form_fields
from book.assemble.foot_notes import float_notes
from book.assemble.media import copy_for
from book.model.editions import Edition
from book.model.fields import html_id
from book.model.labels import Labels
from book.render.pages.codes import Code, is_list
from book.render.pages.pages import card
from book.render.pages.templates import long_date
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import Tree, child, parent, remove, select, value
from book.render.words.addresses import breakable, short
from book.render.words.typography import set_type

PICTURES = "https://book.invalid/images/"


def printed(rendered: Rendered, section: Section, edition: Edition) -> Tree:
    """Copy a section for print: its running foot, notes at the foot of the page, page numbers, fields if any."""
    tree = copy_for(section.tree, "print", edition.type_size)
    for name, words in foot_words(rendered, section).items():
        tree.set(name, words)
    float_notes(tree)
    _narrow_links(tree)
    for link in select(tree, './/a[@class="ref" or @class="name" or @class="use"]'):
        link.set("data-page", rendered.book.manifest.labels.page)
    for folio in select(tree, ".//span[@data-target]"):
        folio.set("data-target", "#" + html_id(value(folio, "data-target")))
    (form_fields.make_fields if edition.fillable else form_fields.plain_places)(tree)
    return tree


def printed_cover(rendered: Rendered, edition: Edition) -> Tree:
    """Copy the cover for print; what is only a part of the book says so instead of the cover's note."""
    tree = copy_for(rendered.cover, "print", edition.type_size)
    if edition.holds:
        for note in select(tree, './/p[@class="cover-note"]'):
            remove(note)
        (words,) = select(tree, './div[@class="cover-words"]')
        child(words, "p", set_type(edition.says), class_="cover-note")
    _address_pictures(tree)
    return tree


def printed_card(rendered: Rendered) -> Tree:
    """Fill the card that link previews show: the title, and the cover's figure."""
    tree = card(rendered.book)
    _address_pictures(tree)
    return tree


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


def finish(tree: Tree) -> None:
    """Make the last changes to a printed tree, which keep its words as they are."""
    _address_pictures(tree)
    _hold_source_numbers(tree)
    _spaces_apart(tree)


def foot_words(rendered: Rendered, section: Section) -> dict[str, str]:
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


def _address_pictures(tree: Tree) -> None:
    """Give each picture the address under which the PDF engine asks for it."""
    for picture in tree.iter("img"):
        picture.set("src", PICTURES + value(picture, "src"))


def _narrow_links(tree: Tree) -> None:
    """Let only the number of "Go to 3" be a link: WeasyPrint 70 makes untagged ones of what stands within one."""
    for number in select(tree, './/a[@class="flow-go"]//span[@class="flow-number"]'):
        (link,) = select(number, 'ancestor::a[@class="flow-go"]')
        number.tag, link.tag = "a", "span"
        number.set("href", link.attrib.pop("href"))


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
    does not fit follows the space; rule P14 of `book check` looks for lines broken too early.
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
