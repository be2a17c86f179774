"""Lines where one part of a body lies on another that it does not grow from: a hand on an arm.

Skin does not turn away there, so `ink.inner_lines` finds nothing; the names of the bones tell the parts apart.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from book.figure.body import Body
from book.figure.ink import outlines, runs
from book.figure.view import Numbers, Seen

# parts by their bones, numbered from 1 on the left side and on through the right; 0 is trunk and head
PARTS = ("lowerarm hand thumb index middle ring pinky", "upperarm", "calf foot ball", "thigh")
GROWS_FROM = {1: {2}, 2: {0, 1}, 3: {4}, 4: {0, 3}, 5: {6}, 6: {0, 5}, 7: {8}, 8: {0, 7}}
ASIDE_DOTS, NEAR_DOTS = 3.0, 7
JUMP_DM, SHORTEST_DM = 0.25, 0.35


def overlap_lines(
    body: Body, triangles: NDArray[np.int64], seen: Seen, within: NDArray[np.bool_], drawn: Sequence[Numbers]
) -> list[Numbers]:
    """Give the lines (n, 2), in dm, around limbs that lie on the body, where no line of `drawn` is near."""
    labels = np.where(within, _parts(body)[triangles[np.where(within, seen.triangle, 0)][..., 0]], -1)
    taken = _near(drawn, seen)
    found = []
    for part in range(1, 1 + 2 * len(PARTS)):
        for line in outlines(labels == part, seen) if (labels == part).any() else ():
            shown = _lies_on(line, part, labels, seen) & ~taken[_dots(line, seen)]
            found += [
                run
                for run in _stretches(line, shown)
                if np.linalg.norm(np.diff(run, axis=0), axis=1).sum() > SHORTEST_DM
            ]
    return found


def _parts(body: Body) -> NDArray[np.int64]:
    """Give the number of the part that each vertex belongs to: 0 trunk and head, then those of the left side."""
    of_bone = np.zeros(len(body.bones), int)
    for number, bone in enumerate(body.bones):
        name, _, side = bone.rpartition("_")
        for place, kinds in enumerate(PARTS):
            if side in {"l", "r"} and name.partition("_")[0] in kinds.split():
                of_bone[number] = 1 + place + (0 if side == "l" else len(PARTS))
    return np.asarray(of_bone[body.bone_of[:, 0]])


def _lies_on(line: Numbers, part: int, labels: NDArray[np.int64], seen: Seen) -> NDArray[np.bool_]:
    """Say at which points of a part's outline it lies on another part, in front of it."""
    along = np.gradient(line, axis=0)
    across = np.column_stack([-along[:, 1], along[:, 0]])
    across *= ASIDE_DOTS / seen.dots / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    one, other = _dots(line + across, seen), _dots(line - across, seen)
    inward = labels[one] == part
    inside, outside = _sides(one, other, inward)
    beside = labels[outside]
    jump = np.where(beside >= 0, seen.depth[inside], 0) - np.where(beside >= 0, seen.depth[outside], 0)
    apart = ~np.isin(beside, [part, *GROWS_FROM[part]]) | (jump > JUMP_DM)
    return np.asarray((beside >= 0) & (beside != part) & apart & (jump > 0))


Dots = tuple[NDArray[np.int64], NDArray[np.int64]]


def _sides(one: Dots, other: Dots, inward: NDArray[np.bool_]) -> tuple[Dots, Dots]:
    """Sort pairs of dots into those inside and those outside."""
    inside = (np.where(inward, one[0], other[0]), np.where(inward, one[1], other[1]))
    outside = (np.where(inward, other[0], one[0]), np.where(inward, other[1], one[1]))
    return inside, outside


def _dots(line: Numbers, seen: Seen) -> Dots:
    """Give the rows and columns of the dots at points (n, 2) in dm."""
    column, row = np.rint((line - [seen.left, seen.bottom]) * seen.dots).astype(int).T
    return np.clip(row, 0, seen.depth.shape[0] - 1), np.clip(column, 0, seen.depth.shape[1] - 1)


def _near(lines: Sequence[Numbers], seen: Seen) -> NDArray[np.bool_]:
    """Give the dots near some lines."""
    found = np.zeros(seen.depth.shape, bool)
    for line in lines:
        steps = max(2, int(np.linalg.norm(np.diff(line, axis=0), axis=1).sum() * seen.dots))
        at = np.linspace(0, len(line) - 1, steps)
        fine = np.column_stack([np.interp(at, np.arange(len(line)), line[:, axis]) for axis in (0, 1)])
        found[_dots(fine, seen)] = True
    for axis in (0, 1):
        found = np.logical_or.reduce([np.roll(found, step, axis) for step in range(-NEAR_DOTS, NEAR_DOTS + 1)])
    return found


def _stretches(line: Numbers, shown: NDArray[np.bool_]) -> Iterator[Numbers]:
    """Give the stretches of a closed line that are shown; one that passes its beginning stays whole."""
    if shown.all():
        yield line
        return
    start = int(np.argmin(shown))
    line, shown = np.roll(line, -start, axis=0), np.roll(shown, -start)
    for run in runs(shown):
        if run.stop - run.start > 2:
            yield line[run]
