"""Ids, cross-references and source numbers: from the author's `exercise:band-row` to one book-wide set of ids.

A pure step over all sections of a book. What a link looks like in an edition is `assemble`'s work.
"""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import quote, unquote

from lxml import etree

from book.model.book import Book
from book.model.document import documents
from book.model.fields import TYPED, html_id
from book.model.problems import Problems, nearest
from book.render.anchors import Anchors
from book.render.section import Section
from book.render.tree import Tree, line_at, plain, value
from book.render.words.addresses import short

LINKED = re.compile(rf"\]\(({TYPED})\)")
OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:|sms:)", re.IGNORECASE)
SOURCES = "chapters/sources.yaml"
MARKDOWN = (".md", ".markdown")
HOST = re.compile(r"(?://)?(?:www\.|[\w-]+\.(?:com|org|net|edu|gov|io)\b)")
NOT_IN_ADDRESSES = re.compile(r"[\s<>\"{}|\\^`]")


def cited(trees: Iterable[Tree]) -> list[str]:
    """List the source ids that trees cite, in order of first mention."""
    links = (link for tree in trees for link in tree.iter("a"))
    keys = ((link.get("href") or "").partition(":") for link in links)
    return list(dict.fromkeys(key for kind, _, key in keys if kind == "source"))


def resolve(sections: list[Section], book: Book, problems: Problems) -> dict[str, str]:
    """Give every id and link its place in the finished book; report the dead and the doubled.

    Gives the titles of all that links can lead to, by typed id. What was made from the map or the signs is checked
    there, where their lines are known.
    """
    anchors = Anchors(sections, problems)
    if problems.unread:
        anchors.titles = Presumed(anchors.titles, problems.unread)
    for section in sections:
        for link in section.tree.iter("a"):
            heard = Problems() if _is_from_data(link) else problems
            _resolve_link(link, section, anchors, book, heard)
    return anchors.titles


class Presumed(dict[str, str]):
    """Titles of what links can lead to in a book that was not read whole: what may stand there counts as known."""

    def __init__(self, titles: Mapping[str, str], unread: Collection[str]) -> None:
        """Take the titles that are known, and what was not read."""
        super().__init__(titles)
        self._unread = unread

    def __contains__(self, name: object) -> bool:
        """Say whether something is known, or may stand in what was not read."""
        kind = str(name).partition(":")[0]
        return super().__contains__(name) or name in self._unread or kind not in {*documents(), "page"}

    def __missing__(self, name: str) -> str:
        """Give no title for it."""
        return ""


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
            remedy = nearest(key, sources) or " Add it there, or mend the id."
            yield f'there is no source "{key}" in chapters/sources.yaml.{remedy}', "B01"


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


def _resolve_link(link: Tree, section: Section, anchors: Anchors, book: Book, problems: Problems) -> None:
    href = link.get("href") or ""
    line = line_at(link) or section.line(f"({href}")
    path, _, fragment = href.partition("#")
    if OUTSIDE.match(href):
        link.set("class", "url" if plain(link) in {href, short(href)} else "out")
        link.set("href", NOT_IN_ADDRESSES.sub(lambda sign: quote(sign[0]), href))
    elif href.startswith("source:"):
        _check_source(link, section, book, problems)
        link.set("href", "#" + html_id(href))
    elif re.fullmatch(TYPED, href):
        final = anchors.of(href)
        if not final and href in anchors.titles:
            link.attrib.pop("href")
        elif not final:
            remedy = nearest(href, anchors.titles) or " Give its target an id, or mend the link."
            problems.add(section.file, line, f'the cross-reference "{href}" leads nowhere.{remedy}', "T05")
        else:
            _lead(link, final, anchors.titles.get(href, ""), "term" if href.startswith("term:") else "ref")
    elif href.startswith("#"):
        final = anchors.within(section, fragment) or anchors.of(fragment)
        if not final:
            remedy = nearest(fragment, anchors.names_in(section)) or " Give its heading an id."
            problems.add(section.file, line, f'the link "{href}" leads nowhere in this chapter.{remedy}', "T05")
            return
        link.set("href", f"#{final}")
    elif path.lower().endswith(MARKDOWN):
        _to_document(link, path, fragment, (section, line), anchors, problems)
    else:
        problems.add(section.file, line, _not_understood(href), "T05")


def _to_document(
    link: Tree, path: str, fragment: str, asked: tuple[Section, int], anchors: Anchors, problems: Problems
) -> None:
    """Let a link to a Markdown file, or to a part of it, lead to its section."""
    section, line = asked
    target = anchors.document(path, section)
    unread = {f"{name.partition(':')[2]}.md" for name in problems.unread}
    if target is None and posixpath.basename(unquote(path)) in unread:
        return
    if target is None:
        remedy = nearest(path, anchors.files) or " List it under contents, or mend the link."
        said = f'the link "{path}" leads to no file of the book.{remedy}'
    elif not fragment:
        _lead(link, target.html_id, target.title, "ref")
        return
    elif final := anchors.within(target, fragment):
        _lead(link, final, "", "ref")
        return
    else:
        remedy = nearest(fragment, anchors.names_in(target)) or " Give its heading an id."
        said = f'the link "{path}#{fragment}" leads nowhere in {target.file}.{remedy}'
    problems.add(section.file, line, said, "T05")


def _lead(link: Tree, final: str, title: str, kind: str) -> None:
    """Let a link lead to an id; without words of its own it has those of its target."""
    if not plain(link) and len(link) == 0:
        link.text = title
    if not link.get("class"):
        link.set("class", kind)
    link.set("href", f"#{final}")


def _not_understood(href: str) -> str:
    """Say of a link that leads nowhere what its author may have meant."""
    if HOST.match(href):
        remedy = f"Write https://{href.lstrip('/')}."
    else:
        remedy = "Write chapter:name, exercise:name, other.md, #heading, or an https:// address."
    return f'the link "{href}" is not understood. {remedy}'


def _check_source(link: Tree, section: Section, book: Book, problems: Problems) -> None:
    key = value(link, "href").removeprefix("source:")
    if SOURCES in problems.unread:
        return
    if key not in book.sources:
        remedy = nearest(key, book.sources) or " Add it there, or mend the id."
        problems.add(
            section.file,
            line_at(link) or section.line(f"@{key}"),
            f'there is no source "{key}" in chapters/sources.yaml.{remedy}',
            "S10",
        )
    elif not any(getattr(part, "name", "") == "sources" for part in book.parts):
        problems.add("book.yaml", 0, "sources are cited, but contents has no page:sources. Add it.", "S10")
