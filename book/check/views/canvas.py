"""A drawing painted with one number a color, so that a line's ground and what touches what can be read off.

It is coarse: a few dots a printed millimetre, without the soft edges that would hide where colors meet.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from PIL import Image, ImageChops, ImageDraw

from book.check.views.paths import Point
from book.check.views.strokes import Color, Shape

DOTS_A_MM = 3
WHITE: Color = (255, 255, 255)
MOST_COLORS = 250
BROAD_MM = 1.0  # a line of this width is ground for what is drawn over it; a thinner one is but a neighbour


def brightness(color: Color) -> float:
    """Give how light a color is, from 0 to 1 (relative luminance of WCAG): what is left of it in grey."""
    parts = [part / 255 for part in color]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Color, second: Color) -> float:
    """Give the contrast of two colors, from 1 to 21."""
    dark, light = sorted((brightness(first), brightness(second)))
    return (light + 0.05) / (dark + 0.05)


class Canvas:
    """A picture being painted; `corner` and `scale` take its units to dots."""

    def __init__(self, box: tuple[float, float, float, float], width_mm: float) -> None:
        """Take the viewBox and the printed width in mm."""
        self.corner, self.scale = box[:2], width_mm * DOTS_A_MM / box[2]
        self.size = max(1, round(box[2] * self.scale)), max(1, round(box[3] * self.scale))
        self.colors: list[Color] = [WHITE]
        self.areas, self.grounds = Image.new("L", self.size, 0), Image.new("L", self.size, 0)
        self.inked = Image.new("1", self.size, 0)

    def paint(self, shape: Shape) -> None:
        """Paint a shape's fill, then its stroke."""
        self.fill(shape)
        self.stroke(shape)

    def fill(self, shape: Shape) -> None:
        """Paint what lies inside a shape's lines; inside of two is outside again."""
        lines = [self._dots(line) for line in shape.lines if len(line) > 2]
        if shape.fill is None or not lines or shape.tag == "line":
            return
        mask = Image.new("1", self.size, 0)
        for line in lines:
            one = Image.new("1", self.size, 0)
            ImageDraw.Draw(one).polygon(line, fill=1)
            mask = ImageChops.logical_xor(mask, one)
        for board in (self.areas, self.grounds):
            board.paste(self._number(shape.fill), mask=mask)
        self.inked.paste(0, mask=mask)

    def stroke(self, shape: Shape) -> None:
        """Paint a shape's lines, at least a dot wide."""
        if shape.stroke is None or shape.width <= 0:
            return
        color, dots = self._number(shape.stroke), shape.width * self.scale
        boards = [(self.areas, color), (self.inked, 1)]
        if dots > BROAD_MM * DOTS_A_MM:
            boards.append((self.grounds, color))
        for board, ink in boards:
            draw = ImageDraw.Draw(board)
            for line in shape.lines:
                draw.line(self._dots(line), fill=ink, width=max(1, round(dots)))

    def lost(self, shape: Shape, least: float) -> tuple[float, float]:
        """Give how long a shape's lines are in mm, and how much of it has too little contrast on both its sides."""
        whole = pale = 0.0
        off = max(1.0, shape.width * self.scale / 2 + 1)
        for line in shape.lines:
            for (x, y), (u, v) in pairwise(self._dots(line)):
                length = hypot(u - x, v - y)
                if not length or shape.stroke is None:
                    continue
                way = (y - v) / length * off, (u - x) / length * off
                middle = (x + u) / 2, (y + v) / 2
                grounds = [self._color_at(middle[0] + side * way[0], middle[1] + side * way[1]) for side in (1, -1)]
                whole += length / DOTS_A_MM
                if all(contrast(shape.stroke, ground) < least for ground in grounds):
                    pale += length / DOTS_A_MM
        return whole, pale

    def ground_of(self, point: Point) -> Color:
        """Give the color at a point of the picture, in its own units."""
        (dot,) = self._dots([point])
        return self._color_at(*dot)

    def meetings(self) -> Iterator[tuple[Color, Color, float]]:
        """Give which colors touch with no line between them, and along how many mm."""
        lines = self.inked.convert("L").tobytes()
        dots = bytes(0xFF if line else area for area, line in zip(self.areas.tobytes(), lines, strict=True))
        wide, _ = self.size
        found: Counter[tuple[int, int]] = Counter(zip(dots, dots[wide:], strict=False))
        found.update(pairwise(dots))
        for (first, second), count in sorted(found.items()):
            if first != second and 0xFF not in {first, second}:
                yield self.colors[first], self.colors[second], count / DOTS_A_MM

    def _number(self, color: Color) -> int:
        if color not in self.colors and len(self.colors) < MOST_COLORS:
            self.colors.append(color)
        return self.colors.index(color) if color in self.colors else 0

    def _dots(self, line: Sequence[Point]) -> list[Point]:
        return [((x - self.corner[0]) * self.scale, (y - self.corner[1]) * self.scale) for x, y in line]

    def _color_at(self, x: float, y: float) -> Color:
        wide, high = self.size
        dot = min(max(int(x), 0), wide - 1), min(max(int(y), 0), high - 1)
        number = self.grounds.getpixel(dot)
        return self.colors[number] if isinstance(number, int) else WHITE
