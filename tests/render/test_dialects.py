"""Chapters as people write them for other programs: what is ordinary comes out right, the rest is told, all at once."""

import re
from pathlib import Path

import pytest

from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.loader import load
from book.model.problems import Problems
from book.render.renderer import render
from tests.conftest import rendered_from
from tests.render.test_cases import book_of, chapter

FOLDER = Path(__file__).parent / "dialects"
MANIFEST = Path(__file__).parents[1] / "books" / "small" / "book.yaml"
SWITCHES = {
    "quarto": "[fenced-divs, inline-notes]", "kramdown": "[abbreviations]", "mdbook": "[]", "gitbook": "[]",
    "pandoc": "[]", "novel": "[]",
}  # fmt: skip


def book(name: str, folder: Path, switches: str) -> Path:
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    manifest = MANIFEST.read_text("utf-8") + f"markdown: {switches}\n"
    return book_of({"files": {"chapters/one.md": text, "book.yaml": manifest}}, folder)


@pytest.mark.parametrize("name", SWITCHES)
def test_ordinary_chapters_come_out_right(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    markup = re.sub(r"\s+", " ", chapter(rendered_from(book(name, tmp_path / "book", SWITCHES[name]))))
    _compare(
        FOLDER / f"{name}.html",
        re.sub(r" ?(<(?:p|h\d|ul|ol|li|table|tr|pre|div|figure|aside|dl|dt|dd)\b)", r"\n\1", markup),
        request,
    )


@pytest.mark.parametrize("name", SWITCHES)
def test_what_is_not_read_is_told(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shelf, problems = Shelf(book(f"{name}-told", tmp_path / "book", "[]")), Problems()
    render(load(shelf, problems), BookFiles(shelf), problems)
    told = "".join(f"{problem.line}: {problem.message}\n" for problem in sorted(problems.found))
    _compare(FOLDER / f"{name}-told.txt", told, request)


def _compare(golden: Path, text: str, request: pytest.FixtureRequest) -> None:
    """Hold a text to a golden file; --update writes it."""
    if request.config.getoption("--update"):
        golden.write_text(text.rstrip() + "\n", "utf-8")
    assert golden.read_text("utf-8") == text.rstrip() + "\n"
