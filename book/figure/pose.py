"""Anatomical angles (see `joints`) to a posed body, turned from an upright stance."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from book.figure.body import Body, Points, Turns
from book.figure.joints import MIDDLE, SIDED, SIDES, check_pose

Turn = NDArray[np.float64]


HEAD = ("neck_01", "head")
FINGERS = ("index", "middle", "ring", "pinky")
SPINE_SHARES = (0.3, 0.35, 0.35)  # spine_01 to spine_03, from the loins up
SHRUG_FROM, SHRUG_PER_DEGREE = 30.0, 0.17  # an arm raised above 30° lifts the collarbone (scapulohumeral rhythm)


@dataclass(frozen=True, eq=False)
class Posed:
    """A body in a pose: `vertices` (n, 3) and `joints` (bones, 3) in dm, how each bone was turned, and by what."""

    body: Body
    vertices: Points
    joints: Points
    turns: Turns
    angles: Mapping[str, float]

    def moved(self, way: Points) -> "Posed":
        """Give the same pose elsewhere, `way` (3,) in dm."""
        return replace(self, vertices=self.vertices + way, joints=self.joints + way)

    def joint(self, bone: str) -> NDArray[np.float64]:
        """Give where a bone's joint is, (3,) in dm."""
        there: NDArray[np.float64] = self.joints[self.body.index(bone)]
        return there


def pose_body(body: Body, angles: Mapping[str, float]) -> Posed:
    """Turn a body's joints by angles in degrees. PoseError, the first one, if it cannot take the pose."""
    for error in check_pose(angles):
        raise error
    turns, joints = turn_bones(body, angles)
    return Posed(body, skin(body, turns, joints), joints, turns, dict(angles))


def turn_bones(body: Body, angles: Mapping[str, float]) -> tuple[Turns, Points]:
    """Give each bone's turn in space, (bones, 3, 3), and where its joint comes to lie, (bones, 3) in dm."""
    local = _trunk({name: angles.get(name, 0.0) for name in MIDDLE})
    for side in SIDES:
        own = _of_side(angles, side)
        local |= _arm(own, side) | _leg(own, side)
    still = np.tile(np.eye(3), (len(body.bones), 1, 1))
    return _chain(body, local, still, body.joints.copy())


def turn_limb(posed: "Posed", angles: Mapping[str, float], limb: str) -> tuple[Turns, Points]:
    """Give what `turn_bones` gives for a pose in which only the joints of one limb, such as left_arm, changed.

    What hangs on its last bone, fingers or toes, is carried along as it is.
    """
    side, _, kind = limb.rpartition("_")
    if kind == "neck":
        moved, last = _trunk({name: angles.get(name, 0.0) for name in MIDDLE}), "head"
    elif kind == "arm":
        moved, last = _arm_bones(_of_side(angles, side), side), f"hand_{side[0]}"
    else:
        moved, last = _leg(_of_side(angles, side), side), f"foot_{side[0]}"
    local = {bone: turn for bone, turn in moved.items() if kind != "neck" or bone in HEAD}
    held = posed.turns @ posed.body.upright.transpose(0, 2, 1)
    turns, joints = _chain(posed.body, local, held, posed.joints.copy(), only=True)
    end, carried = posed.body.index(last), _below(posed.body, last)
    delta = turns[end] @ posed.turns[end].T
    turns[carried] = delta @ posed.turns[carried]
    joints[carried] = (posed.joints[carried] - posed.joints[end]) @ delta.T + joints[end]
    return turns, joints


@cache
def _below(body: Body, bone: str) -> NDArray[np.int64]:
    """Give the numbers of the bones that hang on a bone."""
    found = [body.index(bone)]
    for number, above in enumerate(body.parents):
        if above in found:
            found.append(number)
    return np.array(found[1:], int)


def _of_side(angles: Mapping[str, float], side: str) -> dict[str, float]:
    return {name: angles.get(f"{side}_{name}", angles.get(name, 0.0)) for name in SIDED}


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
    """Give the turns of the bones of an arm and its fingers."""
    s, out = side[0], _outward(side)
    found = _arm_bones(angle, side) | {f"thumb_02_{s}": _about("y", -out * angle["thumb"])}
    for number, share in enumerate((0.8, 1.0, 0.6), 1):
        curl = _about("z", -out * angle["fingers"] * share)
        found |= {f"{finger}_0{number}_{s}": curl for finger in FINGERS}
    return found


def _arm_bones(angle: Mapping[str, float], side: str) -> dict[str, Turn]:
    """Give the turns from collarbone to hand; those of the upper arm count from the chest, not the collarbone."""
    s, out = side[0], _outward(side)
    arm = _about("y", out * angle["habd"]) @ _about("x", -angle["flex"]) @ _about("z", out * angle["abd"])
    raised = float(np.degrees(np.arccos(np.clip(arm[1, 1], -1, 1))))  # from hanging down, whichever way
    shrug = angle["shrug"] + max(0.0, raised - SHRUG_FROM) * SHRUG_PER_DEGREE
    return {
        f"clavicle_{s}": _about("y", out * angle["blade"]) @ _about("z", out * shrug),
        f"upperarm_{s}": arm @ _about("y", out * angle["er"]),
        f"lowerarm_{s}": _about("x", -angle["elbow"]) @ _about("y", out * angle["forearm"] / 2),
        f"hand_{s}": _about("y", out * angle["forearm"] / 2) @ _about("z", -out * angle["wrist"]),
    }


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


def _chain(
    body: Body, local: Mapping[str, Turn], held: Turns, joints: Points, *, only: bool = False
) -> tuple[Turns, Points]:
    """Give each bone's turn in space, and where its joint comes to lie, from the root outward.

    With `only`, the bones that are not local stay as they are held.
    """
    for number, (bone, above) in enumerate(zip(body.bones, body.parents, strict=True)):
        own = local.get(bone)
        if only and own is None:
            continue
        if above < 0:
            held[number] = np.eye(3) if own is None else own
            continue
        frame = body.parents[above] if bone.startswith(("upperarm", "thigh")) else above
        held[number] = held[frame] if own is None else held[frame] @ own
        reach = body.joints[number] - body.joints[above]
        joints[number] = joints[above] + held[above] @ (body.upright[above] @ reach)
    return held @ body.upright, joints


def skin(body: Body, turns: Turns, joints: Points, which: NDArray[np.int64] | slice = slice(None)) -> Points:
    """Move vertices (all, or those numbered) with the bones that hold them (linear blend skinning)."""
    moved = np.zeros_like(body.vertices[which])
    for slot in range(body.bone_of.shape[1]):
        bones = body.bone_of[which, slot]
        reach = body.vertices[which] - body.joints[bones]
        there = np.einsum("nij,nj->ni", turns[bones], reach) + joints[bones]
        moved += body.weight_of[which, slot, None] * there
    return moved


def held_by(posed: Posed, parts: tuple[str, ...], side: str = "") -> NDArray[np.bool_]:
    """Say which vertices are held most by bones of some kinds, of one side if it is named."""
    end = f"_{side[0]}" if side else ""
    ours = [bone.startswith(parts) and bone.endswith(end) for bone in posed.body.bones]
    return np.asarray(np.array(ours)[posed.body.bone_of[:, 0]])
