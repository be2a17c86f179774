"""The picture as SVG: flat shapes and lines in whole units, in presentation attributes alone, on a white ground.

What print engines, browsers and e-readers draw alike. Weights of line are printed millimetres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from lxml import etree

from book.figure.ink import path
from book.figure.lettering import STROKES
from book.figure.marks import DISC_MM, Mark
from book.figure.view import Numbers
from book.figure.vocabulary import UNITS_PER_MM

SVG = "http://www.w3.org/2000/svg"
OUTLINE_MM, LINE_MM, REGION_MM, HATCH_MM, GUIDE_MM, ARROW_MM = 0.4, 0.26, 0.2, 0.28, 0.7, 0.9
INK, WHITE, ACCENT, MARK, BAN = "#22282C", "#FFFFFF", "#0B4F5C", "#E3963F", "#BC5A35"
FILLS = {
    "skin": "#F3E3D4", "top": "#BFCDD4", "shorts": "#8FA0AA", "hair": "#4B3A33",
    "wall": "#E9EBEC", "chair": "#D8DBDD", "stool": "#D8DBDD", "table": "#D8DBDD", "mat": "#C9D3CB",
    "pillow": "#ECEDE8", "towel": "#ECEDE8", "roll": "#ECEDE8",
    "ball": "#CBD36B", "band": "#5E7C62", "handle": "#6B7378",
}  # fmt: skip
HEAD_MM, DOT_MM = 2.6, 0.7


@dataclass(eq=False)
class Sheet:
    """A picture being filled: its scale in units a dm, and where the panel at work has its lower left corner."""

    width_mm: float
    height_mm: float
    mm_per_dm: float
    title: str
    description: str
    corner: Numbers = field(default_factory=lambda: np.zeros(2))
    root: etree._Element = field(init=False)

    def __post_init__(self) -> None:
        width, height = (round(mm * UNITS_PER_MM) for mm in (self.width_mm, self.height_mm))
        own: dict[str | None, str] = {None: SVG}
        about = {
            "width": f"{width / UNITS_PER_MM:g}mm", "height": f"{height / UNITS_PER_MM:g}mm",
            "viewBox": f"0 0 {width} {height}", "role": "img",
        }  # fmt: skip
        self.root = etree.Element(f"{{{SVG}}}svg", about, nsmap=own)  # type: ignore[arg-type]
        for name, words in (("title", self.title), ("desc", self.description)):
            self._add(name, {}).text = words
        self._add("rect", {"width": str(width), "height": str(height), "fill": WHITE})

    def written(self) -> bytes:
        """Give the file."""
        return etree.tostring(self.root, encoding="utf-8", xml_declaration=True) + b"\n"

    def area(self, kind: str, lines: Sequence[Numbers], fill: str = "") -> None:
        """Fill what lies inside closed lines (n, 2) in dm."""
        shapes = [path(self.placed(line), closed=True) for line in lines]
        if shapes:
            self._add(
                "path", {"class": kind, "d": "".join(shapes), "fill": fill or FILLS[kind], "fill-rule": "evenodd"}
            )

    def strokes(
        self, lines: Sequence[Numbers], mm: float, *, closed: bool, colour: str = INK, dash: str = ""
    ) -> None:
        """Draw smooth lines (n, 2) in dm, of one weight."""
        self._stroke("".join(path(self.placed(line), closed=closed) for line in lines), mm, colour, dash)

    def segments(self, lines: Sequence[Numbers], mm: float, colour: str = INK) -> None:
        """Draw straight lines (2, 2) in dm."""
        ends = [np.rint(self.placed(line)).astype(int) for line in lines]
        shapes = (f"M{a[0]} {a[1]}L{b[0]} {b[1]}" for a, b in ends if (a != b).any())
        self._stroke("".join(shapes), mm, colour)

    def arrow(self, line: Numbers) -> None:
        """Draw a movement arrow along a line (n, 2) in dm, with a light rim that keeps it off the figure."""
        points = self.placed(line)
        tip, back = points[-1], points[np.linalg.norm(points - points[-1], axis=1) > HEAD_MM * UNITS_PER_MM * 0.8]
        way = tip - (back[-1] if len(back) else points[0])
        way /= max(float(np.linalg.norm(way)), 1e-9)
        side, base = np.array([-way[1], way[0]]), tip - way * HEAD_MM * UNITS_PER_MM
        shaft = np.vstack([back, base + way * 4]) if len(back) else np.array([points[0], base])
        wing = side * HEAD_MM * UNITS_PER_MM * 0.58
        head = "M" + "L".join(f"{x} {y}" for x, y in np.rint([tip, base + wing, base - wing]).astype(int)) + "z"
        body = path(shaft, closed=False)
        for colour, rim in ((WHITE, 0.9), (ACCENT, 0.0)):
            self._stroke(body, ARROW_MM + rim, colour)
            edge = (
                {"stroke": colour, "stroke-width": f"{rim * UNITS_PER_MM:g}", "stroke-linejoin": "round"}
                if rim
                else {}
            )
            self._add("path", {"class": "arrow", "d": head, "fill": colour} | edge)

    def guide(self, line: Numbers) -> None:
        """Draw a dotted line between two points (2, 2) in dm."""
        a, b = np.rint(self.placed(line)).astype(int)
        self._stroke(f"M{a[0]} {a[1]}L{b[0]} {b[1]}", GUIDE_MM, ACCENT, dash="1 30")

    def disc(self, mark: Mark) -> None:
        """Draw a disc with its sign; a line leads to its spot where it stands apart from it."""
        spot = self.placed(np.array([mark.spot]))[0]
        at = spot + mark.move_mm * [UNITS_PER_MM, -UNITS_PER_MM]
        if np.linalg.norm(at - spot) > DISC_MM * UNITS_PER_MM * 1.3:
            (x, y), (u, v) = np.rint([spot, at]).astype(int)
            self._stroke(f"M{x} {y}L{u} {v}", LINE_MM, INK)
            self._add("circle", {"cx": str(x), "cy": str(y), "r": str(round(DOT_MM * UNITS_PER_MM)), "fill": INK})
        x, y = np.rint(at).astype(int)
        place = {"cx": str(x), "cy": str(y), "r": str(round(DISC_MM * UNITS_PER_MM))}
        named = {"class": "disc"} | ({"id": mark.id} if mark.id else {})
        self._add("circle", named | place | {"fill": ACCENT, "stroke": WHITE, "stroke-width": "8"})
        self._stroke("".join(_signs(mark.sign, at)), 0.48, WHITE)

    def placed(self, line: Numbers) -> Numbers:
        """Turn dm of the panel at work into units of the picture, y down."""
        up = (line - self.corner) * self.mm_per_dm * UNITS_PER_MM
        return np.asarray(up * [1, -1] + [0, round(self.height_mm * UNITS_PER_MM)])

    def _stroke(self, shape: str, mm: float, colour: str, dash: str = "") -> None:
        if shape:
            style = {"d": shape, "fill": "none", "stroke": colour, "stroke-width": f"{mm * UNITS_PER_MM:g}"}
            ends = {"stroke-linecap": "round", "stroke-linejoin": "round"}
            self._add("path", style | ends | ({"stroke-dasharray": dash} if dash else {}))

    def _add(self, tag: str, attributes: dict[str, str]) -> etree._Element:
        return etree.SubElement(self.root, f"{{{SVG}}}{tag}", attributes)


def _signs(text: str, at: Numbers) -> Iterator[str]:
    """Give the strokes of a disc's signs around its centre (2,), in units."""
    wide, high = DISC_MM * UNITS_PER_MM * np.array([0.46, 0.96 if len(text) == 1 else 0.8])
    for number, sign in enumerate(text):
        left = at[0] + (number - (len(text) - 1) / 2) * wide * 1.5 - wide / 2
        points = np.array([pair.split(",") for pair in STROKES[sign].split()], float) / 100
        placed = np.rint(points * [wide, -high] + [left, at[1] + high / 2]).astype(int)
        yield "M" + "L".join(f"{x} {y}" for x, y in placed)
