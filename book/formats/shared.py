"""What formats share: the documents of printed pages, and what of a book has a say in all that screens show."""

from hashlib import sha256

from lxml import etree

from book.assemble import printed
from book.assemble.page_rules import page_rules
from book.formats.recipe import Assets
from book.layout.jobs import LayoutJob
from book.model.editions import EDITIONS, PRINT_STYLES, Edition
from book.render.rendered import Rendered


def pages(rendered: Rendered, edition: Edition, assets: Assets) -> LayoutJob:
    """Give the layout job for an edition's pages: its own, or those of the edition it is made of."""
    row = EDITIONS[edition.of] if edition.of else edition
    sheets = tuple(assets.styles.text(name) for name in (*PRINT_STYLES, *row.styles))
    identifier = rendered.book.manifest.identifier
    return LayoutJob(printed.for_print(rendered, row), page_rules(row), sheets, identifier, row.fillable)


def in_words(rendered: Rendered) -> list[str]:
    """Give all that a book says."""
    about = rendered.book.manifest
    return [
        repr(about.model_copy(update={"check": None, "author": about.author.name})),
        *(etree.tostring(section.tree, encoding="unicode") for section in rendered.sections),
    ]


def on_screen(rendered: Rendered, assets: Assets) -> list[str]:
    """Give all of a book that has a say in what screens show."""
    return [*in_words(rendered), *(sha256(data).hexdigest() for _, data in sorted(assets.files.items()))]
