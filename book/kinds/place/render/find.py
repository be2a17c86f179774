"""The page "find by": for each part of the map, the headings that it names and the documents that name it."""

from book.model.book import Book
from book.model.document import Document, Page
from book.render.kinds import Gathered
from book.render.pages.entry import Entry
from book.render.pages.templates import fill
from book.render.section import Section


def page(book: Book, part: Page, gathered: Gathered) -> Section:
    """Fill the page. ValueError if the map has no words for it."""
    find, key = book.body_map.find, f"page:{part.name}"
    if find is None:
        raise ValueError("page:find without its words; load lets none through")
    groups = _groups(book, gathered)
    tree = fill(
        "place/find.html", key=key, find=find, groups=groups, labels=book.manifest.labels, book=book.manifest
    )
    return Section(key, find.title, find.title, None, part, tree)


def _groups(book: Book, gathered: Gathered) -> list[tuple[str, list[Entry]]]:
    titles = {**gathered.headings} | {section.key: section.title for section in gathered.texts}
    groups = []
    for key, entry in book.body_map.parts.items():
        seen = [Entry(name, titles.get(name, name), None, name.partition(":")[0]) for name in entry.see]
        moves = [
            Entry(section.key, section.title, section.number, section.kind)
            for section in gathered.texts
            if isinstance(section.part, Document) and key in section.part.areas
        ]
        groups.append((entry.name, seen + moves))
    return [(name, rows) for name, rows in groups if rows]
