"""Clothes and muscles: the right spot, the right side."""

from functools import cache

import numpy as np
import pytest

from book.figure.body import SHAPES, Body, read_body
from book.figure.paint import (
    SIDES,
    SURFACES,
    Piece,
    Region,
    clothes,
    parse_regions,
    read_regions,
    region_area,
    spots,
)
from book.figure.pose import pose_body
from book.figure.view import View, look, triangulate
from book.figure.vocabulary import VIEWS


@pytest.fixture(scope="module")
def woman() -> Body:
    return read_body()


def seen_spots(body: Body, way: tuple[float, float], angles: dict[str, float] | None = None) -> np.ndarray:
    return _seen_spots(body, way, tuple((angles or {"abd": 10}).items()))


@cache
def _seen_spots(body: Body, way: tuple[float, float], angles: tuple[tuple[str, float], ...]) -> np.ndarray:
    triangles = triangulate(body.quads)
    points = pose_body(body, dict(angles)).vertices @ View(*way).turn().T
    return look(points, triangles, dots=30).sample(triangles, spots(body))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("view", ["front", "back", "side"])
def test_everyone_wears_hair_top_and_shorts_and_no_two_on_one_spot(shape: str, view: str) -> None:
    body = read_body(shape)
    worn = clothes(seen_spots(body, VIEWS[view]), body)
    assert set(worn) == {"hair", "top", "shorts"}
    assert all(mask.sum() > 60 for mask in worn.values())
    assert np.sum(list(worn.values()), axis=0).max() == 1


def test_face_hands_and_feet_are_bare(woman: Body) -> None:
    spot = spots(woman)
    covered = np.logical_or.reduce(list(clothes(spot, woman).values()))
    bones = np.array(woman.bones)[woman.bone_of[:, 0]]
    for bone in ("hand_l", "middle_03_r", "foot_l", "calf_r"):
        assert not covered[bones == bone].any(), bone
    nose = np.argmax(np.where(bones == "head", woman.vertices[:, 2], -9))
    assert not covered[nose]


BACK, FRONT = (180.0, 0.0), (0.0, 0.0)
ASIDE = {"left": (90.0, 0.0), "right": (-90.0, 0.0)}
ON_THE_BACK = {
    *("trapezius-upper", "trapezius-middle", "trapezius-lower", "levator-scapulae", "rhomboids", "infraspinatus"),
    *("teres-major", "latissimus-dorsi", "erector-spinae", "posterior-deltoid", "triceps", "suboccipitals"),
    *("gluteus-maximus", "hamstrings"),
}
ON_THE_FRONT = {
    *("pectoralis-major", "pectoralis-minor", "intercostals-front", "anterior-deltoid", "biceps", "obliques"),
    *("sternocleidomastoid", "no-press-zone", "deep-neck-flexors"),
}
ON_THE_SIDE = {"serratus-anterior", "intercostals-side", "deltoid", "scalenes"}


def shown(body: Body, name: str, side: str, way: tuple[float, float]) -> np.ndarray:
    spot = seen_spots(body, way, {"abd": 150} if name in {"serratus-anterior", "intercostals-side"} else None)
    return spot[region_area(read_regions()[name], side, spot, body)]


def own_views(name: str, side: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """The way to look at a region, and the opposite one."""
    if name in ON_THE_SIDE:
        return ASIDE[side], ASIDE["left" if side == "right" else "right"]
    return (BACK, FRONT) if name in ON_THE_BACK else (FRONT, BACK)


def test_every_region_has_its_view() -> None:
    assert set(read_regions()) == ON_THE_BACK | ON_THE_FRONT | ON_THE_SIDE


@pytest.mark.parametrize("name", sorted(read_regions()))
@pytest.mark.parametrize("side", SIDES)
def test_regions_show_on_their_own_side_and_in_their_own_view(woman: Body, name: str, side: str) -> None:
    here, away = own_views(name, side)
    spot = shown(woman, name, side, here)
    assert len(spot) > 30
    assert (SIDES[side] * spot[:, 0] >= 0).all()
    assert len(shown(woman, name, side, away)) < 0.2 * len(spot)


@pytest.mark.parametrize("name", sorted(read_regions()))
@pytest.mark.parametrize("shape", SHAPES)
def test_right_regions_mirror_left_ones(shape: str, name: str) -> None:
    body, region = read_body(shape), read_regions()[name]
    spot = spots(body)
    mirrored = spot * [-1, 1, 1, 1, 1, 1, -1, 1, 1]
    left = region_area(region, "left", spot, body)
    assert left.any()
    assert (region_area(region, "right", mirrored, body) == left).all()


@pytest.mark.parametrize("name", sorted(read_regions()))
def test_regions_keep_to_their_part_of_the_body(woman: Body, name: str) -> None:
    """Nothing on the face, the hands, the feet, the other limbs or the groove on the inner arm."""
    bones = np.array(woman.bones)[woman.bone_of[:, 0]]
    spot = spots(woman)
    area = region_area(read_regions()[name], "left", spot, woman)
    assert not np.isin(bones[area], ["hand_l", "foot_l", "hand_r", "upperarm_r", "thigh_r"]).any()
    assert not (area & (spot[:, 1] > woman.joints[woman.index("head")][1]) & (spot[:, 8] > 0.3)).any()
    inner = spot[:, 6:9] @ woman.upright[woman.index("upperarm_l")].T @ [-1, 0, 0] > 0.9
    down = np.linalg.norm(woman.vertices - woman.joints[woman.index("upperarm_l")], axis=1)
    assert not (area & (bones == "upperarm_l") & inner & (down > 0.7)).any()


@pytest.mark.parametrize(
    ("across", "up", "faces", "muscle"),
    [
        (0.2, 0.76, "back", "rhomboids"),
        (0.7, 0.75, "back", "infraspinatus"),
        (0.05, 1.05, "back", "trapezius-upper"),
        (0.6, 0.93, "back", "trapezius-upper"),
        (0.4, 0.9, "back", "levator-scapulae"),
        (0.1, 0.5, "back", "trapezius-lower"),
        (0.6, 0.45, "back", "latissimus-dorsi"),
        (0.15, 0.3, "back", "erector-spinae"),
        (0.4, 0.0, "back", "gluteus-maximus"),
        (0.6, -0.5, "back", "hamstrings"),
        (0.12, 1.2, "back", "suboccipitals"),
        (0.5, 0.8, "front", "pectoralis-major"),
        (0.76, 0.86, "front", "pectoralis-minor"),
        (0.55, 0.3, "front", "obliques"),
        (0.0, 1.0, "front", "no-press-zone"),
        (0.2, 1.0, "front", "no-press-zone"),
        (0.05, 1.0, "front", "deep-neck-flexors"),
    ],
)
def test_muscles_lie_where_anatomy_has_them(woman: Body, across: float, up: float, faces: str, muscle: str) -> None:
    """Landmarks on the resting skin, across and up as on the trunk."""
    pelvis, neck, shoulder = (woman.joints[woman.index(bone)] for bone in ("pelvis", "neck_01", "upperarm_l"))
    place = np.array([across * shoulder[0], pelvis[1] + up * (neck[1] - pelvis[1])])
    there = woman.vertices[:, 2] > 0.3 if faces == "front" else woman.vertices[:, 2] < 0
    far = np.where(there & (woman.vertices[:, 0] >= 0), np.hypot(*(woman.vertices[:, :2] - place).T), np.inf)
    here = spots(woman)[[far.argmin()]]
    assert region_area(read_regions()[muscle], "left", here, woman).all()
    assert across == 0 or not region_area(read_regions()[muscle], "right", here, woman).any()


def test_the_nape_is_outside_the_no_press_zone_and_the_rope_like_muscle_inside(woman: Body) -> None:
    spot = seen_spots(woman, ASIDE["left"])
    zone, rope, blade, kite = (
        region_area(read_regions()[name], "left", spot, woman)
        for name in ("no-press-zone", "sternocleidomastoid", "levator-scapulae", "trapezius-upper")
    )
    assert (zone & rope).sum() > 0.6 * rope.sum()
    assert not (zone & blade).any()
    assert not (zone & kite).any()


def test_the_parts_of_the_kite_muscle_do_not_overlap(woman: Body) -> None:
    spot = seen_spots(woman, BACK)
    parts = [
        region_area(read_regions()[f"trapezius-{part}"], "left", spot, woman)
        for part in ("upper", "middle", "lower")
    ]
    assert np.sum(parts, axis=0).max() == 1


@pytest.mark.parametrize(
    ("name", "way", "angles"),
    [
        ("erector-spinae", BACK, {"abd": 10, "spine_side": 25}),
        ("rhomboids", BACK, {"abd": 10, "spine_side": 25}),
        ("hamstrings", BACK, {"abd": 10, "left_hip_abd": 30}),
        ("triceps", BACK, {"abd": 80}),
    ],
)
def test_a_region_follows_the_body(
    woman: Body, name: str, way: tuple[float, float], angles: dict[str, float]
) -> None:
    upright, moved = (
        region_area(read_regions()[name], "left", seen_spots(woman, way, pose), woman).sum()
        for pose in ({"abd": 10}, angles)
    )
    assert moved == pytest.approx(upright, rel=0.25)


TRIANGLE = [[0.1, 0.5], [0.5, 0.5], [0.3, 0.8]]


def test_an_author_defines_a_region_of_several_pieces() -> None:
    pieces = [{"on": "back", "outline": TRIANGLE}, {"on": "neck", "outline": [[0, 90], [1, 90], [1, 120]]}]
    found = parse_regions({"sore-strip": {"says": "a sore strip", "pieces": pieces}})
    own = Piece("back", ((0.1, 0.5), (0.5, 0.5), (0.3, 0.8)))
    assert found["sore-strip"] == Region(
        "sore-strip", "a sore strip", (own, Piece("neck", ((0.0, 90.0), (1.0, 90.0), (1.0, 120.0))))
    )


@pytest.mark.parametrize("on", SURFACES)
def test_an_author_can_draw_on_every_surface(woman: Body, on: str) -> None:
    one, other = ((0.3, 0.7), (60.0, 120.0)) if on not in {"front", "back", "side"} else ((0.1, 0.7), (0.4, 0.6))
    if on in {"trunk", "head"}:
        one, other = other, one
    outline = [[one[0], other[0]], [one[1], other[0]], [one[1], other[1]], [one[0], other[1]]]
    region = parse_regions({"patch": {"says": "a patch", "pieces": [{"on": on, "outline": outline}]}})["patch"]
    area = region_area(region, "left", spots(woman), woman)
    assert area.any()
    assert (woman.vertices[area][:, 0] >= 0).all()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "regions are written by name"),
        ({"x": None}, 'region "x" needs "says"'),
        ({"x": {"says": "", "pieces": [{"on": "back", "outline": TRIANGLE}]}}, 'region "x" needs "says"'),
        ({"x": {"says": "a", "pieces": []}}, 'region "x" needs "says".*"pieces"'),
        ({"x": {"says": "a", "pieces": [{"on": "back", "outline": TRIANGLE}], "colour": 1}}, "nothing else"),
        (
            {"x": {"says": "a", "pieces": [{"on": "bakc", "outline": TRIANGLE}]}},
            'no surface "bakc"; known: front, back',
        ),
        ({"x": {"says": "a", "pieces": [{"on": "back", "outline": TRIANGLE[:2]}]}}, "three or more pairs"),
        ({"x": {"says": "a", "pieces": [{"outline": TRIANGLE}]}}, 'a piece needs "on"'),
        (
            {"x": {"says": "a", "pieces": [{"on": "back", "outline": [*TRIANGLE, [1]]}]}},
            r"pairs of numbers, not \[1\]",
        ),
        ({"x": {"says": "a", "pieces": [{"on": "back", "outline": [*TRIANGLE, [1, "b"]]}]}}, "pairs of numbers"),
        (
            {"x": {"says": "a", "pieces": [{"on": "back", "outline": [*TRIANGLE, [1, float("nan")]]}]}},
            "pairs of num",
        ),
    ],
)
def test_a_bad_region_is_refused_with_its_name(data: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_regions(data)
