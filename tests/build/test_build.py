"""From one source in one pass: editions side by side, kept when nothing changed, listed, and the same anywhere."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from book.build import manifest_json, versions
from book.build.builder import build, choose
from book.build.manifest_json import FILE
from book.build.recipes import recipes_for
from book.formats.recipe import Assets
from book.layout import engine
from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.loader import load
from book.load.styles import Styles
from book.model.editions import EDITIONS
from book.render.renderer import render
from tests.conftest import ROOT, TINY, Command
from tests.model.test_sheets import add

Run = Callable[..., str]
SOURCES = ("book.yaml", "chapters", "images", "styles")
KINDS = ("letter", "large-print", "fillable", "booklet", "press", "log", "epub", "kindle", "text", "web")
USUAL = ("letter", "a4", "epub")  # what the tiny book lists: its site offers them
NO_PART = [name for name, row in EDITIONS.items() if (row.holds or not row.part) and name != "wall-sheet"]


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules of each paper on which something is laid out, in this process."""
    seen: list[str] = []
    honest = engine.Engine.lay_out

    def lay_out(press: engine.Engine, html: str, rules: str, *rest: str, **more: bool) -> engine.Pdf:
        seen.append(rules)
        return honest(press, html, rules, *rest, **more)

    monkeypatch.setattr(engine.Engine, "lay_out", lay_out)
    return seen


def test_only_what_a_change_touches_is_made_again(command: Command, tiny: Path, laid_out: list[str]) -> None:
    assert command("letter", "log").exit_code == 0
    chapter = tiny / "chapters" / "baking.md"
    chapter.write_text(chapter.read_text("utf-8") + "\nEat it warm.\n", "utf-8")
    laid_out.clear()
    said = command("letter", "log").stdout.splitlines()
    assert [line.endswith("unchanged") for line in said] == [False, True]
    assert len(laid_out) == 1


@pytest.mark.parametrize("file", ["book.yaml", "styles/print.css", "chapters/baking.md"])
def test_whatever_has_a_say_in_a_file_makes_it_stale(
    command: Command, tiny: Path, laid_out: list[str], file: str
) -> None:
    assert command("handout", "--only", "chapter:baking").exit_code == 0
    path = tiny / file
    path.parent.mkdir(exist_ok=True)
    if file == "book.yaml":
        path.write_text(path.read_text("utf-8").replace('version: "0.3"', 'version: "0.4"'), "utf-8")
    else:
        old = path.read_text("utf-8") if path.exists() else (ROOT / file).read_text("utf-8")
        path.write_text(old.replace("The pot", "The iron pot") + "\n", "utf-8")
    laid_out.clear()
    assert "unchanged" not in command("handout", "--only", "chapter:baking").stdout
    assert len(laid_out) == 1


def test_another_engine_makes_everything_stale(
    command: Command, laid_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("log").exit_code == 0
    monkeypatch.setattr(versions, "pango_version", lambda: "9.9.9")
    versions.tools.cache_clear()
    laid_out.clear()
    try:
        assert "unchanged" not in command("log").stdout
    finally:
        versions.tools.cache_clear()
    assert len(laid_out) == 1


@pytest.mark.parametrize("harm", ["changed", "gone", "list broken"])
def test_a_file_that_is_not_as_listed_is_made_again(
    command: Command, tiny: Path, laid_out: list[str], harm: str
) -> None:
    assert command("log").exit_code == 0
    path, listing = tiny / "dist" / "first-loaf-log.pdf", tiny / "dist" / FILE
    good = path.read_bytes()
    if harm == "changed":
        path.write_bytes(good + b"%")
    elif harm == "gone":
        path.unlink()
    else:
        listing.write_text(listing.read_text("utf-8")[:-9], "utf-8")
    laid_out.clear()
    assert command("log").exit_code == 0
    assert len(laid_out) == 1
    assert path.read_bytes() == good


def test_what_several_editions_need_is_laid_out_once(command: Command, laid_out: list[str]) -> None:
    assert command("letter", "epub").exit_code == 0
    assert len(laid_out) == 2  # Letter, and the picture of the cover


def test_the_listing_tells_the_truth(command: Command, tiny: Path) -> None:
    add(tiny, 'changes:\n  - {version: "0.3", date: 2026-03-01, says: [More salt.]}\n')
    assert command("letter", "epub").exit_code == 0
    assert command("log").exit_code == 0  # the others stay listed
    told = json.loads((tiny / "dist" / FILE).read_text("utf-8"))
    assert (told["title"], told["version"], told["date"]) == ("Your first loaf", "0.3", "2026-03-01")
    assert told["changes"] == [{"version": "0.3", "date": "2026-03-01", "says": ["More salt."]}]
    assert [item["edition"] for item in told["editions"]] == ["letter", "log", "epub"]
    for item in told["editions"]:
        data = (tiny / "dist" / item["file"]).read_bytes()
        assert item["bytes"] == len(data)
        assert item["sha256"] == hashlib.sha256(data).hexdigest()
        assert (item["version"], item["date"]) == ("0.3", "2026-03-01")
    letter, log, epub = told["editions"]
    assert (letter["pages"], letter["unit"], log["pages"], epub["unit"]) == (10, "pages", 1, "sections")
    assert len({item["sources_sha256"] for item in told["editions"]}) == 1


def test_the_colophon_says_what_is_new(command: Command, tiny: Path, run: Run) -> None:
    add(tiny, 'changes:\n  - {version: "0.3", date: 2026-03-01, says: [More salt., Less flour.]}\n')
    assert command("letter", "--only", "page:colophon").exit_code == 0
    said = run("pdftotext", "-layout", tiny / "dist" / "first-loaf-letter-page-colophon.pdf", "-")
    assert " 0.3, 1 March 2026 More salt. Less flour." in " ".join(said.split())


@pytest.fixture(scope="module")
def in_turn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The tiny book in an edition of every kind, made one after another, and what was told meanwhile."""
    out, steps = tmp_path_factory.mktemp("in turn"), []
    build(TINY, out, KINDS, steps.append, jobs=1)
    return out, steps


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_run_lays_nothing_out(
    in_turn: tuple[Path, list[str]], tiny: Path, command: Command, laid_out: list[str]
) -> None:
    """An edition of every kind. The others are rows of the same kinds: what they are made from stays the same."""
    shutil.copytree(in_turn[0], tiny / "dist")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tiny / "dist").glob("first-loaf*")}
    result = command(*KINDS)
    assert laid_out == []
    assert all(line.endswith("  unchanged") for line in result.stdout.splitlines())
    assert len(result.stdout.splitlines()) == len({*KINDS, *USUAL})
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert origins(tiny, *NO_PART) == origins(TINY, *NO_PART)


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_processes_work_than_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    from book.build import workers as crew  # noqa: PLC0415

    asked: list[int] = []

    def pool(workers: int, *rest: object) -> object:
        asked.append(workers)
        raise InterruptedError  # how many were asked for is all we want

    monkeypatch.setattr(crew, "ProcessPoolExecutor", pool)
    with pytest.raises(InterruptedError) if jobs > 1 else nullcontext():
        build(TINY, tmp_path, ("letter", "log", "handout"), lambda _: None, only=("page:log",), jobs=jobs)
    assert asked == ([] if jobs == 1 else [jobs])


def test_problems_of_all_editions_come_together(command: Command, tiny: Path) -> None:
    exercise = tiny / "chapters/exercises/stretch-and-fold.md"
    exercise.write_text(exercise.read_text("utf-8").replace("Wet your hands.", "Wet your hands. " * 90), "utf-8")
    result = command("letter", "a4")
    assert result.exit_code == 1
    for name in ("letter", "a4"):
        assert f"takes 3 pages in the edition {name}" in result.stderr
    (tiny / "styles").mkdir()
    (tiny / "styles" / "print.css").write_text("p { text-wrap: pretty }", "utf-8")
    result = command("letter", "a4", "--jobs", "2")
    assert result.exit_code == 1
    assert "styles: the PDF engine says:" in result.stderr
    assert not (tiny / "dist").exists()


def origins(root: Path, *names: str) -> dict[str, str]:
    """The hash of all that goes into editions, or each that a book lists: pages as HTML, styles, pictures, code."""
    shelf = Shelf(root)
    book = load(shelf)
    rendered = render(book, BookFiles(shelf))
    recipes = recipes_for(rendered, choose(book.manifest, names, ()), Assets.of(rendered, Styles(shelf)))
    return {recipe.edition.name: recipe.made_from for recipe in recipes}


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, str]]:
    """Runs Python on a copy of a book years later, in another place, zone, locale and order of hashes, with other
    rights for files; gives the copy, and what was said."""

    def make(book: Path, *words: str) -> tuple[Path, str]:
        folder = tmp_path_factory.mktemp("a folder with spaces")
        for name in SOURCES:
            if (book / name).is_dir():
                shutil.copytree(book / name, folder / name)
            elif (book / name).exists():
                shutil.copy(book / name, folder / name)
        surroundings = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder), "PYTHONHASHSEED": "7",
            "TZ": "Asia/Tokyo", "LC_ALL": "C", "USER": "somebody", "DONT_FAKE_MONOTONIC": "1",
        }  # fmt: skip
        done = subprocess.run(
            ["faketime", "2031-05-06 07:08:09", sys.executable, *words],
            env=surroundings, cwd=folder, check=True, stdout=subprocess.PIPE, text=True, umask=0o077,
        )  # fmt: skip
        return folder, done.stdout

    return make


def test_the_tiny_book_is_the_same_on_another_day_and_elsewhere_and_made_side_by_side(
    in_turn: tuple[Path, list[str]], elsewhere: Callable[..., tuple[Path, str]]
) -> None:
    """One run for both: editions made two at a time there are those that were made in turn here."""
    asked = (
        "from tests.build.test_build import *; told = []; build(Path(), Path('dist'), KINDS, told.append, jobs=2)"
    )
    there, said = elsewhere(TINY, "-c", f"{asked}; print(json.dumps(told))")
    assert files_of(there / "dist") == files_of(in_turn[0])
    assert sorted(json.loads(said)) == sorted(in_turn[1])


def test_the_report_is_the_same_on_another_day_and_elsewhere(
    report: dict[str, Path], elsewhere: Callable[..., tuple[Path, str]]
) -> None:
    """What is laid out and written for every edition; that the same pages give the same bytes, the sample shows
    (and of every kind of edition, the tiny book)."""
    make = "from book.commands.cli import main; main(['build', 'sample', '--jobs', '1'], standalone_mode=False)"
    asked = "from tests.build.test_build import *; print(json.dumps(origins(Path())))"
    there, said = elsewhere(ROOT, "-c", f"{make}; {asked}")
    made = manifest_json.read(report["sample"].parent)
    assert json.loads(said.splitlines()[-1]) == {name: made[path.name].made_from for name, path in report.items()}
    assert (there / "dist" / report["sample"].name).read_bytes() == report["sample"].read_bytes()
