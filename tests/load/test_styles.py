"""The fonts are the ones we were given, whole and free to use; style sheets name nothing that is not there."""

import hashlib
import re
from pathlib import Path

import pytest

from book.load.files import Shelf
from book.load.styles import Styles
from tests.conftest import ROOT, Command

FONTS = ROOT / "styles" / "fonts"
SUMS = dict(line.split()[::-1] for line in (FONTS / "SHA256SUMS").read_text("ascii").splitlines())
SHEETS = sorted((ROOT / "styles").glob("*.css"))


def test_every_font_has_its_checksum() -> None:
    assert {path.name for path in FONTS.iterdir() if path.suffix in {".woff2", ".ttf"}} == set(SUMS)


@pytest.mark.parametrize("name", sorted(SUMS))
def test_font_is_the_file_that_its_maker_gave_out(name: str) -> None:
    assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == SUMS[name]


def test_licences_stand_beside_the_fonts() -> None:
    licences = [path.read_text("utf-8").lower() for path in FONTS.glob("LICENSE-*")]
    assert len(licences) == 3
    assert all("sil open font license" in licence for licence in licences)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_ask_only_for_files_that_are_there(sheet: Path) -> None:
    for address in re.findall(r"url\(([^)]*)\)", sheet.read_text("utf-8")):
        assert (sheet.parent / address.strip("\"'")).is_file(), address


def test_every_font_is_used() -> None:
    declared = "".join(sheet.read_text("utf-8") for sheet in SHEETS)
    assert set(re.findall(r"fonts/([\w.-]+)", declared)) == set(SUMS)


def test_a_book_may_bring_its_own_style(tiny: Path, command: Command) -> None:
    own = tiny / "styles"
    own.mkdir()
    (own / "epub.css").write_text("p { margin: 0 }", "utf-8")
    assert Styles(Shelf(tiny)).text("epub.css") == "p { margin: 0 }"
    assert "Guide Serif" in Styles(Shelf(tiny)).text("print.css")
    assert command("epub").exit_code == 0
