"""Limbs that reach: joint angles solved so that spots of the body touch what they must, without passing through.

A damped least-squares search (Levenberg, 1944; Marquardt, 1963) over the joints of one limb: near the author's own
angles, within the joints' limits, the skin outside everything else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from book.figure.body import Points
from book.figure.joints import MIDDLE, SIDED, bare, sides_of
from book.figure.pose import Posed, held_by, pose_body, skin, turn_bones, turn_limb
from book.figure.spots import Spot, rest_normals
from book.figure.vocabulary import LIMBS

CLOSE_DM, DEEP_DM, HARD_DM = 0.02, 0.05, 0.025  # a miss, a depth in flesh, one behind a plane: each weighs as
LOOSE_DEGREES, FACING_WEIGHT = 32.0, 1.5  # ... these degrees away from the author's angle
ROUNDS, STEP_DEGREES = 25, 0.4
STARTS, PILOT_ROUNDS, REFINED, MANY_JOINTS, AROUND_DEGREES = 12, 4, 2, 6, 45.0
GOOD = 25.0  # a sum of squares that is good enough: hits, faces and stays outside
SKIN_STEP, OBSTACLE_STEP, NEAR_DM, FAR_DM = 19, 8, 0.7, 8.5
OUTER = {"arm": ("lowerarm", "hand", "thumb", "index", "middle", "ring", "pinky"), "leg": ("calf", "foot", "ball")}
WHOLE = {"arm": (*OUTER["arm"], "upperarm", "clavicle"), "leg": (*OUTER["leg"], "thigh", "pelvis")}


@dataclass(frozen=True, eq=False)
class Goal:
    """What a spot must reach: a plane (each of its vertices lies on it) or a point (its middle lies there).

    `at` (3,) in dm is the point, or one of the plane; `way` (3,) of length 1 faces away from what is touched.
    """

    spot: Spot
    at: Points
    way: Points
    plane: bool


@dataclass(frozen=True, eq=False)
class Obstacles:
    """Skin not to pass through, `points` and `ways` (n, 3) in dm; and planes, as goals, to stay before."""

    points: Points
    ways: Points
    planes: Sequence[Goal]


def reach(posed: Posed, limb: str, goals: Sequence[Goal], planes: Sequence[Goal]) -> Posed:
    """Turn the joints of a limb, such as left_arm, until its spots reach their goals and it stays before planes."""
    names = joints_of(limb)
    body = posed.body
    shift = posed.joints[0] - turn_bones(body, posed.angles)[1][0]
    begin = np.array([posed.angles.get(name, posed.angles.get(bare(name), 0.0)) for name in names])
    limits = np.array([[(SIDED | MIDDLE)[bare(name)].low, (SIDED | MIDDLE)[bare(name)].high] for name in names])
    residuals = _residuals(posed, limb, names, begin, goals, _limb_skin(posed, limb, planes))
    found = _search_widely(residuals, begin, limits)
    angles = dict(posed.angles) | dict(zip(names, map(float, np.round(found, 2)), strict=True))
    return pose_body(body, angles).moved(shift)


def joints_of(limb: str) -> list[str]:
    """Name the joints that carry a limb: left_flex … for left_arm, neck … for neck."""
    kind = bare(limb)
    return [name if kind == "neck" else f"{sides_of(limb)[0]}_{name}" for name in LIMBS[kind]]


def depth_inside(points: Points, obstacle_points: Points, ways: Points) -> NDArray[np.float64]:
    """Give how deep points (n, 3) lie under the nearest skin, in dm; 0 outside, or where no skin is near."""
    if not len(points) or not len(obstacle_points):
        return np.zeros(len(points))
    square = (points**2).sum(axis=1)[:, None] + (obstacle_points**2).sum(axis=1) - 2 * points @ obstacle_points.T
    nearest = square.argmin(axis=1)
    reach_ = points - obstacle_points[nearest]
    depth = -(reach_ * ways[nearest]).sum(axis=1)
    near = square[np.arange(len(points)), nearest] < NEAR_DM**2
    return np.where(near, np.maximum(depth, 0), 0.0)


def _limb_skin(posed: Posed, limb: str, planes: Sequence[Goal]) -> tuple[NDArray[np.int64], Obstacles]:
    """Give some vertices of a limb's outer part, and some of the skin that they must stay out of."""
    kind, body = bare(limb), posed.body
    if kind == "neck":
        return np.array([], int), Obstacles(np.zeros((0, 3)), np.zeros((0, 3)), planes)
    side = sides_of(limb)[0]
    chosen = np.flatnonzero(held_by(posed, OUTER[kind], side))[::SKIN_STEP]
    root = posed.joint(f"{'upperarm' if kind == 'arm' else 'thigh'}_{side[0]}")
    near = np.linalg.norm(posed.vertices - root, axis=1) < FAR_DM
    others = np.flatnonzero(~held_by(posed, WHOLE[kind], side) & near)[::OBSTACLE_STEP]
    ways = np.einsum("nij,nj->ni", posed.turns[body.bone_of[others, 0]], rest_normals(body)[others])
    return chosen, Obstacles(posed.vertices[others], ways, planes)


def _residuals(
    posed: Posed,
    limb: str,
    names: Sequence[str],
    begin: NDArray[np.float64],
    goals: Sequence[Goal],
    limb_skin: tuple[NDArray[np.int64], Obstacles],
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Give the function from joint angles to all that is wrong with them, each in its own measure."""
    body, (chosen, obstacles) = posed.body, limb_skin
    spots = [goal.spot.vertices for goal in goals]
    which = np.concatenate([*spots, chosen])
    cuts = np.cumsum([len(vertices) for vertices in spots])

    def wrong(angles: NDArray[np.float64]) -> NDArray[np.float64]:
        turns, joints = turn_limb(posed, dict(posed.angles) | dict(zip(names, angles, strict=True)), limb)
        *held, loose = np.split(skin(body, turns, joints, which), cuts)
        parts = [(angles - begin) / LOOSE_DEGREES]
        for goal, points in zip(goals, held, strict=True):
            ways = np.einsum(
                "kij,kj->ki", turns[body.bone_of[goal.spot.vertices, 0]], rest_normals(body)[goal.spot.vertices]
            )
            parts += _misses(goal, points + goal.spot.lift_dm * ways, ways)
        parts.append(depth_inside(loose, obstacles.points, obstacles.ways) / DEEP_DM)
        parts += [np.maximum((plane.at - loose) @ plane.way, 0) / HARD_DM for plane in obstacles.planes]
        return np.concatenate(parts)

    return wrong


def _misses(goal: Goal, points: Points, ways: Points) -> list[NDArray[np.float64]]:
    """Give how far a spot is from its goal, and how badly it faces it; two points on a plane tell that alone."""
    facing = ways.mean(axis=0)
    facing = facing / np.linalg.norm(facing)
    turned = np.array([(facing @ goal.way + 1) * FACING_WEIGHT])
    if goal.plane:
        return [(points - goal.at) @ goal.way / CLOSE_DM, *([turned] if len(points) == 1 else [])]
    return [(points.mean(axis=0) - goal.at) / CLOSE_DM, turned]


def _search_widely(
    residuals: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    begin: NDArray[np.float64],
    limits: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Search from the author's angles and from some around them a little way, then from the best on to the end.

    Where the author's own angles lead to a good end, that is taken: a pose stays what its author meant. The other
    starts are drawn by chance, always the same.
    """
    found, wrong = _search(residuals, begin, limits, ROUNDS)
    if wrong < GOOD or len(begin) < MANY_JOINTS:
        return found
    around = np.random.default_rng(0).uniform(-AROUND_DEGREES, AROUND_DEGREES, (STARTS, len(begin)))
    tried = [_search(residuals, begin + away, limits, PILOT_ROUNDS) for away in around]
    best = sorted(tried, key=lambda end: end[1])[:REFINED]
    ends = [(found, wrong), *(_search(residuals, angles, limits, ROUNDS) for angles, _ in best)]
    return min(ends, key=lambda end: end[1])[0]


def _search(
    residuals: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    begin: NDArray[np.float64],
    limits: NDArray[np.float64],
    rounds: int,
) -> tuple[NDArray[np.float64], float]:
    """Give the angles with the least sum of squared residuals to be reached from a beginning, and that sum."""
    best, damping = np.clip(begin, *limits.T), 1e-2
    wrong = residuals(best)
    for _ in range(rounds):
        slope = np.column_stack(
            [(residuals(best + step) - wrong) / STEP_DEGREES for step in STEP_DEGREES * np.eye(len(best))]
        )
        square, downhill = slope.T @ slope, slope.T @ wrong
        for _ in range(6):
            step = np.linalg.solve(square + damping * np.diag(np.diag(square) + 1e-9), -downhill)
            tried = np.clip(best + step, *limits.T)
            after = residuals(tried)
            if after @ after < wrong @ wrong:
                break
            damping *= 4
        else:
            return best, float(wrong @ wrong)
        gain = 1 - (after @ after) / (wrong @ wrong)
        best, wrong, damping = tried, after, damping / 6
        if gain < 1e-4:
            break
    return best, float(wrong @ wrong)
