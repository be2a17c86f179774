"""The person: a mesh at rest, its bones and how they move it, read from `body.npz`.

The data is the MakeHuman base mesh, CC0; `images/figure/make_body.py` makes the file and tells where it comes from.
Axes: x to the person's left, y up, z to the front; unit 1 dm; the soles stand at y = 0.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # (n, 3), in dm
Turns = NDArray[np.float64]  # (bones, 3, 3), rotation matrices

STEP_DM = 0.001
SHAPES = ("woman", "man", "child", "baby")
_FILE = Path(__file__).with_name("body.npz")


@dataclass(frozen=True, eq=False)
class Body:
    """One person at rest: `vertices` (n, 3) and `joints` (bones, 3) in dm, `quads` (m, 4) of vertex numbers.

    `bone_of` (n, 4) names the bones that move a vertex, `weight_of` (n, 4) how much; each row of weights adds up
    to 1. `parents` has -1 for the root; a bone stands after its parent. `upright` (bones, 3, 3) turns each bone
    from the mesh's own stance, arms spread and elbows bent, to the upright one: arms at the sides, palms to the
    thighs, legs straight.
    """

    vertices: Points
    joints: Points
    quads: NDArray[np.int64]
    bones: tuple[str, ...]
    parents: tuple[int, ...]
    bone_of: NDArray[np.int64]
    weight_of: NDArray[np.float64]
    upright: Turns

    def index(self, bone: str) -> int:
        """Give the number of a bone."""
        return self.bones.index(bone)


@cache
def read_body(shape: str = "woman") -> Body:
    """Read one of SHAPES. ValueError for another."""
    if shape not in SHAPES:
        raise ValueError(f'there is no shape "{shape}"; known: {", ".join(SHAPES)}')
    with np.load(_FILE) as file:
        bones = tuple(map(str, file["bones"]))
        joints = file[f"{shape}_joints"] * STEP_DM
        return Body(
            vertices=file[f"{shape}_vertices"] * STEP_DM,
            joints=joints,
            quads=file["quads"].astype(np.int64),
            bones=bones,
            parents=tuple(map(int, file["parents"])),
            bone_of=file["bone_of"].astype(np.int64),
            weight_of=file["weight_of"] / 255.0,
            upright=_upright(bones, joints),
        )


def _upright(bones: tuple[str, ...], joints: Points) -> Turns:
    """Give the turn of each bone from the mesh's stance to the upright one.

    The bent elbow of the mesh tells which way its hinge lies: it must come to lie from side to side, so that a
    bending elbow brings the forearm forward.
    """
    at = dict(zip(bones, joints, strict=True))
    turns = np.tile(np.eye(3), (len(bones), 1, 1))
    for side in "lr":
        shoulder, elbow, wrist = (at[f"{bone}_{side}"] for bone in ("upperarm", "lowerarm", "hand"))
        hip, knee, ankle = (at[f"{bone}_{side}"] for bone in ("thigh", "calf", "foot"))
        across = at[f"index_01_{side}"] - at[f"pinky_01_{side}"]
        hinge = np.cross(elbow - shoulder, wrist - elbow)
        found = {
            "upperarm": _turn(elbow - shoulder, hinge, [0, -1, 0], [-1, 0, 0]),
            "lowerarm": _turn(wrist - elbow, hinge, [0, -1, 0], [-1, 0, 0]),
            "hand": _turn(at[f"middle_01_{side}"] - wrist, across, [0, -1, 0], [0, 0, 1]),
            "thigh": _turn(knee - hip, [1, 0, 0], [0, -1, 0], [1, 0, 0]),
            "calf": _turn(ankle - knee, [1, 0, 0], [0, -1, 0], [1, 0, 0]),
        }
        for number, bone in enumerate(bones):
            name, _, its_side = bone.rpartition("_")
            if its_side == side:
                finger = name.partition("_")[0] in {"thumb", "index", "middle", "ring", "pinky"}
                turns[number] = found.get("hand" if finger else name, np.eye(3))
    return turns


def _turn(along: object, across: object, to_along: object, to_across: object) -> NDArray[np.float64]:
    """Give the rotation that lays one direction on another, and a second one as nearly as it can."""
    return _frame(to_along, to_across) @ _frame(along, across).T


def _frame(along: object, across: object) -> NDArray[np.float64]:
    first = np.asarray(along, float) / np.linalg.norm(cast("Points", along))
    second = np.asarray(across, float) - first * (np.asarray(across, float) @ first)
    second /= np.linalg.norm(second)
    return np.stack([first, second, np.cross(first, second)], axis=1)
