"""The drawn person: whole data, joints that turn the way their names say, limits that hold."""

import hashlib

import numpy as np
import pytest

from book.figure.body import SHAPES, Body, read_body
from book.figure.joints import MIDDLE, SIDED, PoseError, check_pose
from book.figure.pose import Posed, pose_body
from tests.conftest import ROOT

HEIGHTS_DM = {"woman": (15, 17), "man": (16.5, 18.5), "child": (11, 14), "baby": (5, 8)}


@pytest.fixture(scope="module")
def woman() -> Body:
    return read_body("woman")


def volume(posed: Posed) -> float:
    """The volume inside the skin, in litres (dm³), by the divergence theorem."""
    quads = posed.body.quads
    triangles = posed.vertices[np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])]
    return float(np.einsum("ni,ni->n", triangles[:, 0], np.cross(triangles[:, 1], triangles[:, 2])).sum() / 6)


def test_the_data_is_the_file_that_its_note_names() -> None:
    data = (ROOT / "book" / "figure" / "body.npz").read_bytes()
    assert hashlib.sha256(data).hexdigest() in (ROOT / "images" / "figure" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("shape", SHAPES)
def test_people_are_whole_and_of_their_age(shape: str) -> None:
    body = read_body(shape)
    low, high = HEIGHTS_DM[shape]
    assert body.vertices[:, 1].min() == 0
    assert low < body.vertices[:, 1].max() < high
    assert body.weight_of.sum(axis=1) == pytest.approx(1)
    assert all(above < number for number, above in enumerate(body.parents))
    assert body.quads.max() == len(body.vertices) - 1


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="known: woman, man, child, baby"):
        read_body("giant")


@pytest.mark.parametrize("shape", SHAPES)
def test_upright_the_arms_hang_and_the_legs_stand(shape: str) -> None:
    posed = pose_body(read_body(shape), {})
    for side in "lr":
        for upper, lower in (("upperarm", "lowerarm"), ("lowerarm", "hand"), ("thigh", "calf"), ("calf", "foot")):
            reach = posed.joint(f"{lower}_{side}") - posed.joint(f"{upper}_{side}")
            assert reach[[0, 2]] == pytest.approx(0, abs=0.02)
            assert reach[1] < 0
        thumb_side = posed.joint(f"index_01_{side}") - posed.joint(f"pinky_01_{side}")
        assert thumb_side[2] > 0.8 * np.linalg.norm(thumb_side)


# the hand seen from the shoulder, or the foot from the hip, in parts of the limb's length: (left +, up +, front +)
TURNS = [
    ({"flex": 90}, "upperarm_l", "hand_l", (0, 0, 1)),
    ({"flex": 180}, "upperarm_l", "hand_l", (0, 1, 0)),
    ({"flex": -40}, "upperarm_r", "hand_r", (0, -0.77, -0.64)),
    ({"abd": 90}, "upperarm_l", "hand_l", (1, 0, 0)),
    ({"abd": 90}, "upperarm_r", "hand_r", (-1, 0, 0)),
    ({"flex": 90, "habd": 90}, "upperarm_r", "hand_r", (-1, 0, 0)),
    ({"right_abd": 90}, "upperarm_l", "hand_l", (0, -1, 0)),
    ({"abd": 90, "elbow": 90, "er": 90}, "lowerarm_r", "hand_r", (0, 1, 0)),
    ({"elbow": 90}, "lowerarm_l", "hand_l", (0, 0, 1)),
    ({"elbow": 90, "er": 60}, "lowerarm_l", "hand_l", (0.87, 0, 0.5)),
    ({"hip": 90}, "thigh_l", "calf_l", (0, 0, 1)),
    ({"hip_abd": 30}, "thigh_r", "calf_r", (-0.5, -0.87, 0)),
    ({"knee": 90}, "calf_l", "foot_l", (0, 0, -1)),
    ({"lean": 90}, "pelvis", "head", (0, 0, 1)),
    ({"pitch": 90}, "pelvis", "head", (0, 0, 1)),
    ({"pitch": -90}, "pelvis", "head", (0, 0, -1)),
    ({"turn": 90, "flex": 90}, "upperarm_l", "hand_l", (1, 0, 0)),
]


@pytest.mark.parametrize(("angles", "start", "end", "way"), TURNS)
def test_joints_turn_the_way_they_say(
    woman: Body, angles: dict[str, float], start: str, end: str, way: tuple[float, float, float]
) -> None:
    posed = pose_body(woman, angles)
    reach = posed.joint(end) - posed.joint(start)
    assert reach / np.linalg.norm(reach) == pytest.approx(way, abs=0.12)


def test_head_and_trunk_go_to_the_named_side(woman: Body) -> None:
    upright = pose_body(woman, {}).vertices[:, 0]
    crown = int(np.argmax(woman.vertices[:, 1]))
    for name in ("neck_side", "spine_side", "roll"):
        assert pose_body(woman, {name: 20}).vertices[crown, 0] > upright[crown] + 0.3
    nose = int(np.argmax(np.where(woman.vertices[:, 1] > 14.3, woman.vertices[:, 2], -9)))
    for name in ("neck_turn", "spine_turn", "turn"):
        assert pose_body(woman, {name: 30}).vertices[nose, 0] > 0.3
    assert pose_body(woman, {"head_forward": 25}).vertices[nose, 2] > woman.vertices[nose, 2] + 0.3


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_blade_goes_back_toward_the_spine_and_forward_below_0(woman: Body, side: str) -> None:
    bone = f"upperarm_{side[0]}"
    back, still, forward = (pose_body(woman, {f"{side}_blade": angle}).joint(bone) for angle in (25, 0, -25))
    assert back[2] < still[2] - 0.3
    assert forward[2] > still[2] + 0.3
    assert abs(back[0]) < abs(still[0])


def test_a_shrug_lifts_the_shoulder(woman: Body) -> None:
    up, still = (pose_body(woman, {"shrug": angle}).joint("upperarm_l") for angle in (25, 0))
    assert up[1] > still[1] + 0.3


def test_left_and_right_are_mirror_images(woman: Body) -> None:
    left = pose_body(woman, {"left_abd": 100, "left_elbow": 60, "left_hip": 40})
    right = pose_body(woman, {"right_abd": 100, "right_elbow": 60, "right_hip": 40})
    for bone in woman.bones:
        other = bone[:-1] + {"l": "r", "r": "l"}[bone[-1]] if bone.endswith(("_l", "_r")) else bone
        assert left.joint(bone) == pytest.approx(right.joint(other) * [-1, 1, 1], abs=0.05)


@pytest.mark.parametrize(
    "angles",
    [{"flex": 165}, {"abd": 150}, {"hip": 95, "knee": 95}, {"spine": 40, "neck": 30}, {"abd": 90, "elbow": 90, "er": 90}],
    ids=str,
)  # fmt: skip
def test_shoulders_and_hips_do_not_collapse(woman: Body, angles: dict[str, float]) -> None:
    assert volume(pose_body(woman, angles)) == pytest.approx(volume(pose_body(woman, {})), rel=0.06)


def test_limits_and_unknown_joints_are_told_all_at_once() -> None:
    errors = check_pose({"elbow": 200, "left_elbw": 10, "left_neck": 3, "hip": 40, "wing": 1})
    assert [(error.joint, str(error)) for error in errors] == [
        ("elbow", "elbow must be from -5 to 150 degrees, not 200"),
        ("left_elbw", 'there is no joint "left_elbw". Did you mean "left_elbow"?'),
        ("left_neck", 'there is no joint "left_neck". Did you mean "left_knee"?'),
        ("wing", 'there is no joint "wing".'),
    ]


def test_a_body_refuses_what_it_cannot_do(woman: Body) -> None:
    with pytest.raises(PoseError, match="knee must be from -5 to 150"):
        pose_body(woman, {"knee": 170})


def test_every_joint_says_what_it_does_and_moves_the_body(woman: Body) -> None:
    upright = pose_body(woman, {}).vertices
    for name, joint in (MIDDLE | SIDED).items():
        assert joint.low < 0 < joint.high
        assert joint.says
        assert np.abs(pose_body(woman, {name: joint.high / 2}).vertices - upright).max() > 0.05, name
