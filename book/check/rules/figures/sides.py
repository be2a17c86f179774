"""Left and right: whether the words of a picture name the side that its drawing marks.

Left and right are always the person's own. What a picture marks is in its data; words are looked through for the
book's own words for the sides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.pictures import Shown
from book.figure.joints import SIDES, bare
from book.figure.spec import Drawing, Panel, Stance, built_in_poses, settle
from book.figure.vocabulary import VIEWS
from book.kinds.exercise.model import Exercise
from book.kinds.place.model import FILE as MAP
from book.model.check_settings import PictureChecks
from book.render.tree import plain

WORD = re.compile(r"\w{4,}")  # shorter ones, such as "of", name no part
NEAR = 2  # words after a side: "left shoulder blade"
SOURCE = "Anatomical convention: left and right are the person's own, whoever looks"


def side_of(name: str) -> str:
    """Give the side that the name of a spot or region begins with, "" for none."""
    side, _, rest = name.partition("_")
    return side if rest and side in SIDES else ""


def told(text: str, checks: PictureChecks) -> set[str]:
    """Give the sides that words name, those aside that tell whence one looks and whither one moves."""
    text = without_ways(text, checks)
    return {side for side in SIDES if _words(side, checks).search(text)}


def without_ways(text: str, checks: PictureChecks) -> str:
    """Give words without what they say of whence one looks and whither one moves."""
    for phrase in (*checks.whence, *checks.toward):
        text = _phrase(phrase, checks).sub(" ", text)
    return text


def seen_from(text: str, checks: PictureChecks) -> set[str]:
    """Give the sides from which words say that the person is seen."""
    found = {found[1].casefold() for phrase in checks.whence for found in _phrase(phrase, checks).finditer(text)}
    return {side for side in SIDES if found & {word.casefold() for word in getattr(checks, side)}}


@cache
def _words(side: str, checks: PictureChecks) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, getattr(checks, side)))})\b", re.IGNORECASE)


@cache
def _phrase(phrase: str, checks: PictureChecks) -> re.Pattern[str]:
    words = "|".join(map(re.escape, (*checks.left, *checks.right)))
    before, _, after = phrase.partition("{side}")
    return re.compile(rf"\b{re.escape(before)}({words})\b{re.escape(after)}", re.IGNORECASE)


def marked(panel: Panel) -> set[str]:
    """Give the sides on which a panel marks something: regions, bans, discs, arrows; both for what has no side."""
    names = [*panel.show, *panel.ban, *(arrow.of for arrow in panel.arrows), *(disc.at for disc in panel.discs)]
    return {side for name in names for side in ([side_of(name)] if side_of(name) else SIDES)}


def view_of(panel: Panel, poses: Mapping[str, Stance]) -> str:
    """Give the side of the person that a panel's view is turned to, "" for front, back and above."""
    azimuth, height = _turned(panel, poses)
    turned = azimuth % 180 and abs(height) < 90  # from above, no side is turned to the eye
    return ("left" if azimuth > 0 else "right") if turned else ""


def _turned(panel: Panel, poses: Mapping[str, Stance]) -> tuple[float, float]:
    """Give from where a person is seen, as in VIEWS, who may have turned away from it."""
    whole = settle(panel, poses)
    azimuth, height = VIEWS[whole.view or "front"]
    return (azimuth - whole.angles.get("turn", 0) + 180) % 360 - 180, height


def poses_of(shown: Shown, proof: Proof) -> dict[str, Stance]:
    """Give the poses that a picture may begin with: the engine's, the book's, earlier ones of its exercise."""
    known: dict[str, Stance] = {**built_in_poses(), **proof.book.figures.poses}
    if shown.kind == "pose":
        part = next(part for part in proof.parts if part.file == shown.asked.file)
        for pose in part.head.poses if isinstance(part, Exercise) else ():
            if pose.figure is shown.drawing:
                break
            if pose.figure:
                known[pose.name] = settle(pose.figure, known)
    return known


@rule(
    "F10", "error", "The words of a picture name the other side than its drawing marks.",
    hint="Look at the figure: mend the words, or the side in its data. A reader acts on one of them.",
    source=SOURCE,
    needs="text",
)  # fmt: skip
def other_side(proof: Proof) -> Iterator[Fault]:
    """Give pictures whose words say only one side where all that is marked lies on the other."""
    checks = proof.checks.pictures
    for shown, drawing in _drawn(proof):
        said, seen = told(shown.words, checks), set[str]().union(*map(marked, drawing.all_panels()))
        if len(said) == 1 and len(seen) == 1 and said != seen:
            yield _fault(shown, f"says {_one(said)}, but its drawing marks the {_one(seen)} side")
        for region, side in _named_elsewhere(shown.alt, drawing, proof):
            yield _fault(shown, f'marks "{region}", but its words name that part of the {side} side')
        poses = poses_of(shown, proof)
        views = {view for panel in drawing.all_panels() if (view := view_of(panel, poses))}
        for side in seen_from(shown.alt, checks) - views:
            yield _fault(shown, f"says that the person is seen from the {side}, but no view of it is")


@rule(
    "F11", "error", "A figure presses one side of the body and marks the other.",
    hint="Let touch, props and show of the figure name the same side.",
    source=SOURCE,
    needs="text",
)  # fmt: skip
def crossed_sides(proof: Proof) -> Iterator[Fault]:
    """Give drawings in which a hand or a ball is at a region that is marked only on the other side."""
    for shown, drawing in _drawn(proof):
        poses = poses_of(shown, proof)
        for panel in drawing.all_panels():
            whole = settle(panel, poses)
            spots = [*whole.touch.values(), *(prop.at for prop in whole.props)]
            for spot in dict.fromkeys(spot for spot in spots if spot and side_of(spot)):
                if bare(spot) in map(bare, panel.show) and not {spot, bare(spot)} & set(panel.show):
                    yield _fault(shown, f'is pressed at "{spot}", but marked on the other side', "its data")


@rule(
    "F12", "error", "The words below a plate of the map are the wrong way round.",
    hint="From the front, the person's right is on the left of the page; from the back, it is not.",
    source=SOURCE,
    needs="book",
)  # fmt: skip
def turned_plates(proof: Proof) -> Iterator[Fault]:
    """Give plates whose words for the sides do not fit their view."""
    checks, poses = proof.checks.pictures, {**built_in_poses(), **proof.book.figures.poses}
    for name, plate in proof.book.body_map.plates.items():
        azimuth, _ = _turned(plate, poses)
        if azimuth % 180:
            right = ["left" if azimuth > 0 else "right"]
        else:
            right = ["left", "right"] if azimuth else ["right", "left"]
        pairs = zip(plate.sides, right, strict=False)
        wrong = [(words, side) for words, side in pairs if (said := told(words, checks)) and said != {side}]
        if wrong:
            found = " and ".join(f'the {side} side where "{words}" stands' for words, side in wrong)
            message = f"this plate shows {found}. Change the words of its sides."
            yield Fault(proof.line(MAP, "plates", name, "sides"), message)


@rule(
    "F13", "error", "A step and the picture that shows it name different sides.",
    hint="Let the step and the words of its picture move the same side.",
    source=SOURCE,
    needs="text",
)  # fmt: skip
def other_step(proof: Proof) -> Iterator[Fault]:
    """Give poses whose words say only one side where the step that they show says only the other."""
    checks, steps = proof.checks.pictures, _steps(proof)
    for shown in proof.shown:
        if not shown.step:
            continue
        part, number = shown.step
        step = steps[part.name][number - 1]
        said, done = told(shown.words, checks), told(step, checks)
        if len(said) == 1 and len(done) == 1 and said != done:
            two = f"says {_one(said)}, but step {number}, which it shows, says {_one(done)}"
            yield _fault(shown, two, "one of them")


def _named_elsewhere(alt: str, drawing: Drawing, proof: Proof) -> Iterator[tuple[str, str]]:
    """Give regions marked on one side whose own words stand after the other side's alone, as in "left ribs"."""
    checks, regions = proof.checks.pictures, proof.book.figures.regions
    text = without_ways(alt, checks)
    for name in dict.fromkeys(name for panel in drawing.all_panels() for name in (*panel.show, *panel.ban)):
        about = regions.get(bare(name))
        words = set(WORD.findall(str(about.get("says")).casefold())) if isinstance(about, Mapping) else set()
        named = {
            side
            for side in SIDES
            for found in _words(side, checks).finditer(text)
            if words & set(WORD.findall(text[found.end() :].casefold())[:NEAR])
        }
        if side_of(name) and len(named) == 1 and side_of(name) not in named:
            yield name, _one(named)


def _steps(proof: Proof) -> dict[str, list[str]]:
    """Give the steps of each exercise, by its name."""
    return {
        part.name: [plain(item) for item in section.tree.findall(".//div[@class='doing']/ol/li")]
        for section, part in proof.sections()
        if isinstance(part, Exercise)
    }


def _drawn(proof: Proof) -> Iterator[tuple[Shown, Drawing]]:
    """Give the drawn pictures with words; a plate once, though it is drawn for two papers."""
    seen = set()
    for shown in proof.shown:
        if shown.drawing and shown.asked not in seen:
            seen.add(shown.asked)
            yield shown, shown.drawing


def _fault(shown: Shown, said: str, remedy: str = "words or drawing") -> Fault:
    return Fault(shown.asked, f'the picture "{shown.name}" {said}. Mend {remedy}.')


def _one(sides: Iterable[str]) -> str:
    return next(iter(sides))
