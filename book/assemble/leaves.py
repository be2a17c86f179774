"""Sections as files of their own, for e-books and the web, and links that lead from one file to another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from book.assemble.screen import on_screen
from book.render.rendered import Rendered
from book.render.tree import Tree, value

CONTENTS = "page-contents"


@dataclass(frozen=True)
class Leaf:
    """One file of an e-book or a site: its file name, title, kind of section, body tree.

    It `follows` if contents list it below the chapter before it.
    """

    file: str
    title: str
    kind: str
    body: Tree
    follows: bool = False


def leaves_of(rendered: Rendered, medium: str, suffix: str) -> list[Leaf]:
    """Give a file for each section but the contents, as it is on the screen; links lead within the book."""
    return [
        Leaf(section.html_id + suffix, section.title, section.kind, on_screen(section, medium), section.follows)
        for section in rendered.sections
        if section.key != "page:contents"
    ]


def homes_of(leaves: Iterable[Leaf], contents: str) -> dict[str, str]:
    """Give by id the file in which it stands; the contents have a file of their own."""
    return {CONTENTS: contents} | {
        value(element, "id"): leaf.file
        for leaf in leaves
        for element in leaf.body.iter(etree.Element)
        if element.get("id")
    }


def link_files(leaves: Iterable[Leaf], homes: Mapping[str, str]) -> None:
    """Let links lead from file to file."""
    for leaf in leaves:
        for link in leaf.body.iter("a", "{http://www.w3.org/2000/svg}a"):
            found = link.get("href") or ""
            if found.startswith("#") and found[1:] in homes:
                link.set("href", href(found[1:], homes, leaf.file))


def href(name: str, homes: Mapping[str, str], here: str = "") -> str:
    """Give the address of an id, seen from the file `here`; what begins its file needs no more than that."""
    home = homes[name]
    return f"#{name}" if home == here else home if name == CONTENTS else f"{home}#{name}"
