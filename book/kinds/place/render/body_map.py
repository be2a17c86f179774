"""What a chapter shows of the body map: the markup of `/// place`, `/// map` and `/// map-table`.

The words come from the map's own file; `check` sees that all its ids lead somewhere.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from book.kinds.place.model import FILE, BodyMap, Place, plate_file
from book.model.book import Book
from book.model.place import Path
from book.model.problems import Problems, nearest
from book.render.blocks import Piece
from book.render.links import dead_ends
from book.render.pages.templates import fill, inner
from book.render.tree import Tree, plain


def place(piece: Piece, book: Book, problems: Problems) -> Tree | None:
    """Give the markup of a place, None (and a problem) if the map has none of that id."""
    wanted, places = piece.given, book.body_map.places
    if wanted not in places:
        remedy = nearest(wanted, places) or f" Known: {', '.join(places)}."
        piece.tell(f'there is no place "{wanted}" in {FILE}.{remedy}', problems)
        return None
    found = places[wanted]
    figure, body = book.figures.figures.get(found.figure or ""), inner(piece.box)
    return fill("place/place.html", key=wanted, place=found, figure=figure, labels=book.manifest.labels, body=body)


def body_map(piece: Piece, book: Book, problems: Problems) -> Tree | None:
    """Give the markup of the map or of the plates named; None (and a problem) if it has none to show."""
    plates = book.body_map.plates
    names = [name.strip() for name in piece.given.split(",") if name.strip()] or list(plates)
    for name in (name for name in names if name not in plates):
        remedy = nearest(name, plates) or " Add it there."
        piece.tell(f'there is no plate "{name}" in {FILE}.{remedy}', problems)
    if not names:
        piece.tell(f"a map needs plates. Write them in {FILE}, or take the block out.", problems)
    if not plain(piece.box):
        piece.tell("a map needs a line that says how to read it. Write it between the slashes.", problems)
    shown = [
        (name, plate_file(name, wide=True), plate_file(name), plates[name], list(names_on(book.body_map, name)))
        for name in names
        if name in plates
    ]
    return fill("place/map.html", plates=shown, body=inner(piece.box)) if shown else None


def names_on(found: BodyMap, plate: str) -> Iterator[dict[str, Any]]:
    """Give a plate's labels in the order of the file, zones last: to, sign, name, column, at."""
    order = [*found.places, *found.zones]
    for label in sorted(found.plates[plate].names, key=lambda label: order.index(label.to)):
        named = found.named(label.to)
        name = named.label if isinstance(named, Place) else named.name
        yield {"to": label.to, "sign": named.sign, "name": name, "column": label.column, "at": label.at}


def map_table(piece: Piece, book: Book, problems: Problems) -> Tree | None:
    """Give the table that leads from parts to places; None (and a problem) if there is nothing to put into it."""
    found = book.body_map
    rows = [(part.name, [key for key in part.see if key in found.places]) for part in found.parts.values()]
    if not found.find or not any(see for _, see in rows):
        message = f'a map-table needs "find" and "parts" with places in {FILE}. Write them, or take it out.'
        piece.tell(message, problems)
        return None
    return fill(
        "place/map_table.html", find=found.find, places=found.places, body=inner(piece.box),
        rows=[(name, see) for name, see in rows if see],
    )  # fmt: skip


def check(book: Book, known: Collection[str], line: Callable[[Path], int], problems: Problems) -> None:
    """See that every id in the map leads somewhere in the book; `line` tells where a key of the file stands."""
    for path, key in _ids(book.body_map):
        if key not in known:
            remedy = nearest(key, known) or " Give a heading that id, or mend it here."
            problems.add(FILE, line(path), f'"{key}" leads nowhere in this book.{remedy}', "T05")
    for path, text in _texts(book.body_map):
        for said, code in dead_ends(text, known, book.sources):
            problems.add(FILE, line(path), said, code)


def _ids(found: BodyMap) -> Iterator[tuple[Path, str]]:
    """Give every id that a map names outside of its texts, its own places and zones among them, with its path."""
    for kind in ("places", "zones"):
        for key in getattr(found, kind):
            yield (kind, key), key
    for name, part in found.parts.items():
        for number, key in enumerate(part.see):
            yield ("parts", name, "see", number), key


def _texts(found: BodyMap) -> Iterator[tuple[Path, str]]:
    """Give every text of a map that may hold links."""
    for key, place in found.places.items():
        for name in ("find", "press", "then"):
            if text := getattr(place, name):
                yield ("places", key, name), text
        for number, text in enumerate(place.care):
            yield ("places", key, "care", number), text
