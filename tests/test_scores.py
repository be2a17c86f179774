"""The report scored by PEMAT-P and the CDC Index: the table in docs/scores.md is whole and true, and what a program can see holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from book.check.run import RULES
from book.kinds.exercise.model import Exercise
from book.render.rendered import Rendered
from book.render.section import Section
from book.render.tree import Tree, plain, select
from book.render.words.readability import MEASURED, WORD, blocks, sentences
from tests.conftest import ROOT

TABLE = ROOT / "docs" / "scores.md"
ROW = re.compile(
    r"^\| (?P<item>\d+) \| (?P<asks>[^|]+) \| (?P<score>1|0|N/A) \| (?P<why>[^|]+) \| (?P<where>[^|]+) \| (?P<check>[^|]+) \|$",
    re.MULTILINE,
)
POINTER = re.compile(r"`([a-z]+:[a-z0-9-]+)`, page (\d+)")
PEMAT = [*range(1, 13), *range(15, 27)]  # 13 and 14 are for sound and film
ACTING = range(20, 27)
CDC = list(range(1, 21))
CDC_PASS = 90

PARAGRAPH, LIST, APART, COLUMNS, NAMES = 5, 7, 300, 4, 6
PASSIVE_SHARE, YOU_SHARE = 0.05, 5.0
GLOSSARY = "chapter:words-to-know"
TO_LOOK_UP = {"page:contents", "page:find", "page:sources", "page:scan", "page:index"}
TO_ACT_ON = {
    f"chapter:{name}"
    for name in "one-page dont-blast-it pressing-rules body-map six-areas where-knots-sit need-a-helper "
    "using-the-exercises ten-week-plan more-ways".split()
}
CALENDARS = {"plan-chart", "log-week"}  # a column for each week or day, so wider than other tables
HEADS = "self::h1 or self::h2 or self::h3 or self::h4 or self::caption or self::dt or @class='callout-title'"
MESSAGE = ("lift your breastbone", "make your back strong", "open your front")
YOU = re.compile(r"\byou(r|rs|rself)?\b", re.IGNORECASE)
PASSIVE = re.compile(
    r"\b(am|is|are|was|were|be|been|being|get|gets|got)\s+(?:(?:\w+ly|not|also|often|now)\s+)?"
    r"(\w+ed|built|cut|done|drawn|felt|found|given|held|hurt|kept|known|left|made|meant|put|seen|shown|taken|told)\b",
    re.IGNORECASE,
)
SUMS = re.compile(
    r"\b(add|subtract) (about )?\d|\b(multipl|divid|calculat|percent)\w*|%|\bper (kg|pound)|\d ?[×x+÷] ?\d"
    r"|\b\d+ (in|out of) (?!10\b|100\b)\d+",
    re.IGNORECASE,
)
DECIMAL = re.compile(r"\d[.,]\d")
CHANCE = re.compile(r"\b\d+\s+in\s+100\b")
IN_WORDS = re.compile(r"\b(picture|half|twice|most|few|nearly|about one)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One scored item: its number, its score ("1", "0" or "N/A"), and what is written of it."""

    item: int
    score: str
    why: str
    where: str
    check: str


def rows(text: str, heading: str) -> list[Row]:
    part = text.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    return [
        Row(int(found["item"]), found["score"], found["why"], found["where"], found["check"])
        for found in ROW.finditer(part)
    ]


def reckoned(scored: list[Row]) -> str:
    """Points of applicable items, and the same of 100, as both tools reckon them."""
    points, applicable = (sum(row.score in kinds for row in scored) for kinds in ({"1"}, {"1", "0"}))
    return f"{points} of {applicable}, {100 * points / applicable:.0f} of 100"


@pytest.fixture(scope="module")
def table() -> str:
    return TABLE.read_text("utf-8")


@pytest.fixture(scope="module")
def pemat(table: str) -> list[Row]:
    return rows(table, "PEMAT-P")


@pytest.fixture(scope="module")
def cdc(table: str) -> list[Row]:
    return rows(table, "CDC Clear Communication Index")


@pytest.fixture(scope="module")
def sections(rendered: Rendered) -> dict[str, Section]:
    return {section.key: section for section in rendered.sections}


def test_each_item_is_scored_once_in_order(table: str, pemat: list[Row], cdc: list[Row]) -> None:
    assert [row.item for row in pemat] == PEMAT
    assert [row.item for row in cdc] == CDC
    assert len(re.findall(r"^\| \d", table, re.MULTILINE)) == len(PEMAT) + len(CDC)
    assert [row.item for row in (*pemat, *cdc) if row.score == "0" and "Missing:" not in row.why] == []


def test_the_totals_are_right(table: str, pemat: list[Row], cdc: list[Row]) -> None:
    acting = [row for row in pemat if row.item in ACTING]
    understanding = [row for row in pemat if row.item not in ACTING]
    assert (len(understanding), len(acting)) == (17, 7)
    assert f"Understanding: {reckoned(understanding)}. Acting: {reckoned(acting)}." in table
    assert f"All {sum(row.score != 'N/A' for row in cdc)} items apply: {reckoned(cdc)}." in table
    passes = sum(row.score == "1" for row in cdc) * 100 / len(cdc) >= CDC_PASS
    assert ("so the report does not pass" in table) is not passes


def test_a_lost_point_changes_the_total() -> None:
    row = Row(1, "1", "", "", "")
    lost, left_out = (Row(2, score, "", "", "") for score in ("0", "N/A"))
    assert reckoned([row, row, lost]) == "2 of 3, 67 of 100"
    assert reckoned([row, row, left_out]) == "2 of 2, 100 of 100"


def test_each_pointer_leads_to_what_stands_on_that_page(
    table: str,
    pemat: list[Row],
    cdc: list[Row],
    sections: dict[str, Section],
    report: dict[str, Path],
    update: bool,
) -> None:
    pages = pages_of(report["letter"])
    ids = {element.get("id") for section in sections.values() for element in section.tree.iter(etree.Element)}
    if update:
        TABLE.write_text(POINTER.sub(lambda at: f"`{at[1]}`, page {pages[html_id(at[1])]}", table), "utf-8")
        return
    for row in (*pemat, *cdc):
        pointers = POINTER.findall(row.where)
        assert "; ".join(f"`{name}`, page {page}" for name, page in pointers) == row.where
        assert {html_id(name) for name, _ in pointers} <= ids, row.where
        wrong = {name: pages[html_id(name)] for name, page in pointers if pages[html_id(name)] != int(page)}
        assert not wrong, f"item {row.item} names another page; `pytest --update` mends it"


def test_each_check_is_a_test_or_a_rule_that_there_is_or_people(pemat: list[Row], cdc: list[Row]) -> None:
    found = {f"rule: {code}" for code in RULES} | {
        f"test: {name}"
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    for row in (*pemat, *cdc):
        assert row.check == "people" or row.check in found, row.check


def test_the_purpose_stands_on_the_first_pages(sections: dict[str, Section], report: dict[str, Path]) -> None:
    heading = next(sections["chapter:read-this-first"].tree.iter("h2"))
    assert plain(heading) == "What this report will help you do"
    assert pages_of(report["letter"])["chapter-read-this-first"] <= 3


def test_each_muscle_named_is_told_in_plain_words(rendered: Rendered, sections: dict[str, Section]) -> None:
    told = {plain(term).lower(): plain(meaning) for term, meaning in terms(sections[GLOSSARY].tree)}
    sent_on = {
        term: said.removeprefix("See ").rstrip(".").lower()
        for term, said in told.items()
        if said.startswith("See ")
    }
    for term, said in told.items():
        if term in sent_on:
            assert any(other.startswith(sent_on[term]) for other in told), term
        else:
            assert len(said.split()) > 3, term
    doctors = {word for term in told for names in re.findall(r"\(([^)]*)\)", term) for word in WORD.findall(names)}
    assert {"deltoid", "trapezius"} & doctors
    named = " ".join(muscle.lower() for part in exercises(rendered) for muscle in part.head.muscles)
    assert set(WORD.findall(named)) & (doctors - {"of", "the", "in", "spine", "neck", "shoulder", "blade"}) == set()


def test_few_sentences_are_passive(sections: dict[str, Section]) -> None:
    said = [
        sentence for section in texts(sections) for block in blocks(section.tree) for sentence in sentences(block)
    ]
    share = sum(bool(PASSIVE.search(sentence)) for sentence in said) / len(said)
    assert 0 < share <= PASSIVE_SHARE


def test_numbers_in_the_text_have_no_decimals(sections: dict[str, Section]) -> None:
    found = [
        (section.key, block) for section in texts(sections) for block in blocks(section.tree)
        if DECIMAL.search(block) and not block.endswith(printed_version(sections))
    ]  # fmt: skip
    assert not found
    assert DECIMAL.search("fell 1.4 points")


def test_no_sums_are_asked_of_the_reader(sections: dict[str, Section]) -> None:
    said = [(section.key, block) for section in texts(sections) for block in blocks(section.tree)]
    said += [("page:log", plain(sections["page:log"].tree))]
    assert not [(key, block) for key, block in said if SUMS.search(block)]
    assert all(SUMS.search(asked) for asked in ("add 12 minutes", "1 in 3 people", "30%"))


def test_paragraphs_and_lists_are_short(sections: dict[str, Section]) -> None:
    long = [
        (section.key, block) for section in texts(sections) for block in blocks(section.tree)
        if len(sentences(block)) > PARAGRAPH
    ]  # fmt: skip
    assert not long
    lists = [
        (section.key, plain(found)) for section in sections.values() if section.key not in TO_LOOK_UP
        for found in section.tree.iter("ul", "ol") if len(found.findall("li")) > LIST
    ]  # fmt: skip
    assert not lists


def test_headings_come_often_and_differ(sections: dict[str, Section]) -> None:
    for section in texts(sections):
        tree = printed(section.tree)
        for run in runs(tree):
            assert run <= APART, section.key
        titles = [plain(heading) for heading in tree.iter("h1", "h2")]
        assert all(titles), section.key
        assert len(set(titles)) == len(titles), section.key


def test_each_chapter_has_a_summary_and_a_thing_to_do(rendered: Rendered, sections: dict[str, Section]) -> None:
    short = {f"chapter:{name}" for name in rendered.book.manifest.check.words.without_summary}
    assert len(short) == 2, "a page each"
    for key in (key for key in sections if key.startswith("chapter:") and key != GLOSSARY):
        for kind in ("do-this",) if key in short else ("in-short", "do-this"):
            boxes = select(sections[key].tree, f".//aside[@class='callout {kind}']")
            assert boxes, f"{key} has no box {kind}"
            assert all(len(plain(box).split()) > 5 for box in boxes)


def test_boxes_mark_what_matters(sections: dict[str, Section]) -> None:
    wanted = {
        "chapter:stop-signs": {"red-flag", "caution", "do-this", "in-short"},
        "chapter:pressing-rules": {"caution", "do", "dont", "do-this", "in-short"},
    }
    for key, kinds in wanted.items():
        boxes = select(sections[key].tree, ".//aside[starts-with(@class, 'callout ')]")
        assert {box.get("class", "").removeprefix("callout ") for box in boxes} == kinds
        assert all(select(box, "./p[@class='callout-title']") for box in boxes)


def test_pictures_have_captions_and_other_words_for_those_who_hear_them(sections: dict[str, Section]) -> None:
    bare = []
    for section in sections.values():
        for figure in section.tree.iter("figure"):
            caption = figure.find("figcaption")
            alts = [picture.get("alt", "") for picture in figure.iter("img")]
            assert alts, section.key
            assert all(alts), section.key
            if caption is None or not plain(caption):
                bare += [picture.get("src") for picture in figure.iter("img")]
            else:
                assert plain(caption) not in alts
    assert bare == []


def test_maps_carry_few_names(rendered: Rendered) -> None:
    plates = rendered.book.body_map.plates
    assert plates
    assert {name: len(plate.names) for name, plate in plates.items() if len(plate.names) > NAMES} == {}


def test_tables_are_narrow(sections: dict[str, Section]) -> None:
    seen = set()
    for section in sections.values():
        for found in section.tree.iter("table"):
            widest = max(sum(int(cell.get("colspan", 1)) for cell in row) for row in found.iter("tr"))
            assert widest <= COLUMNS or found.get("class") in CALENDARS, section.key
            seen.add(found.get("class"))
    assert seen >= CALENDARS


def test_pages_to_act_on_speak_to_you(sections: dict[str, Section]) -> None:
    pages = [section for key, section in sections.items() if key in TO_ACT_ON or key.startswith("exercise:")]
    assert len(pages) == len(TO_ACT_ON) + 14
    shares = {
        page.key: 100 * len(YOU.findall(plain(page.tree))) / len(WORD.findall(plain(page.tree))) for page in pages
    }
    assert {key: round(share, 1) for key, share in shares.items() if share < YOU_SHARE} == {}


def test_actions_have_three_to_six_steps(sections: dict[str, Section]) -> None:
    for section in sections.values():
        if isinstance(section.part, Exercise):
            (steps,) = section.tree.iter("ol")
            assert 3 <= len(steps) <= 6, section.key
    (pressing,) = sections["chapter:pressing-rules"].tree.iter("ol")
    assert 3 <= len(pressing) <= 6


def test_the_tools_are_there(rendered: Rendered, sections: dict[str, Section], report: dict[str, Path]) -> None:
    assert {"page:log", "page:wall", "chapter:one-page"} <= set(sections)
    assert select(sections["chapter:ten-week-plan"].tree, ".//*[@id='plan-chart']//table")
    assert select(sections["chapter:need-a-helper"].tree, ".//aside[@id='card-helper']//li[@class='task']")
    assert {"log", "plan", "wall-sheet", "therapist-card", "five-minute-card", "one-page"} <= set(
        rendered.book.manifest.editions
    )
    assert set(rendered.book.manifest.editions) <= set(report)


def test_maps_chart_and_log_say_how_to_read_them(sections: dict[str, Section]) -> None:
    for key, path, word in (
        ("chapter:body-map", ".//div[@class='map']/div[@class='map-key']", "where you see stripes"),
        ("chapter:where-knots-sit", ".//div[@class='map']/div[@class='map-key']", "Each sign"),
        ("chapter:ten-week-plan", ".//div[@id='plan-chart']/p", "Each line is one move"),
        ("page:log", "./p[@class='lede']", "Tick each day"),
    ):
        (line, *_) = select(sections[key].tree, path)
        assert word in plain(line), key
    headings = [plain(heading) for heading in sections["chapter:using-the-exercises"].tree.iter("h2")]
    assert "How do I read an exercise page?" in headings


def test_each_move_is_shown_in_two_poses(sections: dict[str, Section]) -> None:
    for section in sections.values():
        if isinstance(section.part, Exercise):
            poses = select(section.tree, ".//figure[starts-with(@class, 'pose')][.//img]")
            assert len(poses) >= 2, section.key
            assert all(plain(pose) for pose in poses)


def test_the_main_message_is_one_and_stands_first(rendered: Rendered, sections: dict[str, Section]) -> None:
    (lines,) = rendered.cover.iter("ol")
    assert tuple(plain(line).lower().rstrip(".") for line in lines) == MESSAGE
    first, page = (sections[f"chapter:{name}"].tree for name in ("read-this-first", "one-page"))
    (lede,) = select(page, ".//p[@class='lede']")
    (opening, *_) = first.iter("ul")
    for text in (plain(lede).lower(), plain(opening).lower()):
        assert [at for at in map(text.find, MESSAGE) if at < 0] == []
    assert rendered.sections[0].key == "chapter:read-this-first"
    assert "doctor" in plain(opening)


def test_the_call_to_action_is_in_a_box(sections: dict[str, Section]) -> None:
    (box,) = select(sections["chapter:one-page"].tree, ".//aside[@class='callout do-this']")
    assert "Start today with the 2-minute move" in plain(box)
    assert [link.get("href") for link in box.iter("a")] == ["#exercise-two-minute-side-raise"]
    assert not PASSIVE.search(plain(box))


def test_what_is_known_and_what_is_not_are_both_told(sections: dict[str, Section]) -> None:
    tree = sections["chapter:what-we-know"].tree
    headings = [plain(heading) for heading in tree.iter("h2")]
    assert headings == ["What we know", "What we don’t know"]
    after = {
        heading: select(tree, f".//h2[{number}]/following-sibling::*//a[@class='cite']")
        for number, heading in enumerate(headings, 1)
    }
    assert all(after.values())


def test_each_move_says_why_how_much_and_how_often(sections: dict[str, Section]) -> None:
    for section in sections.values():
        if isinstance(section.part, Exercise):
            boxes = [plain(term) for term in section.tree.iter("dt")]
            assert {"Rounds", "How often"} <= set(boxes), section.key
            assert len(section.part.body.partition("## Why")[2].partition("##")[0].split()) > 3, section.key
    assert "times a" in plain(sections["exercise:chin-glide"].tree)


def test_chances_are_also_told_in_words(sections: dict[str, Section]) -> None:
    told = [block for section in texts(sections) for block in blocks(section.tree) if CHANCE.search(block)]
    assert len(told) >= 3
    assert [block for block in told if not IN_WORDS.search(block)] == []


def pages_of(pdf: Path) -> dict[str, int]:
    """The page, from 1, on which each id that links or bookmarks lead to stands."""
    with pikepdf.open(pdf) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        return {
            str(name): numbers[target[0].objgen]
            for name, target in pikepdf.NameTree(document.Root.Names.Dests).items()
        }


def html_id(name: str) -> str:
    return name.replace(":", "-")


def exercises(rendered: Rendered) -> list[Exercise]:
    return [part for part in rendered.book.parts if isinstance(part, Exercise)]


def texts(sections: dict[str, Section]) -> list[Section]:
    """The sections whose words an author wrote: chapters and exercises."""
    return [section for key, section in sections.items() if key.startswith(("chapter:", "exercise:"))]


def printed_version(sections: dict[str, Section]) -> str:
    """The line at the foot of each exercise, which names the version."""
    (line, *_) = select(sections["exercise:chin-glide"].tree, ".//p[@class='source-line']")
    return plain(line)


def terms(tree: Tree) -> Iterator[tuple[Tree, Tree]]:
    for term in tree.iter("dt"):
        meaning = term.getnext()
        assert meaning is not None
        yield term, meaning


def printed(tree: Tree) -> Tree:
    """A copy without what only screens show."""
    copy = etree.fromstring(etree.tostring(tree))
    for element in select(copy, ".//*[@data-medium='screen']"):
        element.getparent().remove(element)  # type: ignore[union-attr]
    return copy


def runs(tree: Tree) -> list[int]:
    """The words between one heading and the next; captions, titles of boxes and headwords count as headings."""
    found = [0]
    for element in tree.iter(etree.Element):
        if element.xpath(HEADS):
            found.append(0)
        elif element.tag in {*MEASURED, "td", "th"} and not any(
            inner.tag in MEASURED for inner in element.iterdescendants()
        ):
            found[-1] += len(WORD.findall(plain(element)))
    return found
