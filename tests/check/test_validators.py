"""Validators from outside: asked once for a file, understood, and never passed over in silence."""

import io
import json
from pathlib import Path

import pikepdf
import pytest

from book.check.finished import Ebook, Printed
from book.check.outside import programs, verapdf
from book.check.outside.verdicts import FILE
from book.check.proof import Proof
from book.check.rule import RULES
from book.check.run import Finding, examine
from book.load.files import Shelf
from book.model.editions import EDITIONS

CLAIM = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)
REPORT = """<report><jobs><job><item size="1"><name>{file}</name></item>
<validationReport profileName="PDF/UA-1" isCompliant="false"><details><rule clause="7.1" testNumber="9" status="failed">
<description>Metadata shall hold a title</description><check status="failed"><context>root/document[0]</context>
<errorMessage>No title</errorMessage></check><check status="passed"/></rule></details></validationReport></job>
</jobs></report>"""
ASKED = "asked.txt"


@pytest.fixture
def pdf() -> bytes:
    """An empty PDF that claims to be PDF/UA-1."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.Root.Metadata = document.make_stream(CLAIM.encode())
        document.save(out)
    return out.getvalue()


@pytest.fixture
def vera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A veraPDF on the path that notes how often it is asked; gives the file of what it answers."""
    answer, program = tmp_path / "answer.xml", tmp_path / "programs" / "verapdf"
    program.parent.mkdir()
    last = 'for file; do :; done; sed "s|{file}|$file|"'
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path / ASKED}\n{last} {answer}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    answer.write_text(REPORT)
    return answer


def ask(data: bytes, folder: Path, code: str = "D80") -> list[Finding]:
    prints = [Printed(EDITIONS["letter"], data)] if code[0] == "D" else []
    ebooks = [Ebook(EDITIONS["epub"], data)] if code[0] == "E" else []
    proof = Proof(Shelf(folder), prints=prints, ebooks=ebooks, out=folder)
    return list(examine(proof, [RULES[code]], lambda _: None).findings)


def times(folder: Path) -> int:
    """How often veraPDF was asked; each time about two standards."""
    return (folder / ASKED).read_text("utf-8").count("--flavour ua1")


def test_command_of_verapdf_is_asked_for_the_flavour_and_understood(pdf: bytes, vera: Path, tmp_path: Path) -> None:
    (found,) = ask(pdf, tmp_path)
    assert (found.level, found.seen) == ("error", "letter")
    assert found.message == "test 7.1-9 of PDF/UA-1 fails: No title. Mend it here, or report it."
    for flavour in ("ua1", "2a"):
        assert f"--flavour {flavour} --format xml" in (tmp_path / ASKED).read_text("utf-8")


def test_unchanged_file_is_not_asked_about_again(pdf: bytes, vera: Path, tmp_path: Path) -> None:
    assert ask(pdf, tmp_path) == ask(pdf, tmp_path)
    assert times(tmp_path) == 1
    ask(pdf + b"\n% changed", tmp_path)
    assert times(tmp_path) == 2


def test_other_version_is_asked_again(pdf: bytes, vera: Path, tmp_path: Path) -> None:
    ask(pdf, tmp_path)
    program = tmp_path / "programs" / "verapdf"
    program.write_text(program.read_text("utf-8") + "# newer\n")
    ask(pdf, tmp_path)
    assert times(tmp_path) == 2


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "7", '{"a": 1}', '{"a": [[1, 2, 3]]}', '{"a": [["x"]]}', '{"a": "b"}']
)
def test_broken_or_foreign_verdicts_are_ignored(pdf: bytes, vera: Path, tmp_path: Path, kept: str) -> None:
    (tmp_path / FILE).write_text(kept)
    assert [found.level for found in ask(pdf, tmp_path)] == ["error"]
    assert json.loads((tmp_path / FILE).read_text("utf-8"))


@pytest.mark.parametrize(
    "answer", ["", "no XML", "<report/>", "<report><job><item><name>{file}</name></item></job></report>"]
)
def test_answer_that_cannot_be_understood_is_no_silent_pass(
    pdf: bytes, vera: Path, tmp_path: Path, answer: str
) -> None:
    vera.write_text(answer)
    (found,) = ask(pdf, tmp_path)
    assert found.level == "warning"
    assert found.message.startswith("was not checked: veraPDF")
    assert not (tmp_path / FILE).exists()


def test_program_that_breaks_is_told(pdf: bytes, vera: Path, tmp_path: Path) -> None:
    (tmp_path / "programs" / "verapdf").write_text("#!/bin/sh\necho No memory. >&2\nexit 7\n")
    (found,) = ask(pdf, tmp_path)
    assert found.message == "was not checked: verapdf gave up: No memory. Run: book doctor"


@pytest.mark.parametrize("code", ["D80", "E80", "E81"])
def test_missing_program_is_told(pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PUPPETEER_EXECUTABLE_PATH", raising=False)
    monkeypatch.setattr(programs, "PACKAGE", tmp_path)
    (found,) = ask(pdf, tmp_path, code)
    assert found.level == "warning"
    assert found.message.endswith("is not at hand. Run: book doctor")


def test_file_that_claims_nothing_is_not_asked_about(vera: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    assert ask(out.getvalue(), tmp_path) == []
    assert not (tmp_path / ASKED).exists()


def test_runner_says_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf, "JARS", tmp_path)
    with pytest.raises(SystemExit, match=r"jaxb-api\.jar.*book doctor"):
        verapdf.start()
