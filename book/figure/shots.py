"""What each picture shows before it is drawn: its scene, where it is seen from, its marks, its frame and its scale.

The pictures of one movement make a family: one frame and one scale, so that they differ in just what moves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from book.figure import paint
from book.figure.body import read_body
from book.figure.furnish import WALL_TOP_DM
from book.figure.marks import Marks, find_marks
from book.figure.paint import Region
from book.figure.pose import Posed
from book.figure.scene import Scene
from book.figure.spec import Drawing, Labelled, Panel, PersonKeys, Stance, built_in_poses, layer, settle
from book.figure.spots import with_sides
from book.figure.stage import set_scene
from book.figure.view import Numbers, View
from book.figure.vocabulary import VIEWS

MARGIN_DM, CROP_DM, PANEL_GAP_DM, OVERHEAD_DM = 0.25, 0.9, 1.6, 0.6
MARK_MM = 2.0  # room around arrows, guides and discs
TALL_MM, WIDE_MM, SHARED_MM = (39.0, 84.0), (81.0, 42.0), (124.5, 70.0)  # boxes on paper
MOST_MM_PER_DM = 9.0
FITTINGS = 3


@dataclass(frozen=True)
class Picture:
    """One picture to draw: its name, a title, what it shows in words, and how."""

    name: str
    title: str
    description: str
    drawing: Drawing


@dataclass(frozen=True, eq=False)
class Kit:
    """What all pictures of a book share: who is drawn, and its own named poses and regions besides the engine's."""

    shape: str = "woman"
    poses: Mapping[str, Stance] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)

    @classmethod
    def of(cls, keys: PersonKeys, poses: Mapping[str, Stance], regions: Mapping[str, Region]) -> "Kit":
        """Make the kit of a book from its keys."""
        return cls(keys.person, poses, regions)

    def all_regions(self) -> Mapping[str, Region]:
        """Give the engine's regions and the book's own."""
        return {**paint.read_regions(), **self.regions}


@dataclass(frozen=True, eq=False)
class Shot:
    """A panel to be drawn: its scene, the turn to picture axes, the pose it moved from, its frame (2, 2) in dm."""

    panel: Panel
    scene: Scene
    turn: Numbers
    before: Posed | None
    frame: Numbers

    def marks(self, mm_per_dm: float) -> Marks:
        """Give the arrows, guides and discs at a scale."""
        return find_marks(self.panel, self.scene, self.before, self.turn, mm_per_dm)

    def with_room(self, mm_per_dm: float) -> "Shot":
        """Give the same shot with a frame that holds its marks too."""
        points = self.marks(mm_per_dm).points(mm_per_dm)
        if not len(points):
            return self
        room = MARK_MM / mm_per_dm
        return replace(
            self, frame=around([self.frame, np.array([points.min(axis=0) - room, points.max(axis=0) + room])])
        )


@dataclass(frozen=True, eq=False)
class Take:
    """One picture's shots side by side, and their scale in printed millimetres a dm."""

    shots: tuple[Shot, ...]
    mm_per_dm: float

    def size_dm(self) -> tuple[float, float]:
        """Give width and height of the whole picture."""
        return size_dm(self.shots)


def take_pictures(pictures: Sequence[Picture], kit: Kit) -> list[Take]:
    """Set up the scenes of pictures; a later one may begin with the pose of an earlier one, by its name."""
    poses = {**built_in_poses(), **kit.poses}
    shots: dict[str, list[Shot]] = {}
    family_of: dict[str, str] = {}
    for picture in pictures:
        first = shots.get(picture.drawing.pose or "")
        own = [
            _shot(panel, first[0].scene if first else None, kit, poses) for panel in picture.drawing.all_panels()
        ]
        kin = first is not None and _is_kin(picture.drawing, own[0].panel, first[0].panel)
        family_of[picture.name] = family_of[picture.drawing.pose or ""] if kin else picture.name
        shots[picture.name] = own
        poses[picture.name] = own[0].panel
    drawings = {picture.name: picture.drawing for picture in pictures}
    takes: dict[str, Take] = {}
    for head in dict.fromkeys(family_of.values()):
        names = [name for name, family in family_of.items() if family == head]
        takes |= zip(names, _framed([shots[name] for name in names], drawings[head]), strict=True)
    return [takes[picture.name] for picture in pictures]


def around(frames: Sequence[Numbers]) -> Numbers:
    """Give the frame (2, 2) that holds some frames."""
    return np.array([np.min([low for low, _ in frames], axis=0), np.max([high for _, high in frames], axis=0)])


def size_dm(shots: Sequence[Shot]) -> tuple[float, float]:
    """Give the width and height of panels side by side on one ground."""
    frame = around([shot.frame for shot in shots])
    wide = sum(float(shot.frame[1][0] - shot.frame[0][0]) for shot in shots)
    return wide + PANEL_GAP_DM * (len(shots) - 1), float(frame[1][1] - frame[0][1])


def _is_kin(drawing: Drawing, panel: Panel, first: Panel) -> bool:
    """Say whether a picture shares the frame of the one it begins with: the same view, no frame of its own."""
    own_frame = drawing.panels or drawing.crop or drawing.width_mm or drawing.height_mm
    return panel.view == first.view and not own_frame


def _shot(panel: Panel, earlier: Scene | None, kit: Kit, poses: Mapping[str, Stance]) -> Shot:
    settled = settle(panel, poses)
    body, regions = read_body(settled.shape or kit.shape), kit.all_regions()
    scene = set_scene(body, settled, regions, earlier)
    before = earlier.posed if earlier else None
    if panel.before is not None:
        start = settled.model_copy(update={"angles": layer(settled.angles, panel.before), "touch": {}})
        before = set_scene(body, start, regions).posed
    turn = View(*VIEWS[settled.view or "front"]).turn()
    return Shot(settled, scene, turn, before, _frame(settled, scene, turn))


def _frame(panel: Panel, scene: Scene, turn: Numbers) -> Numbers:
    """Give what a panel shows: all of it, or what lies around the spots it is cropped to; (2, 2) in dm."""
    if panel.crop:
        spots = [scene.spot(one).point(scene.posed) for name in panel.crop for one in with_sides(name)]
        points = (np.array(spots) @ turn.T)[:, :2]
        own = np.vstack([scene.posed.vertices, *(solid.points for solid in scene.solids)]) @ turn.T
        low = np.maximum(points.min(axis=0) - CROP_DM, own[:, :2].min(axis=0) - MARGIN_DM)
        return np.array([low, np.minimum(points.max(axis=0) + CROP_DM, own[:, :2].max(axis=0) + MARGIN_DM)])
    points = np.vstack([scene.posed.vertices, *(solid.points for solid in scene.solids)])
    top = float(scene.posed.vertices[:, 1].max()) + OVERHEAD_DM
    points[points[:, 1] >= WALL_TOP_DM, 1] = top  # a wall leaves the picture at its top
    points = (points @ turn.T)[:, :2]
    return np.array([points.min(axis=0) - MARGIN_DM, points.max(axis=0) + MARGIN_DM])


def _framed(family: Sequence[Sequence[Shot]], drawing: Drawing) -> list[Take]:
    """Give a family's pictures one scale, and one frame if there are several, with room for their marks."""
    roomy, scale = family, min(_scale(drawing, shots) for shots in family)
    for _ in range(FITTINGS):  # marks have their size on paper: the smaller the scale, the more room they take
        roomy = [[shot.with_room(scale) for shot in shots] for shots in family]
        if len(family) > 1:
            frame = around([shot.frame for shots in roomy for shot in shots])
            roomy = [[replace(shot, frame=frame) for shot in shots] for shots in roomy]
        scale = min(_scale(drawing, shots) for shots in roomy)
    return [Take(tuple(shots), scale) for shots in roomy]


def _scale(drawing: Drawing, shots: Sequence[Shot]) -> float:
    """Give the millimetres a dm that fill the drawing's own box on paper, or that of its kind."""
    wide, high = size_dm(shots)
    if drawing.width_mm or drawing.height_mm:
        beside = sum(drawing.columns_mm) if isinstance(drawing, Labelled) else 0
        return float(min(((drawing.width_mm or np.inf) - beside) / wide, (drawing.height_mm or np.inf) / high))
    boxes = [SHARED_MM] if len(shots) > 1 else [TALL_MM, WIDE_MM]
    return float(min(MOST_MM_PER_DM, max(min(width / wide, height / high) for width, height in boxes)))
