"""What of a place must stand on one page."""

from collections.abc import Iterator

from book.build.promise import Promise
from book.kinds.place.model import FILE
from book.model.book import Book
from book.model.editions import Edition
from book.model.fields import html_id
from book.render.section import Section

REMEDY = "Shorten its words, or give its figure less height_mm."


def promises(book: Book, section: Section, edition: Edition) -> Iterator[Promise]:
    """Give the places of a section that have a page of their own."""
    del edition
    own = [key for key, place in book.body_map.places.items() if place.own_page]
    inside = {element.get("id") for element in section.tree.iter("div")} if own else set()
    for key in own:
        if html_id(key) in inside:
            yield Promise(html_id(key), section, FILE, ("places", key), REMEDY)
