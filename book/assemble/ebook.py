"""Sections to the files of an e-book."""

from collections.abc import Iterable

from book.assemble import form_fields, page_markers
from book.assemble.leaves import Leaf, homes_of, leaves_of, link_files
from book.assemble.media import copy_for
from book.render.positions import Start
from book.render.rendered import Rendered
from book.render.tree import value


def for_epub(rendered: Rendered, starts: Iterable[Start] = ()) -> list[Leaf]:
    """Give the XHTML files of the e-book, in reading order, links leading from file to file.

    `starts` are where the pages of a printed edition begin; a marker stands at each.
    """
    leaves = [
        Leaf("title-page.xhtml", rendered.book.manifest.title, "titlepage", copy_for(rendered.cover, "screen")),
        *leaves_of(rendered, "ebook", ".xhtml"),
    ]
    for leaf in leaves:
        form_fields.plain_places(leaf.body)
    order = [value(rendered.cover, "id"), *(section.html_id for section in rendered.sections)]
    page_markers.mark(
        {value(leaf.body, "id"): leaf.body for leaf in leaves}, order, starts, rendered.book.manifest.labels.page
    )
    link_files(leaves, homes_of(leaves, "nav.xhtml"))
    for leaf in leaves:
        for picture in leaf.body.iter("img"):
            picture.set("src", f"images/{rendered.pictures[value(picture, 'src')].name}")
    return leaves
