"""The blocks and pages of a body map, and the names on its plates."""

from collections.abc import Mapping

from book.kinds.place.model import FILE
from book.kinds.place.render import body_map, find, map_names
from book.model.book import Book
from book.model.picture import FileSource, Picture
from book.model.problems import Problems
from book.render.tree import Tree

BLOCKS = {"place": body_map.place, "map": body_map.body_map, "map-table": body_map.map_table}
PAGES = {"find": find.page}
check = body_map.check


def complete(
    book: Book, bodies: Mapping[str, Tree], pictures: Mapping[str, Picture], files: FileSource, problems: Problems
) -> None:
    """Put the names on the map's plates where they stand in print."""
    if not book.body_map.plates:
        return
    font = map_names.measure(files.style(map_names.NAME_FONT))

    def say(key: str, said: str) -> None:
        kind = "places" if key in book.body_map.places else "zones"
        problems.add(FILE, book.lines.of(FILE, (kind, key)), said)

    for body in bodies.values():
        map_names.place_names(body, pictures, font, say)
