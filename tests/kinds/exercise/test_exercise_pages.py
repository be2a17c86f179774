"""Exercise pages keep their promise: every part, in its place, on one page; and a page too full says by how much."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree
from pypdfium2 import raw

from book.assemble.ebook import for_epub
from book.build.figures import open_figures
from book.check.views.layout import MM, Layout
from book.commands.cli import main
from book.figure.sheet import SVG
from book.figure.shots import Kit
from book.kinds.exercise.draw.inset import plan_inset
from book.kinds.exercise.model import Exercise, inset_of
from book.model.editions import EDITIONS
from book.render.pages.templates import long_date
from book.render.rendered import Rendered
from book.render.words.typography import set_type
from tests.conftest import ROOT, TINY, Command, read
from tests.formats.pdf.test_pdf import FRAME, PAPERS, squash, starts_of

TEN_POINTS = 10
EXERCISE = "chapters/exercises/stretch-and-fold.md"


@pytest.fixture(scope="module")
def exercises(rendered: Rendered) -> list[Exercise]:
    return [part for part in rendered.book.parts if isinstance(part, Exercise)]


@pytest.fixture(scope="module")
def layouts(report: dict[str, Path]) -> dict[str, Layout]:
    return {name: read(report[name], EDITIONS[name].margins_mm[0] + FRAME[1] + 3) for name in PAPERS}


def sheets_of(rendered: Rendered, pdf: Path) -> Iterator[tuple[Exercise, int]]:
    """Each exercise with the number of its page, from 0."""
    for part, start in zip(rendered.book.parts, starts_of(rendered, pdf), strict=False):
        if isinstance(part, Exercise):
            yield part, start - 1


def bands(part: Exercise, rendered: Rendered) -> list[list[str]]:
    """The words that stand in an exercise's page, in bands from top to foot, as the reader meets them."""
    labels, head, about = rendered.book.manifest.labels, part.head, rendered.book.manifest
    poses = [f"{pose.step or ''}{pose.label or getattr(labels, pose.name)}. {pose.caption}" for pose in head.poses]
    steps = re.findall(r"(?m)^\d\. (.*)$", part.body)
    source = f"{about.title}, {labels.version} {about.version}, {long_date(rendered.book)}"
    return [
        [head.group],
        [head.title],
        [re.split(r" \[@|\n", part.body.split("## Why")[1].strip())[0]],
        [labels.rounds],
        [*poses, *steps],
        [f"{label} {text}" for label, text in ((labels.easier, head.easier), (labels.harder, head.harder))]
        + [labels.feel, labels.stop_if, *head.stop_if],
        [f"{labels.works} {head.muscles[0]}"],
        [labels.tick],
        [source],
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_each_page_has_all_its_parts_in_order(
    rendered: Rendered, layouts: dict[str, Layout], report: dict[str, Path], paper: str
) -> None:
    count = 0
    for part, number in sheets_of(rendered, report[paper]):
        chars = [char for char in layouts[paper].sheets[number].chars if char.top < layouts[paper].foot]
        text, above = squash("".join(char.text for char in chars)), 0.0
        for band in bands(part, rendered):
            firsts = [text.find(squash(set_type(re.sub(r"\[(.*?)\]\(.*", r"\1", words)))) for words in band]
            assert min(firsts) >= 0, f"{part.name}: {band[firsts.index(-1)]}"
            tops = [chars[first].top for first in firsts]
            assert min(tops) > above, f"{part.name}: {band}"
            above = max(tops)
        count += 1
    assert count == 14


@pytest.mark.parametrize("paper", PAPERS)
def test_the_source_line_is_one_line_of_ten_points_in_the_frame(
    rendered: Rendered, layouts: dict[str, Layout], report: dict[str, Path], paper: str
) -> None:
    about = rendered.book.manifest
    wanted = squash(f"{about.title}, {about.labels.version} {about.version}, {long_date(rendered.book)}")
    bottom = EDITIONS[paper].margins_mm[0] + FRAME[1]
    for part, number in sheets_of(rendered, report[paper]):
        chars = [char for char in layouts[paper].sheets[number].chars if char.top < layouts[paper].foot]
        line = [char for char in chars if abs(char.baseline - max(char.baseline for char in chars)) < 0.1]
        assert "".join(char.text for char in line) == wanted, part.name
        assert all(char.size == pytest.approx(TEN_POINTS, abs=0.01) for char in line), part.name
        assert max(char.bottom for char in line) < bottom + 0.5, part.name


@pytest.mark.parametrize("paper", PAPERS)
def test_the_inset_stands_whole_at_the_top_right_of_the_frame(
    rendered: Rendered, report: dict[str, Path], paper: str
) -> None:
    top, _, _, left = EDITIONS[paper].margins_mm
    document = pypdfium2.PdfDocument(report[paper])
    try:
        for part, number in sheets_of(rendered, report[paper]):
            width, height = size_mm(ROOT / "images" / (inset_of(part) or ""))
            (found,) = [
                shape
                for shape in shapes(document[number])
                if shape[2] - shape[0] == pytest.approx(width, abs=0.2)
                and shape[3] - shape[1] == pytest.approx(height, abs=0.2)
            ]
            assert found[2] == pytest.approx(left + FRAME[0], abs=8), part.name
            assert left + 100 < found[0] < found[2] < left + FRAME[0] + 0.3, part.name
            assert top < found[1] < found[3] < top + 30, part.name
    finally:
        document.close()


def shapes(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """The boxes of drawn shapes on a page, in mm from its top left: the white ground of a figure is as big as it is."""
    height = page.get_height()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=6):
        left, bottom, right, top = item.get_bounds()
        yield left / MM, (height - top) / MM, right / MM, (height - bottom) / MM


def size_mm(svg: Path) -> tuple[float, float]:
    root = etree.fromstring(svg.read_bytes())
    return tuple(float((root.get(side) or "").removesuffix("mm")) for side in ("width", "height"))  # type: ignore[return-value]


def test_every_exercise_says_what_it_works_and_shows_it_small(exercises: list[Exercise]) -> None:
    for part in exercises:
        assert part.head.works, part.name
        file = ROOT / "images" / (inset_of(part) or "")
        width, height = size_mm(file)
        assert width <= 48
        assert height <= 26
        root = etree.fromstring(file.read_bytes())
        assert root.xpath("//*[starts-with(@class, 'region ')]"), part.name
        assert not root.findall(f"{{{SVG}}}circle"), "no numbers on so small a picture"
        assert all(muscle in root.findtext(f"{{{SVG}}}desc", "") for muscle in part.head.muscles)


@pytest.mark.parametrize(
    ("works", "views", "down_to"),
    [
        (("rhomboids", "trapezius-middle"), ["back"], "thigh"),
        (("pectoralis-major",), ["front"], "thigh"),
        (("pectoralis-major", "rhomboids"), ["front", "back"], "thigh"),
        (("serratus-anterior", "trapezius-lower"), ["side", "back"], "thigh"),
        (("hamstrings",), ["back"], "knee"),
        (("levator-scapulae",), ["back"], "shoulder-tip"),
        (("left_biceps",), ["front"], "thigh"),
    ],
)
def test_an_inset_takes_as_few_views_and_as_much_body_as_it_needs(
    works: tuple[str, ...], views: list[str], down_to: str
) -> None:
    drawing = plan_inset(works, Kit())
    assert [panel.view for panel in drawing.panels] == views
    assert all(panel.crop[-1] == down_to and panel.show == works for panel in drawing.panels)


def test_a_region_under_the_hair_is_refused() -> None:
    with pytest.raises(ValueError, match=r'the region "suboccipitals" lies under the hair'):
        plan_inset(("suboccipitals",), Kit())


def test_draw_tells_a_region_that_cannot_be_seen(tiny: Path) -> None:
    change(tiny, "equipment:", "muscles: [Nape]\nworks: [suboccipitals]\nequipment:")
    result = CliRunner().invoke(main, ["draw", "--root", str(tiny)])
    assert f'{EXERCISE}:6: the region "suboccipitals" lies under the hair' in result.stderr
    assert "Take it out of works." in result.stderr


def test_the_inset_belongs_to_its_exercise(exercises: list[Exercise]) -> None:
    groups = {group.name: group.files for group in open_figures(ROOT).groups}
    assert all(inset_of(part) in groups[part.name] for part in exercises)


def test_pictures_carry_the_number_of_their_step(rendered: Rendered, exercises: list[Exercise]) -> None:
    for part in exercises:
        assert any(pose.step for pose in part.head.poses), part.name
    row = next(leaf for leaf in for_epub(rendered) if leaf.file == "exercise-band-row.xhtml")
    said = ["".join(caption.itertext()) for caption in row.body.iter("figcaption")]
    assert "Finish, step 3. Pull your elbows to your sides." in [" ".join(text.split()) for text in said]
    alts = [picture.get("alt") for picture in row.body.iter("img")]
    assert any(alt and alt.startswith("A small body map shows where it works: Between your blades") for alt in alts)
    assert not row.body.xpath('.//*[@class="source-line" or @class="shows"]'), "print's own"


def change(root: Path, old: str, new: str, file: str = EXERCISE) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def fill_page(root: Path, steps: int, file: str = EXERCISE) -> None:
    """Put lines of 6 mm each into the column of steps: an exercise grows by a known amount."""
    change(root, "Wet your hands.", "<br/>".join(["Wet"] * steps) + " your hands.", file)


def over(said: str, name: str = "stretch-and-fold") -> float:
    found = re.search(rf"{name}\.md:1: takes \d pages in the edition \S+: (\d+) mm too much\. Shorten", said)
    assert found, said
    return float(found[1])


ALONE = ("handout", "--only", "exercise:stretch-and-fold")  # its page is that of the whole book, laid out sooner


@pytest.mark.parametrize("more", [1, 40])
def test_an_exercise_too_long_says_by_how_much(command: Command, more: int) -> None:
    fill_page(command.root, 40)
    before = over(command(*ALONE).stderr)
    change(command.root, "Wet<br/>", "Wet<br/>" * (more + 1))
    assert over(command(*ALONE).stderr) - before == pytest.approx(6 * more, abs=1)


def test_the_measure_is_the_truth(command: Command) -> None:
    """Taking away what is too much makes it fit; a line less than that does not."""
    fill_page(command.root, 40)
    lines = -(-over(command("letter").stderr) // 6)
    text = (command.root / EXERCISE).read_text("utf-8")
    for taken, code in ((lines - 1, 1), (lines, 0)):
        (command.root / EXERCISE).write_text(text.replace("Wet<br/>", "", int(taken)), "utf-8")
        assert command("letter").exit_code == code, taken


def test_all_exercises_too_long_are_told_at_once_and_the_last_edition_stays(command: Command) -> None:
    dist = command.root / "dist"
    dist.mkdir()
    (dist / "first-loaf-letter.pdf").write_bytes(b"the last good edition")
    second = EXERCISE.replace("stretch-and-fold", "shape")
    (command.root / second).write_text((TINY / EXERCISE).read_text("utf-8"), "utf-8")
    change(
        command.root,
        "  - exercise:stretch-and-fold",
        "  - exercise:stretch-and-fold\n  - exercise:shape",
        "book.yaml",
    )
    fill_page(command.root, 40)
    fill_page(command.root, 50, second)
    said = command("letter").stderr
    assert over(said, "shape") - over(said) == pytest.approx(60, abs=1)
    assert "2 problems. Nothing was written." in said
    assert (dist / "first-loaf-letter.pdf").read_bytes() == b"the last good edition"


def test_links_and_pictures_count_in_the_measure(command: Command) -> None:
    """Page numbers that print adds to links are measured as well: they can take a line of their own."""
    change(command.root, "easier: Use a spatula.", "easier: " + "See [](chapter:baking). " * 60)
    assert over(command("letter").stderr) > 0
