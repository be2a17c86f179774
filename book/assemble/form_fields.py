"""The places to fill in, for editions that are filled in on a screen: each becomes a field with a name and a label.

Called by `assemble`. Templates mark the places with data-field and data-label; boxes to tick are `span.box`.
"""

from lxml import etree

from book.model.characters import NO_BREAK
from book.render.tree import Tree, parent, plain, select, slug, unused, value

LONGEST_SCORE = "3"  # letters: 10, 7.5


def make_fields(tree: Tree) -> None:
    """Put a field into each place of a section that is to be filled in; nothing else of the page changes."""
    taken: set[str] = set()
    for place in select(tree, ".//*[@data-field] | .//span[@class='box']"):
        if place.get("data-field"):
            kind, label = value(place, "data-field"), value(place, "data-label")
        else:
            kind, label = "tick", plain(parent(place)).lstrip("☐☑ ")
        # a section's id begins the name, so no other field of the book has it
        field = _field(kind, label, unused(f"{value(tree, 'id')}-{slug(label)}", taken))
        place.append(field)
        if place.tag == "td":
            place.text = None  # the space that holds an empty cell open; the field does now
        elif place.tag == "span":
            if place.text == "☑":
                field.set("checked", "checked")
            place.text, field.tail = None, "☐"
    plain_places(tree)


def plain_places(tree: Tree) -> None:
    """Take the marks of places to fill in off a section."""
    for place in select(tree, ".//*[@data-field]"):
        del place.attrib["data-field"], place.attrib["data-label"]


def _field(kind: str, label: str, name: str) -> Tree:
    """Give a field: a box to tick, a line for words, or a short one for a score. Labels are heard, not set."""
    sort = "checkbox" if kind == "tick" else "text"
    field = etree.Element(
        "input", {"type": sort, "class": f"field {kind}", "name": name, "title": label.replace(NO_BREAK, " ")}
    )
    if kind == "score":
        field.set("maxlength", LONGEST_SCORE)
    return field
