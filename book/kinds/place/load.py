"""What is wrong with a body map: names that mean nothing, and a page without its words."""

from book.figure.spec import built_in_poses, built_in_regions
from book.kinds.place.model import FILE, map_mistakes
from book.model.book import Book
from book.model.document import Document, Page
from book.model.place import MANIFEST
from book.model.problems import Problems, nearest


def check(book: Book, problems: Problems) -> None:
    """See that the map names nothing unknown, that documents name its parts, and that a find page has its words."""
    figures = book.figures
    poses, regions = [*built_in_poses(), *figures.poses], [*built_in_regions(), *figures.regions]
    for path, said in map_mistakes(book.body_map, figures.figures, poses, regions):
        problems.add(FILE, book.lines.of(FILE, path), said)
    for part in book.parts:
        if isinstance(part, Page) and part.name == "find" and not book.body_map.find:
            problems.add(MANIFEST, part.line, f'"page:find" needs the key "find" in {FILE}. Add it.')
        if isinstance(part, Document):
            _check_areas(part, book, problems)


def _check_areas(part: Document, book: Book, problems: Problems) -> None:
    known = book.body_map.parts
    for number, area in enumerate(part.areas):
        if area not in known:
            said = f'there is no part "{area}" in {FILE}.{nearest(area, known)}'
            problems.add(part.file, book.lines.of(part.file, ("areas", number)), said)
