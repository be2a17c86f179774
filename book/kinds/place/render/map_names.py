"""The names on a map's plates: where they stand beside their discs, and whether they fit; all in printed mm.

A plate's picture tells where its discs are. Names are measured before any layout, in the font they are set in: one
that would run into its neighbour or out of its column is a problem, told with its line.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fontTools.ttLib import TTFont
from lxml import etree

from book.figure.vocabulary import UNITS_PER_MM
from book.model.fields import html_id
from book.model.picture import Picture
from book.render.tree import Tree, plain, select, value

SVG = "{http://www.w3.org/2000/svg}"
NAME_FONT = "fonts/SourceSans3-Semibold.ttf.woff2"
NAME_PT, LINE_MM = 12.0, 4.8
DISC_MM, BESIDE_MM = 3.7, 1.6  # the printed disc's radius, which covers the drawn one; between it and the name
MM_PER_PT = 25.4 / 72
Say = Callable[[str, str], None]


@dataclass(frozen=True)
class Measure:
    """Measures text in one font."""

    widths: Mapping[int, float]  # by character, in ems

    def mm(self, text: str, size_pt: float) -> float:
        """Give the width of a text in mm; a character that the font lacks counts as an em."""
        return sum(self.widths.get(ord(sign), 1.0) for sign in text) * size_pt * MM_PER_PT

    def lines(self, text: str, size_pt: float, width_mm: float) -> list[str]:
        """Break a text into lines no wider than `width_mm`, as a browser does; a longer word stays whole."""
        lines: list[str] = []
        for word in text.split(" "):
            if lines and self.mm(f"{lines[-1]} {word}", size_pt) <= width_mm:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines


def measure(font: bytes) -> Measure:
    """Read a font's widths."""
    with TTFont(io.BytesIO(font)) as read:
        names, sizes, em = read.getBestCmap(), read["hmtx"].metrics, read["head"].unitsPerEm
        return Measure({sign: sizes[name][0] / em for sign, name in names.items()})


def place_names(tree: Tree, pictures: Mapping[str, Picture], font: Measure, say: Say) -> None:
    """Give each name on each plate of a tree its place; `say` hears (typed id, what is wrong)."""
    for plate in select(tree, './/div[@class="plate-picture"]'):
        discs = disc_centres(etree.fromstring(pictures[value(plate[0], "src")].data))
        width, gap = float(value(plate, "data-width")), float(value(plate, "data-gap"))
        columns = [float(side) for side in value(plate, "data-columns").split()]
        for name in plate.iter("li"):
            (link,) = name.iter("a")
            disc = discs.get(html_id(value(link, "href")))
            if disc is None:
                say(value(link, "href"), "the drawn map does not show it yet. Run: book draw")
                continue
            words = words_width(columns[value(name, "class") == "right"])
            _check(link, words, gap, font, say)
            _place(name, disc, words, len(font.lines(plain(link), NAME_PT, words)))
        plate.set("style", f"width: {width}mm")
        for sides in select(plate, "./following-sibling::p[@data-medium='usual']"):
            sides.set("style", f"margin-left: {columns[0]}mm; margin-right: {columns[1]}mm")
        for used in ("data-width", "data-columns", "data-gap"):
            plate.attrib.pop(used, "")


def _place(name: Tree, disc: tuple[float, float], words_mm: float, lines: int) -> None:
    """Put a name beside its disc's centre, its sign over the disc."""
    (x, y), high = disc, name_height(lines)
    wide = 2 * DISC_MM + BESIDE_MM + words_mm
    left = x - DISC_MM if value(name, "class") == "right" else x + DISC_MM - wide
    name.set("style", f"left: {left:.2f}mm; top: {y - high / 2:.2f}mm; width: {wide:.2f}mm")


def _check(link: Tree, width_mm: float, gap_mm: float, font: Measure, say: Say) -> None:
    """See that a name fits its column and the gap to the next."""
    lines = font.lines(plain(link), NAME_PT, width_mm)
    key, widest = value(link, "href"), max(lines, key=lambda line: font.mm(line, NAME_PT))
    if (wide := font.mm(widest, NAME_PT)) > width_mm:
        say(key, f'"{widest}" is {wide:.0f} mm wide on the map, and its column has {width_mm:.0f} mm. Shorten it.')
    elif (high := name_height(len(lines))) > gap_mm:
        say(
            key,
            f'"{plain(link)}" takes {high:.0f} mm on the map, more than gap_mm. Shorten it, or widen the gap.',
        )


def words_width(column_mm: float) -> float:
    """Give how wide a name may be in a column, beside its disc."""
    return column_mm - 2 * DISC_MM - BESIDE_MM


def name_height(lines: int) -> float:
    """Give the height in mm of a name and, below it, its page."""
    return (lines + 1) * LINE_MM


def disc_centres(drawing: Tree) -> dict[str, tuple[float, float]]:
    """Give the centres of a drawing's named discs, from its top left corner."""
    circles = drawing.iter(f"{SVG}circle")
    return {
        disc.get("id", ""): (float(disc.get("cx", 0)) / UNITS_PER_MM, float(disc.get("cy", 0)) / UNITS_PER_MM)
        for disc in circles
        if disc.get("id")
    }
