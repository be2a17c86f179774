"""What a view shows and how it becomes ink: nearest surfaces, positions carried to dots, smooth lines."""

import re

import numpy as np
import pytest

from book.figure.body import read_body
from book.figure.ink import inner_lines, outlines, path
from book.figure.pose import pose_body
from book.figure.view import VIEWS, Seen, View, look, triangulate

SQUARE = np.array([[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]], float)
QUAD = np.array([[0, 1, 2, 3]])


def ball(rings: int = 24, around: int = 48) -> tuple[np.ndarray, np.ndarray]:
    """A ball of radius 1 as vertices and triangles that face outward."""
    high, wide = np.meshgrid(
        np.linspace(0, np.pi, rings + 1), np.linspace(0, 2 * np.pi, around, endpoint=False), indexing="ij"
    )
    points = np.stack([np.sin(high) * np.sin(wide), np.cos(high), np.sin(high) * np.cos(wide)], axis=-1).reshape(
        -1, 3
    )
    row, column = np.meshgrid(np.arange(rings), np.arange(around), indexing="ij")
    right = (column + 1) % around
    quads = np.stack(
        [row * around + column, (row + 1) * around + column, (row + 1) * around + right, row * around + right],
        axis=-1,
    )
    return points, triangulate(quads.reshape(-1, 4))


def test_views_look_from_where_they_say() -> None:
    left, up, front = np.eye(3)
    assert View(*VIEWS["front"]).turn() @ left == pytest.approx([1, 0, 0])
    assert View(*VIEWS["back"]).turn() @ left == pytest.approx([-1, 0, 0])
    assert View(*VIEWS["side"]).turn() @ front == pytest.approx([1, 0, 0])  # the face looks right
    assert (View(*VIEWS["three-quarter"]).turn() @ front)[0] == pytest.approx(np.sqrt(0.5))
    assert View(*VIEWS["top"]).turn() @ up == pytest.approx([0, 0, 1])


def test_a_square_fills_its_dots_and_carries_its_values() -> None:
    triangles = triangulate(QUAD)
    seen = look(SQUARE, triangles, dots=10, margin=1)
    filled = np.isfinite(seen.depth)
    assert filled.sum() == pytest.approx(400, rel=0.12)
    values = seen.sample(triangles, SQUARE)
    row, column = 20, 15
    assert values[row, column, :2] == pytest.approx([column / 10 - 1, row / 10 - 1])
    assert np.isnan(values[0, 0]).all()


def test_the_nearer_surface_hides_the_other_whatever_the_order() -> None:
    points = np.vstack([SQUARE, np.add(SQUARE, (0.5, 0.5, 1))])
    quads = np.vstack([QUAD, QUAD + 4])
    for order in (quads, quads[::-1]):
        seen = look(points, triangulate(order), dots=10)
        middle = seen.depth[round((1.2 - seen.bottom) * 10), round((1.2 - seen.left) * 10)]
        assert middle == pytest.approx(1)


def test_what_faces_away_is_not_seen() -> None:
    assert not np.isfinite(look(SQUARE, triangulate(QUAD)[:, ::-1], dots=10).depth).any()


def test_the_outline_of_a_ball_is_a_round_line() -> None:
    points, triangles = ball()
    seen = look(points, triangles, dots=60)
    (line,) = outlines(np.isfinite(seen.depth), seen)
    assert np.linalg.norm(line, axis=1) == pytest.approx(1, abs=0.03)
    assert inner_lines(points, triangles, seen) == []


def test_a_ball_before_a_ball_gives_a_line_inside_the_outline() -> None:
    points, triangles = ball()
    both = np.vstack([points * 2, np.add(points, (0.3, 0, 3))])
    corners = np.vstack([triangles, triangles + len(points)])
    seen = look(both, corners, dots=60)
    lines = inner_lines(both, corners, seen)
    found = np.vstack(lines)
    assert np.linalg.norm(found - [0.3, 0], axis=1) == pytest.approx(1, abs=0.05)


def test_a_hidden_line_is_not_drawn() -> None:
    points, triangles = ball()
    both = np.vstack([points * 2, points * 0.5 - (0, 0, 3)])
    corners = np.vstack([triangles, triangles + len(points)])
    assert inner_lines(both, corners, look(both, corners, dots=60)) == []


def test_specks_are_left_out() -> None:
    mask = np.zeros((60, 60), bool)
    mask[10:40, 10:40] = True
    mask[50:52, 50:52] = True
    seen = Seen(np.zeros((60, 60)), np.zeros((60, 60), int), np.zeros((60, 60, 3)), 0, 0, 30)
    assert len(outlines(mask, seen)) == 1


def test_a_path_runs_through_its_points() -> None:
    points = np.array([[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], float)
    text = path(points, closed=True)
    assert text.startswith("M0 0c")
    assert text.endswith("z")
    steps = np.array([int(word) for word in re.findall(r"-?\d+", text)][2:]).reshape(-1, 3, 2)
    assert np.cumsum(steps[:, 2], axis=0).tolist() == [[10, 0], [10, 10], [0, 10], [0, 0]]
    assert path(points[:3], closed=False).count("M") == 1


def test_the_same_pose_gives_the_same_ink() -> None:
    body = read_body()
    triangles = triangulate(body.quads)
    drawn = []
    for _ in range(2):
        points = pose_body(body, {"hip": 90, "knee": 90}).vertices @ View(-60).turn().T
        seen = look(points, triangles, dots=30)
        drawn.append([path(line, closed=False) for line in inner_lines(points, triangles, seen)])
    assert drawn[0] == drawn[1]
    assert drawn[0]
