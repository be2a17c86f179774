"""Clothes, muscles and whole figures: the right spot, the right side, small files that every engine draws."""

import re

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from book.figure import figure as colours
from book.figure.body import SHAPES, Body, read_body
from book.figure.figure import SVG, Figure, draw_figure, known_marks
from book.figure.paint import SIDES, clothes, read_regions, region_area, spots
from book.figure.pose import PoseError, pose_body
from book.figure.view import VIEWS, View, look, triangulate

MOST_BYTES = 40_000


@pytest.fixture(scope="module")
def woman() -> Body:
    return read_body()


def seen_spots(body: Body, view: str, angles: dict[str, float] | None = None) -> np.ndarray:
    triangles = triangulate(body.quads)
    points = pose_body(body, angles or {"abd": 10}).vertices @ View(*VIEWS[view]).turn().T
    return look(points, triangles, dots=30).sample(triangles, spots(body))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("view", ["front", "back", "side"])
def test_everyone_wears_hair_top_and_shorts_and_no_two_on_one_spot(shape: str, view: str) -> None:
    body = read_body(shape)
    worn = clothes(seen_spots(body, view), body)
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


@pytest.mark.parametrize("name", sorted(read_regions()))
@pytest.mark.parametrize("side", SIDES)
def test_regions_show_on_their_own_side_and_surface(woman: Body, name: str, side: str) -> None:
    region = read_regions()[name]
    spot = seen_spots(woman, region.surface)
    area = region_area(region, side, spot)
    assert area.sum() > 30
    assert (SIDES[side] * spot[area][:, 0] >= 0).all()
    away = seen_spots(woman, "front" if region.surface == "back" else "back")
    assert region_area(region, side, away).sum() < 0.2 * area.sum()


@pytest.mark.parametrize(
    ("across", "up", "muscle"),
    [
        (0.2, 0.76, "rhomboids"),
        (0.7, 0.75, "infraspinatus"),
        (0.05, 1.05, "trapezius-upper"),
        (0.1, 0.5, "trapezius-lower"),
        (0.65, 0.45, "latissimus-dorsi"),
        (0.15, 0.3, "erector-spinae"),
    ],
)
def test_muscles_lie_where_anatomy_has_them(across: float, up: float, muscle: str) -> None:
    back = np.array([[across, up, -0.3, 0.0, 0.0, -1.0]])
    assert region_area(read_regions()[muscle], "left", back).all()
    assert not region_area(read_regions()[muscle], "right", back).any()


def test_the_parts_of_the_kite_muscle_do_not_overlap(woman: Body) -> None:
    spot = seen_spots(woman, "back")
    parts = [
        region_area(read_regions()[f"trapezius-{part}"], "left", spot) for part in ("upper", "middle", "lower")
    ]
    assert np.sum(parts, axis=0).max() == 1


def test_a_region_follows_the_body(woman: Body) -> None:
    region = read_regions()["erector-spinae"]
    upright, bent = (
        region_area(region, "left", seen_spots(woman, "back", angles)).sum()
        for angles in ({"abd": 10}, {"abd": 10, "spine_side": 25})
    )
    assert bent == pytest.approx(upright, rel=0.2)


@pytest.mark.parametrize("view", VIEWS)
def test_a_figure_is_small_plain_and_the_same_each_time(view: str) -> None:
    figure = Figure("Standing", "A woman stands.", {"abd": 10, "elbow": 20}, view, marks=("rhomboids left",))
    data = draw_figure(figure)
    assert data == draw_figure(figure)
    assert len(data) < MOST_BYTES
    root = etree.fromstring(data)
    assert re.fullmatch(r"0 0 \d+ \d+", root.get("viewBox", ""))
    assert [root.findtext(f"{{{SVG}}}{name}") for name in ("title", "desc")] == ["Standing", "A woman stands."]
    used = {etree.QName(element).localname for element in root.iter()}
    assert used <= {"svg", "title", "desc", "rect", "path"}
    assert b"style" not in data
    assert b"var(" not in data


def test_an_impossible_pose_is_refused() -> None:
    with pytest.raises(PoseError, match="elbow must be from -5 to 150"):
        draw_figure(Figure("", "", {"elbow": 180}))


def test_every_region_can_be_marked_on_both_sides() -> None:
    assert len(known_marks()) == 2 * len(read_regions())


def test_a_mark_is_told_apart_in_grey_and_without_colour() -> None:
    """The colours' greys lie apart, and a hatch lies on the mark."""
    marked, *others = (
        Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))
        for colour in (colours.MARK, colours.SKIN, colours.TOP, colours.HAIR)
    )
    assert all(abs(marked - other) > 40 for other in others)
    plain, hatched = (
        draw_figure(Figure("", "", {"abd": 10}, "back", marks=marks)) for marks in ((), ("latissimus-dorsi left",))
    )
    assert hatched.count(b"<path") == plain.count(b"<path") + 2
