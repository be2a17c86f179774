"""Where in the author's files a place of a PDF comes from: by the words there, else by the section of its page."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from book.check.fault import Fault
from book.check.finished import Printed
from book.check.proof import Proof
from book.check.source_map import LEAST, TRIES, letters
from book.check.views.pdf_elements import Element, Piece
from book.layout.pdf_pages import open_pages
from book.model.place import MANIFEST, Place
from book.render.section import Section

ENOUGH, BEGIN, FEW = 80, 20, 10  # letters to find a place by: of printed words, of their beginning, at least
ANEW = "Delete the file and build it again."
Find = Callable[[Proof], Iterator[Fault]]


def once(find: Find) -> Find:
    """Tell what several editions show alike of the first of them alone."""

    @wraps(find)
    def first(proof: Proof) -> Iterator[Fault]:
        told: set[tuple[Place, str]] = set()
        for fault in find(proof):
            if (fault.place, fault.said) not in told:
                told.add((fault.place, fault.said))
                yield fault

    return first


def for_screens(proof: Proof) -> Iterator[Printed]:
    """Give the PDFs that are read on screens, and so by screen readers."""
    return (printed for printed in proof.prints if printed.flat)


def seen(printed: Printed, page: int = -1) -> str:
    """Name a file, and a page (from 0) of it: "letter, page 12"."""
    return printed.edition.name + (f", page {page + 1}" if page >= 0 else "")


def words_of(printed: Printed, pieces: Iterable[Piece]) -> str:
    """Give the first words that are printed in marked pieces of pages, "" for none."""
    words: list[str] = []
    for page, number in pieces:
        if 0 <= page < len(printed.inside.pages):
            words.append(_texts(printed, page).get(number, ""))
        if sum(map(len, words)) > ENOUGH:
            break
    return " ".join(" ".join(words).split())[:ENOUGH]


def _texts(printed: Printed, page: int) -> dict[int, str]:
    """Give the texts of a page (from 0) by the numbers that they are marked with; each page is read once."""
    known = printed.inside.texts
    if page not in known:
        with open_pages(printed.data) as pages:
            known[page] = pages[page].texts_by_mark()
    return known[page]


def pieces_of(element: Element) -> list[Piece]:
    """Give the marked pieces of an element and of all below it."""
    return [piece for part in element.walk() for piece in part.pieces]


def page_of(element: Element) -> int:
    """Give the page, from 0, on which an element begins; -1 if that is not known."""
    return min((page for page, _ in pieces_of(element) if page >= 0), default=-1)


def at_page(proof: Proof, printed: Printed, page: int) -> Place:
    """Give the place of the section that a page (from 0) belongs to: its title in the author's file."""
    best: tuple[int, Section] | None = None
    for section in proof.rendered.sections if proof.reaches("text") else ():
        starts = start_of(printed, section.html_id, section.title)
        if starts is not None and starts <= page and (best is None or starts >= best[0]):
            best = starts, section
    return at_section(proof, best[1]) if best else Place(MANIFEST)


def at_section(proof: Proof, section: Section) -> Place:
    """Give where a section's title stands, else where book.yaml names the section."""
    return _found(proof, section.title, section.file) or Place(section.file, section.line(section.title))


def start_of(printed: Printed, html_id: str, title: str) -> int | None:
    """Give the page, from 0, on which a section starts: by its name for links, else by its bookmark."""
    known = printed.inside.starts
    if html_id not in known:
        named = (page for name, page in printed.inside.outline if letters(name).endswith(letters(title)))
        at = printed.inside.destinations.get(html_id, -1)
        known[html_id] = at if at >= 0 else next(named, None)
    return known[html_id]


def at_element(proof: Proof, printed: Printed, element: Element, page: int = -1) -> Place:
    """Give the author's line behind an element: by its own words, else by the next words after it.

    `page` (from 0) is where it stands, if it has no content by which that is known.
    """
    words = element.text("/Alt") or words_of(printed, pieces_of(element)) or _after(printed, element)
    section = at_page(proof, printed, max(page, page_of(element)))
    if not letters(words) or not proof.reaches("text"):
        return section
    return at_words(proof, words, section)


def at_words(proof: Proof, words: str, section: Place) -> Place:
    """Give the author's line of some printed words; the section's if the builder wrote them and not the author.

    What the builder puts around an author's words, such as "Figure 1." or "(page 4)", may be among them.
    """
    if found := _found(proof, words, section.file):
        return found
    parts = words.split()
    for first, last in ((0, 2), (1, 0), (2, 0), (3, 0)):
        some = letters("".join(parts[first : len(parts) - last]))
        line = proof.source_map.text(section.file).line(some[:BEGIN]) if len(some) >= FEW else 0
        if line:
            return Place(section.file, line)
    return section


def _found(proof: Proof, words: str, file: str) -> Place | None:
    """Give the author's line of some words, sought in a file first; None if they are in none."""
    found, bare = proof.source_map.find(words, [file]), letters(words)
    starts = {bare[:length] for length in TRIES if length} | {bare}
    lines = {proof.source_map.text(found.file).line(start) for start in starts if len(start) >= LEAST}
    return found if found.line in lines else None


def _after(printed: Printed, element: Element) -> str:
    """Give the words that are read next after an element: a picture is found by its caption."""
    below = {part.number for part in element.walk()}
    after = iter(printed.inside.elements)
    next(found for found in after if found.number == element.number)
    pieces = (piece for found in after if found.number not in below for piece in found.pieces)
    return words_of(printed, pieces)
