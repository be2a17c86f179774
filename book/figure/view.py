"""A mesh seen from somewhere: parallel projection, what is in front, and values carried from it to the dots."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
BATCH = 4_000_000  # dots looked at in one go, to bound memory


@dataclass(frozen=True)
class View:
    """A direction to look from, in degrees: `azimuth` turns the person to their left, `elevation` raises the eye.

    Azimuth 0 shows the front, -90 the person's right side with the face to the right, 180 the back.
    """

    azimuth: float
    elevation: float = 0.0

    def turn(self) -> Numbers:
        """Give the rotation (3, 3) to picture axes: x right, y up, z toward the viewer."""
        a, e = np.radians([self.azimuth, self.elevation])
        round_up = np.array([[np.cos(a), 0, -np.sin(a)], [0, 1, 0], [np.sin(a), 0, np.cos(a)]])
        tip = np.array([[1, 0, 0], [0, np.cos(e), -np.sin(e)], [0, np.sin(e), np.cos(e)]])
        return np.asarray(tip @ round_up)


@dataclass(frozen=True, eq=False)
class Seen:
    """What a view shows, dot by dot: (rows, columns), row 0 at the bottom.

    `depth` in dm toward the viewer, -inf where nothing is; `triangle` the number of the one in front, -1 for none;
    `share` (rows, columns, 3) of its corners. `left` and `bottom` place the first dot, in dm; `dots` make one dm.
    """

    depth: Numbers
    triangle: NDArray[np.int64]
    share: Numbers
    left: float
    bottom: float
    dots: float

    def sample(self, triangles: NDArray[np.int64], values: Numbers) -> Numbers:
        """Carry values of vertices, (n, k), to the dots, (rows, columns, k); NaN where nothing is."""
        corners = values[triangles[np.maximum(self.triangle, 0)]]
        found: Numbers = np.einsum("rcj,rcjk->rck", self.share, corners)
        found[self.triangle < 0] = np.nan
        return found


def triangulate(quads: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cut quads (m, 4) into triangles (2m, 3)."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def normals(points: Numbers, triangles: NDArray[np.int64]) -> Numbers:
    """Give the direction (n, 3) that the surface faces at each vertex, by the areas around it; not of length 1."""
    corners = points[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    found = np.zeros_like(points)
    for corner in range(3):
        np.add.at(found, triangles[:, corner], faces)
    return found


def look(
    points: Numbers, triangles: NDArray[np.int64], dots: float, margin: float = 0.3, frame: Numbers | None = None
) -> Seen:
    """See a mesh from the front of its picture axes; `dots` a dm, `margin` in dm around it or around a frame.

    A frame, (2, 2), holds its lowest and highest x and y; what lies beyond is not seen.
    """
    around = points[:, :2] if frame is None else frame
    low, high = around.min(axis=0) - margin, around.max(axis=0) + margin
    columns, rows = np.ceil((high - low) * dots).astype(int)
    flat = np.column_stack([(points[:, :2] - low) * dots, points[:, 2]])[triangles]
    seen = Seen(
        np.full((rows, columns), -np.inf), np.full((rows, columns), -1), np.zeros((rows, columns, 3)),
        float(low[0]), float(low[1]), dots,
    )  # fmt: skip
    towards = _cross(flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0])
    facing = np.flatnonzero(towards > 1e-9)
    first = np.clip(np.floor(flat[facing, :, :2].min(axis=1)).astype(int), 0, [columns - 1, rows - 1])
    last = np.clip(np.ceil(flat[facing, :, :2].max(axis=1)).astype(int), 0, [columns - 1, rows - 1])
    size = last - first + 1
    if not len(facing):
        return seen
    ends = np.cumsum(size.prod(axis=1))
    for cut in np.split(np.arange(len(facing)), np.searchsorted(ends, np.arange(BATCH, ends[-1], BATCH))):
        _fill(seen, flat, facing[cut], first[cut], size[cut])
    return seen


def _fill(
    seen: Seen, flat: Numbers, which: NDArray[np.int64], first: NDArray[np.int64], size: NDArray[np.int64]
) -> None:
    """Draw triangles into a view, each dot keeping the nearest."""
    count = size.prod(axis=1)
    owner = np.repeat(np.arange(len(which)), count)
    step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    column = first[owner, 0] + step % size[owner, 0]
    row = first[owner, 1] + step // size[owner, 0]
    corners = flat[which[owner]]
    share = _shares(corners[:, :, :2], np.column_stack([column, row]))
    inside = (share >= -1e-9).all(axis=1)
    owner, column, row, share = owner[inside], column[inside], row[inside], share[inside]
    depth = np.einsum("nj,nj->n", share, corners[inside, :, 2])
    order = np.lexsort((which[owner], depth, row * seen.depth.shape[1] + column))
    place = (row * seen.depth.shape[1] + column)[order]
    last = np.append(place[1:] != place[:-1], True)
    best = order[last]
    nearer = depth[best] > seen.depth[row[best], column[best]]
    best = best[nearer]
    seen.depth[row[best], column[best]] = depth[best]
    seen.triangle[row[best], column[best]] = which[owner[best]]
    seen.share[row[best], column[best]] = share[best]


def _shares(corners: Numbers, dots: Numbers) -> Numbers:
    """Give the barycentric coordinates (n, 3) of dots (n, 2) in triangles (n, 3, 2)."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    whole = _cross(b - a, c - a)
    second, third = _cross(dots - a, c - a) / whole, _cross(b - a, dots - a) / whole
    return np.column_stack([1 - second - third, second, third])


def _cross(one: Numbers, other: Numbers) -> Numbers:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])
