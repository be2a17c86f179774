"""The body map as a way in: each plate as a drawing in the page, with links over its places, discs and names.

Called by `leaves`. Names stand beside their discs as in print (`map_labels`); how links look is the style sheet's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from book.figure.joints import bare
from book.figure.vocabulary import UNITS_PER_MM
from book.kinds.place.model import BodyMap, Plate, plate_file
from book.kinds.place.render import map_names
from book.kinds.place.render.body_map import names_on
from book.kinds.place.render.map_names import BESIDE_MM, DISC_MM, LINE_MM, MM_PER_PT, NAME_PT, SVG, Measure
from book.model.fields import html_id
from book.model.picture import Picture
from book.render.tree import Tree, child, select, unused, value
from book.render.words.typography import set_type

SMALLEST_PX, NARROWEST_PX = 24, 320  # what a finger needs, on a plate as narrow as it comes
EDGE_MM, ROOM_MM = 0.8, 1.2  # the line around a place that is pointed at; the room around a name
MARGIN_MM = ROOM_MM + 0.5  # outside a column of names: drawn discs stand that much farther out than printed ones
CENTRE_EM = 0.33  # of letters, above their base line
SIDES_MM, SIDES_BASE_MM, SIDE_PT = 6.5, 4.7, 11.5  # below the drawing: the words for its two sides
CLEAR = {"fill": "none", "pointer-events": "all"}


@dataclass(frozen=True)
class Way:
    """One link of a plate, in mm: where it leads, its sign, its name in lines, its disc, the shapes of its place.

    `out` is the way from the disc to the name: -1 for left.
    """

    to: str
    sign: str
    lines: tuple[str, ...]
    out: int
    disc: tuple[float, float]
    radius: float
    shapes: tuple[str, ...]

    @property
    def near(self) -> float:
        """Give where the name begins, or ends, beside its disc."""
        return self.disc[0] + self.out * (DISC_MM + BESIDE_MM)


def link_plates(tree: Tree, book_map: BodyMap, pictures: Mapping[str, Picture], font: Measure) -> None:
    """Put a plate's drawing, with links in it, into each `div` of a tree that asks for one in `data-plate`.

    The pictures, by file name, hold each plate with columns for its names; `font` is that of the names.
    """
    taken = {value(element, "id") for element in select(tree, ".//*[@id]")}
    for place in select(tree, ".//div[@data-plate]"):
        name = value(place, "data-plate")
        del place.attrib["data-plate"]
        drawing = etree.fromstring(pictures[plate_file(name, wide=True)].data)
        ways = list(_ways(drawing, book_map, name, font))
        about = child(place, "p", set_type(book_map.plates[name].alt), class_="unseen")
        about.set("id", unused(f"plate-{name}", taken))
        whole = _around(drawing, book_map.plates[name], value(about, "id"))
        for way in ways:
            _link(whole, way, font)
        place.append(whole)


def _ways(drawing: Tree, book_map: BodyMap, name: str, font: Measure) -> Iterator[Way]:
    """Give the links of a plate, in the order in which the book lists them."""
    plate, discs = book_map.plates[name], map_names.disc_centres(drawing)
    radius = max(DISC_MM, _sides(plate)[1] * SMALLEST_PX / NARROWEST_PX / 2)
    for label in names_on(book_map, name):
        right = label["column"] == "right"
        lines = font.lines(set_type(label["name"]), NAME_PT, map_names.words_width(plate.columns_mm[right]))
        shapes = select(drawing, f"./*[@class='region {bare(label['at'])}']")
        to = html_id(label["to"])
        drawn = tuple(value(shape, "d") for shape in shapes)
        yield Way(to, label["sign"], tuple(lines), 1 if right else -1, discs[to], radius, drawn)


def _around(drawing: Tree, plate: Plate, about: str) -> Tree:
    """Give the drawing that stands in the page: around the file's, which its own edges cut, words for the sides.

    `about` is the id of the paragraph that tells what is seen.
    """
    whole = etree.Element(f"{SVG}svg", nsmap=drawing.nsmap)  # type: ignore[arg-type]
    left, wide = _sides(plate)
    size = f"{_units(left)} 0 {_units(wide)} {_units(plate.height_mm + SIDES_MM)}"
    whole.attrib.update({"class": "plate-svg", "viewBox": size, "role": "group"})
    whole.attrib.update({"aria-label": set_type(plate.title), "aria-describedby": about})
    _bare(drawing)
    drawing.attrib.update(
        {"width": _units(plate.width_mm), "height": _units(plate.height_mm), "aria-hidden": "true"}
    )
    whole.append(drawing)
    ends = (plate.columns_mm[0], "start"), (plate.width_mm - plate.columns_mm[1], "end")
    for side, (x, anchor) in zip(plate.sides, ends, strict=False):
        place = {"x": x, "y": plate.height_mm + SIDES_BASE_MM, "font-size": SIDE_PT * MM_PER_PT}
        _add(whole, "text", place, {"class": "plate-side", "text-anchor": anchor}).text = set_type(side)
    return whole


def _sides(plate: Plate) -> tuple[float, float]:
    """Give where a plate begins, and how wide it is, with room outside its columns of names."""
    left, right = (MARGIN_MM * (column > 0) for column in plate.columns_mm)
    return -left, left + plate.width_mm + right


def _bare(drawing: Tree) -> None:
    """Take off a file's drawing its words, which the page says, and ids and classes of its own."""
    for words in select(drawing, "./*[local-name()='title' or local-name()='desc']"):
        drawing.remove(words)
    for shape in drawing.iter(etree.Element):
        for mark in ("id", "class", "role"):
            shape.attrib.pop(mark, "")


def _link(whole: Tree, way: Way, font: Measure) -> None:
    """Draw one link over what is drawn: its place, the box around its disc and name, both clear, and the name."""
    words = f"{way.sign}. {' '.join(way.lines)}"
    link = _add(whole, "a", {}, {"class": "plate-link", "href": f"#{way.to}", "aria-label": words})
    for shape in way.shapes:
        look = {"class": "plate-area", "d": shape, "fill-rule": "evenodd", "stroke-linejoin": "round"}
        _add(link, "path", {"stroke-width": EDGE_MM}, look | CLEAR)
    x, y = way.disc
    far = way.near + way.out * (max(font.mm(line, NAME_PT) for line in way.lines) + ROOM_MM)
    left, right = sorted((far, x - way.out * (way.radius + ROOM_MM)))
    high = map_names.name_height(len(way.lines))
    box = {"x": left, "y": y - high / 2, "width": right - left, "height": high, "rx": way.radius}
    _add(link, "rect", box, {"class": "plate-reach"} | CLEAR)
    _add(link, "circle", {"cx": x, "cy": y, "r": way.radius}, {"class": "plate-disc"} | CLEAR)
    _name(link, way)


def _name(link: Tree, way: Way) -> None:
    """Set a name in lines beside its disc."""
    size = NAME_PT * MM_PER_PT
    first = way.disc[1] + CENTRE_EM * size - (len(way.lines) - 1) * LINE_MM / 2
    look = {"class": "plate-name", "text-anchor": "end" if way.out < 0 else "start"}
    for number, line in enumerate(way.lines):
        place = {"x": way.near, "y": first + number * LINE_MM, "font-size": size}
        text = _add(link, "text", place, look)
        text.text, text.tail = line, " "  # drawn as a part of a line, the space would be underlined


def _add(parent: Tree, tag: str, mm: Mapping[str, float], words: Mapping[str, str]) -> Tree:
    """Append an element of a drawing: its measures in printed mm, and what else it says."""
    return etree.SubElement(parent, f"{SVG}{tag}", {name: _units(size) for name, size in mm.items()} | dict(words))


def _units(mm: float) -> str:
    """Write printed mm in a drawing's own units."""
    return f"{mm * UNITS_PER_MM:.0f}"
