"""A whole figure: a person in a pose, seen from somewhere, with muscles marked, as a small SVG.

Flat shapes and two weights of line, all in presentation attributes, on a white ground of its own: what print
engines, browsers and e-readers draw alike. A marked muscle has a hatch on its colour, so that it reads in grey.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from lxml import etree

from book.figure.body import read_body
from book.figure.ink import inner_lines, outlines, path
from book.figure.paint import SIDES, Mask, clothes, read_regions, region_area, spots
from book.figure.pose import pose_body
from book.figure.view import VIEWS, Numbers, Seen, View, look, triangulate

SVG = "http://www.w3.org/2000/svg"
DOTS = 60.0  # looked at, a dm of the person
UNITS_PER_MM = 20  # of the picture's own measure, which has whole numbers only
OUTLINE_MM, LINE_MM, HATCH_MM, HATCH_STEP_MM = 0.4, 0.26, 0.3, 1.1
INK, SKIN, TOP, SHORTS, HAIR, MARK = "#22282C", "#F3E3D4", "#BFCDD4", "#8FA0AA", "#4B3A33", "#D98324"
COLOURS = {"shorts": SHORTS, "top": TOP, "hair": HAIR}


@dataclass(frozen=True)
class Figure:
    """What to draw. `angles` in degrees by joint; `marks` are region names with a side, such as "rhomboids left".

    `mm_per_dm` is the scale on paper: 4 makes a standing adult about 64 mm tall.
    """

    title: str
    description: str
    angles: Mapping[str, float] = field(default_factory=dict)
    view: str = "front"
    shape: str = "woman"
    marks: tuple[str, ...] = ()
    mm_per_dm: float = 4.0


def draw_figure(figure: Figure) -> bytes:
    """Give the SVG of a figure; the same figure gives the same bytes.

    Raises PoseError for an impossible pose, KeyError for a view or region that is not known.
    """
    body = read_body(figure.shape)
    triangles = triangulate(body.quads)
    points = pose_body(body, figure.angles).vertices @ View(*VIEWS[figure.view]).turn().T
    seen = look(points, triangles, DOTS)
    spot = seen.sample(triangles, spots(body))
    whole = np.isfinite(seen.depth)
    sheet = _Sheet(seen, figure.mm_per_dm * UNITS_PER_MM)
    root = sheet.root(figure)
    edge = outlines(whole, seen)
    sheet.area(root, edge, SKIN)
    for name, mask in clothes(spot, body).items():
        hems = outlines(mask, seen)
        sheet.area(root, hems, COLOURS[name])
        sheet.strokes(root, hems, LINE_MM, closed=True)
    for mark in figure.marks:
        name, _, side = mark.rpartition(" ")
        sheet.marked(root, region_area(read_regions()[name], side, spot))
    sheet.strokes(root, edge, OUTLINE_MM, closed=True)
    sheet.strokes(root, inner_lines(points, triangles, seen), LINE_MM, closed=False)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def known_marks() -> list[str]:
    """List what can be marked."""
    return [f"{name} {side}" for name in read_regions() for side in SIDES]


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The picture's own measure: y down, whole units, `scale` of them a dm."""

    seen: Seen
    scale: float

    def root(self, figure: Figure) -> etree._Element:
        rows, columns = self.seen.depth.shape
        width, height = (int(np.ceil(dots / self.seen.dots * self.scale)) for dots in (columns, rows))
        own: dict[str | None, str] = {None: SVG}
        about = {"viewBox": f"0 0 {width} {height}", "role": "img"}
        root = etree.Element(f"{{{SVG}}}svg", about, nsmap=own)  # type: ignore[arg-type]
        for name, words in (("title", figure.title), ("desc", figure.description)):
            etree.SubElement(root, f"{{{SVG}}}{name}").text = words
        etree.SubElement(root, f"{{{SVG}}}rect", width=str(width), height=str(height), fill="#FFFFFF")
        return root

    def area(self, root: etree._Element, lines: list[Numbers], fill: str) -> None:
        """Fill what lies inside closed lines."""
        shapes = [path(self._placed(line), closed=True) for line in lines]
        if shapes:
            etree.SubElement(root, f"{{{SVG}}}path", {"d": "".join(shapes), "fill": fill, "fill-rule": "evenodd"})

    def marked(self, root: etree._Element, mask: Mask) -> None:
        """Fill a marked area, and lay slanting lines over it that end at its border."""
        self.area(root, outlines(mask, self.seen), MARK)
        rows, columns = np.nonzero(mask)
        step = round(HATCH_STEP_MM * UNITS_PER_MM / self.scale * self.seen.dots * np.sqrt(2))
        lines = []
        for start in sorted({int(start) for start in rows - columns if start % step == 0}):
            on = columns[rows - columns == start]
            for run in np.split(on, np.flatnonzero(np.diff(on) > 1) + 1):
                ends = np.array([[run[0], run[0] + start], [run[-1], run[-1] + start]])
                lines.append(ends / self.seen.dots + (self.seen.left, self.seen.bottom))
        self.strokes(root, [line for line in lines if line[1, 0] > line[0, 0]], HATCH_MM, closed=False)

    def strokes(self, root: etree._Element, lines: list[Numbers], mm: float, *, closed: bool) -> None:
        """Draw lines of one weight, in printed millimetres."""
        shapes = [path(self._placed(line), closed=closed) for line in lines]
        if shapes:
            style = {"fill": "none", "stroke": INK, "stroke-width": f"{mm * UNITS_PER_MM:g}"}
            ends = {"stroke-linecap": "round", "stroke-linejoin": "round"}
            etree.SubElement(root, f"{{{SVG}}}path", {"d": "".join(shapes)} | style | ends)

    def _placed(self, line: Numbers) -> Numbers:
        height = self.seen.depth.shape[0] / self.seen.dots
        return np.column_stack([line[:, 0] - self.seen.left, height - (line[:, 1] - self.seen.bottom)]) * self.scale
