"""Lines and flat shapes from what a view shows: outlines of areas, and the lines where the body turns away.

Curves run through points of a smoothed contour as cubic Béziers (Catmull and Rom, 1974). Lines inside the body are
the zero set of "does the surface face the viewer", found on the mesh itself, so they are smooth at any size.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from book.figure.view import Numbers, Seen, normals

STEP_DM = 0.14  # between the points a curve runs through
SHORTEST_LINE_DM = 0.5
HIDDEN_BY_DM = 0.06  # how much nearer another surface must be to hide a line
EDGE_DOTS = 2  # a line so near the outer edge is the outline's own


def outlines(
    mask: NDArray[np.bool_], seen: Seen, blur_dm: float = 0.05, smallest_dm2: float = 0.04
) -> list[Numbers]:
    """Give the closed outlines (n, 2), in dm, of an area of dots; specks and pinholes are left out."""
    level = contour_generator(z=_blurred(mask.astype(float), blur_dm * seen.dots), line_type=LineType.Separate)
    found = []
    for line in level.lines(0.5):
        points = np.asarray(line) / seen.dots + [seen.left, seen.bottom]
        if abs(_area(points)) >= smallest_dm2:
            found.append(_spread(points, closed=True))
    return found


def inner_lines(points: Numbers, triangles: NDArray[np.int64], seen: Seen) -> list[Numbers]:
    """Give the visible lines (n, 2), in dm, along which a mesh in picture axes turns away inside its outline."""
    facing = normals(points, triangles)[:, 2]
    inside = _shrunk(np.isfinite(seen.depth), EDGE_DOTS)
    behind = _deepest_around(seen.depth)
    found = []
    for chain in _chains(points, triangles, facing):
        column, row = np.rint((chain[:, :2] - [seen.left, seen.bottom]) * seen.dots).astype(int).T
        shown = (chain[:, 2] > behind[row, column] - HIDDEN_BY_DM) & inside[row, column]
        for run in _runs(shown):
            line = chain[run, :2]
            if len(line) > 3 and _length(line) >= SHORTEST_LINE_DM:
                found.append(_spread(_calmed(line), closed=False))
    return found


def path(points: Numbers, *, closed: bool) -> str:
    """Write points (n, 2) as the `d` of an SVG path of cubic curves through them, in whole units.

    Each curve is written against its own start, which keeps numbers short; rounding does not add up.
    """
    if closed:
        points = points[:-1] if np.allclose(points[0], points[-1]) else points
        around = np.vstack([points[-1], points, points[:2]])
    else:
        around = np.vstack([points[0], points, points[-1]])
    start, end = around[1:-2], around[2:-1]
    first, second = start + (end - around[:-3]) / 6, end - (around[3:] - start) / 6
    start, *corners = (np.rint(found).astype(int) for found in (start, first, second, end))
    steps = np.hstack([corner - start for corner in corners])
    curves = " ".join(map(str, steps.ravel())).replace(" -", "-")
    return f"M{start[0][0]} {start[0][1]}c{curves}{'z' if closed else ''}"


def _chains(points: Numbers, triangles: NDArray[np.int64], facing: Numbers) -> Iterator[Numbers]:
    """Join the pieces in which triangles cross from facing the viewer to facing away, into lines (n, 3)."""
    front = facing[triangles] > 0
    crossed = np.flatnonzero(front.any(axis=1) & ~front.all(axis=1))
    links: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for corners in triangles[crossed]:
        edges = [
            (min(one, other), max(one, other))
            for one, other in zip(corners, np.roll(corners, -1), strict=True)
            if (facing[one] > 0) != (facing[other] > 0)
        ]
        links[edges[0]].append(edges[1])
        links[edges[1]].append(edges[0])
    while links:
        start = next((edge for edge in links if len(links[edge]) == 1), next(iter(links)))
        line, edge = [start], start
        while links.get(edge):
            onward = links[edge].pop()
            links[onward].remove(edge)
            if not links[edge]:
                del links[edge]
            line.append(onward)
            edge = onward
        links.pop(edge, None)
        yield np.array([_crossing(points, facing, *between) for between in line])


def _crossing(points: Numbers, facing: Numbers, one: int, other: int) -> Numbers:
    share = facing[one] / (facing[one] - facing[other])
    return np.asarray(points[one] + share * (points[other] - points[one]))


def _blurred(field: Numbers, sigma: float) -> Numbers:
    """Blur a field of dots with a bell curve of sigma dots."""
    reach = max(1, int(np.ceil(3 * sigma)))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    bell /= bell.sum()
    for axis in (0, 1):
        field = np.apply_along_axis(np.convolve, axis, field, bell, mode="same")
    return field


def _shrunk(mask: NDArray[np.bool_], dots: int) -> NDArray[np.bool_]:
    """Take a rim of some dots off an area."""
    found = mask.copy()
    for _ in range(dots):
        inner = found.copy()
        for axis in (0, 1):
            for way in (-1, 1):
                inner &= np.roll(found, way, axis)
        found = inner
    return found


def _deepest_around(depth: Numbers) -> Numbers:
    """Give for each dot the deepest of it and its neighbours: where a surface turns away, its own front is near."""
    found = depth.copy()
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            found = np.minimum(found, np.roll(depth, (down, across), (0, 1)))
    return found


def _runs(shown: NDArray[np.bool_]) -> Iterator[slice]:
    """Give the stretches of True."""
    steps = np.flatnonzero(np.diff(np.concatenate([[False], shown, [False]]).astype(int)))
    for start, end in zip(steps[::2], steps[1::2], strict=True):
        yield slice(int(start), int(end))


def _calmed(line: Numbers, times: int = 4) -> Numbers:
    """Take the small zigzag out of a line, ends held."""
    for _ in range(times):
        line = np.vstack([line[:1], (line[:-2] + 2 * line[1:-1] + line[2:]) / 4, line[-1:]])
    return line


def _spread(line: Numbers, *, closed: bool) -> Numbers:
    """Give points on a line at even steps."""
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    steps = max(6 if closed else 2, round(along[-1] / STEP_DM))
    at = np.linspace(0, along[-1], steps + 1)
    return np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])


def _length(line: Numbers) -> float:
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def _area(line: Numbers) -> float:
    """Give the area inside a closed line, by the shoelace rule."""
    x, y = line.T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2
