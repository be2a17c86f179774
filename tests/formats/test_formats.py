"""Formats answer for themselves: each kind of edition has one, none knows another, and nobody else asks which it is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

import book
from book.build.recipes import recipes_for
from book.build.versions import tools
from book.check.fault import Needs
from book.check.finished import VIEWS
from book.formats.recipe import Assets
from book.formats.registry import FORMATS, format_of
from book.load.files import Shelf
from book.load.styles import Styles
from book.model.edition_rows import Row
from book.model.editions import EDITIONS, editions_of
from tests.conftest import TINY, rendered_from
from tests.test_layers import imports

HOUSE = Path(book.__file__).parent
FOLDERS = {path.parent.name for path in HOUSE.glob("formats/*/__init__.py")}
NAMES = {row.kind.name for row in EDITIONS.values()}


def test_each_kind_of_edition_has_a_format_and_each_format_a_folder() -> None:
    assert set(FORMATS) == NAMES == FOLDERS
    for row in EDITIONS.values():
        maker = format_of(row)
        assert type(maker).__module__ == f"book.formats.{row.kind.name}.edition"
        assert maker.label
        assert "/" in maker.media_type


def test_rules_look_at_files_by_the_names_of_formats() -> None:
    assert set(VIEWS) < set(FORMATS)
    assert set(VIEWS) < set(get_args(Needs))


def test_no_format_knows_of_another() -> None:
    known = [
        f"{path.relative_to(HOUSE)}:{line} imports {name}"
        for folder in FOLDERS
        for path in (HOUSE / "formats" / folder).rglob("*.py")
        for line, name in imports(path)
        for other in (FOLDERS | {"registry"}) - {folder}
        if name.startswith(f"book.formats.{other}")
    ]
    assert not known


def decisions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line of each comparison, and of each match, that asks of an edition or a kind which format it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            about, asked = ast.unparse(node), [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            about, asked = ast.unparse(node.subject), [case.pattern for case in node.cases]
        else:
            continue
        parts = [one for each in asked for one in ast.walk(each) if not select(each, ast.Call)]
        names = {one.value for one in parts if isinstance(one, ast.Constant)} & NAMES
        names |= {one.id for one in parts if isinstance(one, ast.Name)} & {name.upper() for name in NAMES}
        kinds = [each for each in asked if re.search(r"\b(edition|base)\.kind(\.name)?$", ast.unparse(each))]
        if kinds or (names and re.search("kind|edition|format|row", about)):
            yield node.lineno, about


def select(tree: ast.AST, sort: type[ast.AST]) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if isinstance(node, sort)]


def test_nobody_else_asks_which_format_an_edition_has() -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{line}: {words}"
        for path in HOUSE.rglob("*.py")
        if path.relative_to(HOUSE).parts[0] != "formats"
        for line, words in decisions(ast.parse(path.read_text("utf-8")))
    ]
    assert not found


@pytest.mark.parametrize(
    "line",
    ['edition.kind == "web"', 'row.kind != "pdf"', 'kind in {"epub", "web"}', "row.kind is PDF", "edition.kind.name != other",
     "match kind:\n    case 'epub': pass"],
)  # fmt: skip
def test_the_search_for_decisions_sees_them(line: str) -> None:
    assert list(decisions(ast.parse(line)))


def test_what_offers_others_is_made_last_and_offers_no_site() -> None:
    rendered = rendered_from(TINY)
    assets = Assets.of(rendered, Styles(Shelf(TINY)))
    second = replace(EDITIONS["web"], name="second")
    rows = [second, EDITIONS["web"], EDITIONS["letter"], EDITIONS["epub"]]
    recipes = recipes_for(rendered, rows, assets)
    assert [one.edition.name for one in recipes] == ["letter", "epub", "second", "web"]
    assert [[one.edition.name for one in recipe.offers] for recipe in recipes] == [
        [],
        [],
        *[["letter", "epub"]] * 2,
    ]


def test_a_change_in_one_format_leaves_the_files_of_others_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def hashes() -> dict[str, str]:
        tools.cache_clear()
        return {name: tools(name) for name in sorted(NAMES)}

    before = hashes()
    read = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: read(self) + b"#" * (self.parts[-2:] == ("epub", "writer.py"))
    )
    after = hashes()
    tools.cache_clear()
    assert {name for name in NAMES if before[name] != after[name]} == {"epub"}


def test_an_edition_of_ones_own_that_is_like_a_site_is_a_folder() -> None:
    about = rendered_from(TINY).book.manifest
    own = {"mine": Row(like="web", says="My site"), "small": Row(like="epub", says="My e-book")}
    rows = editions_of(about.model_copy(update={"editions": own}))
    assert [rows[name].file("loaf") for name in own] == ["mine", "loaf-small.epub"]
