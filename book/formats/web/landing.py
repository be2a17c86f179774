"""What the start page of a site shows: what the book helps with, the files to take, pictures of pages."""

import re
from collections.abc import Iterable, Mapping

from book.assemble.web import page_href
from book.formats.web.downloads import Download
from book.model.fields import TYPED, html_id
from book.model.manifest import Manifest
from book.model.site_words import WebWords
from book.render import markdown
from book.render.tree import Tree, plain, typeset, value
from book.render.words.typography import set_pieces, set_type

COVER = "cover"
FIRST_CHOICES = 3  # buttons at the top: more are no help


def helps(about: Manifest, titles: Mapping[str, str], homes: Mapping[str, str]) -> list[Tree]:
    """Give the lines that say what the book helps with; their links lead to pages."""
    lines = [markdown.inline(text) for text in about.web.helps]
    for line in lines:
        typeset(line, set_pieces)
        for link in line.iter("a"):
            key = value(link, "href")
            if re.fullmatch(TYPED, key):
                link.text = link.text if plain(link) else set_type(titles[key])
                link.set("href", page_href(html_id(key), homes))
    return lines


def first_choices(downloads: Iterable[Download]) -> list[Download]:
    """Give the whole book's files that most people take: the first of each paper, and the first e-book."""
    found: dict[tuple[str, str], Download] = {}
    for download in downloads:
        row = download.edition
        if download.shows_pages or download.maker.asked_for:
            found.setdefault((row.kind.name, row.paper), download)
    return list(found.values())[:FIRST_CHOICES]


def shelves(downloads: Iterable[Download], words: WebWords) -> list[tuple[str, list[Download]]]:
    """Put files into groups, each with its name: the whole book, parts of it, and what is folded or trimmed."""
    groups: dict[str, list[Download]] = {words.whole: [], words.parts: [], words.on_sheets: []}
    for download in downloads:
        row = download.edition
        kind = words.parts if row.part else words.on_sheets if row.folded or row.bleed_mm else words.whole
        groups[kind].append(download)
    return [(name, found) for name, found in groups.items() if found]


def wanted_pictures(about: Manifest, titles: Mapping[str, str]) -> dict[str, str]:
    """Name the places whose printed pages are shown, by their ids, with their titles: the cover comes first."""
    return {COVER: about.labels.cover} | {key: set_type(titles[key]) for key in about.web.shows}
