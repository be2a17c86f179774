"""Faults put into a copy of the report, one at a time: each is seen by the rule that is meant to."""

from pathlib import Path

import pytest

from book.check.rule import FAMILIES
from tests.mutations import HEAD, TABLE, Mutation, first_finding, mutations, row

LEAST = 60


@pytest.fixture(scope="module")
def finished(report: dict[str, Path]) -> Path:
    return report["letter"].parent


@pytest.mark.parametrize(
    ("number", "fault"),
    list(enumerate(mutations(), 1)),
    ids=[f"{fault.code}: {fault.fault}" for fault in mutations()],
)
def test_fault_is_seen_by_the_rule_meant_for_it(
    number: int, fault: Mutation, finished: Path, tmp_path: Path
) -> None:
    finding = first_finding(fault, finished, tmp_path)
    assert finding, "nothing is told"
    assert row(number, fault, finding) in TABLE.read_text("utf-8"), "docs/mutations.md is old: see its head"


def test_table_has_all_faults_and_no_others() -> None:
    text = TABLE.read_text("utf-8")
    assert text.startswith(HEAD)
    assert text.count("\n") - HEAD.count("\n") == len(mutations()) >= LEAST
    assert {fault.code[0] for fault in mutations()} >= set(FAMILIES) - {"B"}
