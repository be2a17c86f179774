"""Anatomical angles to a posed body: named joints with limits, turned from an upright stance.

All angles are in degrees, 0 for standing with the arms at the sides, palms to the thighs, eyes ahead. A joint of a
side is written `left_elbow` or `right_elbow`; `elbow` means both. Ranges of motion are those of healthy adults
(Norkin & White, Measurement of Joint Motion), a little widened, since they stop mistakes and not dancers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from book.figure.body import Body, Points, Turns

Turn = NDArray[np.float64]


@dataclass(frozen=True)
class Joint:
    """One way in which a body bends: its lowest and highest angle in degrees, and what growing angles do."""

    low: float
    high: float
    says: str


MIDDLE = {
    "lean": Joint(-40, 110, "the whole trunk tips forward from the hips; below 0 it tips back"),
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
FINGERS = ("index", "middle", "ring", "pinky")
SPINE_SHARES = (0.3, 0.35, 0.35)  # spine_01 to spine_03, from the loins up
SHRUG_FROM, SHRUG_PER_DEGREE = 30.0, 0.17  # an arm raised above 30° lifts the collarbone (scapulohumeral rhythm)


class PoseError(ValueError):
    """A pose that no body can take, or that names an unknown joint; `joint` is the key as written."""

    def __init__(self, joint: str, message: str) -> None:
        self.joint = joint
        super().__init__(message)


@dataclass(frozen=True, eq=False)
class Posed:
    """A body in a pose: `vertices` (n, 3) and `joints` (bones, 3) in dm, and how each bone was turned."""

    body: Body
    vertices: Points
    joints: Points
    turns: Turns

    def joint(self, bone: str) -> NDArray[np.float64]:
        """Give where a bone's joint is, (3,) in dm."""
        there: NDArray[np.float64] = self.joints[self.body.index(bone)]
        return there


def check_pose(angles: Mapping[str, float]) -> list[PoseError]:
    """Give what is wrong with a pose: unknown joints and angles beyond a body's limits."""
    found = []
    for name, angle in angles.items():
        bare = name.removeprefix("left_").removeprefix("right_")
        joint = SIDED.get(bare) or (MIDDLE.get(name) if bare == name else None)
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


def pose_body(body: Body, angles: Mapping[str, float]) -> Posed:
    """Turn a body's joints by angles in degrees. PoseError, the first one, if it cannot take the pose."""
    for error in check_pose(angles):
        raise error
    middle = {name: angles.get(name, 0.0) for name in MIDDLE}
    local = _trunk(middle)
    for side in SIDES:
        own = {name: angles.get(f"{side}_{name}", angles.get(name, 0.0)) for name in SIDED}
        local |= _arm(own, side) | _leg(own, side)
    turns, joints = _chain(body, local)
    return Posed(body, _skin(body, turns, joints), joints, turns)


def _trunk(angle: Mapping[str, float]) -> dict[str, Turn]:
    """Give the turns of the bones from pelvis to head, each against its parent."""
    found = {
        "Root": _about("y", angle["turn"]) @ _about("x", angle["pitch"]) @ _about("z", -angle["roll"]),
        "pelvis": _about("x", angle["lean"]),
        "neck_01": _about("x", angle["head_forward"]) @ _bend(angle, "neck", 0.45),
        "head": _about("x", -angle["head_forward"]) @ _bend(angle, "neck", 0.55),
    }
    for number, share in enumerate(SPINE_SHARES, 1):
        found[f"spine_0{number}"] = _bend(angle, "spine", share)
    return found


def _bend(angle: Mapping[str, float], name: str, share: float) -> Turn:
    """Give a share of a bend forward, to the side and round."""
    return (
        _about("y", share * angle[f"{name}_turn"])
        @ _about("z", -share * angle[f"{name}_side"])
        @ _about("x", share * angle[name])
    )


def _arm(angle: Mapping[str, float], side: str) -> dict[str, Turn]:
    """Give the turns of the bones of an arm; those of the upper arm count from the chest, not the collarbone."""
    s, out = side[0], _outward(side)
    arm = _about("y", out * angle["habd"]) @ _about("x", -angle["flex"]) @ _about("z", out * angle["abd"])
    raised = float(np.degrees(np.arccos(np.clip(arm[1, 1], -1, 1))))  # from hanging down, whichever way
    shrug = angle["shrug"] + max(0.0, raised - SHRUG_FROM) * SHRUG_PER_DEGREE
    found = {
        f"clavicle_{s}": _about("y", -out * angle["blade"]) @ _about("z", out * shrug),
        f"upperarm_{s}": arm @ _about("y", out * angle["er"]),
        f"lowerarm_{s}": _about("x", -angle["elbow"]) @ _about("y", out * angle["forearm"] / 2),
        f"hand_{s}": _about("y", out * angle["forearm"] / 2) @ _about("z", -out * angle["wrist"]),
        f"thumb_02_{s}": _about("y", -out * angle["thumb"]),
    }
    for finger in FINGERS:
        for number in (1, 2, 3):
            found[f"{finger}_0{number}_{s}"] = _about("z", -out * angle["fingers"] * (0.8, 1.0, 0.6)[number - 1])
    return found


def _leg(angle: Mapping[str, float], side: str) -> dict[str, Turn]:
    s, out = side[0], _outward(side)
    thigh = _about("x", -angle["hip"]) @ _about("z", out * angle["hip_abd"]) @ _about("y", out * angle["hip_er"])
    return {
        f"thigh_{s}": thigh,
        f"calf_{s}": _about("x", angle["knee"]),
        f"foot_{s}": _about("x", -angle["ankle"]),
    }  # fmt: skip


def _outward(side: str) -> int:
    """Give the sign of the turns that lead away from the body's middle: left is +x."""
    return 1 if side == "left" else -1


def _about(axis: str, degrees: float) -> Turn:
    """Give the rotation by an angle about an axis, counted as the right hand's fingers curl round its thumb."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    rows = {
        "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
        "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
        "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
    }
    return np.array(rows[axis], float)


def _chain(body: Body, local: Mapping[str, Turn]) -> tuple[Turns, Points]:
    """Give each bone's turn in space, and where its joint comes to lie, from the root outward."""
    held = np.tile(np.eye(3), (len(body.bones), 1, 1))
    joints = body.joints.copy()
    for number, (bone, above) in enumerate(zip(body.bones, body.parents, strict=True)):
        own = local.get(bone, np.eye(3))
        if above < 0:
            held[number] = own
            continue
        frame = body.parents[above] if bone.startswith("upperarm") else above
        held[number] = held[frame] @ own
        reach = body.joints[number] - body.joints[above]
        joints[number] = joints[above] + held[above] @ body.upright[above] @ reach
    return held @ body.upright, joints


def _skin(body: Body, turns: Turns, joints: Points) -> Points:
    """Move each vertex with the bones that hold it (linear blend skinning)."""
    moved = np.zeros_like(body.vertices)
    for slot in range(body.bone_of.shape[1]):
        bones = body.bone_of[:, slot]
        reach = body.vertices - body.joints[bones]
        there = np.einsum("nij,nj->ni", turns[bones], reach) + joints[bones]
        moved += body.weight_of[:, slot, None] * there
    return moved
