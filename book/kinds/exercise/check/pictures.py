"""The pictures of exercises: both ends of a move, told in words of their own."""

from collections.abc import Iterator
from itertools import combinations

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.kinds.exercise.model import Exercise, pictures_of
from book.model.place import Place

MOVE = ("start", "finish")


@rule(
    "F06", "warning", "An exercise does not show how it starts and how it ends.",
    hint="Give it the poses start and finish, each with a figure or a picture.",
    source="PEMAT-P, item 26 (AHRQ): pictures wherever they help the reader to act",
    needs="book",
)  # fmt: skip
def unseen_moves(proof: Proof) -> Iterator[Fault]:
    """Give exercises that lack one of the two pictures of a move."""
    for part in proof.parts:
        if not isinstance(part, Exercise):
            continue
        there = {pose.name for pose, file in zip(part.head.poses, pictures_of(part), strict=True) if file}
        for name in MOVE:
            if name not in there:
                said = (
                    f'this exercise has no picture of its {name}. Add the pose "{name}" with a figure or picture.'
                )
                yield Fault(_pose_place(part, name, proof), said)


def _pose_place(part: Exercise, name: str, proof: Proof) -> Place:
    """Give the line of a pose, or that of all poses, or of the file."""
    names = [pose.name for pose in part.head.poses]
    return proof.line(part.file, "poses", *([names.index(name)] if name in names else []))


@rule(
    "F07", "warning", "Two pictures of an exercise are told in the same words.",
    hint="Say what differs: that is what the reader must do.",
    source="WCAG 2.2, 1.1.1: words must serve the purpose of their picture",
    needs="book",
)  # fmt: skip
def twin_poses(proof: Proof) -> Iterator[Fault]:
    """Give poses that share alt text, caption or picture with an earlier one of their exercise."""
    for part in (part for part in proof.parts if isinstance(part, Exercise)):
        for (_, first), (number, second) in combinations(enumerate(part.head.poses), 2):
            for key in ("alt", "caption", "picture"):
                if getattr(first, key) and getattr(first, key) == getattr(second, key):
                    said = f'the poses "{first.name}" and "{second.name}" have the same {key}. Say what differs.'
                    yield Fault(proof.line(part.file, "poses", number, key), said)
