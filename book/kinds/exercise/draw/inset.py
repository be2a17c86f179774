"""The inset of an exercise: a person, small, from as few sides as show all regions that work. Read by `draw` only.

Which sides and how much of the person is told by where the regions lie on the resting body.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from book.figure.body import Body, read_body
from book.figure.paint import Region, clothes, region_area, spots
from book.figure.shots import Kit
from book.figure.spec import Drawing, Panel, built_in_poses, settle
from book.figure.spots import with_sides
from book.figure.view import Numbers

VIEW_MM = (24.0, 22.5)  # the box on paper that a view fills
AS_WELL = 0.5  # a view shows a region if it shows this much of what the best view does
HIDDEN = 0.1  # of a region's skin; with less than this free of hair, it is not seen
ARMS_OFF, ARMS_UP = {"abd": 16.0}, {"flex": 95.0, "elbow": 145.0}  # degrees; so that they hide no ribs


@dataclass(frozen=True)
class Outlook:
    """A view: the way to the eye, how the arms are held, and the spots that show a neck or a trunk whole."""

    to_eye: tuple[int, int, int]
    angles: Mapping[str, float]
    neck: tuple[str, ...] = ("crown", "upper-back", "shoulder-tip")
    trunk: tuple[str, ...] = ("crown", "hand")


OUTLOOKS = {
    "front": Outlook((0, 0, 1), ARMS_OFF),
    "side": Outlook((-1, 0, 0), ARMS_UP, trunk=("crown", "elbow", "hand", "low-back")),
    "back": Outlook((0, 0, -1), ARMS_OFF),
}
PREFERRED = ("back", "front", "side")


def plan_inset(works: tuple[str, ...], kit: Kit) -> Drawing:
    """Say how the inset of an exercise is drawn; a region's name without a side means both.

    ValueError for a region that no view shows, since hair covers it; KeyError for a name that is not known.
    """
    body, regions = read_body(kit.shape), kit.all_regions()
    marked = [_bare_skin(name, body, regions) for name in works]
    low = min(float(skin[:, 1].min()) for skin in marked)
    panels = [_panel(view, works, _crop(view, low, body)) for view in _views(marked)]
    wide, high = VIEW_MM
    return Drawing(panels=tuple(panels), width_mm=wide * len(panels), height_mm=high)


def _panel(view: str, works: tuple[str, ...], crop: tuple[str, ...]) -> Panel:
    """Give one view, standing as the engine stands, whatever poses the exercise has."""
    panel = Panel(pose="stand", view=view, angles=dict(OUTLOOKS[view].angles), show=works, crop=crop)
    return settle(panel, built_in_poses())


def _bare_skin(name: str, body: Body, regions: Mapping[str, Region]) -> Numbers:
    """Give the skin of a region at rest that no hair covers, (n, 9) as `paint.spots` has it; ValueError if none."""
    skin = spots(body)
    inside = np.zeros(len(skin), bool)
    for one in with_sides(name):
        side, _, region = one.partition("_")
        inside |= region_area(regions[region], side, skin, body)
    free = inside & ~clothes(skin, body)["hair"]
    if free.sum() <= HIDDEN * inside.sum():
        raise ValueError(f'the region "{name}" lies under the hair, so no picture can show it')
    found: Numbers = skin[free]
    return found


def _views(regions: Iterable[Numbers]) -> list[str]:
    """Give as few views as show every region well, from the front round to the back."""
    seen = [{view: _seen(skin, outlook) for view, outlook in OUTLOOKS.items()} for skin in regions]
    for count in range(1, len(PREFERRED) + 1):
        for chosen in combinations(PREFERRED, count):
            if all(max(one[view] for view in chosen) >= AS_WELL * max(one.values()) for one in seen):
                return [view for view in OUTLOOKS if view in chosen]
    return list(OUTLOOKS)


def _seen(skin: Numbers, outlook: Outlook) -> float:
    """Give how much of a region a view shows: its skin on the eye's side, less where it turns away."""
    across = outlook.to_eye[0]
    near = skin[skin[:, 0] * across >= 0] if across else skin
    return float(np.clip(near[:, 6:9] @ np.array(outlook.to_eye), 0, None).sum())


def _crop(view: str, low: float, body: Body) -> tuple[str, ...]:
    """Give the spots a view must hold when the lowest marked skin lies `low` dm above the ground."""
    shoulder, chest, hip, knee = (
        body.joints[body.index(bone)][1] for bone in ("upperarm_l", "spine_03", "thigh_l", "calf_l")
    )
    if low > (shoulder + chest) / 2:
        return OUTLOOKS[view].neck
    return (*OUTLOOKS[view].trunk, "thigh" if low > (hip + knee) / 2 else "knee")
