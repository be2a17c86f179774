"""The command `book draw`: an author's words become pictures, stale ones are known, mistakes are told, none half-made."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from book.build import figures
from book.build.builder import build
from book.build.install import install
from book.commands.cli import main
from book.figure.drawing import Drawn, Kit, Picture
from book.figure.sheet import SVG
from tests.conftest import TINY

EXERCISE = "chapters/exercises/stretch-and-fold.md"
POSES = """poses:
  - name: start
    caption: "Reach into the bowl."
    alt: "A man stands at a table, both hands on its top."
    figure:
      pose: stand
      view: side
      angles: {lean: 20, flex: 45, elbow: 20, wrist: -40}
      touch: {fingertips: table}
      props: [{prop: table, under: fingertips}]
  - name: finish
    caption: "Fold it over to one side."
    alt: "He has turned his chest to the left and lifted his right hand."
    figure:
      pose: start
      angles: {spine_turn: 25, right_flex: 70}
      touch: {right_fingertips: null}
      arrows: [right_palm]
"""


def make_kneader(book: Path) -> Path:
    """Give the bread book an exercise whose poses nobody has drawn before, and a man to do it."""
    file = book / EXERCISE
    text = file.read_text("utf-8")
    start = text.index("poses:")
    end = text.index("easier:")
    file.write_text(text[:start] + POSES + text[end:], "utf-8")
    manifest = book / "book.yaml"
    manifest.write_text(manifest.read_text("utf-8") + "\nperson: man\n", "utf-8")
    return book


@pytest.fixture(scope="module")
def known() -> dict[str, list[Drawn]]:
    """What the drawing engine gave in this file, by what it was asked for."""
    return {}


@pytest.fixture(autouse=True)
def draws_the_same_once(known: dict[str, list[Drawn]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawing engine itself, but the same pictures are drawn once: here it's about which are, and what is told."""
    honest = figures.draw_pictures

    def draw_pictures(pictures: tuple[Picture, ...], kit: Kit) -> list[Drawn]:
        asked = repr((pictures, kit))
        if asked not in known:
            known[asked] = honest(pictures, kit)
        return known[asked]

    monkeypatch.setattr(figures, "draw_pictures", draw_pictures)


@pytest.fixture
def kneader(tiny: Path) -> Path:
    return make_kneader(tiny)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures of the kneader's book after a first `book draw`."""
    book = make_kneader(Path(shutil.copytree(TINY, tmp_path_factory.mktemp("kneader") / "book")))
    result = draw(book)
    assert result.exit_code == 0, result.output
    assert result.stdout.count(".svg") == 2
    return book / "images"


@pytest.fixture
def drawn(kneader: Path, images: Path) -> Path:
    """The kneader's book with its figures drawn."""
    shutil.rmtree(kneader / "images")
    shutil.copytree(images, kneader / "images")
    return kneader


def draw(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["draw", "--root", str(root), "--jobs", "1", *words])


def change(root: Path, old: str, new: str, file: str = EXERCISE) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")


def test_a_new_exercise_gets_its_figures_from_front_matter_alone(drawn: Path, tmp_path: Path) -> None:
    names = ["stretch-and-fold-start.svg", "stretch-and-fold-finish.svg"]
    for name in names:
        data = (drawn / "images" / name).read_bytes()
        assert len(data) < 40_000
        root = etree.fromstring(data)
        assert root.findtext(f"{{{SVG}}}title", "").startswith("Stretch and fold: ")
    start, finish = (etree.fromstring((drawn / "images" / name).read_bytes()) for name in names)
    assert start.get("viewBox") == finish.get("viewBox"), "one frame, so that they differ in what moves"
    assert not start.findall(f"{{{SVG}}}path[@class='arrow']")
    assert finish.findall(f"{{{SVG}}}path[@class='arrow']")
    made = build(drawn, tmp_path / "dist", ("letter", "epub"), lambda _: None)
    assert all(found.item.bytes for found in made)


def test_a_build_asks_for_figures_that_are_not_drawn(kneader: Path) -> None:
    result = CliRunner().invoke(main, ["build", "letter", "--root", str(kneader)])
    assert result.exit_code == 1
    assert (
        'the figure "stretch-and-fold-start.svg" is not drawn yet. Run: book draw stretch-and-fold-start'
        in result.stderr
    )


def test_only_what_changed_is_drawn(drawn: Path) -> None:
    assert draw(drawn).stdout == "All figures are up to date.\n"
    change(drawn, "lean: 20", "lean: 24")
    assert draw(drawn).stdout.count(".svg") == 2
    assert draw(drawn, "--all").stdout.count(".svg") == 2
    assert draw(drawn, "stretch-and-fold-finish").stdout.count(".svg") == 2  # both share a frame


def spoil_words(root: Path) -> None:
    change(root, "spine_turn: 25", "spine_turn: 20")


def spoil_file(root: Path) -> None:
    file = root / "images" / "stretch-and-fold-finish.svg"
    file.write_bytes(file.read_bytes().replace(b"#F3E3D4", b"#FFFFFF"))


def lose_file(root: Path) -> None:
    (root / "images" / "stretch-and-fold-finish.svg").unlink()


def other_person(root: Path) -> None:
    change(root, "person: man", "person: woman", "book.yaml")


@pytest.mark.parametrize("spoil", [spoil_words, spoil_file, lose_file, other_person])
def test_check_tells_stale_figures(drawn: Path, spoil: Callable[[Path], None]) -> None:
    assert draw(drawn, "--check").exit_code == 0
    spoil(drawn)
    before = sorted((path.name, path.read_bytes()) for path in (drawn / "images").iterdir())
    result = draw(drawn, "--check")
    assert result.exit_code == 1
    assert "images/stretch-and-fold-finish.svg is stale. Run: book draw" in result.stderr
    assert sorted((path.name, path.read_bytes()) for path in (drawn / "images").iterdir()) == before


def test_a_figure_that_nothing_asks_for_is_told_and_taken_out(drawn: Path) -> None:
    change(drawn, "  - name: finish", "  - name: folded\n    label: Folded")
    result = draw(drawn, "--check")
    assert "images/stretch-and-fold-finish.svg is stale" in result.stderr
    draw(drawn)
    assert not (drawn / "images" / "stretch-and-fold-finish.svg").exists()
    assert (drawn / "images" / "stretch-and-fold-folded.svg").exists()
    assert (drawn / "images" / "loaf.svg").exists(), "a picture of the author's own stays"


def test_all_mistakes_come_at_once_with_line_and_nearest_name(kneader: Path) -> None:
    change(kneader, "view: side", "view: sde")
    change(kneader, "lean: 20", "lean: 200")
    change(kneader, "fingertips: table", "fingertps: table")
    change(kneader, "[{prop: table,", "[{prop: tabel,")
    change(kneader, "right_flex: 70", "right_felx: 70")
    result = draw(kneader)
    assert result.exit_code == 1
    lines = dict(enumerate((kneader / EXERCISE).read_text("utf-8").split("\n"), 1))
    for word, said in [
        ("view: sde", 'there is no view "sde". Did you mean "side"?'),
        ("lean: 200", "lean must be from -40 to 110 degrees, not 200."),
        ("fingertps: table", 'there is no spot of the body "fingertps".'),
        ("prop: tabel", 'there is no thing "tabel". Did you mean "table"?'),
        ("right_felx", 'there is no joint "right_felx". Did you mean "right_flex"?'),
    ]:
        (line,) = [number for number, text in lines.items() if word in text]
        assert f"{EXERCISE}:{line}: {said}" in result.stderr
    assert "5 problems. Nothing was written." in result.stderr
    assert not (kneader / "images" / "drawn.json").exists()


def test_a_build_tells_the_same_mistakes(drawn: Path) -> None:
    change(drawn, "lean: 20", "lean: 200")
    result = CliRunner().invoke(main, ["build", "letter", "--root", str(drawn)])
    assert "lean must be from -40 to 110 degrees, not 200." in result.stderr


def test_a_pose_with_a_fault_is_not_written_but_can_be_looked_at(drawn: Path, tmp_path: Path) -> None:
    before = (drawn / "images" / "stretch-and-fold-start.svg").read_bytes()
    change(drawn, "fingertips: table}", "left_palm: right_heel}")
    result = draw(drawn)
    assert result.exit_code == 1
    lines = (drawn / EXERCISE).read_text("utf-8").split("\n")
    line = 1 + lines.index("  - name: start")
    assert f"{EXERCISE}:{line}: in stretch-and-fold-start.svg, left_palm misses right_heel by" in result.stderr
    assert "Mend its pose." in result.stderr
    assert (drawn / "images" / "stretch-and-fold-start.svg").read_bytes() == before
    looked = draw(drawn, "--sketch", str(tmp_path / "look"))
    assert looked.exit_code == 0
    assert "left_palm misses right_heel" in looked.stdout
    assert (tmp_path / "look" / "stretch-and-fold-start.svg").exists()


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("figures:\n  crumb: {title: A, alt: Same., caption: Same.}\n", "figures.crumb must not have its caption as alt text"),
        ("figures:\n  crumb: {title: A, alt: B, arrows: [nose], before: {neck: 5}}\n", "must have a caption, since it shows a movement"),
        ("figures:\n  crumb: {alt: B}\n", '"figures.crumb.title" is missing. Add it.'),
        ("figures:\n  crumb: {title: A, alt: B, veiw: side}\n", 'there is no key "figures.crumb.veiw". Did you mean "view"?'),
        ("poses:\n  bow: {pose: stnd}\n", 'there is no pose "stnd". Did you mean "stand"?'),
        ("figures:\n  crumb: {title: A, alt: B, panels: [{pose: bow}, {show: [thumbs]}]}\nposes: {bow: {pose: stand}}\n", 'there is no region "thumbs"'),
    ],
)  # fmt: skip
def test_mistakes_in_the_file_of_figures_are_told(tiny: Path, yaml: str, said: str) -> None:
    (tiny / "images" / "figures.yaml").write_text(yaml, "utf-8")
    result = draw(tiny)
    assert result.exit_code == 1
    assert "images/figures.yaml:" in result.stderr
    assert said in result.stderr


def test_a_broken_region_of_the_books_own_is_told(tiny: Path) -> None:
    (tiny / "images" / "figures.yaml").write_text(
        "regions:\n  crust: {says: crust, pieces: [{on: moon}]}\n", "utf-8"
    )
    result = draw(tiny)
    assert result.exit_code == 1
    assert 'images/figures.yaml:2: region "crust"' in result.stderr


def test_figures_of_a_chapter_bring_their_own_words(tiny: Path, tmp_path: Path) -> None:
    (tiny / "images" / "figures.yaml").write_text(
        "figures:\n  baker: {title: Baker, alt: A woman lifts her arms., caption: Stretch first., pose: high, view: back}\n"
        "poses:\n  high: {pose: stand, angles: {abd: 150}}\n",
        "utf-8",
    )
    chapter = "chapters/baking.md"
    (tiny / chapter).write_text((tiny / chapter).read_text("utf-8") + "\n![](figure:baker)\n", "utf-8")
    assert draw(tiny, "baker").exit_code == 0
    build(tiny, tmp_path / "dist", ("letter", "epub"), lambda _: None)
    change(tiny, "figure:baker", "figure:bakr", chapter)
    result = CliRunner().invoke(main, ["build", "letter", "--root", str(tiny)])
    assert 'there is no figure "bakr" in images/figures.yaml. Did you mean "baker"?' in result.stderr


def test_an_unknown_name_is_an_error_with_the_nearest(kneader: Path) -> None:
    result = draw(kneader, "stretch-and-fld")
    assert result.exit_code == 1
    assert 'there is no figure "stretch-and-fld". Did you mean "stretch-and-fold"?' in result.stderr


@pytest.mark.parametrize(("name", "begins"), [("sheet.png", b"\x89PNG"), ("sheet.pdf", b"%PDF")])
def test_a_sheet_shows_all_figures(drawn: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    result = draw(drawn, "--sheet", str(tmp_path / name))
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_the_record_holds_what_each_figure_came_from(drawn: Path) -> None:
    record = json.loads((drawn / "images" / "drawn.json").read_text("utf-8"))
    assert set(record) == {"stretch-and-fold-start.svg", "stretch-and-fold-finish.svg"}
    (drawn / "images" / "drawn.json").write_text("{", "utf-8")
    assert draw(drawn, "--check").exit_code == 1


WITHOUT = "import sys; sys.modules['numpy'] = None; from book.commands.cli import main; main(sys.argv[1:])"


def test_a_build_needs_no_drawing_engine(drawn: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-c", WITHOUT]
    built = subprocess.run(
        [*words, "build", "epub", "--root", drawn, "--out", tmp_path], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    told = subprocess.run([*words, "draw", "--root", drawn], capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert install("draw") in told.stderr
