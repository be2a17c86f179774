"""An e-book as it lies open before a rule: its parts, and whence in the author's files each came.

A rule of the e-book is a look at one of them, under `in_each_ebook`; what two editions share is told once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, wraps

from lxml import etree

from book.check.fault import Fault
from book.check.finished import Ebook
from book.check.proof import Proof
from book.check.source_map import letters
from book.model.document import Page
from book.model.place import MANIFEST, Place
from book.render.section import Section
from book.render.tree import Tree, plain, select, value

FOLDER = "EPUB/"
PACKAGE, NAV, NCX, STYLE = "content.opf", "nav.xhtml", "toc.ncx", "style.css"
STYLE_SOURCE = "styles/epub.css"
UNREAD = {"cover.xhtml", NAV}  # pages that contents do not lead to
TELLING = 12  # letters: fewer stand in many places
NEAR = 6  # texts that are tried


@dataclass(frozen=True)
class Opened:
    """One e-book, and the proof that it is part of. Its files go by their names in it: "chapter-dough.xhtml"."""

    proof: Proof
    ebook: Ebook

    @cached_property
    def files(self) -> dict[str, bytes]:
        """What the package holds, without the zip's own files."""
        found = self.ebook.files.items()
        return {name.removeprefix(FOLDER): data for name, data in found if name.startswith(FOLDER)}

    def tree(self, name: str) -> Tree:
        """Give an XML file; an empty element if there is none."""
        found = self.ebook.trees.get(FOLDER + name)
        return etree.Element("nothing") if found is None else found

    @property
    def package(self) -> Tree:
        """The package: metadata, manifest, spine."""
        return self.tree(PACKAGE)

    @cached_property
    def order(self) -> list[str]:
        """The pages in the order in which they are read, as the spine has it."""
        homes = {value(item, "id"): value(item, "href") for item in self.package.iter("item")}
        return [homes.get(value(item, "idref"), "") for item in self.package.iter("itemref")]

    @cached_property
    def pages(self) -> list[tuple[str, Tree]]:
        """The pages in that order, each with its name; what is not there is left out."""
        return [(name, self.tree(name)) for name in self.order if FOLDER + name in self.ebook.trees]

    def told(self, name: str) -> list[str]:
        """Give the texts of the package's metadata under a name: that of an element, or of a property."""
        path = f"*[@property='{name}']" if ":" in name else name
        return [(item.text or "").strip() for item in select(self.package, f"//metadata/{path}")]

    def section(self, name: str) -> Section | None:
        """Give the section that a page was made of, None for pages of the e-book's own."""
        return next((one for one in self.proof.rendered.sections if f"{one.html_id}.xhtml" == name), None)

    def at(self, name: str, words: str = "") -> Place:
        """Give the author's file and line behind some words of a page; of its title if they stand nowhere."""
        section = self.section(name)
        found = self.proof.source_map.find(words, [section.file if section else MANIFEST]) if words else Place("")
        if found.line > 1:
            return found
        if section is None:
            return self.key("title")
        if isinstance(section.part, Page):
            return Place(section.file, section.part.line)
        return self.proof.line(section.file, "title")

    def key(self, *path: str | int) -> Place:
        """Give the place of a key in `book.yaml`."""
        return self.proof.line(MANIFEST, *path)

    def on(self, name: str, element: Tree, said: str) -> Fault:
        """Give a fault of an element of a page; it stands where the nearest words that are found stand.

        A chapter's words stand in its file or in data; those of a page that the builder makes in data alone.
        """
        nowhere = self.at(name)
        places = (self.at(name, words) for words in words_near(element))
        fit = (place for place in places if place.file == nowhere.file or place.file.endswith(".yaml"))
        return Fault(next((place for place in fit if place != nowhere), nowhere), said, seen=name)

    def of(self, name: str, said: str) -> Fault:
        """Give a fault of a whole page."""
        return Fault(self.at(name), said, seen=name)

    def picture(self, name: str) -> Place:
        """Give the author's file behind a picture of the e-book; book.yaml if the builder made it by itself."""
        bare = name.removeprefix("images/").replace("-dots.png", ".svg")
        return Place(f"images/{bare}") if self.proof.shelf.has(f"images/{bare}") else self.key("title")

    def style(self, line: int, said: str) -> Fault:
        """Give a fault of a line of the style sheet, with that line, since it may be the house's own."""
        lines = self.files.get(STYLE, b"").decode().split("\n")
        excerpt = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        return Fault(Place(STYLE_SOURCE, line), said, excerpt, STYLE)


def words_near(element: Tree) -> Iterator[str]:
    """Give words by which an element can be found: its alt text, its own words, those around it and behind it."""
    yield from filter(None, [element.get("alt"), plain(element)])
    texts = [*element.itertext(), *select(element, "..//text()"), *select(element, "following::text()")]
    yield from [text for text in map(str, texts) if len(letters(text)) >= TELLING][:NEAR]


def in_each_ebook(look: Callable[[Opened], Iterator[Fault]]) -> Callable[[Proof], Iterator[Fault]]:
    """Make the function of a rule from a look at one e-book; a fault says in which editions it was seen."""

    @wraps(look)
    def find(proof: Proof) -> Iterator[Fault]:
        found: dict[Fault, list[str]] = {}
        for ebook in proof.ebooks:
            for fault in look(Opened(proof, ebook)):
                editions = found.setdefault(fault, [])
                editions += [ebook.edition.name] if ebook.edition.name not in editions else []
        for fault, editions in found.items():
            yield replace(fault, seen=", ".join([" and ".join(editions), *filter(None, [fault.seen])]))

    return find
