"""Where the discs of a labelled figure stand, and whether their lines keep apart; all in printed mm, y up.

Labels stand in columns beside the figure, in order of height, a gap apart; straight lines lead to their spots.
Two lines that crossed have changed places: that makes both shorter (the rule behind boundary labelling, Bekos
et al., "Boundary labeling", 2007).
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from book.figure.view import Numbers

CLEAR_MM = 0.8  # between a line and a disc that it passes


def place_discs(spots: Numbers, x_mm: float, room: tuple[float, float], gap_mm: float) -> Numbers:
    """Give a column's disc centres (n, 2) at `x_mm` for its spots (n, 2), `gap_mm` apart, within heights `room`.

    The discs come as near the heights of their spots as gaps and room allow. ValueError if they do not fit.
    """
    low, high = room
    count = len(spots)
    if (count - 1) * gap_mm > high - low + 1e-9:
        need, has = count * gap_mm, high - low + gap_mm
        raise ValueError(f"{count} labels of {gap_mm:g} mm need {need:.0f} mm, and their column has {has:.0f} mm")
    order = np.argsort(-spots[:, 1], kind="stable")
    steps = np.arange(count) * gap_mm
    heights = _level(spots[order, 1] + steps) - steps
    heights = np.clip(heights, low + steps[::-1], high - steps)
    discs = np.empty((count, 2))
    discs[order] = np.column_stack([np.full(count, x_mm), heights])
    return uncross(spots, discs)


def _level(wanted: Numbers) -> Numbers:
    """Give the falling heights that lie nearest to wanted ones: neighbours out of order share their mean."""
    blocks: list[list[float]] = []
    for height in wanted:
        blocks.append([float(height)])
        while len(blocks) > 1 and np.mean(blocks[-2]) < np.mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    return np.concatenate([np.full(len(block), np.mean(block)) for block in blocks])


def uncross(spots: Numbers, discs: Numbers) -> Numbers:
    """Let discs (n, 2) whose lines to their spots cross change places, until none do."""
    placed = discs.copy()
    crossing = True
    while crossing:
        crossing = False
        for a, b in combinations(range(len(spots)), 2):
            if cross(spots[a], placed[a], spots[b], placed[b]):
                placed[[a, b]] = placed[[b, a]]
                crossing = True
    return placed


def cross(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> bool:
    """Say whether the lines from a to b and from c to d, (2,) each, cross."""
    return bool(_turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0)


def _turn(a: Numbers, b: Numbers, c: Numbers) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def leader_faults(names: Sequence[str], spots: Numbers, discs: Numbers, radius_mm: float) -> Iterator[str]:
    """Say which lines of different columns cross, and which lines run through another's disc."""
    for a, b in combinations(range(len(names)), 2):
        if cross(spots[a], discs[a], spots[b], discs[b]):
            yield f"the lines of {names[a]} and {names[b]} cross: give one of them the other column"
    for a in range(len(names)):
        for b in range(len(names)):
            if a != b and _distance(discs[b], spots[a], discs[a]) < radius_mm + CLEAR_MM:
                yield f"the line of {names[a]} runs into the disc of {names[b]}: give one of them the other column"


def _distance(point: Numbers, a: Numbers, b: Numbers) -> float:
    """Give the distance of a point from the line from a to b, (2,) each."""
    way = b - a
    share = float(np.clip((point - a) @ way / max(float(way @ way), 1e-9), 0, 1))
    return float(np.linalg.norm(point - a - share * way))
