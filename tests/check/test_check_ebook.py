"""The rules of the e-book, apart from their golden folders: a book with notes and a map keeps them, too."""

from pathlib import Path

import pytest

from book.check.rule import RULES
from book.check.run import check
from tests.check.golden_books import GOLDEN
from tests.check.spoilers_epub import TEXTS
from tests.conftest import TINY, Command

EBOOK = [code for code in RULES if "E01" <= code < "E80"]


def test_the_tiny_book_keeps_all_rules(tiny_editions: dict[str, Path]) -> None:
    found = check(TINY, tiny_editions["epub"].parent, ("letter", "epub"), lambda _: None, only=EBOOK)
    assert found.findings == ()
    assert set(found.looked) >= set(EBOOK)


@pytest.mark.parametrize(
    ("key", "given", "code", "said"),
    [
        ("language", "English", "E01", 'language must be a language tag like en-US or de, not "English".'),
        ("language", "qq", "E01", 'the language qq begins with "qq", which is no language of ISO 639. Mend it.'),
        ("language", "gsw-CH", "", ""),
        ("language", "es-419", "", ""),
        ("identifier", "weekly-loaf", "E02", "identifier must be urn:uuid:… or urn:isbn:… and stay the same"),
        ("identifier", f"urn:uuid:{'0' * 8}-0000-0000-0000-{'0' * 12}", "E02", "the identifier is a blank one"),
    ],
)
def test_language_and_identifier_are_looked_at_before_anything_is_built(
    command: Command, tmp_path: Path, key: str, given: str, code: str, said: str
) -> None:
    manifest = command.root / "book.yaml"
    lines = manifest.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
    lines[at] = f"{key}: {given}"
    manifest.write_text("\n".join(lines), "utf-8")
    found = check(command.root, tmp_path, (), lambda _: None, only=["E01", "E02"]).findings
    assert [(one.code, one.line) for one in found] == ([(code, at + 1)] if code else [])
    assert all(one.message.startswith(said) for one in found)


def test_every_spoiler_is_of_use() -> None:
    asked = {line.split()[1] for path in GOLDEN.rglob("spoil.txt") for line in path.read_text("utf-8").splitlines()}
    assert set(TEXTS) <= asked
