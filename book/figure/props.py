"""Things around the person, as meshes made to measure: the body meets them and does not pass through.

Units dm; x to the person's left, y up, z to the front, the ground at y = 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from book.figure.body import Points

BOX_QUADS = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
ROUND = 20  # corners of a circle
BALL_DM, BAND_DM = 0.34, 0.09  # radii; the ball is a tennis ball
WALL_DM, SEAT_DM, LEG_DM, MAT_DM = 0.25, 0.3, 0.28, 0.12  # thicknesses
HANDLE_HEIGHT_DM, BACK_DM = 10.3, 4.4  # of a door handle; of a chair's back above its seat


@dataclass(frozen=True, eq=False)
class Solid:
    """One thing: its kind, its mesh (n, 3) and (m, 4), whether it has edges, and its box, (2, 3), if it is one."""

    kind: str
    points: Points
    quads: NDArray[np.int64]
    edged: bool
    box: Points | None = None


def box(kind: str, low: Iterable[float], high: Iterable[float]) -> Solid:
    """Give a box from its lowest to its highest corner, (x, y, z) in dm."""
    ends = np.array([list(low), list(high)], float)
    corners = np.array([[ends[i, 0], ends[j, 1], ends[k, 2]] for i in (0, 1) for j in (0, 1) for k in (0, 1)])
    return Solid(kind, corners, BOX_QUADS, edged=True, box=ends)


def ball(centre: Points) -> Solid:
    """Give a ball about a point."""
    high, wide = np.meshgrid(
        np.linspace(0, np.pi, ROUND // 2 + 1), np.linspace(0, 2 * np.pi, ROUND, endpoint=False), indexing="ij"
    )
    ways = np.stack([np.sin(high) * np.sin(wide), np.cos(high), np.sin(high) * np.cos(wide)], axis=-1)
    return Solid("ball", centre + BALL_DM * ways.reshape(-1, 3), _grid(ROUND // 2 + 1), edged=False)


def tube(kind: str, middle: Sequence[Points], radius_dm: float) -> Solid:
    """Give a tube of one width along a line of points, closed by flat ends."""
    line = np.array(middle, float)
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, [0.31, 0.83, 0.46])
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(along, side)
    turn = np.linspace(0, 2 * np.pi, ROUND, endpoint=False)
    rings = line[:, None] + radius_dm * (
        np.cos(turn)[:, None] * side[:, None] + np.sin(turn)[:, None] * other[:, None]
    )
    capped = np.concatenate(
        [np.repeat(line[:1, None], ROUND, axis=1), rings, np.repeat(line[-1:, None], ROUND, axis=1)]
    )
    return Solid(kind, capped.reshape(-1, 3), _grid(len(line) + 2)[:, ::-1], edged=False)


def seat(kind: str, top: float, back: float, front: float, wide: float) -> list[Solid]:
    """Give a chair (with a back) or a stool: seat top height, where it ends behind and before, half its width."""
    sides, below = (-wide, wide - LEG_DM), top - SEAT_DM
    parts = [box(kind, (-wide, below, back), (wide, top, front))]
    parts += [_post(kind, x, z, 0, below) for x in sides for z in (back, front - LEG_DM)]
    if kind == "chair":
        parts += [_post(kind, x, back, top, top + BACK_DM) for x in sides]
        parts.append(box(kind, (-wide, top + 2.4, back), (wide, top + BACK_DM, back + LEG_DM)))
    return parts


def faced_about(solid: Solid) -> Solid:
    """Give a box mirrored front to back, at the place that its z had below 0."""
    ends = np.asarray(solid.box) * [1, 1, -1]
    return box(solid.kind, ends.min(axis=0), ends.max(axis=0))


def table(top: float, middle: Points, wide: float, deep: float) -> list[Solid]:
    """Give a table: the height of its top, its middle (x, z), half its width and half its depth."""
    x, z = middle
    below, inset = top - SEAT_DM, 0.2
    legs = [
        _post("table", leg_x, leg_z, 0, below)
        for leg_x in (x - wide + inset, x + wide - inset - LEG_DM)
        for leg_z in (z - deep + inset, z + deep - inset - LEG_DM)
    ]
    return [box("table", (x - wide, below, z - deep), (x + wide, top, z + deep)), *legs]


def _post(kind: str, x: float, z: float, low: float, high: float) -> Solid:
    """Give an upright bar by its lowest corner and its two heights."""
    return box(kind, (x, low, z), (x + LEG_DM, high, z + LEG_DM))


def _grid(rows: int) -> NDArray[np.int64]:
    """Give the quads between rows of ROUND points each, closed round."""
    row, column = np.meshgrid(np.arange(rows - 1), np.arange(ROUND), indexing="ij")
    right = (column + 1) % ROUND
    quads = [row * ROUND + column, (row + 1) * ROUND + column, (row + 1) * ROUND + right, row * ROUND + right]
    return np.stack(quads, axis=-1).reshape(-1, 4)
