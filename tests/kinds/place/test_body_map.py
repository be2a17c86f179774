"""The body map: from the printed page alone, from its data, and from what authors get wrong in it."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pymupdf
import pytest
from click.testing import CliRunner
from lxml import etree

from book.commands.cli import main
from book.figure.leaders import cross, leader_faults, place_discs
from book.kinds.place.render.map_names import NAME_FONT, measure
from book.render.rendered import Rendered
from tests.conftest import ROOT
from tests.test_report_figures import grey

MM = 72 / 25.4
FRAME = {"letter": (23.95, 21, 191.95, 255), "a4": (21, 27, 189, 261)}
TEAL, INK = (0x0B, 0x4F, 0x5C), (0x22, 0x28, 0x2C)
LEADER_MM, DISC_MM = 0.26, 7.4


@dataclass
class Name:
    """A name on a plate as it is printed: its box, its words, the page printed below it, the page its link opens."""

    box: pymupdf.Rect
    words: str
    printed: int
    opens: int


@dataclass
class Drawn:
    """What one page shows: leaders as pairs of points, discs with their signs, names."""

    number: int
    leaders: list[tuple[np.ndarray, np.ndarray]]
    discs: dict[str, list[pymupdf.Rect]]
    names: list[Name]


def colour(given: object) -> tuple[int, ...] | None:
    return tuple(round(part * 255) for part in given) if given else None  # type: ignore[attr-defined]


def read_page(page: pymupdf.Page) -> Drawn:
    drawings = page.get_drawings()
    leaders = [
        (np.array(drawing["items"][0][1]), np.array(drawing["items"][0][2]))
        for drawing in drawings
        if [item[0] for item in drawing["items"]] == ["l"]
        and abs((drawing["width"] or 0) / MM - LEADER_MM) < 0.01
        and colour(drawing["color"]) == INK
    ]
    words = [(pymupdf.Rect(word[:4]), word[4]) for word in page.get_text("words")]
    discs: dict[str, list[pymupdf.Rect]] = {}
    for drawing in drawings:
        box = drawing["rect"]
        if colour(drawing["fill"]) == TEAL and abs(box.width / MM - DISC_MM) < 0.1 > abs(box.height - box.width):
            (sign,) = [text for place, text in words if box.contains((place.tl + place.br) / 2)]
            discs.setdefault(sign, []).append(box)
    return Drawn(page.number + 1, leaders, discs, names_of(page, words))


def names_of(page: pymupdf.Page, words: list[tuple[pymupdf.Rect, str]]) -> list[Name]:
    """Join the links of a name's lines, of which the last says its page; links in the text have no such line."""
    found: list[Name] = []
    lines: list[tuple[pymupdf.Rect, str, int]] = []
    for link in page.get_links():
        box, opens = pymupdf.Rect(link["from"]), link["page"] + 1
        inside = " ".join(text for place, text in words if box.contains((place.tl + place.br) / 2))
        if lines and lines[-1][2] != opens:
            lines = []
        match = re.fullmatch(r"page (\d+)", inside)
        if not match:
            lines += [(box, inside, opens)] if inside else []
        elif lines:
            for part, _, _ in lines:
                box |= part
            found.append(Name(box, " ".join(text for _, text, _ in lines), int(match[1]), opens))
            lines = []
    return found


@pytest.fixture(scope="module", params=["letter", "a4"])
def maps(request: pytest.FixtureRequest, report: dict[str, Path]) -> tuple[str, list[Drawn], dict[int, Drawn]]:
    """The pages of one paper that show leaders and printed discs, and those that their names open."""
    with pymupdf.open(report[request.param]) as document:
        pages = [page for page in document if page.get_text("words")]
        shown = [read_page(page) for page in pages if "From the " in page.get_text()]
        shown = [page for page in shown if page.leaders and page.discs]
        opened = {name.opens for page in shown for name in page.names}
        return request.param, shown, {number: read_page(document[number - 1]) for number in opened}


def test_the_map_shows_all_places_and_the_zone(maps: tuple[str, list[Drawn], dict[int, Drawn]]) -> None:
    _, shown, _ = maps
    assert set(shown[0].discs) == {*"123456X", "K1", "K2", "K3", "K4", "K5"}
    assert len(shown[0].leaders) == sum(map(len, shown[0].discs.values())) == len(shown[0].names) == 13
    assert set(shown[1].discs) == {"K1", "K2", "K3", "K4", "K5"}


def test_each_name_stands_in_the_frame_and_on_no_other(maps: tuple[str, list[Drawn], dict[int, Drawn]]) -> None:
    paper, shown, _ = maps
    frame = pymupdf.Rect(*(side * MM for side in FRAME[paper]))
    for page in shown:
        boxes = [name.box for name in page.names] + [box for found in page.discs.values() for box in found]
        for box in boxes:
            assert frame.contains(pymupdf.Rect(box.x0 + 0.1, box.y0 + 0.1, box.x1 - 0.1, box.y1 - 0.1)), (
                page.number,
                box,
            )
        for one, other in combinations(boxes, 2):
            assert (one & other).is_empty or (one & other).get_area() < 1, (page.number, one, other)


def test_no_leader_crosses_another_or_a_name_or_anothers_disc(
    maps: tuple[str, list[Drawn], dict[int, Drawn]],
) -> None:
    _, shown, _ = maps
    for page in shown:
        discs = [box for found in page.discs.values() for box in found]
        for (a, b), (c, d) in combinations(page.leaders, 2):
            assert not cross(a, b, c, d), page.number
        for start, end in page.leaders:
            met = [box for box in discs if touches(start, end, box)]
            assert len(met) == 1, (page.number, start, end)
            assert not [name.words for name in page.names if touches(start, end, name.box)]


def touches(start: np.ndarray, end: np.ndarray, box: pymupdf.Rect) -> bool:
    points = start + np.linspace(0, 1, 200)[:, None] * (end - start)
    inside = (points > [box.x0, box.y0]).all(axis=1) & (points < [box.x1, box.y1]).all(axis=1)
    return bool(inside.any())


def test_each_sign_and_page_is_that_of_the_place_it_names(
    maps: tuple[str, list[Drawn], dict[int, Drawn]],
) -> None:
    _, shown, opened = maps
    for page in shown:
        for name in page.names:
            assert name.printed == name.opens, name
            middle = (name.box.y0 + name.box.y1) / 2
            beside = {
                sign: min(abs(box.x0 - name.box.x1), abs(name.box.x0 - box.x1))
                for sign, boxes in page.discs.items()
                for box in boxes
                if abs((box.y0 + box.y1) / 2 - middle) < 0.5 * MM
            }
            sign = min(beside, key=lambda sign: beside[sign])
            assert beside[sign] < 3 * MM
            assert sign == "X" or sign in opened[name.opens].discs, name


def test_left_and_right_are_named_under_each_plate(report: dict[str, Path]) -> None:
    with pymupdf.open(report["letter"]) as document:
        page = next(page for page in document if "From your right side" in page.get_text())
        lines = [
            (round(found["bbox"][3]), found["bbox"][0], "".join(span["text"] for span in found["spans"]))
            for block in page.get_text("dict")["blocks"]
            for found in block.get("lines", ())
        ]
        deepest = max(box.y1 for boxes in read_page(page).discs.values() for box in boxes)
    sides = sorted(found for found in lines if re.fullmatch(r"your (left|right)( side)?", found[2]))
    assert [words for _, _, words in sides] == [
        *("your right", "your left", "your right side"),
        *("your left", "your right", "your left", "your right"),
    ]
    assert sides[-1][0] > deepest > sides[0][0]


def test_the_e_book_has_every_place_as_a_link(report: dict[str, Path], rendered: Rendered) -> None:
    found = rendered.book.body_map
    with ZipFile(report["epub"]) as book:
        page = etree.fromstring(book.read("EPUB/chapter-body-map.xhtml"))
        for key in (*found.places, *found.zones):
            (href,) = {
                str(href)
                for href in page.xpath("//*[local-name()='a']/@href")
                if href.endswith("#" + key.replace(":", "-"))
            }
            file, _, name = href.partition("#")
            assert etree.fromstring(book.read(f"EPUB/{file}")).xpath(f"//*[@id='{name}']"), href
        pictures = page.xpath("//*[local-name()='img']/@src")
        assert pictures == [f"images/body-map-{plate}.svg" for plate in found.plates]
        sides = page.xpath("//*[@class='sides']")
        assert [" ".join(side.itertext()).split() for side in sides] == [
            " ".join(plate.sides).split() for plate in found.plates.values()
        ]


def test_discs_in_other_figures_carry_the_signs_of_the_map(rendered: Rendered) -> None:
    places = rendered.book.body_map.places
    checked = 0
    for entry in rendered.book.figures.figures.values():
        for panel in entry.all_panels():
            for disc in panel.discs:
                region = disc.at.removeprefix("left_").removeprefix("right_")
                key = re.sub(r"-(\d+)$", r":\1", region)
                if key in places:  # elsewhere a disc counts the steps of a move
                    assert places[key].sign == str(disc.number), (entry.title, disc)
                    checked += 1
    assert checked == 6


@pytest.mark.parametrize("plate", ["front", "side"])
def test_the_zone_is_told_from_the_places_without_colour(plate: str) -> None:
    """Hatch runs one way, cross-hatch two: told by how much the grey's slopes agree in direction, at 60 mm."""
    root = etree.fromstring((ROOT / "images" / f"body-map-{plate}.svg").read_bytes())
    whole = grey(etree.tostring(root), width_mm=60)
    agreement = {}
    for fill, kind in (("#E3963F", "place"), ("#BC5A35", "zone")):
        mask = etree.fromstring(etree.tostring(root))
        for shape in mask.iter("{*}path", "{*}circle", "{*}rect"):
            mine = (shape.get("class") or "").startswith("region ") and shape.get("fill") == fill
            if shape.get("fill") != "none":
                shape.set("fill", "#000000" if mine else "#FFFFFF")
            shape.set("stroke", "none")
        inside = grey(etree.tostring(mask), width_mm=60) < 60
        assert inside.sum() > 150, kind
        down, across = np.gradient(whole)
        xx, yy, xy = ((across**2)[inside].sum(), (down**2)[inside].sum(), (across * down)[inside].sum())
        agreement[kind] = float(np.hypot(xx - yy, 2 * xy) / (xx + yy))
    assert agreement["place"] > 0.3
    assert agreement["zone"] < agreement["place"] / 2


def test_discs_stand_apart_near_their_spots_and_their_lines_never_cross() -> None:
    chance = np.random.default_rng(7)
    for _ in range(200):
        spots = chance.uniform([20, 0], [60, 80], (5, 2))
        discs = place_discs(spots, 0.0, (7, 73), 14)
        heights = np.sort(discs[:, 1])
        assert (np.diff(heights) >= 14 - 1e-9).all()
        assert heights[0] >= 7 - 1e-9
        assert heights[-1] <= 73 + 1e-9
        for a, b in combinations(range(5), 2):
            assert not cross(spots[a], discs[a], spots[b], discs[b])


def test_a_lonely_disc_stands_level_with_its_spot() -> None:
    assert place_discs(np.array([[30.0, 41.0]]), 5, (7, 73), 14).tolist() == [[5.0, 41.0]]


def test_too_many_labels_for_a_column_are_refused_with_measures() -> None:
    with pytest.raises(ValueError, match="5 labels of 20 mm need 100 mm, and their column has 80 mm"):
        place_discs(np.zeros((5, 2)), 0, (10, 70), 20)


def test_lines_of_two_columns_that_cross_are_told() -> None:
    spots, discs = np.array([[30.0, 10], [10.0, 10]]), np.array([[0.0, 12], [40.0, 12]])
    said = list(leader_faults(["a", "b"], spots, discs, 3))
    assert said[0] == "the lines of a and b cross: give one of them the other column"


def test_a_line_through_anothers_disc_is_told() -> None:
    spots, discs = np.array([[10.0, 0], [10.0, 30]]), np.array([[10.0, 20], [0.0, 30]])
    assert "the line of a runs into the disc of b" in " ".join(
        leader_faults(["a", "b"], spots, np.array([[10.0, 40], [10.0, 25]]), 3)
    )
    assert not list(leader_faults(["a", "b"], spots, discs, 3))


def test_names_are_measured_as_the_pdf_sets_them(report: dict[str, Path]) -> None:
    font = measure((ROOT / "styles" / NAME_FONT).read_bytes())
    with pymupdf.open(report["letter"]) as document:
        page = next(
            page for page in document if "The body map" in page.get_text() and "From the front" in page.get_text()
        )
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
            if abs(span["size"] - 12) < 0.1
            and "Sans" in span["font"]
            and "Semi-Bold" in span["font"]
            and len(span["text"]) > 6
        ]
    assert len(spans) > 10
    for span in spans:
        wide = (span["bbox"][2] - span["bbox"][0]) / MM
        assert font.mm(span["text"].rstrip(), 12) == pytest.approx(wide, abs=0.8)


# what authors get wrong


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the report, to spoil."""
    root = tmp_path / "report"
    for name in ("chapters", "images", "styles"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "book.yaml", root)
    return root


def build(root: Path, *more: str) -> str:
    result = CliRunner().invoke(main, ["build", "letter", "--root", str(root), *more])
    assert result.exit_code == 1
    assert not (root / "dist").exists()
    return result.stderr


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")


def line(root: Path, file: str, phrase: str) -> int:
    lines = (root / file).read_text("utf-8").split("\n")
    return next(number for number, text in enumerate(lines, 1) if phrase in text)


def test_a_renamed_place_is_told_wherever_the_old_name_stands(copy: Path) -> None:
    change(copy, "images/body-map.yaml", '  "area:3":\n', '  "area:33":\n')
    said = build(copy)
    at = line(copy, "images/body-map.yaml", '{to: "area:3"')
    assert f'images/body-map.yaml:{at}: there is no place or zone "area:3" here. Did you mean "area:33"?' in said


def test_a_place_that_no_chapter_shows_and_old_links_to_it_are_told(copy: Path) -> None:
    change(copy, "chapters/six-areas.md", "/// place | area:3\n", "/// place | area:2\n")
    said = build(copy)
    at = line(copy, "chapters/dont-blast-it.md", "(area:3)")
    assert (
        f'chapters/dont-blast-it.md:{at}: the cross-reference "area:3" leads nowhere. Did you mean "area:' in said
    )
    at = line(copy, "images/body-map.yaml", '  "area:3":')
    assert f'images/body-map.yaml:{at}: "area:3" leads nowhere in this book. Did you mean "area:' in said
    assert 'the id "area:2" is already used in chapters/six-areas.md. Rename one.' in said


CASES: list[tuple[str, str, str, str, str]] = [
    ("a place in a chapter that the map lacks", "chapters/six-areas.md", "place | area:1", "place | area:7",
     'chapters/six-areas.md:{place | area:7}: there is no place "area:7" in images/body-map.yaml. Did you mean "area:'),
    ("an empty block of a place that the map lacks", "chapters/where-knots-sit.md", "place | knot:2", "place | knot:9",
     'chapters/where-knots-sit.md:{place | knot:9}: there is no place "knot:9" in images/body-map.yaml. Did you mean "knot:'),
    ("a plate that the map lacks", "chapters/where-knots-sit.md", "/// map | knots", "/// map | knotts",
     'there is no plate "knotts" in images/body-map.yaml. Did you mean "knots"?'),
    ("a map without a word on how to read it", "chapters/where-knots-sit.md",
     "Each sign on a disc, such as K1, is a spot in this chapter, on your left and on your right.\n", "",
     "a map needs a line that says how to read it."),
    ("a name too wide for its column", "images/body-map.yaml", "name: Front fold of your armpit", "name: Frontfoldofyourownleftarmpit",
     'images/body-map.yaml:{"area:5":}: "Frontfoldofyourownleftarmpit" is'),
    ("a name too high for its gap", "images/body-map.yaml", "name: Front fold of your armpit", "name: The fold in front of your own armpit",
     'images/body-map.yaml:{"area:5":}: "The fold in front of your own armpit" takes 19 mm on the map'),
    ("a figure that is not there", "images/body-map.yaml", "figure: area-3", "figure: area-33",
     'there is no figure "area-33" in images/figures.yaml. Did you mean "area-'),
    ("a spot that no body has", "images/body-map.yaml", "at: right_area-5", "at: right_area-55",
     'there is no spot of the body "right_area-55". Did you mean "right_area-5"?'),
    ("a sign that cannot be drawn", "images/body-map.yaml", "sign: K1", "sign: k1",
     'sign must be 1 or 2 digits or capital letters, not "k1".'),
    ("a label without a column", "images/body-map.yaml", "columns_mm: [0, 37]\n    gap_mm: 17", "columns_mm: [37, 0]\n    gap_mm: 17",
     'must give columns_mm a right column, since "knot:1" stands there'),
    ("a link in the map's words", "images/body-map.yaml", "(chapter:need-a-helper)", "(chapter:need-a-helpr)",
     '"chapter:need-a-helpr" leads nowhere in this book. Did you mean "chapter:need-a-helper"?'),
    ("a source in the map's words", "images/body-map.yaml", "[@S33]", "[@S333]",
     'there is no source "S333" in chapters/sources.yaml. Did you mean "S33"?'),
    ("an id in a part", "images/body-map.yaml", 'upper-arm: {name: Upper arm, see: ["area:4"]}', 'upper-arm: {name: Upper arm, see: ["aria:4"]}',
     '"aria:4" leads nowhere in this book. Did you mean "area:4"?'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_says_what_is_wrong_with_a_map(copy: Path, file: str, old: str, new: str, said: str) -> None:
    change(copy, file, old, new)
    heard = build(copy)
    wanted = re.sub(r"\{(.+?)\}", lambda match: str(line(copy, file, match[1])), said)
    assert wanted in heard


def test_a_plate_drawn_before_a_place_was_added_asks_to_be_drawn(copy: Path) -> None:
    change(copy, "images/body-map-front-wide.svg", 'id="area-5"', 'id="area-9"')
    assert "the drawn map does not show it yet. Run: book draw" in build(copy)


def test_an_overfull_pressing_page_is_told_by_how_much(copy: Path) -> None:
    change(copy, "images/body-map.yaml", "Rest that arm on a pillow.", "Rest that arm on a pillow. " * 90)
    said = build(copy, "--only", "chapter:six-areas")
    at = line(copy, "images/body-map.yaml", '"area:5":')
    assert re.search(
        rf"images/body-map.yaml:{at}: takes \d pages in the edition letter: \d+ mm too much\. Shorten", said
    )


def test_another_book_gets_a_map_by_writing_one(tiny: Path, run: Callable[..., str]) -> None:
    (tiny / "images" / "body-map.yaml").write_text(BAKER, "utf-8")
    chapter = tiny / "chapters" / "baking.md"
    chapter.write_text(chapter.read_text("utf-8") + BAKED, "utf-8")
    runner = CliRunner()
    drawn = runner.invoke(main, ["draw", "body-map-front", "--root", str(tiny)])
    assert drawn.exit_code == 0, drawn.stderr
    assert "body-map-front-wide.svg" in drawn.output
    made = runner.invoke(main, ["build", "letter", "epub", "--root", str(tiny)])
    assert made.exit_code == 0, made.stderr
    with pymupdf.open(tiny / "dist" / "first-loaf-letter.pdf") as document:
        page = next(page for page in document if "Hatched is where flour goes" in page.get_text())
        shown = read_page(page)
        assert set(shown.discs) >= {"A", "B"}
        assert {name.words.strip() for name in shown.names} == {"Hands", "Apron"}
        assert all(name.printed == name.opens for name in shown.names)


BAKER = """\
find: {title: Find by tool, lede: What is in your kitchen?, column: Tool}
parts:
  bowl: {name: A bowl, see: ["step:mix", "on:hands"]}
  oven: {name: An oven, see: ["chapter:baking"]}
plates:
  front:
    title: From the front
    alt: A baker seen from the front, with two hatched places.
    sides: [your right, your left]
    width_mm: 81
    height_mm: 70
    columns_mm: [30, 0]
    view: front
    pose: stand
    crop: [crown, navel, left_elbow, right_elbow]
    show: [biceps, pectoralis-major]
    names:
      - {to: "on:hands", at: right_biceps, column: left}
      - {to: "on:apron", at: right_pectoralis-major, column: left}
places:
  "on:hands": {sign: A, name: Hands, how_hard: 2, seconds: 10, find: Look down., press: Rub gently., care: [Not too hard.]}
  "on:apron": {sign: B, name: Apron, how_hard: 1–2, seconds: 5, find: Look down again., press: Pat it., care: [Mind the oven.]}
"""
BAKED = """

/// map

Hatched is where flour goes.

///

/// map-table

///

/// place | on:hands
///

/// place | on:apron
///
"""
