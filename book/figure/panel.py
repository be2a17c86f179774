"""One shot drawn on a sheet: things, person, clothes, marked regions, lines, and the marks over them."""

import numpy as np
from numpy.typing import NDArray

from book.figure import paint
from book.figure.ink import inner_lines, outlines, runs
from book.figure.overlaps import overlap_lines
from book.figure.paint import Mask, clothes, region_area
from book.figure.sheet import BAN, HATCH_MM, LINE_MM, MARK, OUTLINE_MM, REGION_MM, Sheet
from book.figure.shots import Shot
from book.figure.spots import with_sides
from book.figure.view import Numbers, Seen, look, triangulate

DOTS = 60.0  # looked at, a dm
RIM_DM, SLIVER_DM2 = 0.5, 0.08
UPRIGHT = 0.99  # where the picture's up is the world's, the floor is a line
HATCH_STEP_MM, BAN_STEP_MM = 1.3, 1.6
EDGE_STEP_DM, EDGE_HIDDEN_DM = 0.04, 0.05


def draw_panel(sheet: Sheet, shot: Shot) -> None:
    """Draw one shot on a sheet whose corner has been set for it."""
    scene, body = shot.scene, shot.scene.posed.body
    skin = triangulate(body.quads)
    meshes = [(scene.posed.vertices, skin), *((solid.points, triangulate(solid.quads)) for solid in scene.solids)]
    starts = np.cumsum([0, *(len(points) for points, _ in meshes)])
    ends = np.cumsum([len(triangles) for _, triangles in meshes])
    points = np.vstack([points for points, _ in meshes]) @ shot.turn.T
    triangles = np.vstack([triangles + start for (_, triangles), start in zip(meshes, starts, strict=False)])
    seen = look(points, triangles, DOTS, margin=RIM_DM, frame=shot.frame)
    owner = np.where(seen.triangle < 0, -1, np.searchsorted(ends, seen.triangle, side="right"))
    owner[[0, -1]] = owner[:, [0, -1]] = -1  # so that outlines close beyond a crop
    _draw_ground(sheet, shot)
    for number, solid in enumerate(scene.solids, 1):
        lines = outlines(owner == number, seen, smallest_dm2=SLIVER_DM2)
        sheet.area(solid.kind, lines)
        if not solid.edged:
            sheet.strokes(lines, LINE_MM, closed=True)
    for number, solid in enumerate(scene.solids, 1):
        if solid.edged:
            sheet.segments(_edges(points[starts[number] : starts[number + 1]], solid.quads, seen), LINE_MM)
    _draw_person(sheet, shot, seen, owner == 0, points[: starts[1]], skin)
    _draw_marks(sheet, shot)


def _draw_person(
    sheet: Sheet, shot: Shot, seen: Seen, mask: Mask, points: Numbers, triangles: NDArray[np.int64]
) -> None:
    body, regions = shot.scene.posed.body, shot.scene.regions
    spot = paint.spots(body)
    seen_spot = _sampled(seen, mask, triangles, spot)
    edge = outlines(mask, seen)
    sheet.area("skin", edge)
    worn = clothes(seen_spot, body)
    for name, area in worn.items():
        hems = outlines(area & mask, seen, smallest_dm2=SLIVER_DM2)
        sheet.area(name, hems)
        sheet.strokes(hems, LINE_MM, closed=True)
    bare = mask & ~worn["hair"]
    for names, colour, step, crossed in (
        (shot.panel.show, MARK, HATCH_STEP_MM, False),
        (shot.panel.ban, BAN, BAN_STEP_MM, True),
    ):
        for one in (one for name in names for one in with_sides(name)):
            side, _, name = one.partition("_")
            area = region_area(regions[name], side, seen_spot, body) & bare
            border = outlines(area, seen)
            sheet.area(f"region {name}", border, colour)  # its name, so that a page can lead on from it
            sheet.strokes(border, REGION_MM, closed=True)
            for flip in (False, True) if crossed else (False,):
                sheet.segments(_hatch(area, seen, step / sheet.mm_per_dm, flip), HATCH_MM)
    sheet.strokes(edge, OUTLINE_MM, closed=True)
    inner = inner_lines(points, triangles, seen, mask)
    sheet.strokes([*inner, *overlap_lines(body, triangles, seen, mask, inner)], LINE_MM, closed=False)


def _sampled(seen: Seen, mask: Mask, triangles: NDArray[np.int64], values: Numbers) -> Numbers:
    """Carry values of the person's vertices to the dots that show the person; NaN elsewhere."""
    own = Seen(seen.depth, np.where(mask, seen.triangle, -1), seen.share, seen.left, seen.bottom, seen.dots)
    return own.sample(triangles, values)


def _draw_ground(sheet: Sheet, shot: Shot) -> None:
    """Draw the floor as a line, where it is seen from the side and in the picture."""
    (left, low), (right, high) = shot.frame
    if shot.turn[1, 1] > UPRIGHT and low < 0 < high:
        level = -0.12 if any(solid.kind == "mat" for solid in shot.scene.solids) else 0.0
        sheet.segments([np.array([[left + 0.1, level], [right - 0.1, level]])], LINE_MM)


def _draw_marks(sheet: Sheet, shot: Shot) -> None:
    marks = shot.marks(sheet.mm_per_dm)
    for guide in marks.guides:
        sheet.guide(guide)
    for arrow in marks.arrows:
        sheet.arrow(arrow)
    for disc in marks.discs:
        sheet.disc(disc)


def _hatch(mask: Mask, seen: Seen, step_dm: float, flip: bool) -> list[Numbers]:
    """Give slanting lines (2, 2) in dm that end at an area's border."""
    rows, columns = np.nonzero(mask)
    slant = rows + columns if flip else rows - columns
    step = max(2, round(step_dm * seen.dots * np.sqrt(2)))
    lines = []
    for start in sorted({int(value) for value in slant[slant % step == 0]}):
        on = np.sort(columns[slant == start])
        for run in np.split(on, np.flatnonzero(np.diff(on) > 1) + 1):
            ends = np.array(
                [[column, (start - column) if flip else (column + start)] for column in (run[0], run[-1])]
            )
            if run[-1] - run[0] > 1:
                lines.append(ends / seen.dots + (seen.left, seen.bottom))
    return lines


def _edges(points: Numbers, quads: NDArray[np.int64], seen: Seen) -> list[Numbers]:
    """Give the visible stretches (2, 2) in dm of the edges of a box in picture axes."""
    found = []
    for a, b in sorted(
        {(min(pair), max(pair)) for quad in quads.tolist() for pair in zip(quad, quad[1:] + quad[:1], strict=True)}
    ):
        length = float(np.linalg.norm(points[b, :2] - points[a, :2]))
        if length < EDGE_STEP_DM:
            continue
        share = np.linspace(0, 1, max(3, round(length / EDGE_STEP_DM)))[:, None]
        line = points[a] + share * (points[b] - points[a])
        column, row = np.rint((line[:, :2] - [seen.left, seen.bottom]) * seen.dots).astype(int).T
        inside = (column >= 1) & (row >= 1) & (column < seen.depth.shape[1] - 1) & (row < seen.depth.shape[0] - 1)
        column, row = np.clip(column, 1, seen.depth.shape[1] - 2), np.clip(row, 1, seen.depth.shape[0] - 2)
        around = np.min([seen.depth[row + y, column + x] for y in (-1, 0, 1) for x in (-1, 0, 1)], axis=0)
        shown = inside & (line[:, 2] > around - EDGE_HIDDEN_DM)
        found += [line[[run.start, run.stop - 1], :2] for run in runs(shown) if run.stop - run.start > 2]
    return found
