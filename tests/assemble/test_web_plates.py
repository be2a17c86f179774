"""The body map on the web: each plate a drawing in the page, with links over its places, discs and names."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from lxml import etree

from book.assemble.media import copy_for
from book.assemble.web_map import link_plates
from book.kinds.place.model import BodyMap, plate_file
from book.kinds.place.render.map_names import NAME_FONT, SVG, Measure, measure
from book.model.fields import html_id
from book.model.picture import Picture
from book.render.rendered import Rendered
from book.render.tree import Tree, plain, select, value
from tests.conftest import ROOT

Box = tuple[float, float, float, float]  # left, top, right, bottom
FONT_EM, ASCENT, DESCENT = 25.4 / 72 * 20, 0.75, 0.25
MADE_UP = {
    "plates": {
        "loaf": {
            "title": "The loaf", "alt": 'A loaf, "whole".', "sides": ["heel"], "width_mm": 81, "height_mm": 30,
            "columns_mm": [30, 0], "view": "front", "pose": "stand",
            "names": [
                {"to": "zone:hot", "at": "navel", "column": "left"},
                {"to": "on:crust", "at": "right_biceps", "column": "left"},
            ],
        }
    },
    "places": {
        "on:crust": {"sign": "A", "name": "The crust of it", "how_hard": 2, "seconds": 5, "find": "a", "press": "b", "care": ["c"]}
    },
    "zones": {"zone:hot": {"sign": "X", "name": "It's hot"}},
}  # fmt: skip
LOAF = b"""<?xml version='1.0'?><svg xmlns="http://www.w3.org/2000/svg" width="81mm" height="30mm"
 viewBox="0 0 1620 600" role="img"><title>The loaf</title><desc>A loaf.</desc><rect width="1620" height="600"/>
<path class="region biceps" d="M700 100h80v80z"/><path class="region biceps" d="M900 100h80v80z"/>
<circle class="disc" id="zone-hot" cx="520" cy="150" r="64"/><circle class="disc" id="on-crust" cx="520" cy="450" r="64"/></svg>"""


@pytest.fixture(scope="module")
def font() -> Measure:
    return measure((ROOT / "styles" / NAME_FONT).read_bytes())


@pytest.fixture(scope="module")
def linked(rendered: Rendered, font: Measure) -> list[tuple[str, Tree]]:
    """Each plate of the report on each page that shows it: its name, and the place that its drawing stands in."""
    found = []
    for section in rendered.sections:
        tree = copy_for(section.tree, "screen", "web")
        places = select(tree, ".//div[@data-plate]")
        names = [value(place, "data-plate") for place in places]
        link_plates(tree, rendered.book.body_map, rendered.pictures, font)
        found += zip(names, places, strict=True)
    assert {name for name, _ in found} == set(rendered.book.body_map.plates)
    return found


@pytest.fixture
def loaf(font: Measure) -> Tree:
    """A page that shows the made-up plate twice."""
    tree = etree.fromstring(
        "<section><p id='plate-loaf'/><div data-plate='loaf'/><div data-plate='loaf'/></section>"
    )
    picture = Picture(plate_file("loaf", wide=True), LOAF, "image/svg+xml", False)
    link_plates(tree, BodyMap.model_validate(MADE_UP), {picture.name: picture}, font)
    return tree


def svg(path: str) -> str:
    """Give a path in which names of elements after s: are SVG's, as lxml's findall has it."""
    return path.replace("s:", SVG)


def numbers(element: Tree, *names: str) -> list[float]:
    return [float(value(element, name)) for name in names]


def boxes(link: Tree, font: Measure) -> Iterator[Box]:
    """Give where the lines of a link's name and its disc stand."""
    for line in link.findall(svg("s:text")):
        x, y, size = numbers(line, "x", "y", "font-size")
        wide = font.mm(line.text or "", size / FONT_EM) * 20
        left = x - wide if line.get("text-anchor") == "end" else x
        yield left, y - ASCENT * size, left + wide, y + DESCENT * size
    (disc,) = link.findall(svg("s:circle"))
    x, y, radius = numbers(disc, "cx", "cy", "r")
    yield x - radius, y - radius, x + radius, y + radius


def test_each_label_is_one_link_with_its_sign_and_name_in_the_books_order(
    linked: list[tuple[str, Tree]], rendered: Rendered
) -> None:
    ids = {
        value(element, "id")
        for section in rendered.sections
        for element in section.tree.iter()
        if element.get("id")
    }
    found = rendered.book.body_map
    for name, place in linked:
        wanted = {label.to for label in found.plates[name].names}
        order = [key for key in (*found.places, *found.zones) if key in wanted]
        links = place.findall(svg(".//s:a"))
        assert [value(link, "href") for link in links] == [f"#{html_id(key)}" for key in order]
        assert {value(link, "href")[1:] for link in links} <= ids
        for key, link in zip(order, links, strict=True):
            named = found.named(key)
            words = getattr(named, "label", named.name)
            assert value(link, "aria-label") == f"{named.sign}. {words}"
            assert plain(link) == words


def test_a_link_holds_the_drawn_shapes_of_its_place_on_both_sides(
    linked: list[tuple[str, Tree]], rendered: Rendered
) -> None:
    for name, place in linked:
        drawn = etree.fromstring(rendered.pictures[plate_file(name, wide=True)].data)
        at = {html_id(label.to): label.at.partition("_")[2] for label in rendered.book.body_map.plates[name].names}
        for link in place.findall(svg(".//s:a")):
            region = at[value(link, "href")[1:]]
            shapes = drawn.findall(svg(f"s:path[@class='region {region}']"))
            areas = link.findall(svg("s:path"))
            assert [value(area, "d") for area in areas] == [value(shape, "d") for shape in shapes]
            assert len(areas) == (1 if name == "side" else 2)
            assert {value(area, "fill") for area in areas} == {"none"}


def test_names_and_discs_lie_in_the_drawing_and_apart(linked: list[tuple[str, Tree]], font: Measure) -> None:
    for name, place in linked:
        (whole,) = place.findall(svg("s:svg"))
        start, _, wide, high = map(float, value(whole, "viewBox").split())
        found = [box for link in place.findall(svg(".//s:a")) for box in boxes(link, font)]
        for left, top, right, bottom in found:
            assert start <= left < right <= start + wide, name
            assert 0 <= top < bottom <= high, name
        for one, other in combinations(found, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            assert apart, (name, one, other)


def test_a_disc_is_as_large_as_a_finger_needs_on_a_small_phone(linked: list[tuple[str, Tree]]) -> None:
    for _, place in linked:
        (whole,) = place.findall(svg("s:svg"))
        wide = float(value(whole, "viewBox").split()[2])
        for disc in place.findall(svg(".//s:a/s:circle")):
            assert 2 * float(value(disc, "r")) * 320 / wide >= 24


def test_the_page_names_and_tells_each_drawing_once(linked: list[tuple[str, Tree]], rendered: Rendered) -> None:
    for name, place in linked:
        plate = rendered.book.body_map.plates[name]
        about, whole = place
        assert value(whole, "aria-label") == plate.title
        assert value(whole, "aria-describedby") == value(about, "id")
        assert letters(plain(about)) == letters(plate.alt)
        assert [text.text for text in whole.findall(svg("s:text"))] == list(plate.sides)
        assert not select(place, ".//*[local-name()='title' or local-name()='desc']")
        assert not place.get("data-plate")


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_drawing_brings_no_ids_and_no_styles_into_the_page(linked: list[tuple[str, Tree]]) -> None:
    for _, place in linked:
        _, whole = place
        assert not select(whole, ".//@id | .//@style")
        kinds = {value(element, "class") for element in whole.iter() if element.get("class")}
        assert all(kind.startswith("plate-") for kind in kinds)


def test_only_the_web_has_places_for_drawings_and_only_e_books_pictures_with_lists(rendered: Rendered) -> None:
    (section,) = (section for section in rendered.sections if section.key == "chapter:body-map")
    counts = {
        medium: [len(select(copy_for(section.tree, "screen", medium), f".//figure[@class='plate']{path}"))
                 for path in ("/div[@data-plate]", "/img", "/ul", "/p")]
        for medium in ("web", "ebook")
    }  # fmt: skip
    assert counts == {"web": [4, 0, 0, 0], "ebook": [0, 4, 4, 4]}


def test_a_label_at_a_spot_without_a_region_has_its_disc_and_name(loaf: Tree) -> None:
    crust, hot = loaf.findall(svg("div[1]/s:svg/s:a"))
    assert [etree.QName(part).localname for part in hot] == ["rect", "circle", "text"]
    assert [value(area, "d") for area in crust.findall(svg("s:path"))] == ["M700 100h80v80z", "M900 100h80v80z"]


def test_names_are_typeset_and_broken_to_their_column(loaf: Tree) -> None:
    crust, hot = loaf.findall(svg("div[1]/s:svg/s:a"))
    assert value(hot, "aria-label") == "X. It’s hot"
    assert [line.text for line in crust.findall(svg("s:text"))] == ["The crust", "of it"]


def test_two_drawings_of_one_plate_have_ids_of_their_own(loaf: Tree) -> None:
    ids = [value(element, "id") for element in loaf.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 3
    assert [value(whole, "aria-describedby") for whole in loaf.findall(svg("div/s:svg"))] == ids[1:]
