"""A labelled figure: its box on paper, where the person stands in it, and its discs in the columns beside."""

from dataclasses import dataclass

import numpy as np

from book.figure.leaders import leader_faults, place_discs
from book.figure.marks import DISC_MM, Mark
from book.figure.shots import Shot, Take
from book.figure.spec import Labelled
from book.figure.view import Numbers

ROOM_MM = 1.0  # between a disc and the column's inner edge


@dataclass(frozen=True, eq=False)
class Plate:
    """A labelled figure's size in mm, its lower left corner (2,) in dm, its discs, and what is wrong with them."""

    size_mm: tuple[float, float]
    corner: Numbers
    discs: tuple[Mark, ...]
    faults: tuple[str, ...]


def lay_out(drawing: Labelled, take: Take) -> Plate:
    """Put a take's one shot into the middle of its box, and discs beside it."""
    shot, scale = take.shots[0], take.mm_per_dm
    wide, high = take.size_dm()
    left, right = drawing.columns_mm
    width = drawing.width_mm or wide * scale + left + right
    height = drawing.height_mm or high * scale
    beside = left + (width - left - right - wide * scale) / 2
    corner = shot.frame[0] - [beside / scale, 0]  # a body that is cut off is cut by the box's edge
    spots = np.array([_spot(shot, label.at) for label in drawing.labels]).reshape(-1, 2)
    printed = (spots - corner) * scale
    discs, said = np.zeros_like(printed), []
    room = (drawing.gap_mm / 2, height - drawing.gap_mm / 2)
    for column, x in (("left", left - DISC_MM - ROOM_MM), ("right", width - right + DISC_MM + ROOM_MM)):
        own = [number for number, label in enumerate(drawing.labels) if label.column == column]
        if own:
            try:
                discs[own] = place_discs(printed[own], x, room, drawing.gap_mm)
            except ValueError as error:
                said.append(str(error))
    names = [label.id for label in drawing.labels]
    said += leader_faults(names, printed, discs, DISC_MM) if not said else []
    marks = [
        Mark(label.sign, spot, disc - at, label.id)
        for label, spot, disc, at in zip(drawing.labels, spots, discs, printed, strict=True)
    ]
    return Plate((width, height), corner, tuple(marks), tuple(said))


def _spot(shot: Shot, name: str) -> Numbers:
    return np.asarray((shot.turn @ shot.scene.spot(name).point(shot.scene.posed))[:2])
