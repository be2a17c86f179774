"""People set down among things: they stand, lie and sit on what is there, reach what they must, and faults are seen."""

from typing import Any

import numpy as np
import pytest

from book.figure import props
from book.figure.body import Body, read_body
from book.figure.faults import faults
from book.figure.joints import MIDDLE, SIDED, bare
from book.figure.paint import read_regions
from book.figure.pose import held_by, pose_body
from book.figure.reach import depth_inside
from book.figure.scene import Scene
from book.figure.spec import Stance, built_in_poses, settle
from book.figure.spots import find_spot, with_sides
from book.figure.stage import set_scene
from book.figure.vocabulary import LANDMARKS


@pytest.fixture(scope="module")
def woman() -> Body:
    return read_body()


def scene_of(keys: dict[str, Any], shape: str = "woman") -> Scene:
    stance = settle(Stance.model_validate(keys), built_in_poses())
    return set_scene(read_body(shape), stance, read_regions())


@pytest.mark.parametrize("shape", ["woman", "man"])
@pytest.mark.parametrize("name", sorted(built_in_poses()))
def test_the_named_poses_have_no_faults(name: str, shape: str) -> None:
    assert list(faults(scene_of({"pose": name}, shape))) == []


def test_soles_stand_on_the_floor_and_the_anchor_over_the_origin() -> None:
    scene = scene_of({"pose": "stand", "angles": {"lean": 20}})
    assert scene.posed.vertices[:, 1].min() == pytest.approx(0, abs=1e-6)
    assert scene.posed.joint("foot_r")[[0, 2]] == pytest.approx(0, abs=1e-6)


def test_a_seat_is_made_to_measure() -> None:
    scene = scene_of({"pose": "sit"})
    seat = scene.solids[0].box
    assert seat is not None
    held = np.array([bone.startswith("thigh") for bone in scene.posed.body.bones])[scene.posed.body.bone_of[:, 0]]
    assert scene.posed.vertices[held, 1].min() == pytest.approx(seat[1, 1], abs=0.15)


LEANING = {
    "pose": "stand",
    "angles": {
        "lean": 78,
        "hip": 35,
        "knee": 50,
        "ankle": 15,
        "flex": 80,
        "forearm": -80,
        "wrist": -70,
        "neck": -30,
    },
    "touch": {"palm": "seat"},
    "props": [{"prop": "chair-ahead", "at": "wrist"}],
}


def test_hands_rest_on_a_chair_ahead_as_high_as_one_to_sit_on() -> None:
    scene, sitting = scene_of(LEANING), scene_of({"pose": "sit"})
    seat, own = scene.solids[0].box, sitting.solids[0].box
    assert seat is not None
    assert own is not None
    assert list(faults(scene)) == []
    assert seat[1, 1] == pytest.approx(own[1, 1], abs=0.1)
    for side in ("left", "right"):
        assert seat[0, 2] < scene.spot(f"{side}_palm").point(scene.posed)[2] < seat[1, 2]
    back = max(
        float(solid.points[:, 1].max()) for solid in scene.solids if solid.points[:, 2].min() > seat[0, 2] + 1
    )
    assert back == pytest.approx(seat[1, 1] + props.BACK_DM)


def test_a_chair_ahead_stands_clear_of_a_head_at_the_height_of_its_seat() -> None:
    scene = scene_of({"pose": "all-fours", "props": [{"prop": "chair-ahead", "at": "crown"}]})
    seat = scene.solids[0].box
    assert seat is not None
    head = np.array([bone == "head" for bone in scene.posed.body.bones])[scene.posed.body.bone_of[:, 0]]
    assert scene.posed.vertices[head, 2].max() < seat[0, 2]


@pytest.mark.parametrize(("name", "sides"), [("half-kneel", ["left"]), ("all-fours", ["left", "right"])])
def test_who_kneels_has_knees_and_toes_on_the_floor(name: str, sides: list[str]) -> None:
    posed = scene_of({"pose": name}).posed
    for side in sides:
        for bone in ("calf", "ball"):
            held = held_by(posed, (bone,), side)
            reach = np.linalg.norm(posed.vertices - posed.joint(f"{bone}_{side[0]}"), axis=1)
            assert posed.vertices[held & (reach < 1.3), 1].min() == pytest.approx(0, abs=0.12), (side, bone)


@pytest.mark.parametrize(
    ("touch", "angles"),
    [
        ({"right_fingertips": "left_shoulder"}, {"right_flex": 70, "right_habd": -30, "right_elbow": 110}),
        (
            {"left_fingertips": "right_upper-arm"},
            {"left_blade": -20, "left_flex": 71, "left_habd": -45, "left_er": -85, "left_elbow": 71},
        ),
        ({"right_palm": "crown"}, {"right_abd": 140, "right_elbow": 120}),
        ({"palm": "hip"}, {"abd": 40, "elbow": 90, "er": -40}),
        ({"left_fingertips": "left_pectoralis-major"}, {"left_flex": 40, "left_elbow": 140}),
    ],
    ids=str,
)
def test_hands_reach_what_they_touch_and_stay_outside(touch: dict[str, str], angles: dict[str, float]) -> None:
    scene = scene_of({"pose": "stand", "touch": touch, "angles": angles})
    assert list(faults(scene)) == []
    for name, angle in scene.posed.angles.items():
        joint = (SIDED | MIDDLE)[bare(name)]
        assert joint.low <= angle <= joint.high


def test_only_the_limb_that_reaches_moves() -> None:
    free, reaching = (scene_of({"pose": "stand", "touch": touch}) for touch in ({}, {"right_palm": "navel"}))
    moved = {
        name
        for name, angle in reaching.posed.angles.items()
        if free.posed.angles.get(name, free.posed.angles.get(bare(name), 0)) != angle
    }
    assert moved
    assert all(name.startswith("right_") for name in moved)


def test_the_same_stance_gives_the_same_scene() -> None:
    first, second = (scene_of({"pose": "stand", "touch": {"left_palm": "right_shoulder"}}) for _ in range(2))
    assert (first.posed.vertices == second.posed.vertices).all()


def test_a_wall_meets_what_reaches_farthest() -> None:
    scene = scene_of({"pose": "stand", "props": [{"prop": "wall", "side": "back"}]})
    (wall,) = scene.solids
    assert wall.box is not None
    assert wall.box[1, 2] == pytest.approx(scene.posed.vertices[:, 2].min())


def test_a_ball_lies_between_back_and_wall() -> None:
    keys = {
        "pose": "stand",
        "props": [{"prop": "ball", "at": "left_infraspinatus"}, {"prop": "wall", "side": "back", "at": "ball"}],
    }
    scene = scene_of(keys)
    ball, wall = scene.solids
    assert wall.box is not None
    assert ball.points[:, 2].min() == pytest.approx(wall.box[1, 2])
    spot = scene.spot("left_infraspinatus").point(scene.posed)
    assert np.linalg.norm(ball.points - spot, axis=1).min() < 0.2


def test_a_band_runs_through_its_spots() -> None:
    scene = scene_of({"pose": "stand", "props": ["door", {"prop": "band", "through": ["left_grip", "handle"]}]})
    band = scene.solids[-1]
    for point in (scene.spot("left_grip").point(scene.posed), scene.places["handle"].at):
        assert np.linalg.norm(band.points - point, axis=1).min() < 2 * props.BAND_DM


BROKEN = [
    ({"pose": "stand", "touch": {"left_palm": "right_heel"}}, "left_palm misses right_heel"),
    ({"pose": "stand", "rests": "front", "angles": {"pitch": 90, "knee": 90, "hip": 90}}, "below the floor"),
    (
        {
            "pose": "stand",
            "angles": {"right_flex": 90},
            "props": [{"prop": "wall", "side": "front", "at": "breastbone"}],
        },
        "inside the wall",
    ),
    ({"pose": "stand", "angles": {"right_abd": -40, "right_elbow": 60}}, "the right arm is"),
]


@pytest.mark.parametrize(("keys", "said"), BROKEN, ids=[said for _, said in BROKEN])
def test_what_no_body_can_do_is_a_fault(keys: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in faults(scene_of(keys)))


def test_depth_is_told_for_what_lies_inside_a_ball() -> None:
    ball = props.ball(np.zeros(3)).points
    ways = ball / np.linalg.norm(ball, axis=1, keepdims=True)
    depth = depth_inside(np.array([[0, 0, 0.2], [0, 0, 0.5], [0, 0, 5.0]]), ball, ways)
    assert depth == pytest.approx([props.BALL_DM - 0.2, 0, 0], abs=0.03)


@pytest.mark.parametrize("name", sorted(LANDMARKS))
def test_spots_lie_on_their_own_side_and_mirror_each_other(woman: Body, name: str) -> None:
    posed = pose_body(woman, {})
    points = [find_spot(woman, one, {}).point(posed) for one in with_sides(name)]
    if len(points) == 1:
        assert points[0][0] == pytest.approx(0, abs=0.25)
    else:
        assert points[0][0] > 0.2
        assert points[1] == pytest.approx(points[0] * [-1, 1, 1], abs=0.15)


@pytest.mark.parametrize(
    ("name", "way"),
    [("nose", (0, 0, 1)), ("breastbone", (0, 0, 1)), ("upper-back", (0, 0, -1)),
     ("left_palm", (-1, 0, 0)), ("left_back-of-hand", (1, 0, 0)), ("crown", (0, 1, 0)), ("left_knee", (0, 0, 1))],
)  # fmt: skip
def test_spots_face_the_way_they_say(woman: Body, name: str, way: tuple[float, float, float]) -> None:
    spot = find_spot(woman, name, {})
    assert spot.way(pose_body(woman, {})) @ np.array(way) > 0.7
