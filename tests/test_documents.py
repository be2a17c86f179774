"""The documents: each link leads somewhere, each example is understood, and the first book of the README builds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

import book
from book.check.run import RULES
from book.commands.cli import main
from book.figure.data import Data
from book.kinds.place.model import BodyMap
from book.kinds.plan.model import Plan
from book.load.yaml import parse, shape
from book.model.dialects import Dialect
from book.model.manifest import Manifest, Reading
from book.model.problems import Problems
from book.model.signs import Signs
from book.model.site_settings import Web
from book.model.sources import Sources
from book.render.markdown.tags import ALLOWED
from book.render.tree import plain
from tests.conftest import ROOT, rendered_from

README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
DOCUMENTS = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS]
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
SHOWN = ("flow", "sources", "statements-and-signs")
JUDGED_OUTSIDE = {"D80", "D81", "E80", "E81"}  # of the builder's work, not of what a newcomer types


def anchors(text: str) -> set[str]:
    """Name the headings of a page as links to them do: small letters, hyphens for spaces, no other signs."""
    found: list[str] = []
    for heading in re.findall(r"^#+ +(.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.MULTILINE):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        name = "".join(letter for letter in words if letter.isalnum() or letter in " -_").replace(" ", "-")
        found.append(f"{name}-{found.count(name)}" if name in found else name)
    return set(found)


def lost(path: Path) -> Iterator[str]:
    """Give the links of a page, but for those to the web, that lead to no file or to no heading."""
    for target in re.findall(r"\]\(([^)\s]*)\)", CODE.sub("", path.read_text("utf-8"))):
        if target.startswith(("https://", "http://")):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            yield target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_anchor_leads_somewhere(path: Path) -> None:
    assert list(lost(path)) == []


def test_links_that_lead_nowhere_are_seen(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(
        "# A `b`: C, d\n\n[](#a-b-c-d) [](#e) [](b.md) [](a.md#f) `[](c.md)` [](https://x.org/#g)\n", "utf-8"
    )
    assert list(lost(page)) == ["#e", "b.md", "a.md#f"]


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    text = README.read_text("utf-8")
    assert text.count("\n") <= 200
    assert [path.name for path in DOCS if f"](docs/{path.name}" not in text] == []


def test_what_names_a_part_of_the_documents_is_right() -> None:
    """Rules say where they come from, and data files of the report where to read how they are written."""
    for rule in RULES.values():
        for name in re.findall(r"\bdocs/[\w.-]*", rule.source):
            assert (ROOT / name).exists(), rule.code
    for name in ("chapters/index.yaml", "images/figures.yaml", "images/body-map.yaml"):
        titles = re.findall(r'README\.md, "([^"]*)"', (ROOT / name).read_text("utf-8"))
        assert titles
        assert [title for title in titles if f"[{title}](docs/" not in README.read_text("utf-8")] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_are_named_are_there(path: Path) -> None:
    names = re.findall(r"`((?:book|chapters|styles|tests|benchmarks|tools)/[\w./-]*)`", path.read_text("utf-8"))
    assert [name for name in names if "NAME" not in name and not (ROOT / name).exists()] == []


def test_contributing_names_every_room_and_functions_of_the_line() -> None:
    """The list of rooms is that of the package; what a step of the line names is defined in that room."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rooms = re.findall(r"^    (\w+) ", book.__doc__ or "", re.MULTILINE)
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == rooms
    named = re.findall(r"((?:`\w+\(\)`[, and]*)+) in `(book/\w+/)`", text)
    assert len(named) >= 7
    for functions, room in named:
        sources = "".join(path.read_text("utf-8") for path in (ROOT / room).rglob("*.py"))
        for name in re.findall(r"\w+(?=\(\))", functions):
            assert re.search(rf"^ *def {name}\(", sources, re.MULTILINE), (name, room)


def first_book() -> dict[str, str]:
    """Give the files of the README's first book, by name."""
    saved = r"Save this as `~/tea/([\w./]+)`.*?\n```\w+\n(.*?)```\n"
    return dict(re.findall(saved, README.read_text("utf-8"), re.DOTALL))


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first book, as a newcomer types it."""
    root = tmp_path_factory.mktemp("home") / "tea"
    for name, text in first_book().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def run(line: str, root: Path) -> str:
    words = line.partition("#")[0].replace("~/tea", str(root)).split()[1:]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    return result.stdout.replace(str(root), "~/tea")


def without_sizes(said: str) -> str:
    return re.sub(r"\d+ kB", "N", said)


def test_the_first_book_builds_as_the_readme_says(tea: Path) -> None:
    text = README.read_text("utf-8")
    building = re.findall(r"^\.venv/bin/(book build.*)$", text, re.MULTILINE)
    assert len(building) == 2
    shown = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    assert shown
    assert without_sizes(run(building[0], tea)) == without_sizes(shown[1])
    assert "tea-large-print.pdf" in run(building[1], tea)


def test_the_first_book_keeps_every_rule(tea: Path) -> None:
    line = re.findall(r"^\.venv/bin/(book check.*?) *#", README.read_text("utf-8"), re.MULTILINE)[0]
    asked = sorted(RULES.keys() - JUDGED_OUTSIDE)
    said = run(" ".join([line, *(f"--only {code}" for code in asked)]), tea)
    assert said == f"0 errors, 0 warnings by {len(asked)} rules.\n"


@pytest.mark.parametrize(
    ("name", "first", "model", "key"),
    [
        ("sources", "S17:", Sources, ""), ("statements-and-signs", "tiers:", Signs, ""), ("plan", "plan:", Plan, "plan"),
        ("body-map", "find:", BodyMap, ""), ("web", "web:", Web, "web"), ("prose", "reading:", Reading, "reading"),
    ],
)  # fmt: skip
def test_examples_of_data_are_understood(name: str, first: str, model: type[Data], key: str) -> None:
    """What a page shows of a data file has the keys and values that its model takes."""
    text = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    example = re.search(rf"```yaml\n({first}.*?)```", text, re.DOTALL)
    assert example
    problems = Problems()
    raw = parse(example[1], name, 1, problems)
    assert raw is not None
    assert shape(model, raw[key] if key else raw, name, 1, problems) is not None, problems.found


@pytest.mark.parametrize(("name", "first"), [("ledger", "check:"), ("ledger", "author:"), ("check", "check:")])
def test_examples_of_settings_are_keys_of_a_book(name: str, first: str) -> None:
    text = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    example = re.search(rf"```yaml\n({first}.*?)```", text, re.DOTALL)
    assert example
    problems = Problems()
    raw = parse(first_book()["book.yaml"] + example[1], name, 1, problems)
    assert raw is not None
    assert shape(Manifest, raw, name, 1, problems) is not None, problems.found


def test_examples_of_blocks_render_with_the_data_shown_beside_them(tiny: Path) -> None:
    """A flow, works that were not read, signs in a box and a statement, put into the tiny book."""
    flow, sources, data = ((ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in SHOWN)
    statements, signs = re.findall(r"```yaml\n(.*?)```", data, re.DOTALL)
    for name, text in (("statements", statements), ("signs", signs)):
        (tiny / "chapters" / f"{name}.yaml").write_text(re.sub(r"@S\d+", "@K1", text), "utf-8")
    blocks = [re.findall(r"```text\n(.*?)```", text, re.DOTALL)[0] for text in (flow, sources, data)]
    with (tiny / "chapters" / "flour-and-water.md").open("a", encoding="utf-8") as chapter:
        chapter.write(
            "\n".join(["", *blocks, "/// signs | today", "///", "", "{{ pain-limit }} {{ pain-limit.short }}", ""])
        )
    said = "".join(plain(section.tree) for section in rendered_from(tiny).sections)
    for words in (
        "Which fault is yours?",
        "Your chest feels pressed",
        "You have a fever",
        "Stop above 3 out of 10.",
    ):
        assert words in said


def test_the_page_on_markdown_names_all_tags_and_dialects() -> None:
    text = (ROOT / "docs" / "markdown.md").read_text("utf-8")
    tags = re.search(r"are\s+closed:\s`([^`]*)`", text)
    assert tags
    assert set(tags[1].split()) == ALLOWED - {"col", "colgroup"}
    assert set(re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)) == set(get_args(Dialect))
