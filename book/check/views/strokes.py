"""What an SVG draws: its shapes in order, as flat lines in the picture's own units, with fill and stroke."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from PIL import ImageColor

from book.check.views.paths import Point, lines_of

Matrix = tuple[float, float, float, float, float, float]
Color = tuple[int, int, int]
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
CALL = re.compile(r"(\w+)\s*\(([^)]*)\)")
ROUND = 24  # straight pieces of a circle
UNSEEN = {"defs", "clipPath", "mask", "symbol", "marker", "pattern", "title", "desc", "metadata", "style"}
HANDED_ON = ("fill", "stroke", "stroke-width", "font-size", "display", "visibility")
LETS_THROUGH = ("opacity", "fill-opacity", "stroke-opacity")
SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Shape:
    """One shape: its element's name and class, its lines, its fill and stroke (None: none, or not a plain color).

    `width` is the stroke's, `size` that of letters, both in the picture's units; `words` are those of a text.
    """

    tag: str
    kind: str
    lines: tuple[tuple[Point, ...], ...]
    fill: Color | None
    stroke: Color | None
    width: float
    size: float = 0.0
    words: str = ""


def shapes(root: etree._Element) -> Iterator[Shape]:
    """Give the shapes of an SVG in the order in which they are painted."""
    yield from _shapes(root, {"fill": "black", "stroke-width": "1", "font-size": "16"}, SAME)


def _shapes(element: etree._Element, above: Mapping[str, str], matrix: Matrix) -> Iterator[Shape]:
    tag = etree.QName(element).localname
    look = {**above, **_own(element)}
    if tag in UNSEEN or look.get("display") == "none" or look.get("visibility") == "hidden":
        return
    matrix = _times(matrix, _matrix(element.get("transform", "")))
    lines = _lines(tag, element)
    if any(_number(look.get(name, "1")) < 1 for name in LETS_THROUGH):
        look |= {"fill": "none", "stroke": "none"}  # what shines through has no color of its own
    if lines or tag == "text":
        placed = tuple(tuple(_at(matrix, point) for point in line) for line in lines)
        scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
        words = " ".join("".join(map(str, element.itertext())).split()) if tag == "text" else ""
        yield Shape(
            tag, element.get("class", ""), placed, _color(look.get("fill", "")), _color(look.get("stroke", "")),
            _number(look["stroke-width"]) * scale, _number(look["font-size"]) * scale, words,
        )  # fmt: skip
    for inner in element.iterchildren(etree.Element):
        if tag != "text":
            yield from _shapes(inner, look, matrix)


def _own(element: etree._Element) -> dict[str, str]:
    """Give what an element says of its look, by attributes or in its style."""
    pairs = [pair.partition(":") for pair in element.get("style", "").split(";")]
    style = {name.strip(): text.strip() for name, _, text in pairs}
    given = {name: element.get(name, "") for name in (*HANDED_ON, *LETS_THROUGH) if element.get(name)}
    return given | {name: text for name, text in style.items() if name in (*HANDED_ON, *LETS_THROUGH)}


def _color(text: str) -> Color | None:
    try:
        return ImageColor.getrgb(text)[:3] if text and text != "none" else None
    except ValueError:
        return None


def _number(text: str) -> float:
    found = NUMBER.match(text.strip())
    return float(found[0]) if found else 0.0


def _length(element: etree._Element, name: str) -> float:
    """Give a length in the picture's units; a share of the whole is one of its viewBox."""
    text = element.get(name, "0")
    if not text.strip().endswith("%"):
        return _number(text)
    box = (element.getroottree().getroot().get("viewBox") or "0 0 0 0").replace(",", " ").split()
    return _number(text) / 100 * float(box[3 if name in {"y", "y1", "y2", "cy", "ry", "height"} else 2])


def _lines(tag: str, element: etree._Element) -> list[list[Point]]:
    """Give the lines of one element."""

    def get(*names: str) -> list[float]:
        return [_length(element, name) for name in names]

    match tag:
        case "path":
            return lines_of(element.get("d", ""))
        case "polyline" | "polygon":
            numbers = list(map(float, NUMBER.findall(element.get("points", ""))))
            points = list(zip(numbers[::2], numbers[1::2], strict=False))
            line = points + points[:1] if tag == "polygon" else points
        case "rect":
            x, y, wide, high = get("x", "y", "width", "height")
            line = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)]
        case "circle" | "ellipse":
            x, y, *radii = get("cx", "cy", *(("r", "r") if tag == "circle" else ("rx", "ry")))
            turns = [2 * math.pi * step / ROUND for step in range(ROUND + 1)]
            line = [(x + radii[0] * math.cos(turn), y + radii[1] * math.sin(turn)) for turn in turns]
        case "line":
            x, y, u, v = get("x1", "y1", "x2", "y2")
            line = [(x, y), (u, v)]
        case "text":
            x, y = get("x", "y")
            line = [(x, y)]
        case _:
            line = []
    return [line] if line else []


def _matrix(text: str) -> Matrix:
    """Read a transform; what is not understood changes nothing."""
    whole = SAME
    for name, given in CALL.findall(text):
        numbers = list(map(float, NUMBER.findall(given)))
        whole = _times(whole, _one(name, numbers))
    return whole


def _one(name: str, given: list[float]) -> Matrix:
    match name, given:
        case "translate", [x, *rest]:
            return 1, 0, 0, 1, x, rest[0] if rest else 0
        case "scale", [x, *rest]:
            return x, 0, 0, rest[0] if rest else x, 0, 0
        case "matrix", [a, b, c, d, e, f]:
            return a, b, c, d, e, f
        case "rotate", [turn, *rest]:
            cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            x, y = rest or (0, 0)
            return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
        case _:
            return SAME


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[2] * b[1], a[1] * b[0] + a[3] * b[1], a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3], a[0] * b[4] + a[2] * b[5] + a[4], a[1] * b[4] + a[3] * b[5] + a[5],
    )  # fmt: skip


def _at(matrix: Matrix, point: Point) -> Point:
    x, y = point
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]
