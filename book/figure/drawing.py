"""Whole figures: drawings (what an author wrote) to SVG files, and what is wrong with their poses.

spec → scene → shots → panel → sheet. The same drawings give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from book.figure.faults import faults
from book.figure.labels import Plate, lay_out
from book.figure.panel import draw_panel
from book.figure.sheet import Sheet
from book.figure.shots import PANEL_GAP_DM, Kit, Picture, Take, around, take_pictures
from book.figure.spec import Labelled


@dataclass(frozen=True, eq=False)
class Drawn:
    """A finished picture: its SVG, and what was wrong with the pose, in words."""

    name: str
    data: bytes
    faults: tuple[str, ...]


def draw_pictures(pictures: Sequence[Picture], kit: Kit) -> list[Drawn]:
    """Draw pictures in which a later one may begin with the pose of an earlier one, by its name.

    Those that do, seen from the same side, share frame and scale. Raises KeyError for a name that is not known;
    `spec.mistakes` finds these first, with all others.
    """
    takes = take_pictures(pictures, kit)
    return [_drawn(picture, take) for picture, take in zip(pictures, takes, strict=True)]


def _drawn(picture: Picture, take: Take) -> Drawn:
    if isinstance(picture.drawing, Labelled):
        return _labelled(picture, lay_out(picture.drawing, take), take)
    scale = take.mm_per_dm
    wide, high = take.size_dm()
    sheet = Sheet(wide * scale, high * scale, scale, picture.title, picture.description)
    left, low = 0.0, float(around([shot.frame for shot in take.shots])[0][1])
    for shot in take.shots:
        sheet.corner = np.array([shot.frame[0][0] - left, low])
        draw_panel(sheet, shot)
        left += float(shot.frame[1][0] - shot.frame[0][0]) + PANEL_GAP_DM
    return Drawn(picture.name, sheet.written(), tuple(fault for shot in take.shots for fault in faults(shot.scene)))


def _labelled(picture: Picture, plate: Plate, take: Take) -> Drawn:
    shot = take.shots[0]
    sheet = Sheet(*plate.size_mm, take.mm_per_dm, picture.title, picture.description, plate.corner)
    draw_panel(sheet, shot)
    for disc in plate.discs:
        sheet.disc(disc)
    return Drawn(picture.name, sheet.written(), (*faults(shot.scene), *plate.faults))


__all__ = ["Drawn", "Kit", "Picture", "draw_pictures"]
