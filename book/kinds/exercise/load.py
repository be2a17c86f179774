"""What is wrong with exercises: names in their data that mean nothing."""

from collections.abc import Collection, Iterator

from book.figure.spec import Drawing, built_in_poses, built_in_regions, mistakes
from book.kinds.exercise.model import Exercise
from book.model.book import Book
from book.model.place import Path
from book.model.problems import Problems


def check(book: Book, problems: Problems) -> None:
    """See that each exercise can be drawn."""
    poses = [*built_in_poses(), *book.figures.poses]
    regions = [*built_in_regions(), *book.figures.regions]
    for part in book.parts:
        if isinstance(part, Exercise):
            for path, said in _undrawable(part, poses, regions):
                problems.add(part.file, book.lines.of(part.file, path), said)


def _undrawable(part: Exercise, poses: list[str], regions: Collection[str]) -> Iterator[tuple[Path, str]]:
    """Give what cannot be drawn; a pose may begin with an earlier one."""
    earlier: list[str] = []
    for number, pose in enumerate(part.head.poses):
        for path, said in mistakes(pose.figure, [*poses, *earlier], regions) if pose.figure else ():
            yield ("poses", number, "figure", *path), said
        earlier.append(pose.name)
    for path, said in mistakes(Drawing(show=part.head.works), (), regions):
        yield ("works", *path[1:]), said
