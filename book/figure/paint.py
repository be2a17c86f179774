"""What each spot of the body wears, and which muscle lies under it: functions of where the spot lies at rest.

So the borders are smooth at any size, and follow the body in every pose and view. A spot is told by how far across
it lies (0 the middle, 1 the left shoulder joint, -1 the right), how far up (0 the pelvis, 1 the foot of the neck)
and how far to the front (in the measure of across), all against the person's own skeleton.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from book.figure.body import Body
from book.figure.view import Numbers, normals, triangulate

Mask = NDArray[np.bool_]

ARM = ("upperarm", "lowerarm", "hand", "thumb", "index", "middle", "ring", "pinky")
HEAD = ("head",)
WAIST, NECK = 0.2, 1.0
SHORTS_END = 0.35  # of the way from the knee to the hip
SIDES = {"left": 1.0, "right": -1.0}
_REGIONS = Path(__file__).with_name("regions.yaml")


@dataclass(frozen=True)
class Region:
    """A muscle or area on one surface of the resting trunk: `outline` of its left one, as (across, up) pairs."""

    name: str
    says: str
    surface: str
    outline: tuple[tuple[float, float], ...]


@cache
def read_regions() -> Mapping[str, Region]:
    """Read the regions by name, from `regions.yaml`."""
    found = YAML(typ="safe").load(_REGIONS.read_text("utf-8"))
    return {
        name: Region(name, data["says"], data["surface"], tuple((float(x), float(y)) for x, y in data["outline"]))
        for name, data in found.items()
    }


def spots(body: Body) -> Numbers:
    """Give for each vertex (n, 6): across, up, front, how much of it is arm, how much head, and the way it faces.

    The way it faces is the front part of its normal at rest, from -1 (back) to 1.
    """
    pelvis, neck = body.joints[body.index("pelvis")], body.joints[body.index("neck_01")]
    wide, high = body.joints[body.index("upperarm_l")][0], neck[1] - pelvis[1]
    where = (body.vertices - [0, pelvis[1], 0]) / [wide, high, wide]
    return np.column_stack([where, _held_by(body, ARM), _held_by(body, HEAD), _facing(body)])


def clothes(spot: Numbers, body: Body) -> dict[str, Mask]:
    """Give the areas of hair, top and shorts among spots (..., 6) of a body; the rest is skin."""
    across, up, front, arm, head = (spot[..., axis] for axis in range(5))
    across = np.abs(across)
    pelvis, knee = body.joints[body.index("pelvis")][1], body.joints[body.index("calf_l")][1]
    neck, crown = body.joints[body.index("neck_01")][1], body.joints[body.index("head")][1]
    hem = (1 - SHORTS_END) * (knee - pelvis) / (neck - pelvis)
    hairline = (crown - pelvis) / (neck - pelvis)
    with np.errstate(invalid="ignore"):
        trunk = (arm < 0.5) & (head < 0.5)
        neckline = NECK - 0.07 - np.where(front > 0, 0.16, 0.05) * np.clip(1 - (across / 0.5) ** 2, 0, 1)
        armhole = 0.98 - 0.9 * np.clip(up - 0.68, 0, 1)
        return {
            "shorts": trunk & (up > hem) & (up <= WAIST),
            "top": trunk & (up > WAIST) & (up < neckline) & (across < armhole),
            "hair": (head > 0.5) & (up - 0.22 * front > hairline - 0.01) & (up > hairline - 0.07),
        }


def region_area(region: Region, side: str, spot: Numbers) -> Mask:
    """Give where a region of one side lies among spots (..., 6)."""
    across, up, arm, facing = SIDES[side] * spot[..., 0], spot[..., 1], spot[..., 3], spot[..., 5]
    with np.errstate(invalid="ignore"):
        seen = {"back": facing < 0.15, "front": facing > -0.15}[region.surface] & (arm < 0.7)
        return np.asarray(seen & _inside(across, up, np.array(region.outline)))


def _inside(x: Numbers, y: Numbers, outline: Numbers) -> Mask:
    """Say which points lie inside a polygon, by counting the edges to their right."""
    inside = np.zeros(x.shape, bool)
    for (x1, y1), (x2, y2) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y1 != y2:
            inside ^= ((y1 > y) != (y2 > y)) & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return inside


def _held_by(body: Body, parts: tuple[str, ...]) -> Numbers:
    """Give how much of each vertex is held by bones of some kinds, 0 to 1."""
    ours = np.array([bone.partition("_")[0] in parts for bone in body.bones])
    return np.asarray((body.weight_of * ours[body.bone_of]).sum(axis=1))


def _facing(body: Body) -> Numbers:
    """Give the front part of each vertex's normal at rest."""
    found = normals(body.vertices, triangulate(body.quads))
    return np.asarray(found[:, 2] / np.linalg.norm(found, axis=1))
