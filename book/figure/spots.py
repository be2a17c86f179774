"""Named spots of the body, from a landmark or the middle of a region to numbers of skin vertices."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from book.figure import paint
from book.figure.body import Body, Points
from book.figure.joints import SIDES, bare, sides_of
from book.figure.paint import Region
from book.figure.pose import Posed, pose_body
from book.figure.view import normals, triangulate
from book.figure.vocabulary import LANDMARKS, MIDDLE_LANDMARKS, Landmark

ASIDE = 2.5  # how much more a dm beside the line of sight weighs than a dm along it


@dataclass(frozen=True, eq=False)
class Spot:
    """A spot: the skin vertices (k,) that make it up, how far it floats off them in dm, and the limb it is on."""

    name: str
    vertices: NDArray[np.int64]
    lift_dm: float
    limb: str

    def points(self, posed: Posed) -> Points:
        """Give where its vertices are, (k, 3) in dm, lifted off the skin."""
        lift: Points = posed.vertices[self.vertices] + self.lift_dm * self.normals(posed)
        return lift

    def point(self, posed: Posed) -> Points:
        """Give its middle, (3,) in dm."""
        return np.asarray(self.points(posed).mean(axis=0))

    def normals(self, posed: Posed) -> Points:
        """Give the way its skin faces, (k, 3) of length 1."""
        body = posed.body
        turned = posed.turns[body.bone_of[self.vertices, 0]]
        return np.asarray(np.einsum("kij,kj->ki", turned, rest_normals(body)[self.vertices]))

    def way(self, posed: Posed) -> Points:
        """Give the way its skin faces on the whole, (3,) of length 1."""
        mean = self.normals(posed).mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))


def find_spot(body: Body, name: str, regions: Mapping[str, Region]) -> Spot:
    """Find a spot of one side (or of the middle) on a body. KeyError for a name that is not known."""
    side = sides_of(name)[0]
    if bare(name) in LANDMARKS:
        chosen = LANDMARKS[bare(name)]
        vertices = np.array([_nearest_vertex(body, mark, side) for mark in chosen])
        middle = bare(name) in MIDDLE_LANDMARKS
        limb = chosen[0].limb if middle or not chosen[0].limb else f"{side}_{chosen[0].limb}"
        return Spot(name, vertices, chosen[0].lift_dm, limb)
    inside = paint.region_area(regions[bare(name)], side, paint.spots(body), body)
    where = body.vertices[inside]
    if not len(where):
        raise KeyError(name)
    nearest = int(np.argmin(np.linalg.norm(body.vertices - where.mean(axis=0), axis=1)))
    return Spot(name, np.array([nearest]), 0.0, "")


def with_sides(name: str) -> list[str]:
    """Give the one-sided names that a name stands for: left_ear and right_ear for ear, navel for navel."""
    if name in MIDDLE_LANDMARKS or bare(name) != name:
        return [name]
    return [f"{side}_{name}" for side in SIDES]


@cache
def rest_normals(body: Body) -> Points:
    """Give the way the skin faces at rest, (n, 3) of length 1."""
    found = normals(body.vertices, triangulate(body.quads))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


@cache
def _upright(body: Body) -> Posed:
    return pose_body(body, {})


def _nearest_vertex(body: Body, mark: Landmark, side: str) -> int:
    """Give the vertex farthest out on the way that a landmark looks."""
    posed = _upright(body)
    first, second = (posed.joint(bone if bone in body.bones else f"{bone}_{side[0]}") for bone in mark.bones)
    outward = 1 if side == "left" else -1
    way = np.array(mark.way, float) * [outward, 1, 1]
    way /= np.linalg.norm(way)
    reach = posed.vertices - (first + mark.share * (second - first))
    along = reach @ way
    aside = np.linalg.norm(reach - along[:, None] * way, axis=1)
    score = along - ASIDE * aside
    score[~_held_by(body, mark.on, side)] = -np.inf
    return int(np.argmax(score))


def _held_by(body: Body, parts: tuple[str, ...], side: str) -> NDArray[np.bool_]:
    """Say which vertices are held most by bones of some kinds, on one side or in the middle."""
    other = "_r" if side == "left" else "_l"
    ours = [bone.startswith(parts) and not bone.endswith(other) for bone in body.bones]
    return np.asarray(np.array(ours)[body.bone_of[:, 0]])
