"""What `book draw` draws for an exercise: its poses, and an inset that shows what works."""

from collections.abc import Iterator

from book.build.figure_groups import Group, make_group
from book.figure.drawing import Kit, Picture
from book.kinds.exercise.draw.inset import plan_inset
from book.kinds.exercise.model import INSET, Exercise, ExerciseWords, words_for_inset
from book.model.book import Book
from book.model.place import Place
from book.model.problems import Problems


def groups(book: Book, kit: Kit, problems: Problems) -> Iterator[Group]:
    """List the exercises with figures; problems for insets that show nothing."""
    for part in book.parts:
        if isinstance(part, Exercise):
            asked = [*_poses(part, book), *_inset(part, book, kit, problems)]
            if asked:
                yield make_group(part.name, asked, [f"{part.name}-{picture.name}.svg" for picture, _ in asked], kit)


def _poses(part: Exercise, book: Book) -> Iterator[tuple[Picture, Place]]:
    """List an exercise's poses that are to be drawn, each with the line that asks for it."""
    for number, pose in enumerate(part.head.poses):
        if pose.figure:
            title = f"{part.head.title}: {pose.label or pose.name}"
            place = Place(part.file, book.lines.of(part.file, ("poses", number, "name")))
            yield Picture(pose.name, title, pose.alt or "", pose.figure), place


def _inset(part: Exercise, book: Book, kit: Kit, problems: Problems) -> Iterator[tuple[Picture, Place]]:
    """Give the picture of what an exercise works, if it says so."""
    if not part.head.works:
        return
    words, place = book.manifest.labels.of(ExerciseWords), Place(part.file, book.lines.of(part.file, ("works",)))
    try:
        drawing = plan_inset(part.head.works, kit)
    except ValueError as error:
        problems.add(place.file, place.line, f"{error}. Take it out of works.")
        return
    yield Picture(INSET, f"{part.head.title}: {words.works}", words_for_inset(part, words), drawing), place
