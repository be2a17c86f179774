"""The report's own figures: all there, up to date, the same on every redraw, small, told in words, plain in grey."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from lxml import etree
from PIL import Image
from weasyprint import HTML

from book.build.figure_groups import Group
from book.build.figures import RECORD, FigureSet, open_figures, sketch
from book.figure import sheet
from book.figure.data import Data
from book.figure.joints import MIDDLE, SIDED
from book.figure.paint import SURFACES, read_regions
from book.figure.sheet import SVG
from book.figure.spec import Drawing, Labelled, Panel, Stance, built_in_poses, settle
from book.figure.vocabulary import LANDMARKS, PLACES, PROPS, RESTS, SHAPES, VIEWS
from book.kinds.exercise.model import Exercise
from book.render.rendered import Rendered
from book.render.tree import slug
from tests.conftest import ENGINES, ROOT

MOST_BYTES = 40_000
SHARES = 4  # of figures drawn anew
ALIKE = 3.0  # mean difference of grey, of 255, between two engines' pictures
WANTED = [
    "helper-map", "head-over-spine", "posture", "push-and-pull", "floor-down", "floor-up", "cover",
    *(f"area-{number}" for number in range(1, 7)), *(f"knot-{number}" for number in range(1, 6)),
]  # fmt: skip


@pytest.fixture(scope="module")
def figure_set() -> FigureSet:
    return open_figures(ROOT)


def files() -> list[Path]:
    """All that were drawn; that these are all that the book asks for is seen below."""
    return [ROOT / "images" / file for file in json.loads((ROOT / RECORD).read_text("utf-8"))]


def test_every_exercise_has_start_and_finish_and_every_place_its_figure(
    figure_set: FigureSet, rendered: Rendered
) -> None:
    groups = {group.name: group for group in figure_set.groups}
    exercises = [part.name for part in rendered.book.parts if isinstance(part, Exercise)]
    assert len(exercises) == 14
    for name in exercises:
        assert {f"{name}-start.svg", f"{name}-finish.svg"} <= set(groups[name].files)
    assert set(WANTED) <= set(groups)
    for section in rendered.sections:
        assert not section.tree.findall(".//figure[@class='place']"), section.key


def test_the_committed_figures_are_up_to_date(figure_set: FigureSet) -> None:
    assert [group.name for group in figure_set.stale()] == []
    assert figure_set.forgotten() == []


def given(value: Data) -> set[str]:
    """The keys that an author gave, by their kind."""
    kind = "Panel" if isinstance(value, Panel) else type(value).__name__
    return {f"{kind}.{key}" for key in type(value).model_fields if getattr(value, key)}


def kinds_in(group: Group, poses: dict[str, Stance]) -> set[str]:
    """Every kind of thing that the engine must know to draw a group: keys, views, people, rests, props, marks."""
    found: set[str] = set()
    for picture in group.pictures:
        drawing = picture.drawing
        found |= {"labelled"} if isinstance(drawing, Labelled) else set()
        found |= given(drawing)
        for panel in drawing.all_panels():
            stance = settle(panel, poses)
            found |= given(stance) | {f"view {stance.view}", f"shape {stance.shape}", f"rests {stance.rests}"}
            found |= {f"prop {prop.prop}" for prop in stance.props}
            for part in (*stance.props, *stance.arrows, *stance.guides, *stance.discs):
                found |= given(part)
        poses = {**poses, picture.name: drawing.all_panels()[0]}
    return found


def cover(figure_set: FigureSet) -> list[Group]:
    """Groups that between them have every kind of thing: the most new for its panels comes next; none is needless."""
    poses = {**built_in_poses(), **figure_set.kit.poses}
    kinds = {group.name: kinds_in(group, poses) for group in figure_set.groups}
    panels = {
        group.name: sum(len(picture.drawing.all_panels()) for picture in group.pictures)
        for group in figure_set.groups
    }
    chosen: list[Group] = []
    all_kinds = set[str]().union(*kinds.values())
    missing = set(all_kinds)
    while missing:
        best = max(figure_set.groups, key=lambda group: len(kinds[group.name] & missing) / panels[group.name])
        chosen.append(best)
        missing -= kinds[best.name]
    for group in sorted(chosen, key=lambda group: -panels[group.name]):
        others = [other for other in chosen if other is not group]
        if set[str]().union(*(kinds[other.name] for other in others)) >= all_kinds:
            chosen = others
    return chosen


@pytest.mark.parametrize("share", range(SHARES))
def test_drawing_anew_gives_the_committed_bytes_and_no_fault(
    figure_set: FigureSet, tmp_path: Path, share: int
) -> None:
    """Groups that between them have every kind of thing that any figure has, a few in each share.

    That the others too come from these words and this engine, the record tells, which is up to date: no file of it
    was changed since, and none was written with a fault.
    """
    mine = cover(figure_set)[share::SHARES]
    paths, faults = sketch(figure_set, mine, tmp_path, jobs=1)
    assert faults == []
    assert {path.name for path in paths} == {file for group in mine for file in group.files}
    for path in paths:
        assert path.read_bytes() == (ROOT / "images" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_each_figure_is_small_plain_and_told_in_words(file: Path) -> None:
    data = file.read_bytes()
    assert len(data) < MOST_BYTES
    root = etree.fromstring(data)
    width, height = re.fullmatch(r"0 0 (\d+) (\d+)", root.get("viewBox", "")).groups()  # type: ignore[union-attr]
    assert root.get("width") == f"{int(width) / sheet.UNITS_PER_MM:g}mm"
    assert root.get("height") == f"{int(height) / sheet.UNITS_PER_MM:g}mm"
    assert all(root.findtext(f"{{{SVG}}}{name}", "").strip() for name in ("title", "desc"))
    used = {etree.QName(element).localname for element in root.iter()}
    assert used <= {"svg", "title", "desc", "rect", "path", "circle"}
    assert not re.search(rb"style=|var\(|transform|url\(|<image|NaN|\binf\b", data)
    ground = root.find(f"{{{SVG}}}rect")
    assert ground is not None
    assert ground.get("fill") == sheet.WHITE


def test_alt_texts_say_something_else_than_captions_and_than_each_other(rendered: Rendered) -> None:
    told = [
        (pose.alt, pose.caption)
        for part in rendered.book.parts
        if isinstance(part, Exercise)
        for pose in part.head.poses
    ]
    told += [(entry.alt, entry.caption) for entry in rendered.book.figures.figures.values()]
    alts = [alt for alt, _ in told]
    assert all(alt and len(alt.split()) >= 8 for alt in alts)
    assert len(set(alts)) == len(alts)
    assert not set(alts) & {caption for _, caption in told}


def greys(colour: str) -> int:
    return int(Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0)))  # type: ignore[arg-type]


def test_marks_differ_in_grey_from_all_they_lie_on() -> None:
    for mark in (sheet.MARK, sheet.BAN):
        for under in ("skin", "top", "shorts", "hair"):
            if (mark, under) != (sheet.MARK, "shorts"):
                assert abs(greys(mark) - greys(sheet.FILLS[under])) > 20, (mark, under)
    assert abs(greys(sheet.MARK) - greys(sheet.BAN)) > 30


@pytest.mark.parametrize("name", ["body-map-front", "body-map-knots", "area-2", "blade-squeeze-finish"])
def test_marked_places_carry_a_hatch_that_shows_at_60_mm_without_colour(name: str) -> None:
    """Inside a marked place, the grey of the print goes up and down: hatch lines on a lighter ground."""
    root = etree.fromstring((ROOT / "images" / f"{name}.svg").read_bytes())
    regions = [path for path in root.iter(f"{{{SVG}}}path") if (path.get("class") or "").startswith("region ")]
    assert regions
    whole = grey(etree.tostring(root), width_mm=60)
    for other in root.iter(f"{{{SVG}}}path", f"{{{SVG}}}circle", f"{{{SVG}}}rect"):
        if other.get("fill") != "none":
            other.set("fill", "#000000" if other in regions else "#FFFFFF")
        other.set("stroke", "none")
    inside = grey(etree.tostring(root), width_mm=60) < 60
    assert inside.sum() > 200
    assert np.std(whole[inside]) > 25


def grey(svg: bytes, width_mm: float) -> np.ndarray:
    """The picture as WeasyPrint and pdfium print it, at 200 dots an inch, in grey."""
    root = etree.fromstring(svg)
    wide, high = (float(side) for side in root.get("viewBox", "").split()[2:])
    root.set("width", f"{width_mm}mm")
    root.set("height", f"{width_mm * high / wide}mm")
    style = f"<style>@page {{ size: {width_mm}mm {width_mm * high / wide}mm; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}</style>"
    document = pypdfium2.PdfDocument(HTML(string=style + etree.tostring(root, encoding="unicode")).write_pdf())
    try:
        return np.asarray(document[0].render(scale=200 / 72).to_pil().convert("L"), float)
    finally:
        document.close()


@pytest.mark.engine
def test_weasyprint_and_chromium_and_the_reading_engine_draw_alike(
    tmp_path: Path, report: dict[str, Path], run: Callable[..., str]
) -> None:
    """Each figure of three exercises and the map, as pictures: printed, in the browser, and in the e-book reader."""
    names = ["band-row-finish", "neck-side-stretch-finish", "towel-roll-opener-start", "body-map-front"]
    files = [f"exercise-{name.rpartition('-')[0]}.xhtml" for name in names[:3]] + ["chapter-body-map.xhtml"]
    shown = ["--width", "800", "--height", "1000", "--sections", ",".join(files)]
    run("node", ENGINES / "reader.mjs", report["epub"], "--pictures", tmp_path, *shown)
    for name in names:
        data = (ROOT / "images" / f"{name}.svg").read_bytes()
        title = slug(etree.fromstring(data).findtext(f"{{{SVG}}}title", ""))
        printed = grey(data, 100)
        for way in ("read", "browser"):
            with Image.open(io.BytesIO((tmp_path / f"{title}-{way}.png").read_bytes())) as shot:
                seen = np.asarray(shot.convert("L").resize(printed.shape[::-1], Image.Resampling.LANCZOS), float)
            difference = float(np.abs(blurred(seen) - blurred(printed)).mean())
            assert difference < ALIKE, (name, way, difference)


def blurred(picture: np.ndarray) -> np.ndarray:
    """A picture in squares of 4 by 4 dots, so that half a dot's shift of a line does not count."""
    rows, columns = (side // 4 * 4 for side in picture.shape)
    return picture[:rows, :columns].reshape(rows // 4, 4, columns // 4, 4).mean(axis=(1, 3))


def test_the_reference_page_lists_all_that_can_be_named() -> None:
    page = (ROOT / "docs" / "figures.md").read_text("utf-8")
    for name, joint in (MIDDLE | SIDED).items():
        assert f"| `{name}` | {joint.low:g} | {joint.high:g} | {joint.says} |" in page
    for names in (
        VIEWS,
        built_in_poses(),
        LANDMARKS,
        PLACES,
        PROPS,
        RESTS,
        SHAPES,
        read_regions(),
        SURFACES,
        Drawing.model_fields,
    ):
        for name in names:
            assert f"`{name}`" in page, name


def test_the_reference_page_names_nothing_else() -> None:
    page = (ROOT / "docs" / "figures.md").read_text("utf-8")
    for heading, known in [
        ("Views", VIEWS),
        ("Named poses", built_in_poses()),
        ("Things", PROPS),
        ("Joints", MIDDLE | SIDED),
        ("Keys", Drawing.model_fields),
    ]:
        rows = re.search(rf"## {heading}\n.*?(?=\n## |\Z)", page, re.DOTALL)
        assert rows
        assert set(re.findall(r"^\| `([\w-]+)` \|", rows[0], re.MULTILINE)) == set(known), heading
