"""What `book draw` draws for a body map: its plates."""

from collections.abc import Iterator

from book.build.figure_groups import Group, make_group
from book.figure.drawing import Kit, Picture
from book.figure.spec import Labelled
from book.kinds.place.model import FILE, drawings
from book.model.book import Book
from book.model.place import Place
from book.model.problems import Problems


def groups(book: Book, kit: Kit, problems: Problems) -> Iterator[Group]:
    """List the plates, each with and without columns for names."""
    del problems
    by_plate: dict[str, list[tuple[str, Labelled]]] = {}
    for name, file, drawing in drawings(book.body_map):
        by_plate.setdefault(name, []).append((file, drawing))
    for name, drawn in by_plate.items():
        plate = book.body_map.plates[name]
        place = Place(FILE, book.lines.of(FILE, ("plates", name)))
        asked = [(Picture(file, plate.title, plate.alt, drawing), place) for file, drawing in drawn]
        yield make_group(f"body-map-{name}", asked, [file for file, _ in drawn], kit)
