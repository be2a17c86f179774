"""The page of an exercise: its template filled, and what its body must be."""

from collections.abc import Mapping

from lxml import etree

from book.kinds.exercise.model import Exercise, ExerciseWords, inset_of, pictures_of, words_for_inset
from book.kinds.exercise.render.dose import dose_boxes
from book.model.book import Book
from book.model.document import line_of
from book.model.key_lines import KeyLines
from book.model.picture import Picture
from book.model.problems import Problems
from book.render.body_parts import body_parts, steps_of
from book.render.pages.templates import days, inner, join, long_date
from book.render.pages.templates import fill as filled
from book.render.tree import Tree

STEPS_AT_LEAST, STEPS_AT_MOST = 3, 6


def fill(book: Book, part: Exercise, number: int | None, body: Tree, pictures: Mapping[str, Picture]) -> Tree:
    """Fill an exercise's page; pictures by file name tell which are tall."""
    pieces = {name: inner(join(found)) for name, found in body_parts(part, body).items()}
    areas = [book.body_map.parts[area].name for area in part.head.areas]
    labels, inset = book.manifest.labels, pictures.get(inset_of(part) or "")
    first, *more = body_parts(part, body)["feel"]  # the first paragraph goes on from the words before it
    if first.tag != "p":
        first, more = etree.Element("p"), [first, *more]
    return filled(
        "exercise/page.html",
        key=part.key, name=part.name, head=part.head, number=number, areas=areas,
        dose=dose_boxes(part.head.dose, labels), labels=labels, book=book.manifest, date=long_date(book),
        days=days(labels), inset=inset, inset_words=words_for_inset(part, labels.of(ExerciseWords)),
        pictures=[pictures.get(name or "") for name in pictures_of(part)],
        **(pieces | {"feel": inner(first), "more": inner(join(more))}),
    )  # fmt: skip


def check_body(part: Exercise, tree: Tree, lines: KeyLines, problems: Problems) -> None:
    """See that there are 3 to 6 numbered steps, and that each pose which says what step it shows names one."""
    count = len(steps_of(part, tree))
    if body_parts(part, tree).get("steps") and not STEPS_AT_LEAST <= count <= STEPS_AT_MOST:
        message = f"write {STEPS_AT_LEAST} to {STEPS_AT_MOST} numbered steps (1. 2. 3.), not {count}."
        problems.add(part.file, line_of(part, "## Steps"), message)
    for number, pose in enumerate(part.head.poses):
        if pose.step and pose.step > count:
            message = f'the pose "{pose.name}" shows step {pose.step}, and there are {count} steps. Mend its step.'
            problems.add(part.file, lines.of(part.file, ("poses", number, "step")), message)
