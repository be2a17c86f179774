"""Lines as few smooth curves: how near they stay, how few they are, where they bend and where they do not."""

from itertools import pairwise

import numpy as np
import pytest

from book.figure.curves import fit_curves

T = np.linspace(0, 2 * np.pi, 400, endpoint=False)
X = np.linspace(0, 400, 300)
CIRCLE = 100 * np.column_stack([np.cos(T), np.sin(T)])
WAVE = np.column_stack([X, 60 * np.sin(X / 50)])
SQUARE = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], float)
NOISY = np.column_stack([X, np.random.default_rng(1).normal(0, 0.3, len(X))])
FINGER = np.vstack(
    [
        [[-6.0, y] for y in range(60)],
        6 * np.column_stack([-np.cos(T[:200]), np.sin(T[:200])]) + [0, 60],
        [[6.0, y] for y in range(59, -1, -1)],
    ]
)


def on(curves: np.ndarray, count: int = 200) -> np.ndarray:
    """Points on all the curves, in order."""
    u = np.linspace(0, 1, count)[None, :, None]
    start, first, second, end = (curves[:, None, corner] for corner in range(4))
    found = (1 - u) ** 3 * start + 3 * u * (1 - u) ** 2 * first + 3 * u**2 * (1 - u) * second + u**3 * end
    return found.reshape(-1, 2)


def dense(points: np.ndarray, closed: bool) -> np.ndarray:
    points = np.vstack([points, points[:1]]) if closed else points
    return np.vstack([np.linspace(start, end, 200 if len(points) < 10 else 8) for start, end in pairwise(points)])


def miss(points: np.ndarray, curves: np.ndarray, closed: bool) -> float:
    """The largest distance between the line and the curves, either way."""
    far = np.linalg.norm(on(curves)[:, None] - dense(points, closed)[None], axis=2)
    return float(max(far.min(axis=0).max(), far.min(axis=1).max()))


def kinks(curves: np.ndarray, closed: bool) -> np.ndarray:
    """By how much the direction turns where curves join, in degrees."""
    into, out = curves[:, 3] - curves[:, 2], np.roll(curves[:, 1] - curves[:, 0], -1, axis=0)
    cross = into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0]
    turns = np.abs(np.degrees(np.arctan2(cross, (into * out).sum(axis=1))))
    return turns if closed else turns[:-1]


@pytest.mark.parametrize(
    ("points", "closed", "most"),
    [(CIRCLE, True, 4), (WAVE, False, 4), (FINGER, False, 5)],
    ids=["circle", "wave", "finger"],
)
def test_few_smooth_curves_stay_near_a_line(points: np.ndarray, closed: bool, most: int) -> None:
    curves = fit_curves(points, closed=closed, tolerance=1.0)
    assert len(curves) <= most
    assert miss(points, curves, closed) <= 1.1
    assert kinks(curves, closed) == pytest.approx(0, abs=0.1)


def test_a_finer_tolerance_comes_nearer() -> None:
    coarse, fine = (fit_curves(WAVE, closed=False, tolerance=tolerance) for tolerance in (2.0, 0.2))
    assert miss(WAVE, fine, closed=False) < 0.3
    assert len(fine) > len(coarse)


def test_corners_stay_corners() -> None:
    curves = fit_curves(SQUARE, closed=True, tolerance=1.0)
    assert sorted(curves[:, 0].round().tolist()) == [[0, 0], [0, 100], [100, 0], [100, 100]]
    assert kinks(curves, closed=True) == pytest.approx(90)
    assert miss(SQUARE, curves, closed=True) < 0.5


def test_noise_makes_no_corners_and_few_curves() -> None:
    curves = fit_curves(NOISY, closed=False, tolerance=1.0)
    assert len(curves) <= 8
    assert kinks(curves, closed=False) == pytest.approx(0, abs=0.1)
    assert miss(NOISY, curves, closed=False) < 1.2


@pytest.mark.parametrize("again", [False, True])
def test_a_closed_line_closes(again: bool) -> None:
    points = np.vstack([CIRCLE, CIRCLE[:1]]) if again else CIRCLE
    curves = fit_curves(points, closed=True, tolerance=1.0)
    assert curves[-1, 3] == pytest.approx(curves[0, 0])
    assert curves[1:, 0] == pytest.approx(curves[:-1, 3])


def test_an_open_line_keeps_its_ends() -> None:
    curves = fit_curves(WAVE, closed=False, tolerance=1.0)
    assert curves[0, 0] == pytest.approx(WAVE[0])
    assert curves[-1, 3] == pytest.approx(WAVE[-1])


def test_two_points_are_one_straight_curve() -> None:
    curves = fit_curves(np.array([[0, 0], [30, 60], [30, 60]], float), closed=False, tolerance=1.0)
    assert curves.tolist() == [[[0, 0], [10, 20], [20, 40], [30, 60]]]


def test_the_same_line_gives_the_same_curves() -> None:
    one, other = (fit_curves(NOISY.copy(), closed=False, tolerance=1.0) for _ in range(2))
    assert (one == other).all()
