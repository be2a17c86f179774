"""Lines and flat shapes from what a view shows: outlines of areas, and the lines where the body turns away.

Outlines are contours of dots, smoothed where smoothing moves them little, so that pixel steps and the mesh's facets
vanish but a finger stays. A line inside the body is drawn where it turns away before something clearly deeper.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from book.figure.contours import STEP_DM, Contour, find_contours, spread
from book.figure.curves import fit_curves
from book.figure.view import Numbers, Seen

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]

TOLERANCE = 1.0  # units: 0.05 mm in print
CALM_DM = 0.18  # along a line, what is shorter is wobble ...
FORM_DM = 0.025  # ... unless smoothing would move it farther than this

EDGE_DOTS = 2  # a line so near the outer edge is the outline's own
BESIDE_DOTS = 3  # a line so near another is that other
CROSSING_DM = 0.1  # how far a line may run into another or the outline, or be hidden, and still go on
OFF_DOTS = (1.0, 2.0, 3.0)  # off a line, where to look for what lies behind
HIDDEN_BY_DM = 0.06  # how much nearer another surface must be to hide a line
LEAST_DROP_DM, CLEAR_DROP_DM, DEEPEST_DM = 0.01, 0.12, 1.0  # how much deeper what lies behind a line is
SHORTEST_DM, SHORTEST_LINKED_DM = 0.37, 0.1  # how far a line reaches, and one that is to be joined to another
GAP_DM, LINK_DM, STRAIGHT = 0.25, 0.3, 0.7  # what is bridged: in one line, between two, and how straight
REACH = 4  # points from the end of a line, that tell where it goes
FACE_DM = 1.4  # around an eye or a mouth, at most
EYE_DM, MOUTH_DM = (0.12, 0.25), (0.25, 0.5)  # from end to end


def outlines(mask: Mask, seen: Seen, blur_dm: float = 0.03, smallest_dm2: float = 0.04) -> list[Numbers]:
    """Give the closed outlines (n, 2), in dm, of an area of dots; specks and pinholes are left out."""
    field, row, column = _blurred(mask, blur_dm * seen.dots)
    level = contour_generator(z=field, line_type=LineType.Separate)
    found = []
    for line in level.lines(0.5):
        points = np.add(np.asarray(line), (column, row)) / seen.dots + (seen.left, seen.bottom)
        if abs(_area(points)) >= smallest_dm2:
            found.append(_calmed(spread(points), closed=True))
    return found


def path(points: Numbers, *, closed: bool, tolerance: float = TOLERANCE) -> str:
    """Write a line through points (n, 2) as the `d` of an SVG path of few cubic curves, in whole units.

    The curves keep within `tolerance` units of the line, before rounding. Each is written against its own start,
    which keeps numbers short; rounding does not add up.
    """
    return _written(np.ascontiguousarray(points, float).tobytes(), closed, tolerance)


@lru_cache(maxsize=64)
def _written(points: bytes, closed: bool, tolerance: float) -> str:
    """Write a path; an area and its border are one line, which is fitted once."""
    line = np.frombuffer(points).reshape(-1, 2)
    curves = np.rint(fit_curves(line, closed=closed, tolerance=tolerance)).astype(int)
    steps = " ".join(map(str, (curves[:, 1:] - curves[:, :1]).ravel())).replace(" -", "-")
    return f"M{curves[0, 0, 0]} {curves[0, 0, 1]}c{steps}{'z' if closed else ''}"


def inner_lines(points: Numbers, triangles: Places, seen: Seen, within: Mask | None = None) -> list[Numbers]:
    """Give the visible lines (n, 2), in dm, along which a mesh in picture axes turns away inside its outline.

    `within` says which dots belong to this mesh, where a view shows other things too; by default all that show it.
    A line that runs along the outline, or along a line that is already there, is left out.
    """
    lines, pieces = [], []
    for contour in find_contours(points, triangles):
        drop, hidden = _drop(contour, seen), _hidden(contour.at, seen)
        if (dash := _dash(contour, drop, hidden)) is not None:
            lines.append(dash)
            continue
        unseen = _only_long((drop < LEAST_DROP_DM) | hidden, GAP_DM) | _only_long(hidden, CROSSING_DM)
        pieces += _parts(contour, ~(unseen | contour.cusps()))
    taken = ~_shrunk(np.isfinite(seen.depth) if within is None else within, EDGE_DOTS)
    for line in sorted(_linked(pieces, seen), key=len, reverse=True):
        on = _dots(line, seen)
        for run in runs(~_only_long(taken[on[:, 1], on[:, 0]], CROSSING_DM)):
            if _reach(line[run]) >= SHORTEST_DM:
                lines.append(_calmed(line[run, :2], closed=False))
                _take(taken, on[run])
    return lines


def _parts(contour: Contour, shown: Mask) -> list[Numbers]:
    """Give the parts (n, 3) of a contour that are shown."""
    line = contour.at
    if contour.ring and not shown.all():  # begin where nothing is seen, so that no part is cut in two
        order = np.roll(np.arange(len(shown) - 1), -int(np.argmin(shown[:-1])))
        shown, line = shown[order], line[order]
    parts = [line[run] for run in runs(shown) if run.stop - run.start > REACH]
    return [part for part in parts if _reach(part) > SHORTEST_LINKED_DM]


def _dash(contour: Contour, drop: Numbers, hidden: Mask) -> Numbers | None:
    """Give the middle line (2, 2) of a small ring that is an eye, or a shut mouth; None for what is neither."""
    if not contour.ring or len(drop) * STEP_DM > FACE_DM or np.diff(hidden).sum() > 2 or (~hidden).sum() < 8:
        return None
    ring = contour.at[~hidden, :2]
    middle, depth = ring.mean(axis=0), float(np.median(drop[~hidden]))
    ways = np.linalg.svd(ring - middle, full_matrices=False)[2]
    low, high = ((ring - middle) @ ways.T).min(axis=0), ((ring - middle) @ ways.T).max(axis=0)
    long, wide = high - low
    eye = EYE_DM[0] < long < EYE_DM[1] and 0.3 < wide / long < 0.65 and depth > CLEAR_DROP_DM
    mouth = MOUTH_DM[0] < long < MOUTH_DM[1] and wide / long < 0.1 and abs(depth) < CLEAR_DROP_DM / 2
    return middle + np.outer([low[0], high[0]], ways[0]) if eye or mouth else None


def _linked(pieces: list[Numbers], seen: Seen) -> list[Numbers]:
    """Join lines (n, 3) that go on in one another after a short gap in which nothing hides them."""
    pieces = list(pieces)
    while len(pieces) > 1:
        ends = np.array([end for piece in pieces for end in (piece[0], piece[-1])])
        back = np.array([inner for piece in pieces for inner in (piece[REACH], piece[-1 - REACH])])
        for one, other in _links(ends[:, :2], (ends - back)[:, :2]):
            bridge = spread(ends[[one, other]])[1:-1]
            if not _hidden(bridge[:, :3], seen).any():
                break
        else:
            break
        first, last = pieces[one // 2], pieces[other // 2]
        joined = np.vstack([first if one % 2 else first[::-1], bridge, last[::-1] if other % 2 else last])
        pieces = [piece for number, piece in enumerate(pieces) if number not in {one // 2, other // 2}]
        pieces.append(joined)
    return pieces


def _links(ends: Numbers, ways: Numbers) -> Places:
    """Give pairs (k, 2) of those ends (n, 2) of lines, two a line, that go on in one another, the closest first."""
    gaps = ends[None] - ends[:, None]
    far = np.linalg.norm(gaps, axis=2)
    ways = ways / np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
    ahead = np.einsum("ik,ijk->ij", ways, gaps) >= STRAIGHT * far
    good = (far < LINK_DM) & (ways @ ways.T < -STRAIGHT) & ((ahead & ahead.T) | (far < 2 * STEP_DM))
    line = np.arange(len(ends)) // 2
    good &= line[:, None] < line[None]
    return np.argwhere(good)[np.argsort(far[good], kind="stable")]


def _drop(contour: Contour, seen: Seen) -> Numbers:
    """Give how much deeper it is just off each point of a contour, in dm."""
    deep = np.full(len(contour.at), np.inf)
    for dots in OFF_DOTS:
        column, row = _dots(contour.at[:, :2] + contour.out * (dots / seen.dots), seen).T
        deep = np.minimum(deep, seen.depth[row, column])
    return np.asarray(np.minimum(contour.at[:, 2] - deep, DEEPEST_DM))


def _hidden(at: Numbers, seen: Seen) -> Mask:
    """Say which points (n, 3) have something nearer before them, on all the dots around."""
    column, row = _dots(at, seen).T
    deep = [seen.depth[row + down, column + across] for down in (-1, 0, 1) for across in (-1, 0, 1)]
    return np.asarray(np.min(deep, axis=0) > at[:, 2] + HIDDEN_BY_DM)


def _dots(at: Numbers, seen: Seen) -> Places:
    """Give the dots, (n, 2) columns and rows, nearest to points, never one at the view's very edge."""
    dots = np.rint((at[:, :2] - [seen.left, seen.bottom]) * seen.dots).astype(int)
    return np.asarray(np.clip(dots, 1, np.array(seen.depth.shape[::-1]) - 2))


def _take(taken: Mask, dots: Places) -> None:
    """Mark dots (n, 2) and those around them as taken."""
    reach = range(-BESIDE_DOTS, BESIDE_DOTS + 1)
    for down, across in ((down, across) for down in reach for across in reach):
        row = np.clip(dots[:, 1] + down, 0, taken.shape[0] - 1)
        taken[row, np.clip(dots[:, 0] + across, 0, taken.shape[1] - 1)] = True


def _shrunk(mask: Mask, dots: int) -> Mask:
    """Take a rim of some dots off an area."""
    found = np.pad(mask, 1)
    for _ in range(dots):
        inner = found.copy()
        for axis in (0, 1):
            for way in (-1, 1):
                inner &= np.roll(found, way, axis)
        found = inner
    return found[1:-1, 1:-1]


def _reach(line: Numbers) -> float:
    """Give how far a line gets from one of its ends, in dm."""
    return float(np.linalg.norm(line[:, :2] - line[0, :2], axis=1).max())


def _only_long(mask: Mask, dm: float) -> Mask:
    """Leave only those stretches of True, along points at even steps, that are longer than some dm."""
    found = np.zeros_like(mask)
    for run in runs(mask):
        found[run] = (run.stop - run.start) * STEP_DM > dm
    return found


def runs(shown: Mask) -> Iterator[slice]:
    """Give the stretches of True."""
    steps = np.flatnonzero(np.diff(np.concatenate([[False], shown, [False]]).astype(int)))
    for start, end in zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True):
        yield slice(start, end)


def _blurred(mask: Mask, sigma: float) -> tuple[Numbers, int, int]:
    """Blur an area of dots with a bell curve of sigma dots: the part that is not empty, and its row and column."""
    reach = max(1, int(np.ceil(3 * sigma))) + 1
    if not mask.any():
        return np.zeros((2, 2)), 0, 0
    (top, bottom), (left, right) = (np.flatnonzero(mask.any(axis=axis))[[0, -1]] + (0, 1) for axis in (1, 0))
    field = np.pad(mask[top:bottom, left:right].astype(float), reach)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    for axis in (0, 1):
        field = sum(part * np.roll(field, step, axis) for step, part in enumerate(bell / bell.sum(), -reach))
    return field, int(top) - reach, int(left) - reach


def _calmed(line: Numbers, *, closed: bool) -> Numbers:
    """Take the wobble out of a line at even steps, but leave its form; ends of an open one are held.

    A bell curve smooths, and what it shrinks is given back once; where that still moves a point far, it is left.
    """
    smooth = _smoothed(line, CALM_DM, closed=closed)
    smooth = smooth + _smoothed(line - smooth, CALM_DM, closed=closed)
    fine = _smoothed(line, STEP_DM, closed=closed)
    moved = np.linalg.norm(smooth - line, axis=1)
    moved = np.sqrt(np.maximum(_smoothed((moved**2)[:, None], CALM_DM / 2, closed=closed), 0))
    return fine + (smooth - fine) / (1 + (moved / FORM_DM) ** 4)


def _smoothed(values: Numbers, sigma_dm: float, *, closed: bool) -> Numbers:
    """Smooth values (n, k) along a line at even steps with a bell curve; the ends of an open one are held."""
    reach = min(int(3 * sigma_dm / STEP_DM), len(values) - 1)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * STEP_DM / sigma_dm) ** 2)
    bell /= bell.sum()
    if closed:
        around = np.vstack([values[-1 - reach : -1], values, values[1 : reach + 1]])
    else:
        before, after = 2 * values[0] - values[reach:0:-1], 2 * values[-1] - values[-2 : -2 - reach : -1]
        around = np.vstack([before, values, after])
    return np.column_stack([np.convolve(column, bell, mode="valid") for column in around.T])


def _area(line: Numbers) -> float:
    """Give the area inside a closed line, by the shoelace rule."""
    x, y = line.T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2
