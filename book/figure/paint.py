"""What each spot of the body wears, and which muscle lies under it: functions of where the spot lies at rest.

So the borders are smooth at any size, and follow the body in every pose and view. Where a spot lies is told against
the person's own skeleton, in a way that suits the part of the body: see SURFACES.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from book.figure.body import Body, Points
from book.figure.view import Numbers, normals, triangulate

Mask = NDArray[np.bool_]

ARM = ("upperarm", "lowerarm", "hand", "thumb", "index", "middle", "ring", "pinky")
HEAD = ("head",)
LEG = ("thigh", "calf", "foot", "ball")
WAIST, NECKLINE = 0.2, 0.93  # up
SHORTS_END = 0.35  # of the way from the knee to the hip
SIDES = {"left": 1.0, "right": -1.0}
SURFACES = {
    "front": "across, up: 0 is the middle and 1 the shoulder joint; 0 is the pelvis and 1 the foot of the neck",
    "back": "across, up, as on the front",
    "trunk": "around, up: degrees, 0 is the front, 90 the side and 180 the back; up as on the front",
    "side": "front, up: 0 is the shoulder joint, ahead of it above 0, in the measure of across",
    "neck": "along, around: 0 is the foot of the neck, 1 the skull; degrees, 0 the throat, 90 the side, 180 nape",
    "head": "around, up: degrees, as on the trunk; 0 is the foot of the skull and 1 the crown",
    "upper-arm": "along, around: 0 the shoulder joint, 1 the elbow; degrees, 0 front, 90 outer, 180 back",
    "hip": "along, around: 0 is the hip joint, 1 the knee; degrees as on the upper arm",
    "thigh": "along, around, as on the hip",
}
HAIR = (
    (-30, 0.74), (0, 0.74), (14, 0.74), (28, 0.72), (42, 0.64), (54, 0.5), (64, 0.42), (72, 0.3), (76, 0.14),
    (80, 0.08), (84, 0.14), (86, 0.26), (92, 0.33), (100, 0.34), (107, 0.28), (111, 0.15), (113, 0.0), (118, -0.07),
    (128, -0.11), (150, -0.16), (180, -0.19), (210, -0.19), (230, 0.5), (210, 1.2), (-30, 1.2), (-50, 0.9),
)  # fmt: skip  # around and up the head, from the brow over the ear to the nape, and back above the crown
EAR = 101.5  # degrees around the head, where HAIR leaves it free
CURVE = 8  # steps of a smoothed outline from one of its points to the next
_BONES = {
    "neck": ("neck_01", "head"),
    "upper-arm": ("upperarm_l", "lowerarm_l"),
    "hip": ("thigh_l", "calf_l"),
    "thigh": ("thigh_l", "calf_l"),
}
_REGIONS = Path(__file__).with_name("regions.yaml")


@dataclass(frozen=True)
class Piece:
    """One closed outline of a region of the left side, as pairs that SURFACES[on] explains."""

    on: str
    outline: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Region:
    """A muscle or area, in words and in pieces; the right one is its mirror image."""

    name: str
    says: str
    pieces: tuple[Piece, ...]


@cache
def read_regions() -> Mapping[str, Region]:
    """Read the regions by name that every book knows, from `regions.yaml`."""
    return parse_regions(YAML(typ="safe").load(_REGIONS.read_text("utf-8")))


def parse_regions(found: object) -> dict[str, Region]:
    """Read regions by name, as `regions.yaml` has them. ValueError, with the region's name, for one not so made."""
    if not isinstance(found, Mapping):
        raise ValueError("regions are written by name, each with what it says and its pieces")  # noqa: TRY004
    return {name: _parse_region(str(name), data) for name, data in found.items()}


def _parse_region(name: str, data: object) -> Region:
    match data:
        case {"says": str(says), "pieces": [_, *_] as pieces, **rest} if says and not rest:
            return Region(name, says, tuple(_parse_piece(name, piece) for piece in pieces))
    raise ValueError(f'region "{name}" needs "says", a few plain words, and "pieces", a list, and nothing else')


def _parse_piece(name: str, data: object) -> Piece:
    match data:
        case {"on": str(on), "outline": [_, _, _, *_] as outline, **rest} if not rest:
            if on not in SURFACES:
                raise ValueError(f'region "{name}": there is no surface "{on}"; known: {", ".join(SURFACES)}')
            return Piece(on, tuple(_parse_pair(name, pair) for pair in outline))
    raise ValueError(f'region "{name}": a piece needs "on", a surface, and "outline", three or more pairs')


def _parse_pair(name: str, data: object) -> tuple[float, float]:
    match data:
        case [int() | float() as one, int() | float() as other] if np.isfinite([one, other]).all():
            return float(one), float(other)
    raise ValueError(f'region "{name}": an outline is made of pairs of numbers, not {data!r}')


@dataclass(frozen=True, eq=False)
class Spots:
    """Where spots lie at rest: `at` (n, 3) in dm, how much of each is `arm`, `head`, `leg`, and `facing` (n, 3).

    `facing` is of length 1 at the mesh's vertices, and shorter between them.
    """

    at: Points
    arm: Numbers
    head: Numbers
    leg: Numbers
    facing: Numbers


@cache
def spots(body: Body) -> Numbers:
    """Give for each vertex (n, 9): x, y, z at rest in dm; how much of it is arm, head, leg; which way it faces."""
    parts = [_held_by(body, part) for part in (ARM, HEAD, LEG)]
    facing = normals(body.vertices, triangulate(body.quads))
    return np.column_stack([body.vertices, *parts, facing / np.linalg.norm(facing, axis=1, keepdims=True)])


def _read_spots(spot: Numbers) -> Spots:
    return Spots(spot[..., :3], spot[..., 3], spot[..., 4], spot[..., 5], spot[..., 6:9])


def clothes(spot: Numbers, body: Body) -> dict[str, Mask]:
    """Give the areas of hair, top and shorts among spots (..., 9) of a body; the rest is skin."""
    flat = spot.reshape(-1, spot.shape[-1])
    some = np.flatnonzero(np.isfinite(flat[:, 0]))
    here = _read_spots(flat[some])
    top, shorts = _top_and_shorts(here, body)
    found = {}
    for name, worn in (("shorts", shorts), ("top", top), ("hair", _hair(here, body))):
        mask = np.zeros(len(flat), bool)
        mask[some] = worn
        found[name] = mask.reshape(spot.shape[:-1])
    return found


def _top_and_shorts(spot: Spots, body: Body) -> tuple[Mask, Mask]:
    across, up = _on_trunk(_as_left(spot.at), body).T
    hip, knee = body.joints[body.index("thigh_l")], body.joints[body.index("calf_l")]
    hem = knee[1] + SHORTS_END * (hip[1] - knee[1])
    cut = np.where(spot.at[:, 2] > 0, 0.16, 0.05) * np.clip(1 - (across / 0.5) ** 2, 0, 1)
    pit_across, pit_up = _armpit(body)
    armhole = pit_across - 0.03 - np.where(up > pit_up, 0.8, 3) * (up - pit_up)
    bare = (spot.head > 0.5) | (spot.arm > 0.9)
    top = ~bare & (up > WAIST) & (up < NECKLINE - cut) & (across < armhole)
    return top, (spot.arm < 0.5) & (up <= WAIST) & (spot.at[:, 1] > hem)


def _armpit(body: Body) -> Numbers:
    """Give how far across and up the lowest skin lies that arm and trunk hold alike."""
    across, up = _on_trunk(_as_left(body.vertices), body).T
    low = np.where(np.abs(_held_by(body, ARM) - 0.5) < 0.12, up, np.inf).argmin()
    return np.array([across[low], up[low]])


def _hair(spot: Spots, body: Body) -> Mask:
    """Say which spots are hair: short, off the ears, and alike on every head."""
    skin = _on_head(body.vertices, body)
    beside = np.where((skin[:, 1] > 0) & (skin[:, 1] < 0.3), body.vertices[:, 0], 0)
    place = _on_head(_as_left(spot.at), body) * [EAR / skin[beside.argmax(), 0], 1]
    return (spot.head > 0.2) & _inside(place, _curve(np.array(HAIR)))


def _as_left(at: Points) -> Points:
    """Lay the right half of the body on the left one."""
    return np.column_stack([np.abs(at[:, 0]), at[:, 1:]])


def region_area(region: Region, side: str, spot: Numbers, body: Body) -> Mask:
    """Give where a region of one side lies among spots (..., 9) of a body."""
    flat = spot.reshape(-1, spot.shape[-1])
    own = np.flatnonzero(SIDES[side] * flat[:, 0] >= 0)  # NaN, where nothing is, is not
    found = np.zeros(len(flat), bool)
    for piece in region.pieces:
        here = _read_spots(flat[own])
        outline = _curve(np.array(piece.outline))
        place = _places(piece.on, _as_left(here.at), body)
        turns = (-360.0, 0.0, 360.0) if piece.on in _BONES else (0.0,)
        inside = np.logical_or.reduce([_inside(place + np.array([0, turn]), outline) for turn in turns])
        found[own] |= inside & _shown(piece.on, here, side)
    return found.reshape(spot.shape[:-1])


def _shown(on: str, spot: Spots, side: str) -> Mask:
    """Say which spots are on a surface at all."""
    shown: Mask = spot.arm < 0.7
    match on:
        case "front":
            shown &= spot.facing[:, 2] > -0.15
        case "back":
            shown &= spot.facing[:, 2] < 0.15
        case "side":
            shown &= SIDES[side] * spot.facing[:, 0] > 0.3
        case "trunk":
            shown = spot.arm < 0.5
        case "head":
            shown = spot.head > 0.5
        case "upper-arm":
            shown = spot.arm > 0.1
        case "thigh":
            shown = spot.leg > 0.4
    return shown


def _places(on: str, at: Points, body: Body) -> Numbers:
    """Give for points (n, 3) of the left half the pairs (n, 2) that SURFACES[on] explains."""
    if on in _BONES:
        return _round_bone(at, *_BONES[on], body)
    if on == "head":
        return _on_head(at, body)
    trunk = _on_trunk(at, body)
    shoulder = body.joints[body.index("upperarm_l")]
    ahead = at[:, 2] - shoulder[2]
    match on:
        case "side":
            trunk[:, 0] = ahead / shoulder[0]
        case "trunk":
            trunk[:, 0] = np.degrees(np.arctan2(at[:, 0], ahead))
    return trunk


def _on_trunk(at: Points, body: Body) -> Numbers:
    """Give how far across and how far up points lie."""
    pelvis, neck = body.joints[body.index("pelvis")], body.joints[body.index("neck_01")]
    wide, high = body.joints[body.index("upperarm_l")][0], neck[1] - pelvis[1]
    return np.stack([at[..., 0] / wide, (at[..., 1] - pelvis[1]) / high], axis=-1)


def _on_head(at: Points, body: Body) -> Numbers:
    """Give where around the head points lie, in degrees, and how far up it, from the foot of the skull."""
    foot, top = body.joints[body.index("head")][1], body.vertices[:, 1].max()
    up = (at[..., 1] - foot) / (top - foot)
    brow = body.vertices[body.vertices[:, 1] > foot + 0.6 * (top - foot), 2]
    ahead = at[..., 2] - (brow.min() + brow.max()) / 2
    return np.stack([np.degrees(np.arctan2(at[..., 0], ahead)), up], axis=-1)


def _round_bone(at: Points, start: str, end: str, body: Body) -> Numbers:
    """Give how far along a bone of the left side, or of the middle, points (n, 3) lie, and where around it."""
    first, reach = body.joints[body.index(start)], body.joints[body.index(end)] - body.joints[body.index(start)]
    length = np.linalg.norm(reach)
    axis = reach / length
    ahead = body.upright[body.index(start)].T @ [0, 0, 1]  # at rest, what points to the front when standing
    ahead = ahead - axis * (ahead @ axis)
    ahead /= np.linalg.norm(ahead)
    outward = np.cross(ahead, axis) * (1 if axis[1] < 0 else -1)
    around = np.degrees(np.arctan2((at - first) @ outward, (at - first) @ ahead)) % 360
    return np.column_stack([(at - first) @ axis / length, around])


def _curve(outline: Numbers) -> Numbers:
    """Give a smooth closed line through points (n, 2) (Catmull and Rom, 1974); a point given twice is a corner."""
    before, start, end, after = (np.roll(outline, shift, axis=0)[:, None] for shift in (1, 0, -1, -2))
    t = np.linspace(0, 1, CURVE, endpoint=False)[:, None]
    first, second = start + (end - before) / 6, end - (after - start) / 6
    curve = (1 - t) ** 3 * start + 3 * t * (1 - t) ** 2 * first + 3 * t**2 * (1 - t) * second + t**3 * end
    return np.asarray(curve.reshape(-1, 2))


def _inside(points: Numbers, outline: Numbers) -> Mask:
    """Say which points (n, 2) lie inside a polygon, by counting the edges to their right."""
    near = np.flatnonzero(((points >= outline.min(axis=0)) & (points <= outline.max(axis=0))).all(axis=1))
    x, y = points[near].T
    odd = np.zeros(len(near), bool)
    for (x1, y1), (x2, y2) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if y1 != y2:
            odd ^= ((y1 > y) != (y2 > y)) & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    inside = np.zeros(len(points), bool)
    inside[near] = odd
    return inside


def _held_by(body: Body, parts: tuple[str, ...]) -> Numbers:
    """Give how much of each vertex is held by bones of some kinds, 0 to 1."""
    ours = np.array([bone.partition("_")[0] in parts for bone in body.bones])
    return np.asarray((body.weight_of * ours[body.bone_of]).sum(axis=1))
