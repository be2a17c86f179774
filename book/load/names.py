"""Does every name in the book's figures mean something: poses, regions, things, views? Called by `load`.

What can only be known once documents are rendered, such as ids, is checked in `render`.
"""

from book.figure.spec import built_in_poses, built_in_regions, mistakes, stance_mistakes
from book.model.book import Book
from book.model.place import FIGURES, Path
from book.model.problems import Problems


def check_drawings(book: Book, problems: Problems) -> None:
    """See that every figure can be drawn: joints, angles, names of poses, regions, things and views."""
    figures = book.figures
    regions, poses = [*built_in_regions(), *figures.regions], [*built_in_poses(), *figures.poses]
    found: list[tuple[Path, str]] = []
    for name, stance in figures.poses.items():
        found += stance_mistakes(stance, ("poses", name), poses, regions)
    for name, entry in figures.figures.items():
        found += [(("figures", name, *path), said) for path, said in mistakes(entry, poses, regions)]
    for path, said in found:
        problems.add(FIGURES, book.lines.of(FIGURES, path), said)
