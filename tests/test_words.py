"""The report's words: what its rules of `book check` cannot know. Those are in book/check, one golden book each."""

import re
from collections import Counter

from book.kinds.exercise.model import Exercise
from book.model.book import Chapter
from book.render.rendered import Rendered
from tests.conftest import ROOT

HOME = re.compile(r"^\|.*\| (?:printed in|reworded in) (\S+) \|$", re.MULTILINE)


def test_most_chapters_grew_out_of_the_articles(rendered: Rendered) -> None:
    chapters = {part.name for part in rendered.book.parts if isinstance(part, Chapter)}
    homes = Counter(HOME.findall((ROOT / "chapters" / "ledger.md").read_text("utf-8")))
    assert len(chapters & homes.keys()) >= 9


def test_colophon_prints_what_the_build_measured(rendered: Rendered) -> None:
    colophon = next(section for section in rendered.sections if section.key == "page:colophon")
    text = " ".join("".join(colophon.tree.itertext()).split())
    assert rendered.measures is not None
    for figure in (rendered.measures.grade, rendered.measures.smog, rendered.measures.dale_chall):
        assert f"{figure:.1f}" in text


def test_report_says_at_both_ends_that_nobody_has_reviewed_it(rendered: Rendered) -> None:
    about = rendered.book.manifest
    assert about.review.by is None, "a reviewer was named: see that they agreed, then mend this test"
    saying = [
        section.key for section in rendered.sections if about.review.pending in " ".join(section.tree.itertext())
    ]
    assert {"chapter:read-this-first", "page:colophon"} <= set(saying)


def test_exercises_show_their_start_and_finish(rendered: Rendered) -> None:
    for part in rendered.book.parts:
        if isinstance(part, Exercise):
            assert [pose.name for pose in part.head.poses][:2] == ["start", "finish"], part.file


def test_boxes_are_rare_and_never_adjoin(rendered: Rendered) -> None:
    for section in rendered.sections:
        boxes = section.tree.xpath(".//aside[contains(@class, 'callout')]")
        for box in boxes:
            after = box.getnext()
            assert after is None or "callout" not in (after.get("class") or ""), (section.key, box.get("class"))
