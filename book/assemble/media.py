"""What of a section is meant for which medium: copies without what is for others."""

from copy import deepcopy

from lxml import etree

from book.render.positions import number_blocks
from book.render.tree import Tree, remove, select, value

OURS = ("data-medium", "data-map", "data-title", "data-tier", "data-sign")  # for the builder, not for readers


def copy_for(tree: Tree, *media: str) -> Tree:
    """Copy a tree without what is meant for other media.

    Media are "print", or one size of its type alone, and "screen", or of it "ebook" or "web" alone. An element says
    in `data-medium` for which it is; one word of it is enough. Blocks are numbered as in any copy.
    """
    copy = deepcopy(tree)
    number_blocks(copy)
    for element in select(copy, ".//*[@data-medium]"):
        if not set(media).intersection(value(element, "data-medium").split()):
            remove(element)
    for element in copy.iter(etree.Element):
        for name in OURS:
            element.attrib.pop(name, "")
    return copy
