"""The rules of places, and the words that their pages must have."""

import re
from collections.abc import Iterable, Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.pictures import Line, Shown
from book.kinds.place.model import FILE as MAP
from book.kinds.place.model import drawings
from book.model.book import Book
from book.model.document import Document


def shown(book: Book, line: Line) -> Iterator[Shown]:
    """Give the plates of the map, which are drawn for two papers."""
    for name, file, drawing in drawings(book.body_map):
        asked = line(MAP, "plates", name, "alt")
        yield Shown(file, "plate", asked, book.body_map.plates[name].alt, "", drawing)


def asked_words(part: Document, book: Book) -> Iterable[str]:
    """Give what the places that a document shows say."""
    for key in re.findall(r"(?m)^///+ place \| (\S+)", part.body):
        place = book.body_map.places[key]
        yield from (place.sign, place.name, place.tool or "", place.find, place.press, place.then or "")
        yield from (str(place.how_hard), str(place.seconds), *place.care, *place.muscles)


@rule(
    "F08", "warning", "A place on the body has a page of its own and no figure.",
    hint="Give it the key figure, or take out own_page.",
    source="docs/body-map.md: an own page keeps room for a figure",
    needs="book",
)  # fmt: skip
def unseen_places(proof: Proof) -> Iterator[Fault]:
    """Give places of the map with a page of their own that show nothing on it."""
    for key, place in proof.book.body_map.places.items():
        if place.own_page and not place.figure:
            said = f'"{place.name}" has a page of its own, but no figure. Add the key figure, or take out own_page.'
            yield Fault(proof.line(MAP, "places", key, "own_page"), said)
