"""The command as people use it, and the documents that tell of it: they must say the same."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from ruamel.yaml import YAML

from book import __version__
from book.commands.cli import main
from book.load.loader import PAGES
from book.model.editions import EDITIONS, USUAL
from book.model.exercise import Dose, ExerciseHead
from book.model.manifest import Manifest
from book.render.markdown import CALLOUTS
from book.render.pages.templates import facts
from book.render.rendered import Rendered
from tests.conftest import ROOT, Command

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_build_says_what_it_wrote_and_nothing_else(command: Command, tiny: Path) -> None:
    result = command()
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert [re.sub(r"[\d.]+ (kB|MB)", "N", line).replace(str(tiny), ".") for line in lines] == [
        "./dist/first-loaf-letter.pdf  10 pages  N",
        "./dist/first-loaf-a4.pdf  10 pages  N",
        "./dist/first-loaf.epub  8 sections  N",
    ]
    assert sorted(path.name for path in (tiny / "dist").iterdir()) == [
        "first-loaf-a4.pdf", "first-loaf-letter.pdf", "first-loaf.epub", "manifest.json",
    ]  # fmt: skip


def test_one_edition_elsewhere(command: Command, tiny: Path, tmp_path: Path) -> None:
    result = command("epub", "--out", str(tmp_path / "deep" / "there"))
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "deep" / "there").iterdir()} == {"first-loaf.epub", "manifest.json"}
    assert not (tiny / "dist").exists()


def test_naming_an_edition_twice_builds_it_once(command: Command) -> None:
    assert len(command("epub", "epub").stdout.splitlines()) == 1


def test_verbose_tells_the_steps(command: Command) -> None:
    said = command("epub", "--verbose").stderr.splitlines()
    assert said == [
        "… reading", "… rendering", *(f"… laying out, {number} of 2 done" for number in (1, 2)), "… epub", "… saving",
    ]  # fmt: skip


def test_python_m_book_is_the_same_command(tiny: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "book", "list", "--root", str(tiny)], capture_output=True, text=True, check=True
    )
    assert done.stdout == CliRunner().invoke(main, ["list", "--root", str(tiny)]).stdout


def test_list_shows_editions_and_contents(tiny: Path) -> None:
    said = CliRunner().invoke(main, ["list", "--root", str(tiny)]).stdout
    assert said.splitlines()[0] == "Your first loaf, version 0.3"
    for name in EDITIONS:
        mark = r"\*" if name in USUAL else " "
        assert re.search(rf"^ {mark} {name} ", said, re.MULTILINE)
    assert "   exercise:stretch-and-fold" in said


def test_version(tiny: Path) -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"book, version {__version__}\n"
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("words", [["-h"], *([name, "-h"] for name in main.commands)])
def test_help_has_an_example_and_keeps_its_lines(words: list[str]) -> None:
    said = CliRunner().invoke(main, words).stdout
    assert "\n  Example:\n    book " in said
    assert "\\" not in said


def test_help_examples_are_real_commands(tiny: Path, tmp_path: Path) -> None:
    for words in ([], ["build"], ["list"], ["doctor"]):
        said = CliRunner().invoke(main, [*words, "-h"]).stdout
        for example in re.findall(r"^    (book .*?)(?:  .*)?$", said, re.MULTILINE):
            parts = example.replace("my-book", str(tiny)).replace("~/Desktop", str(tmp_path)).split()[1:]
            parts += [] if "--root" in parts else ["--root", str(tiny)]
            parts += ["--jobs", "1"] if parts[0] == "build" else []
            assert CliRunner().invoke(main, parts).exit_code == 0, example


def test_every_command_option_and_edition_is_in_the_readme() -> None:
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        assert f"book {name}" in README
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[0] in README, option.opts
    for name in EDITIONS:
        assert f"`{name}`" in README, name
    assert "_BOOK_COMPLETE=bash_source" in README


def test_every_command_in_the_readme_exists() -> None:
    for line in re.findall(r"`book ([^`]*)`", README):
        words = re.split(r",\s*|\s+", line.removesuffix("`"))
        result = CliRunner().invoke(main, [words[0], "-h"] if not words[0].startswith("-") else [words[0]])
        assert result.exit_code == 0, line
        for option in re.findall(r"--[a-z]+", line):
            assert option in result.stdout or option in {"--version"}, line


@pytest.mark.parametrize("words", [["build"], ["check", "--edition"]])
def test_completion_offers_the_editions(tiny: Path, words: list[str]) -> None:
    found = ShellComplete(main, {}, "book", "_BOOK_COMPLETE").get_completions(words, "")
    assert {item.value for item in found} >= set(EDITIONS)


def test_readme_tells_of_every_callout_page_key_and_fact(rendered: Rendered) -> None:
    for callout in CALLOUTS:
        assert callout in README, callout
    for page in PAGES:
        assert f"`page:{page}`" in README, page
    for key in (*ExerciseHead.model_fields, *Dose.model_fields):
        assert re.search(rf"\b{key}\b", README), key
    for fact in facts(rendered.book):
        assert fact in README


def test_book_yaml_shows_every_key() -> None:
    shown = set(YAML(typ="safe").load((ROOT / "book.yaml").read_text("utf-8")))
    only_told = {"author", "editions", "license", "series", "sort_author", "sort_title"}
    assert set(Manifest.model_fields) - shown <= only_told
    assert all(re.search(rf"\b{key}\b", README) for key in only_told)


def test_readme_examples_are_a_book_that_builds(tiny: Path, command: Command) -> None:
    """The chapter with its card and the exercise of the README, put into the tiny book, build."""
    chapter, exercise, card = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    chapter = chapter.replace("[@S13; @S31]", "[@K1]") + card
    exercise = exercise.replace("[between-blades, upper-arm]", "[bowl]").replace("sources: [S17]", "sources: [K1]")
    (tiny / "chapters" / "sample.md").write_text(chapter, "utf-8")
    (tiny / "chapters" / "exercises" / "band-row.md").write_text(exercise, "utf-8")
    manifest = tiny / "book.yaml"
    text = manifest.read_text("utf-8")
    first = "  - page:contents\n"
    manifest.write_text(text.replace(first, f"{first}  - chapter:sample\n  - exercise:band-row\n"), "utf-8")
    drawn = CliRunner().invoke(main, ["draw", "--root", str(tiny)])
    assert drawn.exit_code == 0, drawn.output
    result = command("letter", "epub")
    assert result.exit_code == 0, result.output


def test_contributing_names_files_that_exist() -> None:
    for name in set(re.findall(r"`((?:book|chapters|styles|tests|benchmarks)/[\w./-]*)`", README + CONTRIBUTING)):
        if "NAME" not in name:
            assert (ROOT / name).exists(), name


@pytest.mark.parametrize("target", ["test", "check", "format", "benchmark"])
def test_make_has_what_the_documents_name(target: str) -> None:
    assert f"`make {target}`" in README + CONTRIBUTING or f"make {target} " in README + CONTRIBUTING
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
