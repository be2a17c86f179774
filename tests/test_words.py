"""The report's words: every claim accounted for, plain by measure, safe in order, and nothing that was banned."""

import re
from collections import Counter

import pytest

from book.model import Bars, Chapter, Exercise
from book.reading import Measures
from book.render import Rendered, measure_parts
from tests.conftest import ROOT

CHAPTERS = ROOT / "chapters"
ROW = re.compile(r"^\| (\d\.\d+) \| (.+?) \| (printed in|reworded in|left out because) (.+?) \|$", re.MULTILINE)
CLAIMS = {1: 22, 2: 15, 3: 7, 4: 4, 5: 2}  # claims told apart in each of the five articles
BANNED = (
    r"\bcur(e|es|ed|ing)\b", r"\bguarantee", r"\bpermanent", r"\btoxin", r"\bproven\b", r"\balways\b", r"\bnever hurts?\b",
    r"\badhesion", r"\bbreak up the knot", r"\bmelts? away", r"\b60 pounds\b", r"\bout of place\b", r"\bnatural(ly)?\b",
    r"\bmiracle",
)  # fmt: skip
QUOTED = {"where-this-comes-from"}  # names the articles by their titles


@pytest.fixture(scope="module")
def parts(rendered: Rendered) -> dict[str, Chapter | Exercise]:
    return {part.name: part for part in rendered.book.parts if isinstance(part, Chapter | Exercise)}


@pytest.fixture(scope="module")
def measures(rendered: Rendered) -> dict[str, Measures]:
    return measure_parts(rendered.book)


def test_ledger_accounts_for_every_claim_once(parts: dict[str, Chapter | Exercise]) -> None:
    rows = ROW.findall((CHAPTERS / "ledger.md").read_text("utf-8"))
    numbers = [number for number, *_ in rows]
    assert numbers == [f"{article}.{claim}" for article, last in CLAIMS.items() for claim in range(1, last + 1)]
    for number, _, fate, home in rows:
        if fate == "left out because":
            assert len(home.split()) > 4, f"{number} needs a reason"
        else:
            assert home in parts, f"{number} lives in {home}, which is not a chapter"


def test_most_chapters_grew_out_of_the_articles(parts: dict[str, Chapter | Exercise]) -> None:
    homes = Counter(home for _, _, fate, home in ROW.findall((CHAPTERS / "ledger.md").read_text("utf-8")))
    assert len([home for home in homes if home in parts]) >= 9


def broken(found: Measures, bars: Bars) -> list[str]:
    """The bars that a text does not meet."""
    checks = {
        f"grade {found.grade:.1f}": found.grade <= bars.grade,
        f"SMOG {found.smog:.1f}": found.smog <= bars.smog,
        f"ease {found.ease:.0f}": found.ease >= bars.ease,
        f"Dale–Chall {found.dale_chall:.1f}": found.dale_chall <= bars.dale_chall,
        f"words {found.words_per_sentence:.1f}": found.words_per_sentence <= bars.words_per_sentence,
        f"longest {found.longest_sentence}": found.longest_sentence <= bars.longest_sentence,
    }
    return [name for name, met in checks.items() if not met]


def test_reading_bars_hold_in_every_chapter(rendered: Rendered, measures: dict[str, Measures]) -> None:
    bars = rendered.book.manifest.reading
    assert bars is not None
    assert bars.steps is not None
    failing = {name: broken(found, bars.chapter) for name, found in measures.items() if name != "steps"}
    assert not {name: what for name, what in failing.items() if what}
    assert not broken(measures["steps"], bars.steps)
    assert rendered.measures is not None
    assert not broken(rendered.measures, bars.whole)


def test_bars_can_fail(rendered: Rendered) -> None:
    bars = rendered.book.manifest.reading
    assert bars is not None
    hard = Measures(
        words=100,
        sentences=3,
        grade=12,
        smog=14,
        ease=20,
        dale_chall=10,
        words_per_sentence=30,
        longest_sentence=60,
    )
    assert len(broken(hard, bars.whole)) == 6


def test_colophon_prints_what_the_build_measured(rendered: Rendered) -> None:
    colophon = next(section for section in rendered.sections if section.key == "page:colophon")
    text = " ".join("".join(colophon.tree.itertext()).split())
    assert rendered.measures is not None
    for figure in (rendered.measures.grade, rendered.measures.smog, rendered.measures.dale_chall):
        assert f"{figure:.1f}" in text


def test_stop_signs_stand_before_any_pressing_or_exercise(rendered: Rendered) -> None:
    order = [section.key for section in rendered.sections]
    stop = order.index("chapter:stop-signs")
    for key in order:
        if key.startswith("exercise:") or key in {
            "chapter:dont-blast-it",
            "chapter:pressing-rules",
            "chapter:six-areas",
            "chapter:where-knots-sit",
        }:
            assert order.index(key) > stop


def test_report_says_that_nobody_has_reviewed_it(rendered: Rendered) -> None:
    about = rendered.book.manifest
    assert about.review.by is None, "a reviewer was named: see that they agreed, then mend this test"
    saying = [
        section.key for section in rendered.sections if about.review.pending in " ".join(section.tree.itertext())
    ]
    assert {"chapter:read-this-first", "page:colophon"} <= set(saying)


def test_every_exercise_says_when_to_stop_and_get_help(parts: dict[str, Chapter | Exercise]) -> None:
    for part in parts.values():
        if isinstance(part, Exercise):
            assert any("get help" in words for words in part.head.stop_if), part.file
            assert [pose.name for pose in part.head.poses][:2] == ["start", "finish"], part.file


@pytest.mark.parametrize("pattern", BANNED)
def test_no_banned_words(parts: dict[str, Chapter | Exercise], pattern: str) -> None:
    found = [
        (part.file, match[0])
        for name, part in parts.items()
        if name not in QUOTED
        for match in re.finditer(pattern, part.body, re.IGNORECASE)
    ]
    assert not found


def test_boxes_are_rare_and_never_adjoin(rendered: Rendered) -> None:
    for section in rendered.sections:
        boxes = section.tree.xpath(".//aside[contains(@class, 'callout')]")
        for box in boxes:
            after = box.getnext()
            assert after is None or "callout" not in (after.get("class") or ""), (section.key, box.get("class"))


def test_every_source_is_cited_and_every_page_of_figures_has_one(rendered: Rendered) -> None:
    text = "".join(part.body for part in rendered.book.parts if isinstance(part, Chapter | Exercise))
    heads = {key for part in rendered.book.parts if isinstance(part, Exercise) for key in part.head.sources}
    cited = set(re.findall(r"\bS\d+\b", " ".join(re.findall(r"\[@([^\]]+)\]", text)))) | heads
    assert cited <= set(rendered.book.sources)
    studies = re.compile(r"\b(stud(y|ies)|trials?|review)\b", re.IGNORECASE)
    for part in rendered.book.parts:
        if isinstance(part, Chapter) and studies.search(part.body) and re.search(r"\d+ people", part.body):
            assert "[@" in part.body, f"{part.file} tells of studies and cites none"
