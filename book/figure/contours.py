"""Where a mesh turns away from the viewer: the zero set of "does the surface face us", found on the mesh itself.

So the lines are as exact as the mesh, whatever the dots of a view are. What hides them is not asked here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from book.figure.view import Numbers, normals

STEP_DM = 0.025  # between the points of a line


@dataclass(frozen=True, eq=False)
class Contour:
    """A line at even steps: `at` (n, 3), in picture axes, and `out` (n, 2), which way leads off the surface."""

    at: Numbers
    out: Numbers

    @property
    def ring(self) -> bool:
        """Say whether the line ends where it began."""
        return bool(np.abs(self.at[0] - self.at[-1]).max() < 1e-9)

    def cusps(self) -> NDArray[np.bool_]:
        """Say at which points the line turns back on itself, because the surface folds from there."""
        way = np.diff(self.at[:, :2], axis=0)
        side = way[:, 0] * self.out[1:, 1] - way[:, 1] * self.out[1:, 0] > 0
        return np.append(False, np.append(side[1:] != side[:-1], False))


def find_contours(points: Numbers, triangles: NDArray[np.int64]) -> Iterator[Contour]:
    """Give the lines along which a mesh in picture axes turns away."""
    facing = normals(points, triangles)
    front = facing[:, 2] > 0
    crossed = triangles[front[triangles].any(axis=1) & ~front[triangles].all(axis=1)]
    edges = np.sort(np.stack([crossed, np.roll(crossed, -1, axis=1)], axis=-1), axis=-1)
    split = front[edges[..., 0]] != front[edges[..., 1]]  # two of a triangle's three
    keys, which = np.unique(edges[split] @ [len(points), 1], return_inverse=True)
    one, other = np.divmod(keys, len(points))
    share = (facing[one, 2] / (facing[one, 2] - facing[other, 2]))[:, None]
    at, out = (field[one] + share * (field[other] - field[one]) for field in (points, facing))
    for chain in _chains(which.reshape(-1, 2), len(keys)):
        ways = spread(at[chain, :2], out[chain, :2])
        ways /= np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
        yield Contour(spread(at[chain, :2], at[chain]), ways)


def spread(line: Numbers, values: Numbers | None = None) -> Numbers:
    """Give values (n, k) that belong to a line's points, by default those points, at even steps along the line."""
    along = np.append(0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1)))
    at = np.linspace(0, along[-1], max(2, round(along[-1] / STEP_DM)) + 1)
    return np.column_stack([np.interp(at, along, column) for column in (line if values is None else values).T])


def _chains(links: NDArray[np.int64], count: int) -> Iterator[list[int]]:
    """Join links (n, 2) between numbered points into lines; the first point comes again at the end of a ring."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for one, other in links.tolist():
        beside[one].append(other)
        beside[other].append(one)
    for start in sorted(range(count), key=lambda number: len(beside[number]) != 1):
        chain = [start]
        while beside[chain[-1]]:
            onward = beside[chain[-1]].pop()
            beside[onward].remove(chain[-1])
            chain.append(onward)
        if len(chain) > 1:
            yield chain
