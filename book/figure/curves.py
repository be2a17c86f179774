"""A drawn line as few smooth cubic Béziers: a least-squares fit within a tolerance.

After P. J. Schneider, "An Algorithm for Automatically Fitting Digitized Curves", Graphics Gems (1990): the ends of
a span and the line's directions there are given, two handle lengths are found by least squares, the points'
parameters by Newton's method, and a span that misses is cut where it misses most. Here all spans of a line are
fitted at once, and neighbours that one curve can replace are joined afterwards. A point is a complex number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Points = NDArray[np.complex128]
Places = NDArray[np.int64]

CORNER_DEGREES = 50.0  # a sharper turn stays a corner
CORNER_REACH = 4.0  # units before and behind a point, between which it must turn so
SPACING = 1.5  # units between the points that a fit looks at
FIRST_SPAN = 32  # such points at most, before any span is cut or joined
TANGENT_REACH = 3  # such points before and behind one, that tell its direction
CALMING = 4  # times that zigzag is taken out of a line before its directions are told
ROUNDS = 3  # of finding handles and moving parameters
LONGEST_HANDLE = 1.0  # in chords of its span; a longer one makes loops


def fit_curves(points: Numbers, *, closed: bool, tolerance: float) -> Numbers:
    """Give cubic curves (k, 4, 2) that stay within a tolerance of a line through points (n, 2), all in units.

    They join smoothly except at corners. A closed line may give its first point again at its end.
    """
    flat = points[:, 0] + 1j * points[:, 1]
    flat = flat[np.append(True, np.abs(np.diff(flat)) > 1e-6)]
    if closed and abs(flat[0] - flat[-1]) <= 1e-6:
        flat = flat[:-1]
    if len(flat) < 3:
        found = flat[0] + (flat[-1:] - flat[0]) * np.linspace(0, 1, 4)[None]
    else:
        line = _Line.through(flat, closed=closed)
        found = _joined(line, *_cut(line, tolerance), tolerance)
    return np.stack([found.real, found.imag], axis=-1)


def _cut(line: "_Line", tolerance: float) -> tuple[Places, Points]:
    """Cut a line where one curve will not do: the numbers of the points where curves meet, and the curves."""
    nodes = line.corners
    for corner, onward in zip(line.corners, line.corners[1:], strict=False):
        parts = -(-(onward - corner) // FIRST_SPAN)
        nodes = np.union1d(nodes, corner + np.arange(1, parts) * (onward - corner) // parts)
    starts, ends = nodes[:-1], nodes[1:]
    done, found = [starts[:0]], [np.empty((0, 4), complex)]
    while len(starts):
        curves, miss, worst = line.fit(starts, ends)
        good = (miss <= tolerance) | (ends - starts <= 3)
        done.append(starts[good])
        found.append(curves[good])
        middle = np.clip(worst, starts + 1, ends - 1)[~good]
        starts, ends = np.append(starts[~good], middle), np.append(middle, ends[~good])
    starts = np.concatenate(done)
    order = np.argsort(starts)
    return np.append(starts[order], nodes[-1]), np.concatenate(found)[order]


def _joined(line: "_Line", nodes: Places, curves: Points, tolerance: float) -> Points:
    """Replace neighbouring curves by one wherever that stays within the tolerance."""
    idle, odd = 0, 0
    while idle < 2:
        firsts = np.arange(odd, len(nodes) - 2, 2)
        firsts = firsts[~np.isin(nodes[firsts + 1], line.corners)]
        gone = firsts
        if len(firsts):
            found, miss, _ = line.fit(nodes[firsts], nodes[firsts + 2])
            gone = firsts[miss <= tolerance]
            curves[gone] = found[miss <= tolerance]
        nodes, curves = np.delete(nodes, gone + 1), np.delete(curves, gone + 1, axis=0)
        idle, odd = 0 if len(gone) else idle + 1, 1 - odd
    return curves


@dataclass(frozen=True, eq=False)
class _Line:
    """A line at even steps: `points` (n,); a closed one begins and ends at the same.

    `before` and `after` (n,) are its directions, of length 1, on the way into and out of each point; they differ at
    corners only. `corners` numbers them, and the ends.
    """

    points: Points
    before: Points
    after: Points
    corners: Places

    @classmethod
    def through(cls, points: Points, *, closed: bool) -> "_Line":
        corners, turns = _find_corners(points, closed=closed)
        smooth = closed and not len(corners)
        if closed:
            first = int(corners[0]) if len(corners) else int(np.argmax(turns))
            points = np.roll(points, -first)
            points = np.append(points, points[0])
            corners = (corners - first) % (len(points) - 1)
        dense, corners = _spread(points, np.union1d(corners, [0, len(points) - 1]))
        before, after = _directions(dense, corners, smooth=smooth)
        return cls(dense, before, after, corners)

    def fit(self, starts: Places, ends: Places) -> tuple[Points, Numbers, Places]:
        """Fit a curve to each span of points: curves (k, 4), how far each misses, and the point where."""
        sizes = ends - starts + 1
        firsts = np.cumsum(sizes) - sizes
        owner = np.repeat(np.arange(len(sizes)), sizes)
        number = np.arange(sizes.sum()) - (firsts - starts)[owner]
        at, share = self.points[number], (number - starts[owner]) / (ends - starts)[owner]
        curves = self._handles(starts, ends, owner, at, share)
        for _ in range(ROUNDS - 1):
            share = _nearer(curves, owner, at, share)
            curves = self._handles(starts, ends, owner, at, share)
        off = np.abs((_weights(share) * curves.T[:, owner]).sum(axis=0) - at)
        miss = np.maximum.reduceat(off, firsts)
        most = np.flatnonzero(off == miss[owner])
        worst = number[most[np.searchsorted(owner[most], np.arange(len(sizes)))]]
        return curves, miss, worst

    def _handles(self, starts: Places, ends: Places, owner: Places, at: Points, share: Numbers) -> Points:
        """Give the curves whose two handle lengths bring them nearest to points that have a share of the way."""
        start, end = self.points[starts], self.points[ends]
        out, back = self.after[starts], -self.before[ends]
        first, second, third, last = _weights(share)
        reach = at - start[owner] * (first + second) - end[owner] * (third + last)
        along_out, along_back = _dot(out[owner], reach), _dot(back[owner], reach)
        a, b, c, d, e = (
            np.bincount(owner, part, len(starts)).astype(float)
            for part in (second**2, second * third, third**2, second * along_out, third * along_back)
        )
        b *= _dot(out, back)
        whole = a * c - b * b
        lengths = np.stack([d * c - e * b, e * a - d * b]) / np.maximum(whole, 1e-9 * a * c + 1e-12)
        chord = np.abs(end - start)
        lengths = np.where((lengths > 0.02 * chord).all(axis=0), lengths, chord / 3)
        lengths = np.minimum(lengths, LONGEST_HANDLE * chord)
        return np.stack([start, start + out * lengths[0], end + back * lengths[1], end], axis=1)


def _weights(share: Numbers) -> Numbers:
    """Give the weights (4, n) of a cubic curve's four points, some share of the way along."""
    rest = 1 - share
    return np.stack([rest * rest * rest, 3 * share * rest * rest, 3 * share * share * rest, share * share * share])


def _nearer(curves: Points, owner: Places, at: Points, share: Numbers) -> Numbers:
    """Move shares of the way so that the curve there comes nearer to the points: one step of Newton's method."""
    rest, points = 1 - share, curves.T[:, owner]
    speeds = 3 * np.diff(points, axis=0)
    bends = 2 * np.diff(speeds, axis=0)
    off = (_weights(share) * points).sum(axis=0) - at
    speed = rest * rest * speeds[0] + 2 * share * rest * speeds[1] + share * share * speeds[2]
    slope = _dot(speed, speed) + _dot(off, rest * bends[0] + share * bends[1])
    return np.asarray(np.clip(share - _dot(off, speed) / np.where(slope > 1e-9, slope, np.inf), 0, 1))


def _find_corners(points: Points, *, closed: bool) -> tuple[Places, Numbers]:
    """Give the numbers of the points at which a line has a corner, and how much it turns at each point, degrees."""
    ring = np.concatenate([points, points, points, points[:1]]) if closed else points
    along = _lengths(ring)
    at = along[len(points) : 2 * len(points)] if closed else along
    arriving = points - np.interp(at - CORNER_REACH, along, ring)
    leaving = np.interp(at + CORNER_REACH, along, ring) - points
    turn = np.degrees(np.abs(np.angle(leaving * arriving.conj())))
    if not closed:
        turn[[0, -1]] = 0
    chosen: list[int] = []
    for number in np.argsort(-turn, kind="stable")[: int((turn > CORNER_DEGREES).sum())]:
        gap = np.abs(at[chosen] - at[number])
        if (np.minimum(gap, along[len(points)] - gap if closed else gap) > 2 * CORNER_REACH).all():
            chosen.append(int(number))
    return np.sort(np.array(chosen, int)), turn


def _spread(points: Points, corners: Places) -> tuple[Points, Places]:
    """Give points at even steps between the corners of a line, and the numbers of the corners among them."""
    along = _lengths(points)
    knots = along[corners]
    steps = np.maximum(np.ceil(np.diff(knots) / SPACING).astype(int), 4)
    numbers = np.append(0, np.cumsum(steps))
    return np.interp(np.interp(np.arange(numbers[-1] + 1), numbers, knots), along, points), numbers


def _directions(points: Points, corners: Places, *, smooth: bool) -> tuple[Points, Points]:
    """Give the directions into and out of each point, looking no further than the corners beside it.

    `smooth` says that a closed line goes on at its start as it came to its end.
    """
    last = len(points) - 1
    number = np.arange(last + 1)
    points = _calmed(points, corners, smooth=smooth)
    if smooth:
        way = _unit(points[(number + TANGENT_REACH) % last] - points[(number - TANGENT_REACH) % last])
        return way, way
    upper = np.clip(np.searchsorted(corners, number, side="right"), 1, len(corners) - 1)
    ahead = np.minimum(number + TANGENT_REACH, corners[upper])
    back = np.maximum(number - TANGENT_REACH, corners[upper - 1])
    after = _unit(points[ahead] - points[back])
    before, ends = after.copy(), corners[1:]
    before[ends] = _unit(points[ends] - points[np.maximum(ends - TANGENT_REACH, corners[:-1])])
    return before, after


def _calmed(points: Points, held: Places, *, smooth: bool) -> Points:
    """Take the zigzag out of a line, some of its points held."""
    for _ in range(CALMING):
        around = np.concatenate([points[-2:-1], points, points[1:2]])
        calm = (around[:-2] + 2 * points + around[2:]) / 4
        if not smooth:
            calm[held] = points[held]
        points = calm
    return points


def _lengths(points: Points) -> Numbers:
    """Give how far along a line each of its points lies."""
    return np.append(0, np.cumsum(np.abs(np.diff(points))))


def _unit(ways: Points) -> Points:
    return np.asarray(ways / np.maximum(np.abs(ways), 1e-9))


def _dot(one: Points, other: Points) -> Numbers:
    return np.asarray(one.real * other.real + one.imag * other.imag)
