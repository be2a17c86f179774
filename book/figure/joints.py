"""How a body bends: the joints by name, with limits, and what is wrong with a set of angles. Needs no numpy.

All angles are in degrees, 0 for standing with the arms at the sides, palms to the thighs, eyes ahead. A joint of a
side is written `left_elbow` or `right_elbow`; `elbow` means both. Ranges of motion are those of healthy adults
(Norkin & White, Measurement of Joint Motion), a little widened, since they stop mistakes and not dancers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Joint:
    """One way in which a body bends: its lowest and highest angle in degrees, and what growing angles do."""

    low: float
    high: float
    says: str


MIDDLE = {
    "lean": Joint(-40, 110, "the whole trunk tips forward from the hips, the legs stay; below 0 it tips back"),
    "turn": Joint(-180, 180, "the whole body turns to its left"),
    "roll": Joint(-180, 180, "the whole body tips toward its left side"),
    "pitch": Joint(-180, 180, "the whole body tips forward: 90 is face down, -90 on the back"),
    "spine": Joint(-35, 70, "the back rounds; below 0 it arches"),
    "spine_side": Joint(-40, 40, "the trunk bends to its left"),
    "spine_turn": Joint(-50, 50, "the chest turns to its left"),
    "neck": Joint(-60, 60, "the chin goes down; below 0 the eyes go up"),
    "neck_side": Joint(-50, 50, "the left ear goes to the left shoulder"),
    "neck_turn": Joint(-85, 85, "the nose turns to the left"),
    "head_forward": Joint(-15, 40, "the head slides forward with level eyes; below 0 it glides back"),
}
SIDED = {
    "flex": Joint(-60, 185, "the arm goes forward and up: 90 is level, 180 overhead; below 0 behind the back"),
    "abd": Joint(-45, 185, "the arm goes out to the side: 90 is level"),
    "habd": Joint(-50, 135, "a raised arm sweeps outward from straight ahead: 90 is out to the side"),
    "er": Joint(-95, 100, "the upper arm turns out: with abd 90 and elbow 90, er 90 points the forearm up"),
    "elbow": Joint(-5, 150, "the elbow bends"),
    "forearm": Joint(-95, 95, "the palm turns up (elbow bent); below 0 it turns down"),
    "wrist": Joint(-80, 85, "the hand bends toward the palm; below 0 toward its back"),
    "fingers": Joint(-15, 95, "the fingers curl"),
    "thumb": Joint(-30, 60, "the thumb closes over the palm"),
    "blade": Joint(-25, 30, "the shoulder goes back, toward the spine; below 0 it comes forward"),
    "shrug": Joint(-12, 35, "the shoulder goes up; below 0 down"),
    "hip": Joint(-30, 130, "the thigh goes forward and up"),
    "hip_abd": Joint(-30, 60, "the thigh goes out to the side"),
    "hip_er": Joint(-50, 60, "the thigh turns out"),
    "knee": Joint(-5, 150, "the knee bends"),
    "ankle": Joint(-50, 30, "the foot bends up; below 0 the toes point"),
}
SIDES = ("left", "right")


class PoseError(ValueError):
    """A pose that no body can take, or that names an unknown joint; `joint` is the key as written."""

    def __init__(self, joint: str, message: str) -> None:
        self.joint = joint
        super().__init__(message)


def bare(name: str) -> str:
    """Give a name without its side: elbow for left_elbow."""
    return name.removeprefix("left_").removeprefix("right_")


def sides_of(name: str) -> tuple[str, ...]:
    """Give the sides a name stands for: its own, or both."""
    return next(((side,) for side in SIDES if name.startswith(f"{side}_")), SIDES)


def spell_out(angles: Mapping[str, float]) -> dict[str, float]:
    """Give the angle of every joint, side by side, 0 where none is given: left_elbow and right_elbow for elbow."""
    sided = {
        f"{side}_{name}": angles.get(f"{side}_{name}", angles.get(name, 0.0)) for side in SIDES for name in SIDED
    }
    return {name: angles.get(name, 0.0) for name in MIDDLE} | sided


def check_pose(angles: Mapping[str, float]) -> list[PoseError]:
    """Give what is wrong with a pose: unknown joints and angles beyond a body's limits."""
    found = []
    for name, angle in angles.items():
        joint = SIDED.get(bare(name)) or MIDDLE.get(name)
        if joint is None:
            found.append(PoseError(name, f'there is no joint "{name}".{_nearest(name)}'))
        elif not joint.low <= angle <= joint.high:
            found.append(
                PoseError(name, f"{name} must be from {joint.low:g} to {joint.high:g} degrees, not {angle:g}")
            )
    return found


def _nearest(name: str) -> str:
    known = [*MIDDLE, *SIDED, *(f"{side}_{joint}" for side in SIDES for joint in SIDED)]
    close = get_close_matches(name, known, n=1)
    return f' Did you mean "{close[0]}"?' if close else ""
