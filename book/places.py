"""What a chapter shows of the body map: `/// place`, `/// map` and `/// map-table` blocks become their markup.

Called by `render` before the other parts of a chapter become what they are. The words come from the map's file.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from book import pages
from book.body_map import FILE, BodyMap, Place, plate_file
from book.elements import Tree, parent, plain, select, value
from book.model import Book, Chapter, Exercise, line_of
from book.problems import Problems, nearest

LINKED = re.compile(r"\]\(([a-z][a-z-]*:[a-z0-9-]+)\)")
Path = tuple[str | int, ...]


def expand(tree: Tree, part: Chapter | Exercise, book: Book, problems: Problems) -> None:
    """Put each place, map and table in the stead of its block."""
    kinds = {"place": _place, "map": _map, "map-table": _table}
    for box in select(tree, './/div[contains(@class, "admonition")]'):
        kind = value(box, "class").split()[-1]
        if kind not in kinds:
            continue
        wanted = plain(box[0])
        box.remove(box[0])
        default = wanted == kind.replace("-", " ").title()
        told = _Told(part, line_of(part, f"/// {kind}"), problems)
        made = kinds[kind](box, "" if default else wanted, book, told)
        if made is not None:
            parent(box).replace(box, made)


class _Told:
    """Where a block stands, for what is wrong with it."""

    def __init__(self, part: Chapter | Exercise, line: int, problems: Problems) -> None:
        self.part, self.line, self.problems = part, line, problems

    def say(self, message: str, phrase: str = "") -> None:
        """Report a problem at the line of a phrase, or at the block's own."""
        line = line_of(self.part, phrase) if phrase else self.line
        self.problems.add(self.part.file, line, message)


def _place(box: Tree, wanted: str, book: Book, told: _Told) -> Tree | None:
    places = book.body_map.places
    if wanted not in places:
        remedy = nearest(wanted, places) or f" Known: {', '.join(places)}."
        told.say(f'there is no place "{wanted}" in {FILE}.{remedy}', f"place | {wanted}")
        return None
    place = places[wanted]
    figure = book.figures.figures.get(place.figure or "")
    return pages.fill(
        "place.html", key=wanted, place=place, figure=figure, labels=book.manifest.labels, body=pages.inner(box)
    )


def _map(box: Tree, wanted: str, book: Book, told: _Told) -> Tree | None:
    plates = book.body_map.plates
    names = [name.strip() for name in wanted.split(",") if name.strip()] or list(plates)
    for name in (name for name in names if name not in plates):
        told.say(f'there is no plate "{name}" in {FILE}.{nearest(name, plates) or " Add it there."}', name)
    if not names:
        told.say(f"a map needs plates. Write them in {FILE}, or take the block out.")
    if not plain(box):
        told.say("a map needs a line that says how to read it. Write it between the slashes.")
    shown = [
        (plate_file(name, wide=True), plate_file(name), plates[name], list(_names(book.body_map, name)))
        for name in names
        if name in plates
    ]
    return pages.fill("map.html", plates=shown, body=pages.inner(box)) if shown else None


def _names(found: BodyMap, plate: str) -> Iterator[dict[str, Any]]:
    """Give a plate's labels in the order of the file, zones last."""
    order = [*found.places, *found.zones]
    for label in sorted(found.plates[plate].names, key=lambda label: order.index(label.to)):
        named = found.named(label.to)
        name = named.label if isinstance(named, Place) else named.name
        yield {"to": label.to, "sign": named.sign, "name": name, "column": label.column}


def _table(box: Tree, wanted: str, book: Book, told: _Told) -> Tree | None:
    del wanted
    found = book.body_map
    rows = [(part.name, [key for key in part.see if key in found.places]) for part in found.parts.values()]
    if not found.find or not any(see for _, see in rows):
        told.say(f'a map-table needs "find" and "parts" with places in {FILE}. Write them, or take it out.')
        return None
    return pages.fill(
        "map_table.html", find=found.find, places=found.places, body=pages.inner(box),
        rows=[(name, see) for name, see in rows if see],
    )  # fmt: skip


def check(book: Book, known: Collection[str], line: Callable[[Path], int], problems: Problems) -> None:
    """See that every id in the map leads somewhere in the book; `line` tells where a key of the file stands."""
    for path, key in _ids(book.body_map):
        if key not in known:
            remedy = nearest(key, known) or " Give a heading that id, or mend it here."
            problems.add(FILE, line(path), f'"{key}" leads nowhere in this book.{remedy}')
    for path, text in _texts(book.body_map):
        for key in re.findall(r"@([\w-]+)", " ".join(re.findall(r"\[@[^\]]+\]", text))):
            if key not in book.sources:
                remedy = nearest(key, book.sources, cutoff=0.6) or " Add it there, or mend the id."
                problems.add(FILE, line(path), f'there is no source "{key}" in chapters/sources.yaml.{remedy}')


def _ids(found: BodyMap) -> Iterator[tuple[Path, str]]:
    """Give every id that a map names, its own places and zones among them, with its path."""
    for kind in ("places", "zones"):
        for key in getattr(found, kind):
            yield (kind, key), key
    for name, part in found.parts.items():
        for number, key in enumerate(part.see):
            yield ("parts", name, "see", number), key
    for path, text in _texts(found):
        for key in LINKED.findall(text):
            yield path, key


def _texts(found: BodyMap) -> Iterator[tuple[Path, str]]:
    """Give every text of a map that may hold links."""
    for key, place in found.places.items():
        for name in ("find", "press", "then"):
            if text := getattr(place, name):
                yield ("places", key, name), text
        for number, text in enumerate(place.care):
            yield ("places", key, "care", number), text
