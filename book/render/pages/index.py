"""The page "Find by word": where in the book the words of each entry stand, and the page that leads there.

A locator is exact: it leads to the first word of the entry within the chapter, exercise, place or section that the
author names. Print has its page, screens the name of what it lies in. No entry may lead to one page twice; the page
of a word is known once the book is laid out, so two locators must be apart by something that begins a page.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from book.model.document import Part
from book.model.fields import TYPED
from book.model.index import FILE, Index, IndexEntry, initial, order
from book.model.key_lines import KeyLines
from book.model.labels import Labels
from book.model.place import Path
from book.model.problems import Problems, nearest
from book.render.anchors import title_of
from book.render.pages.templates import fill
from book.render.section import Section
from book.render.tree import Run, Tree, parent, select, slug, unused, value
from book.render.words import find

Tell = Callable[[Path, str], None]
UNFIT = {"names", "preview"}  # classes: words on a picture, and a list of what is still to come
HEADINGS = ("h2", "h3", "h4")
BEGINS_A_PAGE = ("self::h2[@class='page']", "self::div[contains(@class, 'own-page')]")  # in print.css
EPUB_TYPES = {
    "./descendant::*[@class='index-lede']": "index-headnotes",
    "./descendant::*[@class='index-letter']": "index-group",
    "./descendant::ul[@class='index-entries']": "index-entry-list",
    "./descendant::li[@class='index-entry']": "index-entry",
    "./descendant::*[@class='index-term']": "index-term",
    "./descendant::ul[@class='locators']": "index-locator-list",
    "./descendant::a[@class='locator']": "index-locator",
    "./descendant::*[@class='index-see']": "index-xref-preferred",
    "./descendant::*[@class='index-also']": "index-xref-related",
}


@dataclass(frozen=True)
class Target:
    """What an entry may lead to: its typed id, its section, the elements it is made of, and its title."""

    key: str
    section: Section
    elements: tuple[Tree, ...]
    title: str


@dataclass(frozen=True)
class Locator:
    """One place that an entry leads to: the id put there, the title around it, its rank in the book, its sheet."""

    id: str
    title: str
    rank: tuple[int, int]
    sheet: tuple[str, int]
    key: str
    main: bool = False


def make(
    part: Part, index: Index, labels: Labels, texts: Sequence[Section], report: tuple[KeyLines, Problems]
) -> Section:
    """Make the page of an index, and put ids where its entries lead. What leads astray goes to `problems`."""
    lines, problems = report
    targets = {target.key: target for section in texts for target in _targets(section)}
    taken: set[str] = set()

    def tell(path: Path, said: str) -> None:
        if not problems.unread:  # or what it leads to, and its words, may stand in what was not read
            problems.add(FILE, lines.of(FILE, path), said)

    found = {
        name: _locators(name, entry, targets, texts, taken, tell)
        for name, entry in sorted(index.entries.items(), key=lambda item: order(item[0]))
    }
    groups = [(letter, list(names)) for letter, names in groupby(found, initial)]
    ids: set[str] = set()
    by_name = {name: unused(f"index:{slug(name)}", ids) for name in found}
    tree = fill(
        "index.html",
        key=f"page:{part.name}", index=index, groups=groups, found=found, labels=labels, entry_id=by_name.get,
    )  # fmt: skip
    return Section(f"page:{part.name}", index.title, index.title, None, part, tree)


def _targets(section: Section) -> Iterator[Target]:
    """Give what entries may lead to in a section: itself, and all in it that has a typed id."""
    yield Target(section.key, section, (section.tree,), section.short)
    for element in section.tree.iterdescendants("*"):
        if re.fullmatch(TYPED, value(element, "id")):
            yield Target(value(element, "id"), section, tuple(_whole(element)), title_of(element))


def _whole(element: Tree) -> Iterator[Tree]:
    """Give what an id stands for: a heading with what follows it, a term with its meaning, else the element."""
    yield element
    for following in element.itersiblings():
        ends = following.tag in HEADINGS and following.tag <= element.tag
        if (element.tag not in HEADINGS or ends) and not (element.tag == "dt" and following.tag == "dd"):
            return
        yield following


def _locators(
    name: str,
    entry: IndexEntry,
    targets: Mapping[str, Target],
    texts: Sequence[Section],
    taken: set[str],
    tell: Tell,
) -> list[Locator]:
    """Give where an entry leads, in reading order, each on another page; main is what the author names first."""
    found: list[Locator] = []
    pattern = find.pattern(entry.known_as(name))
    for number, key in enumerate(entry.at):
        path: Path = ("entries", name, "at", number)
        if key not in targets:
            remedy = nearest(key, targets) or " Write chapter:name, exercise:name, or the id of a place or heading."
            tell(path, f'"{name}" leads to "{key}", which is nowhere in the book.{remedy}')
            continue
        target = targets[key]
        word = _mark(target, pattern, unused(f"at:{slug(name)}-{number + 1}", taken))
        if word is None:
            sought = " or ".join(f'"{form}"' for form in entry.known_as(name))
            tell(
                path,
                f'"{key}" does not have {sought}. Lead "{name}" elsewhere, or give the words that stand there.',
            )
            continue
        sheet, rank = _sheet_of(target.section, word), texts.index(target.section)
        if twin := next((other for other in found if other.sheet == sheet), None):
            tell(path, f'"{name}" leads to "{twin.key}" and "{key}", which may stand on one page. Keep one.')
        found.append(Locator(value(word, "id"), target.title, (rank, sheet[1]), sheet, key, not number))
    return sorted(found, key=lambda locator: locator.rank)


def _mark(target: Target, pattern: re.Pattern[str], key: str) -> Tree | None:
    """Put an id on the first word in a target that an entry is about; None if no such word stands there."""
    for element in target.elements:
        for block in find.blocks(element, _is_barred):
            text = "".join(getattr(*run) for run in block)
            if match := pattern.search(text):
                return _wrapped(block, match.start(), match.end(), key)
    return None


def _wrapped(block: list[Run], start: int, end: int, key: str) -> Tree:
    """Wrap a block's characters from `start` to `end`, or to the end of their run, into an element with an id.

    What stands in a link is wrapped with all of the link: the PDF engine tags elements inside links wrongly.
    """
    for run in block:
        length = len(getattr(*run))
        if start < length:
            wrapper = etree.Element("span", {"class": "at", "id": key})
            link = next(iter(select(find.inside(run), "ancestor-or-self::a")), None)
            if link is None:
                find.wrap(run, start, min(end, length), wrapper)
            else:
                wrapper.tail, link.tail = link.tail, None
                parent(link).replace(link, wrapper)
                wrapper.append(link)
            return wrapper
        start, end = start - length, end - length
    raise ValueError("the characters are not in the block")


def _is_barred(element: Tree) -> bool:
    """Say whether what stands inside an element is left out of some medium, so that not all can be led there."""
    return element.get("data-medium") is not None or not UNFIT.isdisjoint(value(element, "class").split())


def _sheet_of(section: Section, word: Tree) -> tuple[str, int]:
    """Tell on which sheet a word stands: in which section, and behind how many things that begin a page."""
    beginnings = select(section.tree, f".//*[{' or '.join(BEGINS_A_PAGE)}]")
    ahead = {*word.iterancestors(), *select(word, "./preceding::*")}
    return section.key, sum(element in ahead for element in beginnings)
