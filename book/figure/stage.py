"""Setting a scene: from a stance (what an author wrote) to a posed person among things."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

import numpy as np

from book.figure.body import Body
from book.figure.furnish import furnish
from book.figure.paint import Region
from book.figure.pose import Posed, held_by, pose_body
from book.figure.reach import reach
from book.figure.scene import FLOOR, Scene, goal_of, touches
from book.figure.spec import Stance
from book.figure.vocabulary import RESTS


def set_scene(body: Body, stance: Stance, regions: Mapping[str, Region], earlier: Scene | None = None) -> Scene:
    """Pose a person, set them down, put the things around, and have limbs reach what they must touch.

    The stance is settled and free of mistakes (see `spec`). Its anchor stands over the origin. Things that stand
    on the ground stay where they stood in an earlier scene, if it had the same ones.
    """
    posed = _set_down(pose_body(body, stance.angles), stance)
    scene = furnish(Scene(posed, stance, regions), earlier)
    for limb, wanted in groupby(touches(scene), key=lambda touch: touch[0].limb):
        goals = [goal_of(scene, spot, target) for spot, target in wanted]
        planes = [FLOOR, *(goal for name, goal in scene.places.items() if name == "wall")]
        scene = replace(scene, posed=reach(scene.posed, limb, goals, planes))
    return furnish(scene, earlier)


def _set_down(posed: Posed, stance: Stance) -> Posed:
    """Move a person so that what rests on the ground does."""
    parts = RESTS[stance.rests or "feet"]
    held = held_by(posed, parts)
    low = posed.vertices[held, 1].min() - (stance.raised_mm or 0) / 100
    anchor = posed.joint(stance.anchor or "pelvis")
    return posed.moved(np.array([-anchor[0], -low, -anchor[2]]))
