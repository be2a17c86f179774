"""Templates filled: the XHTML tree of each chapter, exercise and of the pages the builder makes itself.

Called by `render` only; links in the results are still the author's typed ids.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from book.kinds.exercise.model import Exercise, inset_of, pictures_of, words_for_inset
from book.kinds.exercise.render.dose import dose_boxes
from book.model.book import Book, Chapter, Page
from book.model.picture import Picture
from book.render.pages.templates import _join, days, fill, inner, long_date
from book.render.section import Section
from book.render.tree import Tree, plain, typeset
from book.render.words.fluency import Fluency, held
from book.render.words.readability import Measures
from book.render.words.typography import set_pieces


@dataclass(frozen=True)
class Entry:
    """One line of the contents or of a find-by list."""

    key: str
    title: str
    number: int | None
    kind: str


def chapter(book: Book, part: Chapter, number: int | None, body: Tree) -> Tree:
    """Fill a chapter's page."""
    labels = book.manifest.labels
    key = f"chapter:{part.name}"
    return fill("chapter/page.html", key=key, head=part.head, number=number, body=inner(body), labels=labels)


def exercise(book: Book, part: Exercise, number: int, body: Tree, pictures: Mapping[str, Picture]) -> Tree:
    """Fill an exercise's page; pictures by file name tell which are tall."""
    pieces = {name: inner(_join(found)) for name, found in exercise_parts(body).items()}
    areas = [book.body_map.parts[area].name for area in part.head.areas]
    labels, inset = book.manifest.labels, pictures.get(inset_of(part) or "")
    feel = inner(_join(exercise_parts(body)["feel"])[0])
    return fill(
        "exercise/page.html",
        key=f"exercise:{part.name}", name=part.name, head=part.head, number=number, areas=areas,
        dose=dose_boxes(part.head.dose, labels), labels=labels, book=book.manifest, date=long_date(book),
        days=days(labels), inset=inset, inset_words=words_for_inset(part, labels),
        pictures=[pictures.get(name or "") for name in pictures_of(part)], **(pieces | {"feel": feel}),
    )  # fmt: skip


def exercise_parts(body: Tree) -> dict[str, list[Tree]]:
    """Take an exercise's body apart at its headings: {"why": [...], "start": [...], ...}."""
    parts: dict[str, list[Tree]] = {}
    name = "why"
    for element in body:
        if element.tag == "h2":
            name = plain(element).lower()
        else:
            parts.setdefault(name, []).append(element)
    return parts


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


def page(
    book: Book,
    part: Page,
    texts: list[Section],
    headings: Mapping[str, str],
    sources: list[str],
    measures: Measures | None,
) -> Section:
    """Fill one of the pages the builder makes itself; contents stays empty until all sections are there."""
    about, key = book.manifest, f"page:{part.name}"
    values: dict[str, Any] = {"key": key, "labels": about.labels, "book": about}
    match part.name:
        case "find" if find := book.body_map.find:
            title = find.title
            tree = fill("place/find.html", find=find, groups=_groups(book, texts, headings), **values)
        case "log" if about.log:
            title = about.log.title
            tree = fill("log/page.html", log=about.log, days=days(about.labels), **values)
        case "sources":
            title = about.labels.sources
            known = [(name, book.sources[name]) for name in sources if name in book.sources]
            dates = {name: long_date(book, source.seen_on) for name, source in known if source.seen_on}
            tree = fill("sources.html", sources=known, dates=dates, **values)
        case "scan":
            title = about.labels.scan
            tree = fill("scan.html", groups=[], mentions={}, **values)
        case "colophon":
            title = about.labels.colophon
            rows = _measured(book, measures)
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
        Entry(other.key, other.title, other.number, other.key.partition(":")[0])
        for other in listed
        if other.key != section.key
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


def _groups(book: Book, texts: list[Section], headings: Mapping[str, str]) -> list[tuple[str, list[Entry]]]:
    """List, for each part of the map, the headings it names and the exercises that name it."""
    groups = []
    for key, entry in book.body_map.parts.items():
        titles = {**headings} | {section.key: section.title for section in texts}
        seen = [Entry(name, titles.get(name, name), None, name.partition(":")[0]) for name in entry.see]
        moves = [
            Entry(section.key, section.title, section.number, "exercise")
            for section in texts
            if isinstance(section.part, Exercise) and key in section.part.head.areas
        ]
        groups.append((entry.name, seen + moves))
    return [(name, rows) for name, rows in groups if rows]


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
