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
from book.kinds.exercise.model import Dose, ExerciseHead
from book.load.loader import PAGES
from book.model.editions import EDITIONS, USUAL
from book.model.manifest import Manifest
from book.render.markdown import CALLOUTS, PIECES
from book.render.pages.templates import facts
from book.render.rendered import Rendered
from tests.conftest import ROOT, Command


def page(name: str) -> str:
    """Give a page of the documents."""
    return (ROOT / name).read_text("utf-8")


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
    result = command("log", "--out", str(tmp_path / "deep" / "there"))
    assert result.exit_code == 0
    there = {path.name for path in (tmp_path / "deep" / "there").iterdir()}
    assert there == {"first-loaf-log.pdf", "manifest.json"}
    assert not (tiny / "dist").exists()


def test_a_draft_is_warned_and_a_release_is_held(command: Command, tiny: Path) -> None:
    chapter, manifest = tiny / "chapters" / "baking.md", tiny / "book.yaml"
    chapter.write_text(re.sub(r"Table: .*\n\n?", "", chapter.read_text("utf-8")), "utf-8")
    said = "chapters/baking.md:7: warning: the table needs a caption."
    assert command("log").stderr.startswith(said)
    assert command("log").exit_code == 0
    assert command("log", "--strict").stderr.startswith(said.replace("warning: ", ""))
    assert command("log", "--strict").exit_code == 1
    manifest.write_text(manifest.read_text("utf-8") + "release: true\n", "utf-8")
    assert command("log").exit_code == 1


def test_naming_an_edition_twice_builds_it_once(command: Command) -> None:
    assert len(command("log", "log").stdout.splitlines()) == 1


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


def test_every_command_and_option_is_in_the_documents() -> None:
    assert isinstance(main, click.Group)
    told, checks = page("docs/command.md"), page("docs/check.md")
    for name, command in main.commands.items():
        assert f"book {name}" in told
        assert f"`book {name}`" in page("README.md")
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[0] in told + (checks if name == "check" else ""), option.opts
    assert "_BOOK_COMPLETE=bash_source" in told


def test_every_edition_is_in_the_documents() -> None:
    for name in EDITIONS:
        assert re.search(rf"^\|[^|]*`{name}`", page("docs/editions.md"), re.MULTILINE), name


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
def test_every_command_in_the_documents_exists(path: Path) -> None:
    for line in re.findall(r"`book ([^`]*)`", path.read_text("utf-8")):
        words = re.split(r",\s*|\s+", line.removesuffix("`"))
        result = CliRunner().invoke(main, [words[0], "-h"] if not words[0].startswith("-") else [words[0]])
        assert result.exit_code == 0, line
        for option in re.findall(r"--[a-z]+", line):
            assert option in result.stdout or option in {"--version"}, line


@pytest.mark.parametrize("words", [["build"], ["check", "--edition"]])
def test_completion_offers_the_editions(tiny: Path, words: list[str]) -> None:
    found = ShellComplete(main, {}, "book", "_BOOK_COMPLETE").get_completions(words, "")
    assert {item.value for item in found} >= set(EDITIONS)


def test_documents_tell_of_every_callout_block_page_key_and_fact(rendered: Rendered) -> None:
    chapters = page("docs/chapters.md")
    for callout in CALLOUTS:
        assert f"`{callout}`" in chapters, callout
    for piece in PIECES:
        assert re.search(rf"^\| `/// {piece}[ `]", chapters, re.MULTILINE), piece
    for made in PAGES:
        assert f"| `page:{made}` |" in page("docs/book-yaml.md"), made
    for key in (*ExerciseHead.model_fields, *Dose.model_fields):
        assert re.search(rf"\b{key}\b", page("docs/exercises.md")), key
    row = re.search(r"^\| `\{\{ version \}\}`[^|]*", chapters, re.MULTILINE)
    assert row
    for fact in facts(rendered.book):
        assert re.search(rf"\b{fact}\b", row[0]), fact


def test_every_key_of_book_yaml_is_told() -> None:
    rows = re.findall(r"^\| (`[^|]*) \|", page("docs/book-yaml.md"), re.MULTILINE)
    told = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    assert set(Manifest.model_fields) == told


def test_book_yaml_shows_every_key() -> None:
    shown = set(YAML(typ="safe").load((ROOT / "book.yaml").read_text("utf-8")))
    only_told = {"author", "editions", "license", "markdown", "series", "sort_author", "sort_title"}
    assert set(Manifest.model_fields) - shown <= only_told


def test_examples_of_the_documents_are_a_book_that_builds(tiny: Path, command: Command) -> None:
    """The chapter, the exercise and the card of three pages, put into the tiny book, build."""
    shown = [page(f"docs/{name}.md") for name in ("chapters", "exercises", "editions")]
    chapter, exercise, card = (re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)[0] for text in shown)
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


@pytest.mark.parametrize("target", ["test", "check", "format", "benchmark"])
def test_make_has_what_the_documents_name(target: str) -> None:
    told = page("README.md") + page("CONTRIBUTING.md")
    assert f"`make {target}`" in told or f"make {target} " in told
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
