"""Ids, cross-references and source numbers: from the author's `exercise:band-row` to one book-wide set of ids.

A pure step over all sections of a book. What a link looks like in an edition is `assemble`'s work.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from lxml import etree

from book.model.book import Book
from book.model.fields import TYPED, html_id
from book.model.problems import Problems, nearest
from book.render.section import Section
from book.render.tree import Tree, line_at, plain, select, value
from book.render.words.addresses import short

LINKED = re.compile(rf"\]\(({TYPED})\)")
OUTSIDE = re.compile(r"^(https?://|mailto:)")


def cited(trees: Iterable[Tree]) -> list[str]:
    """List the source ids that trees cite, in order of first mention."""
    links = (link for tree in trees for link in tree.iter("a"))
    keys = ((link.get("href") or "").partition(":") for link in links)
    return list(dict.fromkeys(key for kind, _, key in keys if kind == "source"))


def resolve(sections: list[Section], book: Book, problems: Problems) -> dict[str, str]:
    """Give every typed id and link its place in the finished book; report the dead and the doubled.

    Gives the titles of all that links can lead to, by typed id. What was made from the map or the signs is checked
    there, where their lines are known.
    """
    targets = _targets(sections, problems)
    for section in sections:
        own = {element.get("id") for element in section.tree.iter(etree.Element) if element.get("id")}
        for link in section.tree.iter("a"):
            heard = Problems() if _is_from_data(link) else problems
            _resolve_link(link, section, own, targets, book, heard)
    return targets


def _is_from_data(link: Tree) -> bool:
    return any(element.get("data-map") or element.get("data-sign") for element in link.iterancestors())


def dead_ends(text: str, known: Collection[str], sources: Collection[str]) -> Iterator[tuple[str, str]]:
    """Say of each link and each citation of a text in YAML that leads nowhere; with the number of the rule."""
    for key in LINKED.findall(text):
        if key not in known:
            remedy = nearest(key, known) or " Give a heading that id, or mend it here."
            yield f'"{key}" leads nowhere in this book.{remedy}', "T05"
    for key in re.findall(r"@([\w-]+)", " ".join(re.findall(r"\[@[^\]]+\]", text))):
        if key not in sources:
            remedy = nearest(key, sources, cutoff=0.6) or " Add it there, or mend the id."
            yield f'there is no source "{key}" in chapters/sources.yaml.{remedy}', "B01"


def title_of(element: Tree) -> str:
    """Give the words by which a link may call what it leads to."""
    (heading,) = select(element, "./p[@class='callout-title']") or [element]
    return element.get("data-title") or element.get("aria-label") or plain(heading)


def number_sources(tree: Tree, numbers: Mapping[str, int], label: str) -> None:
    """Write each citation's number: [5]."""
    for link in tree.iter("a"):
        if link.get("class") == "cite":
            number = numbers.get((link.get("href") or "").removeprefix("source:"), 0)
            link.text = f"[{number}]"
            link.set("aria-label", f"{label} {number}")


def number_figures(sections: Iterable[Section], label: str) -> None:
    """Write a number into the caption of each figure, through the whole book."""
    number = 0
    for section in sections:
        for figure in section.tree.iter("figure"):
            caption = figure.find("figcaption")
            if caption is None or {"pose", "plate", "inset"} & set((figure.get("class") or "").split()):
                continue
            number += 1
            strong = etree.Element("strong")
            strong.text = f"{label} {number}."
            strong.tail = f" {caption.text or ''}"
            caption.text = None
            caption.insert(0, strong)


def _targets(sections: list[Section], problems: Problems) -> dict[str, str]:
    """Map each typed id to its title, after making it an id that HTML, PDF and EPUB all take."""
    targets: dict[str, str] = {}
    seen: dict[str, str] = {}
    for section in sections:
        targets[section.key] = section.title
        for element in section.tree.iter(etree.Element):
            name = element.get("id")
            if not name:
                continue
            if re.fullmatch(TYPED, name) and name not in targets:
                targets[name] = title_of(element)
            final = html_id(name)
            element.set("id", final)
            if final in seen:
                line = line_at(element) or section.line(f"#{name}")
                problems.add(
                    section.file, line, f'the id "{name}" is already used in {seen[final]}. Rename one.', "T04"
                )
            seen[final] = section.file
    return targets


def _resolve_link(
    link: Tree, section: Section, own: set[str | None], targets: Mapping[str, str], book: Book, problems: Problems
) -> None:
    href = link.get("href") or ""
    line = line_at(link) or section.line(f"({href}")
    if OUTSIDE.match(href):
        link.set("class", "url" if plain(link) in {href, short(href)} else "out")
    elif href.startswith("#"):
        if href[1:] not in own:
            problems.add(
                section.file,
                line,
                f'the link "{href}" leads nowhere in this chapter. Give its heading an id.',
                "T05",
            )
    elif href.startswith("source:"):
        _check_source(link, section, book, problems)
        link.set("href", "#" + html_id(href))
    elif re.fullmatch(TYPED, href):
        if href not in targets:
            remedy = nearest(href, targets) or " Give its target an id, or mend the link."
            problems.add(section.file, line, f'the cross-reference "{href}" leads nowhere.{remedy}', "T05")
            return
        if not plain(link):
            link.text = targets[href]
        if not link.get("class"):
            link.set("class", "term" if href.startswith("term:") else "ref")
        link.set("href", "#" + html_id(href))
    else:
        message = f'the link "{href}" is not understood. Write chapter:name, exercise:name, or an https:// address.'
        problems.add(section.file, line, message, "T05")


def _check_source(link: Tree, section: Section, book: Book, problems: Problems) -> None:
    key = value(link, "href").removeprefix("source:")
    if key not in book.sources:
        remedy = nearest(key, book.sources, cutoff=0.6) or " Add it there, or mend the id."
        problems.add(
            section.file,
            line_at(link) or section.line(f"@{key}"),
            f'there is no source "{key}" in chapters/sources.yaml.{remedy}',
            "S10",
        )
    elif not any(getattr(part, "name", "") == "sources" for part in book.parts):
        problems.add("book.yaml", 0, "sources are cited, but contents has no page:sources. Add it.", "S10")
