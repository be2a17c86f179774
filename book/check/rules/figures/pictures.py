"""Pictures: whether they are there, are told in words, are fresh, and are shown."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

from book.build.install import install
from book.check.fault import Fault, NotChecked
from book.check.proof import Proof
from book.check.rule import rule
from book.kinds.exercise.model import Exercise, pictures_of
from book.kinds.place.model import FILE as MAP
from book.load.pictures import MEDIA_TYPES
from book.model.place import FIGURES, Place
from book.model.problems import BookError

WORD = re.compile(r"\w+")
FILE_NAME = re.compile(
    r"\S+\.(svg|png|jpe?g|gif|webp)|\w+([-_]\w+)+|(img|dsc|image|figure|fig)[-_ ]?\d+", re.IGNORECASE
)
MOVE = ("start", "finish")


@rule(
    "F01", "error", "A picture has no words for those who cannot see it.",
    hint="Say in alt what the picture shows, as you would on the telephone.",
    source="WCAG 2.2, 1.1.1 Non-text Content",
    needs="told",
)  # fmt: skip
def wordless(proof: Proof) -> Iterator[Fault]:
    """Give the pictures that a build refuses for want of words."""
    yield from proof.told_of("F01")


@rule(
    "F02", "error", "A picture's caption is its alt text as well.",
    hint="Let the caption say what matters about the picture, and alt what is seen on it.",
    source="NHS service manual, Images: the caption does not repeat the alt text",
    needs="told",
)  # fmt: skip
def caption_as_alt(proof: Proof) -> Iterator[Fault]:
    """Give the pictures that a build refuses for words said twice."""
    yield from proof.told_of("F02")


@rule(
    "F03", "warning", "Alt text says little more than the caption.",
    hint="Whoever hears the page hears both: say in alt what is seen.",
    source="NHS service manual, Images: the caption does not repeat the alt text",
    needs="text",
)  # fmt: skip
def same_words(proof: Proof) -> Iterator[Fault]:
    """Give pictures whose alt text has no words of its own."""
    share = proof.checks.pictures.alike
    for shown in proof.shown:
        alt, caption = ({word.casefold() for word in WORD.findall(text)} for text in (shown.alt, shown.caption))
        if alt and caption and len(alt & caption) >= share * len(alt):
            said = f'the alt text of "{shown.name}" says little but its caption over again. Say what is seen.'
            yield Fault(shown.asked, said)


@rule(
    "F04", "warning", "Alt text is not fit to be heard.",
    hint="Write one to three whole sentences that say what is seen, in at most 250 letters.",
    source="WCAG technique F30 (file names); DIAGRAM Center image guidelines (length, no opening)",
    needs="text",
)  # fmt: skip
def unfit_words(proof: Proof) -> Iterator[Fault]:
    """Give pictures whose alt text is a file name, too long, no sentence, or begins with what it is."""
    for shown in proof.shown:
        for said in _unfit(shown.alt, proof) if shown.alt else ():
            yield Fault(shown.asked, f'the alt text of "{shown.name}" {said}')


def _unfit(alt: str, proof: Proof) -> Iterator[str]:
    checks = proof.checks.pictures
    if FILE_NAME.fullmatch(alt):
        yield "is a name of a file. Say what the picture shows."
        return
    if len(alt) > checks.longest_alt:
        yield f"has {len(alt)} letters; {checks.longest_alt} are the most. Shorten it; tell the rest in the text."
    if not alt.rstrip(")\"'”’").endswith((".", "!", "?", "…")):
        yield "does not end with a full stop, so a voice runs on into the text. Write a sentence."
    opening = next(
        (words for words in checks.openings if re.match(rf"{re.escape(words)}\b", alt, re.IGNORECASE)), ""
    )
    if opening:
        yield f'begins with "{opening}". A voice says that already: begin with what is seen.'


@rule(
    "F05", "error", "A drawn figure is not what its words say now.",
    hint="Run: book draw. Change figures in their YAML, never in the SVG file.",
    source="docs/figures.md: figures are drawn from the book's own data",
    needs="told",
)  # fmt: skip
def stale_figures(proof: Proof) -> Iterator[Fault]:
    """Give figures that are not drawn, stale, changed by hand or forgotten."""
    yield from proof.told_of("F05")
    if not proof.reaches("book") or not _draws(proof):
        return
    if not (find_spec("numpy") and find_spec("contourpy")):
        raise NotChecked(f"drawing needs numpy and contourpy. Run: {install('draw')}")
    from book.build.figures import figures_of  # noqa: PLC0415 - only drawing needs numpy

    try:
        figure_set = figures_of(proof.book, proof.shelf)
    except BookError as error:
        yield from (Fault(Place(problem.file, problem.line), problem.message) for problem in error.problems)
        return
    for group in figure_set.stale():
        said = (
            f'the figure "{group.name}" has changed in its data, or its file by hand. Run: book draw {group.name}'
        )
        yield Fault(group.places[0], said)
    for file in figure_set.forgotten():
        yield Fault(Place(f"images/{file}"), "nothing asks for this figure any more. Run book draw, and it goes.")


def _draws(proof: Proof) -> bool:
    """Say whether a book has figures of its own, or had some."""
    poses = any(pose.figure for part in proof.parts if isinstance(part, Exercise) for pose in part.head.poses)
    works = any(part.head.works for part in proof.parts if isinstance(part, Exercise))
    return bool(poses or works or proof.book.figures.figures or proof.book.body_map.plates)


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


@rule(
    "F09", "warning", "A picture in the book's folder is shown nowhere.",
    hint="Show it, or take it out of images/.",
    source="A picture that nobody sees was forgotten, or its place in the text was",
    needs="text",
)  # fmt: skip
def unseen_files(proof: Proof) -> Iterator[Fault]:
    """Give pictures in images/, drawn ones among them, that no page shows."""
    drawn = {f"{name}.svg": name for name in proof.book.figures.figures}
    for suffix in MEDIA_TYPES:
        for file in proof.shelf.names("images", suffix):
            name = Path(file).name
            if name in proof.rendered.pictures or name in {
                shown.name for shown in proof.shown if shown.kind == "plate"
            }:
                continue
            place = proof.line(FIGURES, "figures", drawn[name]) if name in drawn else Place(file)
            yield Fault(place, f'no page shows the picture "{name}". Show it, or take it out.')
