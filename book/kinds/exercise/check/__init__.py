"""The rules of exercises, and which pictures they show."""

from collections.abc import Iterator

from book.check.views.pictures import Line, Shown
from book.figure.spec import Stance, built_in_poses, settle
from book.kinds.exercise.model import Exercise, inset_of, pictures_of
from book.model.book import Book


def shown(book: Book, line: Line) -> Iterator[Shown]:
    """Give the pictures of poses, each with the poses that it may begin with, and the insets."""
    for part in book.parts:
        if isinstance(part, Exercise):
            yield from _poses(part, book, line)
            if inset := inset_of(part):
                yield Shown(inset, "inset", line(part.file, "works"))


def _poses(part: Exercise, book: Book, line: Line) -> Iterator[Shown]:
    known: dict[str, Stance] = {}
    for number, (pose, name) in enumerate(zip(part.head.poses, pictures_of(part), strict=True)):
        if name:
            asked = line(part.file, "poses", number, "alt")
            step = (part, pose.step) if pose.step else None
            caption, drawing = pose.caption, pose.figure
            yield Shown(name, "pose", asked, pose.alt or "", caption, drawing, step, dict(known))
        if pose.figure:
            known[pose.name] = settle(pose.figure, {**built_in_poses(), **book.figures.poses, **known})
