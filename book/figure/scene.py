"""A posed person among things, as a value: what is where, what touches what, and where that must be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from book.figure.joints import bare, sides_of
from book.figure.paint import Region
from book.figure.pose import Posed
from book.figure.props import Solid
from book.figure.reach import Goal
from book.figure.spec import Prop, Stance
from book.figure.spots import Spot, find_spot, with_sides
from book.figure.vocabulary import PLACES

NO_SPOT = Spot("", np.array([], int), 0.0, "")  # of a goal that waits for what will reach it
FLOOR = Goal(NO_SPOT, np.zeros(3), np.array([0.0, 1, 0]), plane=True)
Made = tuple[list[Solid], dict[str, Goal]]  # what a thing became: its solids, and its places that can be touched


@dataclass(frozen=True, eq=False)
class Scene:
    """A posed person, and what was made of each thing around: its solids, and its places that can be touched."""

    posed: Posed
    stance: Stance
    regions: Mapping[str, Region]
    made: tuple[tuple[Prop, "Made"], ...] = ()

    @property
    def solids(self) -> list[Solid]:
        """Give all solids."""
        return [solid for _, (solids, _) in self.made for solid in solids]

    @property
    def places(self) -> dict[str, Goal]:
        """Give the planes and points of things, by the names under which they can be touched."""
        return {name: goal for _, (_, places) in self.made for name, goal in places.items()}

    def spot(self, name: str) -> Spot:
        """Find a spot on this person."""
        return find_spot(self.posed.body, name, self.regions)


def touches(scene: Scene) -> list[tuple[Spot, str]]:
    """List which spot touches what, one-sided, those of one limb together, in the author's order."""
    wanted = scene.stance.touch
    one_sided = {
        one: wanted[name]
        for name in sorted(wanted, key=lambda name: bare(name) != name)
        for one in with_sides(name)
    }
    found: dict[str, list[tuple[Spot, str]]] = {}
    for one, target in one_sided.items():
        spot = scene.spot(one)
        if target and spot.limb:
            found.setdefault(spot.limb, []).append((spot, _same_side(one, target)))
    return [touch for touches in found.values() for touch in touches]


def _same_side(spot: str, target: str) -> str:
    """Give the one-sided name of a target: left_palm on thigh is left_palm on left_thigh."""
    if target in PLACES or bare(target) != target:
        return target
    return with_sides(target)[0 if sides_of(spot)[0] == "left" else -1]


def goal_of(scene: Scene, spot: Spot, target: str) -> Goal:
    """Give where a spot must come to lie, and the way that what it touches faces."""
    if target == "floor":
        return replace(FLOOR, spot=spot)
    if target == "seat-edge":
        return replace(scene.places[f"{sides_of(spot.name)[0]}-seat-edge"], spot=spot)
    if target in scene.places:
        return replace(scene.places[target], spot=spot)
    other = scene.spot(target)
    return Goal(spot, other.point(scene.posed), other.way(scene.posed), plane=False)
