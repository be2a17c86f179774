"""What is drawn over a figure: movement arrows, dotted guides, numbered discs; all in picture axes, dm."""

from dataclasses import dataclass

import numpy as np

from book.figure.joints import spell_out
from book.figure.pose import Posed, skin, turn_bones
from book.figure.scene import Scene
from book.figure.spec import Arrow, Panel
from book.figure.spots import with_sides
from book.figure.view import Numbers

STEPS = 9  # points along a movement
SHORTEST_MM, SKY_MM, DISC_MM = 6.0, 7.0, 3.2


@dataclass(frozen=True, eq=False)
class Mark:
    """A disc with a sign in it: its spot (2,) in dm, how far it stands from it in printed mm, y up, and an id."""

    sign: str
    spot: Numbers
    move_mm: Numbers
    id: str = ""


@dataclass(frozen=True, eq=False)
class Marks:
    """All that lies over one panel: arrows (n, 2) and guides (2, 2) as lines, and discs."""

    arrows: list[Numbers]
    guides: list[Numbers]
    discs: list[Mark]

    def points(self, mm_per_dm: float) -> Numbers:
        """Give points (n, 2) that a frame must hold, n being 0 without marks."""
        discs = [
            np.array([disc.spot + disc.move_mm / mm_per_dm + way / mm_per_dm])
            for disc in self.discs
            for way in (-DISC_MM, DISC_MM)
        ]
        lines = [*self.arrows, *self.guides, *discs]
        return np.vstack(lines) if lines else np.zeros((0, 2))


def find_marks(panel: Panel, scene: Scene, before: Posed | None, turn: Numbers, mm_per_dm: float) -> Marks:
    """Find where a panel's arrows, guides and discs lie at a scale."""
    arrows = (
        [
            _placed_arrow(arrow, name, scene, before, turn, mm_per_dm)
            for arrow in panel.arrows
            for name in with_sides(arrow.of)
        ]
        if before
        else []
    )
    guides = [guide_line(scene, guide.begins, guide.to, turn, mm_per_dm) for guide in panel.guides]
    discs = [
        Mark(str(disc.number), (turn @ scene.spot(name).point(scene.posed))[:2], np.array(disc.move_mm))
        for disc in panel.discs
        for name in with_sides(disc.at)
    ]
    return Marks(arrows, guides, discs)


def _placed_arrow(arrow: Arrow, name: str, scene: Scene, before: Posed, turn: Numbers, mm_per_dm: float) -> Numbers:
    """Give an arrow's line, moved off the body as its author says; the right one of a pair is moved mirrored."""
    mirrored = -1 if name.startswith("right_") and arrow.of != name else 1
    move = np.array(arrow.move_mm) * [mirrored, 1] / mm_per_dm
    return np.asarray(arrow_line(scene, before, name, arrow.share, turn, mm_per_dm) + move)


def arrow_line(scene: Scene, before: Posed, name: str, share: float, turn: Numbers, mm_per_dm: float) -> Numbers:
    """Give the last share of the way (n, 2) that a spot went from the pose before, long enough to be seen."""
    spot, now = scene.spot(name), scene.posed
    start, end = spell_out(before.angles), spell_out(now.angles)
    points = []
    for part in np.linspace(1 - share, 1, STEPS):
        angles = {key: (1 - part) * start[key] + part * end[key] for key in end}
        turns, joints = turn_bones(now.body, angles)
        shift = (1 - part) * _shift(before) + part * _shift(now)
        points.append(skin(now.body, turns, joints, spot.vertices).mean(axis=0) + shift)
    line = (np.array(points) @ turn.T)[:, :2]
    length = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum()) * mm_per_dm
    if length < SHORTEST_MM:
        way = (line[-1] - line[0]) / max(float(np.linalg.norm(line[-1] - line[0])), 1e-9)
        line = np.linspace(line[-1] - way * SHORTEST_MM / mm_per_dm, line[-1], STEPS)
    return line


def _shift(posed: Posed) -> Numbers:
    return np.asarray(posed.joints[0] - turn_bones(posed.body, posed.angles)[1][0])


def guide_line(scene: Scene, begins: str, ends: str, turn: Numbers, mm_per_dm: float) -> Numbers:
    """Give a straight line (2, 2) between spots, or from one straight up or down to the floor."""
    start = turn @ scene.spot(begins).point(scene.posed)
    if ends == "sky":
        top = float(scene.posed.vertices[:, 1].max()) if turn[1, 1] > 0.99 else -np.inf
        end = np.array([start[0], max(start[1], top) + SKY_MM / mm_per_dm, start[2]])
    elif ends == "floor":
        end = start * [1, 0, 1]
    else:
        end = turn @ scene.spot(ends).point(scene.posed)
    return np.array([start[:2], end[:2]])
