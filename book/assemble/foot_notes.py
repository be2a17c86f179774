"""Notes at the foot of the page, as the PDF engine wants them: each floats there from where it is first called.

A note hangs in a line of text, in which HTML lets no blocks stand: spans that look like them take their place.
"""

from book.render.tree import Tree, parent, remove, select, value

BULLET = "•\u00a0"
BLOCKS = set("p div blockquote pre figure figcaption table tr caption dt dd aside".split())
UNWRAPPED = {"thead", "tbody", "tfoot", "dl"}


def float_notes(tree: Tree) -> None:
    """Put each note where it is called first; where it is called again, its number leads there."""
    notes = {value(note, "id"): note for note in select(tree, './/aside[@class="note"]')}
    for call in select(tree, './/a[@class="noteref"]'):
        note = notes.pop(value(call, "href")[1:], None)
        holder = parent(call)
        if note is None:
            holder.set("class", "noteref")
            continue
        holder.remove(call)
        holder.tag = "span"
        holder.set("class", "footnote")
        holder.set("data-note", call.text or "")
        holder.set("id", value(note, "id"))
        _hang(note, holder)
    for block in select(tree, './/div[@class="notes"]'):
        remove(block)


def _hang(note: Tree, holder: Tree) -> None:
    """Move what a note holds into a line of text."""
    for back in select(note, './/a[@class="backlink"]'):
        _unspace(back)
        remove(back)
    for number, block in enumerate([block for block in note if len(block) or (block.text or "").strip()]):
        _as_spans(block)
        if number == 0 and "note-block" in value(block, "class"):
            block.attrib.pop("class")  # its words begin beside its number
        block.tail = " "
        holder.append(block)
    if len(holder):
        holder[-1].tail = None


def _unspace(back: Tree) -> None:
    """Take away the space that stands between a note and the way back."""
    before, around = back.getprevious(), parent(back)
    if before is not None:
        before.tail = (before.tail or "").rstrip() or None
    else:
        around.text = (around.text or "").rstrip() or None


def _as_spans(block: Tree) -> None:
    """Make spans of a block and all blocks in it; items get their signs as text."""
    for element in block.iter("li"):
        around = parent(element)
        sign = f"{list(around).index(element) + 1}.\u00a0" if around.tag == "ol" else BULLET
        element.text = sign + (element.text or "").lstrip()
    for element in [block, *block.iterdescendants()]:
        if element.tag in {"ul", "ol"}:
            element.tag = "span"
            element.set("class", "note-list")
        elif element.tag == "li" or element.tag in BLOCKS:
            first = element.tag == "p" and parent(element).tag == "span" and element.getprevious() is None
            item = "note-item" if element.tag == "li" else "note-block"
            element.tag = "span"
            element.attrib.pop("class", "")
            if not (first and value(parent(element), "class") == "note-item"):
                element.set("class", item)
        elif element.tag in {"td", "th"}:
            element.tag = "span"
            element.tail = " "
        elif element.tag in UNWRAPPED:
            element.tag = "span"
