"""Templates filled: the XHTML tree of the cover and of the pages the builder makes itself.

Called by `render` only; links in the results are still the author's typed ids.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from book.model.book import Book
from book.model.document import Page
from book.render.kinds import Gathered, page_makers
from book.render.pages.entry import Entry
from book.render.pages.templates import fill, long_date
from book.render.section import Section
from book.render.tree import Tree, typeset
from book.render.words.fluency import Fluency, held
from book.render.words.readability import Measures
from book.render.words.typography import set_pieces


def cover(book: Book) -> Tree:
    """Fill the cover."""
    figure = book.manifest.cover.figure
    entry = book.figures.figures[figure] if figure else None
    about = book.manifest
    return fill("cover.html", book=about, labels=about.labels, date=long_date(book), figure=figure, entry=entry)


def card(book: Book) -> Tree:
    """Fill the card for link previews."""
    figure = book.manifest.cover.figure
    entry = book.figures.figures[figure] if figure else None
    tree = fill("card.html", book=book.manifest, figure=figure, entry=entry)
    typeset(tree, set_pieces)
    return tree


def page(book: Book, part: Page, gathered: Gathered) -> Section:
    """Fill one of the pages the builder makes itself; contents stays empty until all sections are there."""
    if maker := page_makers().get(part.name):
        return maker(book, part, gathered)
    about, key = book.manifest, f"page:{part.name}"
    values: dict[str, Any] = {"key": key, "labels": about.labels, "book": about}
    match part.name:
        case "sources":
            title = about.labels.sources
            known = [(name, book.sources[name]) for name in gathered.sources if name in book.sources]
            dates = {name: long_date(book, source.seen_on) for name, source in known if source.seen_on}
            tree = fill("sources.html", sources=known, dates=dates, **values)
        case "scan":
            title = about.labels.scan
            tree = fill("scan.html", groups=[], mentions={}, **values)
        case "colophon":
            title = about.labels.colophon
            rows = _measured(book, gathered.measures)
            changes = [(change, long_date(book, change.date)) for change in about.changes]
            tree = fill("colophon.html", date=long_date(book), changes=changes, measured=rows, **values)
        case _:
            title = about.labels.contents
            tree = fill("contents.html", entries=[], **values)
    return Section(key, title, title, None, part, tree)


def with_contents(book: Book, section: Section, listed: Iterable[Section]) -> Section:
    """Give the contents page its entries, now that every section is known; other sections as they are."""
    if section.key != "page:contents":
        return section
    entries = [
        Entry(other.key, other.title, other.number, other.kind) for other in listed if other.key != section.key
    ]
    tree = fill("contents.html", key=section.key, entries=entries, labels=book.manifest.labels)
    return replace(section, tree=tree)


def with_fluency(book: Book, section: Section, found: Fluency | None) -> Section:
    """Give the colophon what the book promises of its prose, now that its links have words; others as they are."""
    floors = book.manifest.reading and book.manifest.reading.prose
    if section.key != "page:colophon" or found is None or not floors:
        return section
    labels = book.manifest.labels
    names = {
        "words_per_sentence": labels.words_per_sentence, "spread": labels.spread, "short": labels.short_sentences,
        "connectives": labels.connectives, "grade": "Flesch–Kincaid",
    }  # fmt: skip
    rows = [
        (names[row.name], row.shown, f"{labels.at_most if row.at_most else labels.at_least} {row.bar:g}")
        for row in held(found, floors)
    ]
    if rows:
        section.tree.extend(list(fill("fluency.html", measured=rows, labels=labels)))
    return section


def _measured(book: Book, measures: Measures | None) -> list[tuple[str, str, str]]:
    """Give the reading measures beside the bars that the book promises: (name, measured, promised)."""
    if measures is None or book.manifest.reading is None:
        return []
    bars, labels = book.manifest.reading.whole, book.manifest.labels
    rows = [
        ("Flesch–Kincaid", measures.grade, bars.grade, labels.at_most),
        ("SMOG", measures.smog, bars.smog, labels.at_most),
        ("Flesch", measures.ease, bars.ease, labels.at_least),
        ("Dale–Chall", measures.dale_chall, bars.dale_chall, labels.at_most),
        (labels.words_per_sentence, measures.words_per_sentence, bars.words_per_sentence, labels.at_most),
    ]
    return [(name, f"{value:.1f}", f"{word} {bar:g}") for name, value, bar, word in rows]
