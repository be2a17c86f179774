"""Small books that once failed, as authors send them: each comes out right, or is told with file and line."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from book.model.problems import BookError
from book.render.rendered import Rendered
from tests.conftest import rendered_from

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["cases"]
SMALL = Path(__file__).parents[1] / "books" / "small"
HEAD = "---\ntitle: One\n---\n\n"


def book_of(case: dict[str, Any], folder: Path) -> Path:
    """The small book with the files of a case."""
    shutil.copytree(SMALL, folder)
    files = {"chapters/one.md": HEAD + case["text"]} if "text" in case else {}
    if not files.keys() & {"chapters/one.md"} and "chapters/one.md" not in case.get(
        "files", {"chapters/one.md": ""}
    ):
        (folder / "chapters" / "one.md").unlink()
    for name, text in (files | case.get("files", {})).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8"))
    return folder


def chapter(rendered: Rendered) -> str:
    """The first chapter as XHTML on one line, all of it."""
    section = next(section for section in rendered.sections if section.kind != "page")
    return " ".join(etree.tostring(section.tree, encoding="unicode").split(" \n\t"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_small_book_is_right_or_told(case: dict[str, Any], tmp_path: Path) -> None:
    try:
        rendered = rendered_from(book_of(case, tmp_path / "book"))
    except BookError as error:
        told = [f"{problem.file}:{problem.line}: {problem.message}" for problem in error.problems]
        assert [line[: len(wanted)] for line, wanted in zip(told, case.get("tells", ()), strict=True)] == case[
            "tells"
        ]
    else:
        assert " ".join(case["gives"].split()) in " ".join(chapter(rendered).split())
