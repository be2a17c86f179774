"""A rendered book, or parts of it, to one plain text: title, contents, sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from book.assemble import extract
from book.assemble.media import copy_for
from book.assemble.screen import on_screen
from book.formats.text.blocks import Block, inside, joined
from book.formats.text.prepare import prepare
from book.formats.text.wrap import WIDTH, indent, wrap
from book.model.characters import NO_BREAK
from book.model.editions import Edition
from book.model.fields import html_id
from book.render.pages import codes
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import Tree, plain, remove, select, value

LEFT_OUT = {"page:contents", codes.PAGE}  # in their stead: contents of its own; addresses where they are named
HANG = "    "


@dataclass(frozen=True)
class Part:
    """A section, or what was cut out of one: its heading, and what other parts call it."""

    tree: Tree
    heading: str
    name: str
    below: bool = False


def make_text(rendered: Rendered, edition: Edition) -> tuple[str, int]:
    """Give the text of an edition, and how many sections it has."""
    labels = rendered.book.manifest.labels
    parts = list(_parts(rendered, edition))
    names = {
        value(one, "id"): part.name for part in parts for one in part.tree.iter(etree.Element) if one.get("id")
    }
    for part in parts:
        prepare(part.tree, part.heading, names, labels)
    blocks = [*_title(rendered, edition), *_contents(labels.contents, parts)]
    blocks += [block for part in parts for block in inside(part.tree, WIDTH)]
    return "\n".join([*joined(blocks), ""]), len(parts)


def _parts(rendered: Rendered, edition: Edition) -> Iterator[Part]:
    """Give what an edition holds, in order."""
    about, sections = rendered.book.manifest, {one.html_id: one for one in rendered.sections}
    trees = [on_screen(one, "ebook") for one in rendered.sections if edition.holds or one.key not in LEFT_OUT]
    if edition.holds:
        trees = extract.cut(trees, edition.holds, about.labels.sources_elsewhere)
    keys = [html_id(key) for key in edition.holds] or [value(tree, "id") for tree in trees]
    for key, tree in zip(keys, trees, strict=True):
        section = sections.get(key)
        number = _number(rendered, section) if section else ""
        title = _heading(tree)
        below = not edition.holds and section is not None and section.follows
        yield Part(tree, f"{number}. {title}" if number else title, number or f"“{title}”", below)


def _number(rendered: Rendered, section: Section) -> str:
    """Say which of its kind a section is, as in "Chapter 3"; "" if it has no number."""
    word = getattr(rendered.book.manifest.labels, section.kind, "")
    return f"{word}{NO_BREAK}{section.number}".strip(NO_BREAK) if section.number else ""


def _heading(tree: Tree) -> str:
    """Give the words of a part's title, without a number."""
    for title in select(tree, ".//h1"):
        for number in select(title, './span[@class="exercise-number"]'):
            remove(number)
        return plain(title)
    return ""


def _title(rendered: Rendered, edition: Edition) -> Iterator[Block]:
    """Give the title, as on the cover, who wrote it, and the rights."""
    about = rendered.book.manifest
    cover = copy_for(rendered.cover, "screen")
    for note in select(cover, './/p[@class="cover-note"] | .//ol') if edition.holds else ():
        remove(note)
    yield from inside(cover, WIDTH)
    licence = f" <{about.license}>" if about.license else ""
    lines = [about.author.name or "", str(about.review), f"{about.labels.rights}: {about.rights}{licence}"]
    yield from (Block(wrap(line)) for line in lines if line)


def _contents(label: str, parts: Sequence[Part]) -> Iterator[Block]:
    """List the headings of the sections, what follows a chapter set in below it."""
    if len(parts) > 1:
        yield Block(wrap(label), gap=2)
        yield Block([line for part in parts for line in _entry(part)])


def _entry(part: Part) -> list[str]:
    by = "  " if part.below else ""
    return indent(wrap(part.heading, WIDTH - len(by), HANG), by)
