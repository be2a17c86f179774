"""How well a pose went, measured on the mesh: what misses what it must touch, and what is inside something."""

from collections.abc import Iterator

import numpy as np

from book.figure.body import Points
from book.figure.joints import SIDES, bare, sides_of
from book.figure.pose import Posed, held_by
from book.figure.props import Solid
from book.figure.reach import NEAR_DM, OUTER, WHOLE, Goal, depth_inside
from book.figure.scene import Scene, goal_of, touches
from book.figure.spots import Spot, rest_normals

GAP_DM = 0.12  # a touch that misses by more is a fault
DEPTH_DM, FLESH_DM = 0.15, 0.25  # so is a body deeper in a thing, or a limb deeper in flesh, where both give way
THIN_SHARE = 0.55  # of a thing thinner than that
SOFT = {"pillow", "towel", "roll", "mat"}


def faults(scene: Scene) -> Iterator[str]:
    """Say what is wrong with a scene: spots that miss what they must touch, skin inside things or other skin."""
    for spot, target in touches(scene):
        miss = _miss_dm(scene, spot, goal_of(scene, spot, target))
        if miss > GAP_DM:
            yield f"{spot.name} misses {target} by {miss * 100:.0f} mm"
    lowest = -float(scene.posed.vertices[:, 1].min())
    if lowest > DEPTH_DM:
        yield f"the body is {lowest * 100:.0f} mm below the floor"
    for solid in scene.solids:
        depth = _depth_in_box(scene.posed.vertices, solid)
        if depth > _most_depth(solid):
            yield f"the body is {depth * 100:.0f} mm inside the {solid.kind}"
    for limb in (f"{side}_{kind}" for side in SIDES for kind in ("arm", "leg")):
        depth = _depth_in_body(scene.posed, limb)
        if depth > FLESH_DM:
            yield f"the {limb.replace('_', ' ')} is {depth * 100:.0f} mm inside the body"


def _miss_dm(scene: Scene, spot: Spot, goal: Goal) -> float:
    points = spot.points(scene.posed)
    if goal.plane:
        return float(np.abs((points - goal.at) @ goal.way).max())
    return float(np.linalg.norm(points.mean(axis=0) - goal.at))


def _most_depth(solid: Solid) -> float:
    """Give how deep a body may be in a thing, in dm: cushions give way, and of thin things a part counts."""
    if solid.kind in SOFT or solid.box is None:
        return FLESH_DM
    return min(DEPTH_DM, THIN_SHARE * float((solid.box[1] - solid.box[0]).min()))


def _depth_in_box(points: Points, solid: Solid) -> float:
    """Give how deep the deepest of some points lies in a box, in dm; 0 for other solids."""
    if solid.box is None:
        return 0.0
    low, high = solid.box
    return float(np.maximum(np.minimum(points - low, high - points).min(axis=1), 0).max())


def _depth_in_body(posed: Posed, limb: str) -> float:
    """Give how deep the outer part of a limb lies in the rest of the body, in dm."""
    side, kind = sides_of(limb)[0], bare(limb)
    chosen = np.flatnonzero(held_by(posed, OUTER[kind], side))[::5]
    others = np.flatnonzero(~held_by(posed, WHOLE[kind], side))[::2]
    low, high = (end(posed.vertices[chosen], axis=0) for end in (np.min, np.max))
    near = (posed.vertices[others] > low - NEAR_DM) & (posed.vertices[others] < high + NEAR_DM)
    others = others[near.all(axis=1)]
    if not len(others):
        return 0.0
    ways = np.einsum("nij,nj->ni", posed.turns[posed.body.bone_of[others, 0]], rest_normals(posed.body)[others])
    return float(depth_inside(posed.vertices[chosen], posed.vertices[others], ways).max())
