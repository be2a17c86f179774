"""What a view shows and how it becomes ink: nearest surfaces, positions carried to dots, smooth lines."""

import re

import numpy as np
import pytest

from book.figure.body import read_body
from book.figure.ink import inner_lines, outlines, path
from book.figure.pose import pose_body
from book.figure.view import Seen, View, look, triangulate
from book.figure.vocabulary import VIEWS

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


def test_an_outline_keeps_fingers_and_loses_wobble() -> None:
    rows, columns = np.mgrid[:200, :200]
    mask = ((columns - 100) ** 2 + (rows - 70) ** 2 < 60**2) | (
        (abs(columns - 100) < 5) & (rows > 70) & (rows < 170)
    )
    seen = Seen(np.zeros(mask.shape), np.zeros(mask.shape, int), np.zeros((*mask.shape, 3)), 0, 0, 60)
    (line,) = outlines(mask, seen)
    assert line[:, 1].max() == pytest.approx(170 / 60, abs=0.02)  # the finger's tip
    palm = line[line[:, 1] < 1.5]
    assert np.linalg.norm(palm - [100 / 60, 70 / 60], axis=1) == pytest.approx(1, abs=0.01)


def test_no_area_has_no_outline() -> None:
    seen = Seen(np.zeros((60, 60)), np.zeros((60, 60), int), np.zeros((60, 60, 3)), 0, 0, 30)
    assert outlines(np.zeros((60, 60), bool), seen) == []


def test_an_area_at_the_rim_of_a_view_still_has_a_closed_outline() -> None:
    seen = Seen(np.zeros((60, 60)), np.zeros((60, 60), int), np.zeros((60, 60, 3)), 0, 0, 30)
    (line,) = outlines(np.ones((60, 60), bool), seen)
    assert line[0] == pytest.approx(line[-1])


def test_lines_stay_within_the_dots_of_their_own_mesh() -> None:
    points, triangles = ball()
    both = np.vstack([points * 2, np.add(points, (0.3, 0, 3))])
    corners = np.vstack([triangles, triangles + len(points)])
    seen = look(both, corners, dots=60)
    left = np.isfinite(seen.depth)
    left[:, round((0.3 - seen.left) * 60) :] = False
    found = np.vstack(inner_lines(both, corners, seen, left))
    assert found[:, 0].max() < 0.35
    assert found[:, 0].min() == pytest.approx(-0.7, abs=0.05)


def test_what_hardly_stands_off_its_ground_gives_no_line() -> None:
    points, triangles = ball()
    dent = points * [0.1, 0.1, 0.3] + (0, 0, 2)  # too small to matter
    both, corners = np.vstack([points * 2, dent]), np.vstack([triangles, triangles + len(points)])
    assert inner_lines(both, corners, look(both, corners, dots=60)) == []


def test_a_face_has_eyes_and_a_mouth_and_feet_have_no_toes() -> None:
    body = read_body()
    triangles = triangulate(body.quads)
    points = pose_body(body, {"abd": 8}).vertices
    lines = inner_lines(points, triangles, look(points, triangles, dots=60))
    chin = body.joints[body.index("head")][1] - 0.6
    dashes = sorted(
        (line for line in lines if len(line) == 2 and line[:, 1].min() > chin), key=lambda line: line[0, 1]
    )
    assert len(dashes) == 3
    assert all(abs(line[0, 1] - line[1, 1]) < 0.05 for line in dashes)
    ankle = body.joints[body.index("foot_l")][1]
    assert not [line for line in lines if line[:, 1].max() < ankle]


def test_a_path_is_written_in_whole_steps_from_point_to_point() -> None:
    points = np.array([[0, 0], [30, 0], [30, 30], [0, 30], [0, 0]], float)
    text = path(points, closed=True)
    assert text.startswith("M0 0c")
    assert text.endswith("z")
    steps = np.array([int(word) for word in re.findall(r"-?\d+", text)][2:]).reshape(-1, 3, 2)
    assert np.cumsum(steps[:, 2], axis=0).tolist() == [[30, 0], [30, 30], [0, 30], [0, 0]]
    assert path(points[:3], closed=False).count("M") == 1
    assert path(points[:2], closed=False) == "M0 0c10 0 20 0 30 0"


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
