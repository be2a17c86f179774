"""Ids, cross-references and source numbers: from the author's `exercise:band-row` to one book-wide set of ids.

A pure step over all sections of a book. What a link looks like in an edition is `assemble`'s work.
"""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lxml import etree

from book.model.book import Book
from book.model.document import documents
from book.model.fields import TYPED, html_id
from book.model.problems import Problems, nearest
from book.model.sources import FILE as SOURCES
from book.render.anchors import Anchors
from book.render.section import Section
from book.render.tree import Tree, line_at, plain, value
from book.render.words.addresses import short

LINKED = re.compile(rf"\]\(({TYPED})\)")
OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:|sms:)", re.IGNORECASE)
BARE_SCHEME = re.compile(r"(?:mailto|tel|sms):", re.IGNORECASE)
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
        for link in section.tree.iterfind(".//a[@href]"):
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
    for key in re.findall(r"@([\w:./+-]+)", " ".join(re.findall(r"\[@[^\]]+\]", text))):
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


@dataclass(frozen=True)
class _Asked:
    """A link, its target as the author wrote it, and where it stands."""

    link: Tree
    href: str
    section: Section
    line: int


def _resolve_link(link: Tree, section: Section, anchors: Anchors, book: Book, problems: Problems) -> None:
    href = value(link, "href")
    asked = _Asked(link, href, section, line_at(link) or section.line(f"({href}"))
    if OUTSIDE.match(href):
        _lead_out(link, href)
        return
    if href.startswith("source:"):
        _check_source(link, section, book, problems)
        link.set("href", "#" + html_id(href))
        return
    if re.fullmatch(TYPED, href):
        said = _to_typed(asked, anchors)
    elif href.startswith("#"):
        said = _to_place(asked, anchors)
    elif href.partition("#")[0].lower().endswith(MARKDOWN):
        said = _to_document(asked, anchors, problems)
    else:
        said = _not_understood(href)
    if said:
        problems.add(section.file, asked.line, said, "T05")


def _lead_out(link: Tree, href: str) -> None:
    """Let a link lead out of the book; without words of its own it shows its address."""
    if _is_wordless(link):
        link.text = BARE_SCHEME.sub("", href)
        link.set("class", "url")
    else:
        link.set("class", "url" if plain(link) in {href, short(href)} else "out")
    link.set("href", NOT_IN_ADDRESSES.sub(lambda sign: quote(sign[0]), href))


def _to_typed(asked: _Asked, anchors: Anchors) -> str:
    """Let a link lead to a typed id; say what is wrong if it cannot."""
    href, final = asked.href, anchors.of(asked.href)
    if final:
        _lead(asked.link, final, anchors.titles.get(href, ""), "term" if href.startswith("term:") else "ref")
    elif href in anchors.titles:  # it may be in what was not read
        asked.link.attrib.pop("href")
    else:
        remedy = nearest(href, anchors.titles) or " Give its target an id, or mend the link."
        return f'the cross-reference "{href}" leads nowhere.{remedy}'
    return ""


def _to_place(asked: _Asked, anchors: Anchors) -> str:
    """Let a link lead to a heading or an id; say what is wrong if it cannot."""
    name = asked.href.removeprefix("#")
    if final := anchors.within(asked.section, name) or anchors.of(name):
        _lead(asked.link, final, anchors.words.get(final, ""), "")
        return ""
    remedy = nearest(name, anchors.names_in(asked.section)) or " Give its heading an id."
    return f'the link "{asked.href}" leads nowhere in this chapter.{remedy}'


def _to_document(asked: _Asked, anchors: Anchors, problems: Problems) -> str:
    """Let a link to a Markdown file, or to a part of it, lead to its section; say what is wrong if it cannot."""
    path, _, fragment = asked.href.partition("#")
    target = anchors.document(path, asked.section)
    unread = {f"{name.partition(':')[2]}.md" for name in problems.unread}
    if target is None and posixpath.basename(unquote(path)) in unread:
        return ""
    if target is None:
        remedy = (
            nearest(posixpath.basename(path), map(posixpath.basename, anchors.files))
            or " List it under contents, or mend the link."
        )
        return f'the link "{path}" leads to no file of the book.{remedy}'
    final = anchors.within(target, fragment) if fragment else target.html_id
    if not final:
        remedy = nearest(fragment, anchors.names_in(target)) or " Give its heading an id."
        return f'the link "{asked.href}" leads nowhere in {target.file}.{remedy}'
    _lead(asked.link, final, anchors.words.get(final, "") if fragment else target.title, "ref")
    return ""


def _lead(link: Tree, final: str, title: str, kind: str) -> None:
    """Let a link lead to an id; without words of its own it has those of its target."""
    if _is_wordless(link):
        link.text = title
    if kind and not link.get("class"):
        link.set("class", kind)
    link.set("href", f"#{final}")


def _is_wordless(link: Tree) -> bool:
    return not len(link) and not (link.text or "").strip()


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
