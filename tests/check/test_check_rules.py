"""Every rule of `book check`: it sees the book that breaks it, and says nothing of the book that keeps it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from book.check.rule import FAMILIES, Rule
from book.check.run import RULES, check
from tests.check.golden_books import GOLDEN, STOCK, editions, golden, told
from tests.conftest import ROOT, built

CODES = sorted(RULES)
BOOK_LINK = re.compile(r"!?\[[^\]]*\]\([\w.:-]+\)")  # leads somewhere in a book, and nowhere from the list of rules


@pytest.fixture(scope="session")
def stock(shared: Path) -> Path:
    """The folder with the stock book's editions and all others that are spoilt, built once for all tests."""
    wanted = {name for code in CODES for kind in ("broken", "kept") for name in editions(GOLDEN / code / kind)}
    built(STOCK, shared / "stock", *sorted(wanted))
    return shared / "stock"


def test_stock_book_keeps_every_rule(stock: Path) -> None:
    """First, so that validators' verdicts on its files lie beside them for the tests that follow."""
    found = check(STOCK, stock, ("letter", "epub"), lambda _: None)
    assert not found.findings
    assert set(found.looked) == set(RULES)


@pytest.mark.parametrize("code", CODES)
def test_rule_sees_the_book_that_breaks_it(
    code: str, stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update: bool
) -> None:
    """What is expected comes from the rule's own function: without it, nothing of the kind is told."""
    proof = golden(code, "broken", stock, tmp_path)
    said = told(code, proof)
    expected = GOLDEN / code / "broken" / "expected.txt"
    if update:
        expected.write_text(said, "utf-8")
    assert f" {code}: " in said, said
    assert said == expected.read_text("utf-8")
    monkeypatch.setitem(RULES, code, replace(RULES[code], find=lambda _: iter(())))
    assert f" {code}: " not in told(code, proof)


@pytest.mark.parametrize("code", CODES)
def test_rule_says_nothing_of_the_book_that_keeps_it(code: str, stock: Path, tmp_path: Path) -> None:
    assert told(code, golden(code, "kept", stock, tmp_path)).startswith("0 errors, 0 warnings by ")


def test_each_rule_has_a_golden_folder_and_each_folder_a_rule() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir() if path != STOCK) == CODES


def test_rules_are_told_in_a_line_with_hint_and_source() -> None:
    for rule in RULES.values():
        assert rule.says.endswith("."), rule.code
        assert len(rule.says) <= 100, rule.code
        assert rule.hint.endswith("."), rule.code
        assert rule.source, rule.code
        assert rule.family in FAMILIES.values()


def as_table(rules: Iterable[Rule]) -> str:
    """Give a Markdown page that lists rules by their families."""
    text = (
        "# The rules of `book check`\n\n"
        "A rule keeps its number. `book check --explain CODE` tells the same as this page. Errors mislead, harm,\n"
        "or are broken; warnings are the rest. `pytest tests/check/test_check_rules.py --update` writes it.\n"
    )
    listed = sorted(rules, key=lambda rule: rule.code)
    for letter, family in FAMILIES.items():
        text += f"\n## {letter}: {family}\n\n| | Level | What it finds | How to mend it | Where it comes from |\n"
        text += "|---|---|---|---|---|\n"
        for rule in (rule for rule in listed if rule.code[0] == letter):
            cells = (rule.code, rule.level, rule.says, rule.hint, rule.source)
            text += (
                "| " + " | ".join(BOOK_LINK.sub(r"`\g<0>`", cell.replace("|", "\\|")) for cell in cells) + " |\n"
            )
    return text


def test_rules_are_listed_in_the_documents(*, update: bool) -> None:
    path = ROOT / "docs" / "rules.md"
    if update:
        path.write_text(as_table(RULES.values()), "utf-8")
    assert path.read_text("utf-8") == as_table(RULES.values())
    for name in ("docs/check.md", "CHANGELOG.md"):
        assert f"{len(RULES)} " in (ROOT / name).read_text("utf-8"), name
