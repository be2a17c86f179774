"""A rendered book to the pages of a site: each section as it is on the web, with links from page to page.

Called by `site`. What any screen does to a section is in `on_screen`.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from PIL import Image

from book.assemble.leaves import Leaf, homes_of, href, leaves_of, link_files
from book.assemble.screen import EPUB_TYPE
from book.assemble.web_map import link_plates
from book.kinds.place.render import map_names
from book.load.styles import Styles
from book.model.picture import Picture
from book.render.rendered import Rendered
from book.render.tree import Tree, select, value

CONTENTS = "contents.html"
SUFFIX = ".html"
PX_A_MM = 96 / 25.4
SEEN_FIRST = 3  # pictures of a page that may be in sight when it opens


@dataclass(frozen=True)
class Branch:
    """One entry of a site's contents: a page, and the pages of exercises that follow it."""

    leaf: Leaf
    inside: tuple[Leaf, ...]


def web_leaves(rendered: Rendered, styles: Styles) -> tuple[list[Leaf], dict[str, str]]:
    """Give the pages of a site in reading order, and by id the file in which it stands."""
    leaves = leaves_of(rendered, "web", SUFFIX)
    if rendered.book.body_map.plates:
        font = map_names.measure(styles.data(map_names.NAME_FONT))
        for leaf in leaves:
            link_plates(leaf.body, rendered.book.body_map, rendered.pictures, font)
    homes = homes_of(leaves, CONTENTS)
    link_files(leaves, homes)
    for leaf in leaves:
        _plain_marks(leaf.body)
        _lead_to_pages(leaf.body)
        _measure_pictures(leaf.body, rendered.pictures)
    return leaves, homes


def branches(leaves: Iterable[Leaf]) -> list[Branch]:
    """Give the contents of a site: exercises stand below the chapter that they follow."""
    found: list[Branch] = []
    for leaf in leaves:
        if leaf.kind == "exercise" and found:
            found[-1] = Branch(found[-1].leaf, (*found[-1].inside, leaf))
        else:
            found.append(Branch(leaf, ()))
    return found


def neighbours(leaves: list[Leaf]) -> Iterator[tuple[Leaf | None, Leaf, Leaf | None]]:
    """Give each page with the one before it and the one after it."""
    yield from zip([None, *leaves[:-1]], leaves, [*leaves[1:], None], strict=True)


def markup(tree: Tree) -> str:
    """Write a tree as HTML."""
    return etree.tostring(tree, encoding="unicode", method="html", with_tail=False)


def _plain_marks(tree: Tree) -> None:
    """Take off what only e-books and the press have a use for."""
    for element in tree.iter(etree.Element):
        for name in (EPUB_TYPE, "data-block", "style"):
            element.attrib.pop(name, "")
    etree.cleanup_namespaces(tree)


def page_href(name: str, homes: Mapping[str, str]) -> str:
    """Give the address of an id in a site; that of a whole section is its page, and so the top of it."""
    return _to_page(href(name, homes))


def _to_page(address: str) -> str:
    file, _, name = address.partition("#")
    return file if file == f"{name}{SUFFIX}" else address


def _lead_to_pages(tree: Tree) -> None:
    for link in select(tree, ".//a[@href]"):
        link.set("href", _to_page(value(link, "href")))


def _measure_pictures(tree: Tree, pictures: Mapping[str, Picture]) -> None:
    """Say where pictures lie and how large they are, so that nothing moves when they come."""
    for number, image in enumerate(tree.iter("img")):
        picture = pictures[value(image, "src")]
        width, height = size_px(picture)
        image.attrib.update({"src": f"images/{picture.name}", "width": str(width), "height": str(height)})
        if number >= SEEN_FIRST:
            image.set("loading", "lazy")


def size_px(picture: Picture) -> tuple[int, int]:
    """Give a picture's width and height in CSS pixels: of a drawing, its printed size."""
    if picture.media_type != "image/svg+xml":
        with Image.open(io.BytesIO(picture.data)) as image:
            return image.size
    root = etree.fromstring(picture.data)
    _, _, width, height = map(float, value(root, "viewBox").replace(",", " ").split())
    printed = value(root, "width")
    wide = float(printed.removesuffix("mm")) * PX_A_MM if printed.endswith("mm") else width
    return round(wide), round(wide * height / width)
