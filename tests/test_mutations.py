"""Faults put into copies of the report: each is seen by the rule that is meant to, as docs/mutations.md tells."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from book.check.rule import FAMILIES
from book.check.run import Finding
from tests.mutations import HEAD, TABLE, Mutation, companies, findings, first_finding, mutations, row

LEAST = 60
NUMBERS = {id(fault): number for number, fault in enumerate(mutations(), 1)}
COMPANIES = companies()


@pytest.fixture(scope="module")
def finished(report: dict[str, Path]) -> Path:
    return report["letter"].parent


@pytest.fixture(scope="module")
def told(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], dict[str, list[Finding]]]:
    """What rules tell of a copy of the report with a whole company of faults; nothing if they cannot all be in it."""

    @cache
    def tell(at: int) -> dict[str, list[Finding]]:
        try:
            return findings(COMPANIES[at], finished, tmp_path_factory.mktemp("company"))
        except AssertionError:
            return {}

    return tell


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        pytest.param(at, fault, id=f"{at} {fault.code}: {fault.fault}")
        for at, company in enumerate(COMPANIES)
        for fault in company
    ],
)
def test_fault_is_seen_by_the_rule_meant_for_it(
    at: int,
    fault: Mutation,
    told: Callable[[int], dict[str, list[Finding]]],
    finished: Path,
    tmp_path: Path,
) -> None:
    """The table was written with each fault alone; here it has company, unless that hides it."""
    table, number = TABLE.read_text("utf-8"), NUMBERS[id(fault)]
    if any(row(number, fault, finding) in table for finding in told(at).get(fault.code, ())):
        return
    finding = first_finding(fault, finished, tmp_path)
    assert finding, "nothing is told"
    assert row(number, fault, finding) in table, "docs/mutations.md is old: see its head"


def test_table_has_all_faults_and_no_others() -> None:
    text = TABLE.read_text("utf-8")
    assert text.startswith(HEAD)
    assert text.count("\n") - HEAD.count("\n") == len(mutations()) >= LEAST
    assert {fault.code[0] for fault in mutations()} >= set(FAMILIES) - {"B"}
