"""Finished files as rules look at them: a printed edition, an e-book."""

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from book.check.views.layout import Box, Layout, foot_of, glance, read_layout
from book.check.views.pdf_inside import Inside
from book.model.editions import Edition
from book.render.tree import Tree


@dataclass(frozen=True)
class Printed:
    """A finished PDF: its edition and its bytes."""

    edition: Edition
    data: bytes

    @cached_property
    def layout(self) -> Layout:
        """What stands where on its pages."""
        return read_layout(self.data, foot_of(self.edition))

    @cached_property
    def pages(self) -> tuple[tuple[str, Box], ...]:
        """The words of each page, line by line, and the box around its ink; quick where no more is known yet."""
        if "layout" in vars(self):
            return tuple((sheet.words, sheet.ink) for sheet in self.layout.sheets)
        return tuple(glance(self.data))

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each page, line by line."""
        return tuple(words for words, _ in self.pages)

    @cached_property
    def inside(self) -> Inside:
        """Its tags, marks, links and fonts."""
        return Inside(self.data)

    @property
    def flat(self) -> bool:
        """Whether its pages are those of its paper: no booklet, nothing to be trimmed."""
        return not (self.edition.folded or self.edition.bleed_mm)


@dataclass(frozen=True)
class Ebook:
    """A finished e-book: its edition and its bytes."""

    edition: Edition
    data: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Its files by name, as they lie in the zip."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as files:
            return {name: files.read(name) for name in files.namelist()}

    @cached_property
    def trees(self) -> dict[str, Tree]:
        """Its XML files parsed, all elements and epub:type out of their namespaces (as `epub`)."""
        return {
            name: _plain(data) for name, data in self.files.items() if name.endswith((".xhtml", ".opf", ".ncx"))
        }


VIEWS: dict[str, type[Printed] | type[Ebook]] = {"pdf": Printed, "epub": Ebook}
"""How rules look at a finished file, by its kind; their `needs` are the same words."""


def _plain(data: bytes) -> Tree:
    root = etree.fromstring(data)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
        for key in [key for key in map(str, element.keys()) if key.endswith("}type")]:
            element.set("epub", element.attrib.pop(key))
    return root
