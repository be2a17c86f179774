"""What an author writes of a figure: names are known, angles possible, poses build on each other."""

from typing import Any

import pytest
from pydantic import ValidationError

from book.figure.spec import (
    Drawing,
    Panel,
    Stance,
    built_in_poses,
    built_in_regions,
    layer,
    mistakes,
    settle,
    stance_mistakes,
)
from book.figure.vocabulary import RESTS


def found(keys: dict[str, Any]) -> list[tuple[str, str]]:
    drawing = Drawing.model_validate(keys)
    poses = [*built_in_poses(), "start"]
    return [(".".join(map(str, path)), said) for path, said in mistakes(drawing, poses, built_in_regions())]


def test_a_right_drawing_has_no_mistakes() -> None:
    assert (
        found(
            {
                "pose": "sit",
                "view": "side",
                "angles": {"spine": 20, "left_elbow": 90},
                "touch": {"left_palm": "right_knee", "foot": "floor"},
                "props": ["stool", {"prop": "band", "through": ["left_grip", "foot"]}],
                "show": ["rhomboids", "left_deltoid"],
                "arrows": ["left_elbow"],
                "guides": [{"from": "left_ear", "to": "sky"}],
                "discs": [{"number": 3, "at": "left_infraspinatus"}],
            }
        )
        == []
    )


MISTAKES = [
    ({"pose": "stnd"}, "pose", 'there is no pose "stnd". Did you mean "stand"?'),
    ({"view": "sid"}, "view", 'there is no view "sid". Did you mean "side"?'),
    ({"angles": {"elbow": 170}}, "angles.elbow", "elbow must be from -5 to 150 degrees, not 170."),
    ({"angles": {"elbw": 1}}, "angles.elbw", 'there is no joint "elbw". Did you mean "elbow"?'),
    ({"before": {"left_knee": -20}}, "before.left_knee", "left_knee must be from -5 to 150 degrees, not -20."),
    ({"shape": "women"}, "shape", 'there is no shape of person "women". Did you mean "woman"?'),
    ({"show": ["rhomboid"]}, "show.0", 'there is no region "rhomboid". Did you mean "rhomboids"?'),
    ({"ban": ["left_no-pres-zone"]}, "ban.0", 'there is no region "left_no-pres-zone".'),
    ({"rests": "foot"}, "rests", 'there is no part to rest on "foot".'),
    ({"touch": {"left_plam": "floor"}}, "touch.left_plam", 'there is no spot of the body "left_plam". Did you mean "left_palm"?'),
    ({"touch": {"left_palm": "flor"}}, "touch.left_palm", 'there is no spot to touch "flor". Did you mean "floor"?'),
    ({"props": ["chiar"]}, "props.0.prop", 'there is no thing "chiar". Did you mean "chair"?'),
    ({"props": [{"prop": "ball"}]}, "props.0.prop", 'the thing "ball" needs the key "at". Add it.'),
    ({"props": [{"prop": "chair", "under": "nose"}]}, "props.0.under", 'the thing "chair" takes no key "under". Take it out.'),
    ({"arrows": ["elbow", "tail"]}, "arrows.1.of", 'there is no spot of the body "tail".'),
    ({"guides": [{"from": "nose", "to": "moon"}]}, "guides.0.to", 'there is no spot of the body "moon".'),
    ({"discs": [{"number": 1, "at": "nosee"}]}, "discs.0.at", 'there is no spot of the body "nosee". Did you mean "nose"?'),
    ({"crop": ["crwn"]}, "crop.0", 'there is no spot of the body "crwn". Did you mean "crown"?'),
    ({"panels": [{}, {"view": "bak"}]}, "panels.1.view", 'there is no view "bak". Did you mean "back"?'),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "path", "said"), MISTAKES, ids=[path for _, path, _ in MISTAKES])
def test_each_mistake_is_named_with_its_place_and_the_nearest_name(
    keys: dict[str, Any], path: str, said: str
) -> None:
    ((where, sentence),) = found(keys)
    assert where == path
    assert sentence.startswith(said)


def test_all_mistakes_come_at_once() -> None:
    assert len(found({"view": "x", "angles": {"elbow": 999, "wing": 1}, "show": ["x"], "props": ["x"]})) == 5


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="colour"):
        Drawing.model_validate({"colour": "red"})


@pytest.mark.parametrize("name", sorted(built_in_poses()))
def test_the_named_poses_are_possible_and_rest_on_something(name: str) -> None:
    poses = built_in_poses()
    assert list(stance_mistakes(poses[name], (), poses, built_in_regions())) == []
    settled = settle(poses[name], poses)
    assert settled.rests in RESTS
    assert settled.anchor


def test_a_stance_takes_what_its_pose_brings_and_keeps_its_own() -> None:
    poses = {
        "base": Stance(angles={"left_elbow": 90, "knee": 5}, rests="feet", touch={"palm": "thigh"}),
        "next": Stance.model_validate({"pose": "base", "props": ["chair"], "anchor": "pelvis"}),
    }
    own = Stance.model_validate(
        {"pose": "next", "angles": {"elbow": 10}, "touch": {"left_palm": None}, "props": ["stool"]}
    )
    settled = settle(own, poses)
    assert settled.angles == {"knee": 5, "elbow": 10}
    assert settled.touch == {"palm": "thigh", "left_palm": None}
    assert (settled.rests, settled.anchor) == ("feet", "pelvis")
    assert [prop.prop for prop in settled.props] == ["stool"]


def test_a_later_picture_keeps_view_and_crop_of_the_one_it_begins_with() -> None:
    start = Panel(view="back", crop=("crown",), show=("rhomboids",))
    finish = settle(Panel(pose="start"), {"start": start})
    assert (finish.view, finish.crop, finish.show) == ("back", ("crown",), ())
    assert settle(Panel(pose="start", view="side"), {"start": start}).view == "side"


def test_sided_names_are_laid_over_each_other() -> None:
    assert layer({"elbow": 1}, {"left_elbow": 2}) == {"elbow": 1, "left_elbow": 2}
    assert layer({"left_elbow": 1}, {"elbow": 2}) == {"elbow": 2}
