"""Chapters as people write them for other programs: what is ordinary comes out right, the rest is told, all at once."""

import re
from pathlib import Path

import pytest

from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.loader import load
from book.model.problems import BookError, Problems
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


@pytest.mark.parametrize(
    ("text", "switch", "callout", "title"),
    [
        ("> [!NOTE]\n> Wet *hands*.", "github-notes", "tip", "Note"),
        ("> [!WARNING]\n> Wet *hands*.", "github-notes", "caution", "Take care"),
        ("> [!tip]- Hands\n> Wet *hands*.", "github-notes", "tip", "Hands"),
        ('!!! danger "Hot"\n    Wet *hands*.', "admonitions", "caution", "Take care: Hot"),
        ("??? note\n    Wet *hands*.", "admonitions", "tip", "Note"),
        (":::note\nWet *hands*.\n:::", "fenced-divs", "tip", "Note"),
        ("::: tip Hands\nWet *hands*.\n:::::", "fenced-divs", "tip", "Hands"),
        (":::note[Hands]\nWet *hands*.\n:::", "fenced-divs", "tip", "Hands"),
        ("::: {#n .callout-note}\n## Hands\nWet *hands*.\n:::", "fenced-divs", "tip", "Hands"),
    ],
)
def test_callouts_of_others_become_ours(text: str, switch: str, callout: str, title: str, tmp_path: Path) -> None:
    manifest = MANIFEST.read_text("utf-8") + f"markdown: [{switch}]\nlabels: {{caution: Take care}}\n"
    files = {"chapters/one.md": f"---\ntitle: One\n---\n\n{text}\n", "book.yaml": manifest}
    markup = " ".join(chapter(rendered_from(book_of({"files": files}, tmp_path / "book"))).split())
    assert re.search(rf'<aside (?:id="n" )?class="callout {callout}"(?: id="n")? role="note"', markup)
    assert f'<p class="callout-title">{title}</p> <p>Wet <em>hands</em>.</p>' in markup


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("lede: Wet **hands.", 3, '"**" would be printed'),
        ("lede: Wet <font>hands</font>.", 3, "<font> cannot be used"),
        ("lede: Wet [hands][nope].", 3, '"[hands][nope]" would be printed'),
        ("in_this_chapter:\n  - Wet hands\n  - Wet `hands", 5, '"`" would be printed'),
        ("short: Wet *hands*", 3, "short holds plain words"),
    ],
)
def test_prose_of_yaml_is_held_to_the_same(key: str, line: int, said: str, tmp_path: Path) -> None:
    files = {"chapters/one.md": f"---\ntitle: One\n{key}\n---\n\nText.\n"}
    with pytest.raises(BookError) as caught:
        rendered_from(book_of({"files": files}, tmp_path / "book"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.message[: len(said)]) == (line, said)
