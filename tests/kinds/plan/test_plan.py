"""A plan over weeks: its rows and bars, its sheets for the wall, what can be wrong with it, and how it is printed."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml import etree
from pypdfium2 import raw
from ruamel.yaml import YAML

from book.check.views.layout import MM, Char, Layout
from book.kinds.exercise.model import Dose
from book.kinds.exercise.render.dose import dose_lines
from book.kinds.plan.model import Bar, Item, Plan, cells, rows
from book.kinds.plan.render.wall_sheet import Card, Group, sheet
from book.model.labels import Labels
from book.render.rendered import Rendered
from tests.conftest import TINY, Command, read, rendered_from
from tests.load.test_bad_input import change

Spoil = Callable[[Path], object]
CHAPTER = "chapters/flour-and-water.md"
FOOT = 258  # mm from the top of US Letter, below which only the running foot stands
PLAN = """\
plan:
  title: Six weeks of bread
  column: Your fold
  weeks: 6
  rhythms:
    daily: {name: Every day, short: daily}
    sunday: {name: On Sundays}
  stages:
    - weeks: 1–2
      moves:
        daily: [stretch-and-fold]
        sunday: [{do: Feed your starter, see: "chapter:baking"}]
    - weeks: 3–6
      moves:
        daily: [{either: [stretch-and-fold, slap-and-fold]}]
        sunday: [{move: slap-and-fold, note: on a wet board}]
  wall_note: Stop if the dough tears.
"""
AT = (TINY / CHAPTER).read_text("utf-8").count("\n") + 2  # the line on which the block begins
BLOCK = "\n/// plan\n\nFind your week.\n\n///\n"


def with_plan(book: Path) -> None:
    """Give the tiny book a second exercise, a plan, its chart and its sheets; the plan begins on line 26."""
    exercises = book / "chapters" / "exercises"
    text = (exercises / "stretch-and-fold.md").read_text("utf-8")
    (exercises / "slap-and-fold.md").write_text(text.replace("Stretch and fold", "Slap and fold"), "utf-8")
    manifest = book / "book.yaml"
    text = manifest.read_text("utf-8").replace("cover:\n", PLAN + "cover:\n")
    after = "  - exercise:stretch-and-fold\n"
    text = text.replace(after, f"{after}  - exercise:slap-and-fold\n")
    manifest.write_text(text.replace("  - page:log\n", "  - page:log\n  - page:wall\n"), "utf-8")
    with (book / CHAPTER).open("a", encoding="utf-8") as chapter:
        chapter.write(BLOCK)


@pytest.fixture
def planned(tiny: Path) -> Path:
    with_plan(tiny)
    return tiny


def plan_of(text: str) -> Plan:
    return Plan.model_validate(YAML(typ="safe").load(text)["plan"])


def test_rows_come_in_order_and_bars_run_on_while_nothing_changes() -> None:
    plan = plan_of("""
plan:
  title: T
  column: C
  weeks: 9
  rhythms: {daily: {name: Every day}, often: {name: Often}}
  stages:
    - {weeks: 1–2, moves: {daily: [row, {move: lift, note: lightly}], often: [row]}}
    - {weeks: 3, moves: {daily: [lift, {do: Rest}], often: [{either: [row, lift]}]}}
    - {weeks: 4–6, moves: {daily: [lift, {do: Rest}]}}
    - {weeks: 7–9, moves: {daily: [row], often: [lift]}}
""")
    assert [(row.item, row.bars) for row in rows(plan)] == [
        (Item(move="row"), (Bar(1, 2, ("daily", "often")), Bar(7, 9, ("daily",)))),
        (Item(move="lift"), (Bar(1, 2, ("daily",), "lightly"), Bar(3, 6, ("daily",)), Bar(7, 9, ("often",)))),
        (Item(do="Rest"), (Bar(3, 6, ("daily",)),)),
        (Item(either=("row", "lift")), (Bar(3, 3, ("often",)),)),
    ]


def test_cells_fill_all_weeks() -> None:
    found = rows(plan_of(PLAN.replace("[{do: Feed", "[slap-and-fold, {do: Feed")))
    assert [[cell and cell.weeks for cell in cells(row, 6)] for row in found] == [
        [2, None, None, None, None],
        [2, 4],
        [2, None, None, None, None],
        [None, None, 4],
    ]


def test_a_sheet_has_one_card_a_move_and_says_the_rest_in_words() -> None:
    stage = plan_of(PLAN).stages[1]
    found = sheet(stage)
    assert found.groups == (Group("daily", (Card("stretch-and-fold"), Card("slap-and-fold", choice=True))),)
    assert found.besides == (("sunday", (Item(move="slap-and-fold", note="on a wet board"),)),)


def columns_of(**moves: list[object]) -> list[list[tuple[str, int]]]:
    plan = plan_of(PLAN)
    stage = plan.stages[0].model_validate({"weeks": 1, "moves": moves})
    return [[(group.rhythm, len(group.cards)) for group in column] for column in sheet(stage).columns]


def test_columns_are_nearly_one_height_and_keep_choices_whole() -> None:
    assert columns_of(a=["k"], b=["l", "m", "n"], c=["o", "p", "q"]) == [[("a", 1), ("b", 3)], [("c", 3)]]
    assert columns_of(a=["k", "l", "m", "n"]) == [[("a", 2)], [("a", 2)]]
    assert columns_of(a=["k", {"either": ["l", "m", "n"]}]) == [[("a", 1)], [("a", 3)]]
    assert columns_of(a=[{"do": "Rest"}]) == [[], []]


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"repeats": "8-12", "hold_seconds": 2, "rounds": "2–3", "rest_seconds": 60, "days_per_week": 3},
         (("8–12 times", "2–3 rounds"), ("hold for 2 seconds",))),
        ({"repeats": 8, "rounds": 1, "each_side": True, "days_per_week": 3}, (("8 times",), ("each side",))),
        ({"hold_seconds": "20-30", "each_side": True, "rounds": 2, "times_per_day": "1-2"},
         (("Hold for 20–30 seconds",), ("each side", "2 rounds"), ("1–2 times a day",))),
        ({"hold_minutes": "1-2", "rounds": 1, "times_per_day": 1}, (("Hold for 1–2 minutes",),)),
        ({"up_to_minutes": 2, "rounds": 1, "days_per_week": 5}, (("Keep going for 2 minutes, at most",),)),
        ({"breaths": 3, "rounds": 1, "every_minutes": 30}, (("3 slow breaths",), ("every 30 minutes",))),
    ],
)  # fmt: skip
def test_dose_in_short_lines(given: dict[str, object], lines: tuple[tuple[str, ...], ...]) -> None:
    assert dose_lines(Dose.model_validate(given), Labels()) == lines


BAD: list[tuple[str, Spoil, str]] = [
    ("unknown exercise", change("book.yaml", "daily: [stretch-and-fold]", "daily: [stretch-n-fold]"),
     'book.yaml:37: there is no exercise "stretch-n-fold" under contents. Did you mean "stretch-and-fold"?'),
    ("unknown choice", change("book.yaml", "[stretch-and-fold, slap", "[stretch-and-fold, flap"),
     'book.yaml:41: there is no exercise "flap-and-fold" under contents. Did you mean "slap-and-fold"?'),
    ("unknown rhythm", change("book.yaml", "sunday: [{do", "sundays: [{do"),
     'book.yaml:38: there is no rhythm "sundays" under rhythms. Did you mean "sunday"?'),
    ("unknown link", change("book.yaml", "chapter:baking\"}", "chapter:bakeing\"}"),
     'book.yaml:38: there is no "chapter:bakeing" under contents. Did you mean "chapter:baking"?'),
    ("gap", change("book.yaml", "weeks: 3–6", "weeks: 4–6"),
     "book.yaml:39: week 3 is in no stage. Begin this one at week 3, or add a stage."),
    ("overlap", change("book.yaml", "weeks: 3–6", "weeks: 2–6"),
     "book.yaml:39: week 2 is in an earlier stage already. Begin this one at week 3."),
    ("late start", change("book.yaml", "weeks: 1–2", "weeks: 2"),
     "book.yaml:35: week 1 is in no stage. Begin this one at week 1, or add a stage."),
    ("end missing", change("book.yaml", "weeks: 6", "weeks: 8"),
     "book.yaml:30: weeks 7–8 are in no stage. Add a stage, or write weeks: 6."),
    ("past the end", change("book.yaml", "weeks: 6", "weeks: 5"),
     "book.yaml:39: week 6 comes after the plan's 5 weeks. End earlier, or raise plan.weeks."),
    ("weeks unreadable", change("book.yaml", "weeks: 3–6", "weeks: three"),
     'book.yaml:39: plan.stages.2.weeks must be a whole number or a range like 8–12, not "three".'),
    ("two things at once", change("book.yaml", "{move: slap-and-fold,", "{move: slap-and-fold, do: Slap,"),
     "book.yaml:42: plan.stages.2.moves.sunday.1 must have just one of the keys move, either and do"),
    ("no choice", change("book.yaml", "[stretch-and-fold, slap-and-fold]", "[slap-and-fold]"),
     "book.yaml:41: plan.stages.2.moves.daily.1 must name two exercises or more under either"),
    ("link beside a move", change("book.yaml", "note: on a wet board", 'see: "chapter:baking"'),
     "book.yaml:42: plan.stages.2.moves.sunday.1 must have the key see only beside do"),
    ("unknown key", change("book.yaml", "{do: Feed", "{does: Feed"),
     'book.yaml:38: there is no key "plan.stages.1.moves.sunday.1.does". Did you mean "do"?'),
    ("twice", change("book.yaml", "daily: [stretch-and-fold]", "daily: [stretch-and-fold, stretch-and-fold]"),
     'book.yaml:37: "stretch-and-fold" is named twice in this rhythm. Keep one.'),
    ("empty rhythm", change("book.yaml", "daily: [stretch-and-fold]", "daily: []"),
     'book.yaml:37: nothing is to be done in the rhythm "daily". Name a move, or take it out.'),
    ("five rhythms", change("book.yaml", "    sunday: {name", "    b: {name: B}\n    c: {name: C}\n    d: {name: D}\n    sunday: {name"),
     "book.yaml:31: there are 5 rhythms; a chart shows 4 apart. Join some."),
    ("empty stage", change("book.yaml", PLAN[PLAN.index("    - weeks: 3") : PLAN.index("  wall_note")], "    - {weeks: 3–6, moves: {}}\n"),
     "book.yaml:39: there is nothing to do in this stage."),
    ("page without plan", change("book.yaml", PLAN, ""),
     'book.yaml:24: "page:wall" needs the key "plan". Add it, or take the page out.'),
    ("chart says nothing", change(CHAPTER, BLOCK, "\n/// plan\n\n///\n"), f"{CHAPTER}:{AT}: the plan does not say how to read it."),
    ("chart has a heading", change(CHAPTER, "/// plan\n", "/// plan | Weeks\n"), f"{CHAPTER}:{AT}: a plan has its heading from plan.title"),
    ("chart twice", change(CHAPTER, BLOCK, BLOCK + BLOCK), f"{CHAPTER}:{AT + 6}: the plan stands in {CHAPTER} already."),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_mistakes_are_told_with_their_line(planned: Path, command: Command, spoil: Spoil, said: str) -> None:
    spoil(planned)
    result = command("epub")
    assert result.exit_code == 1, result.output
    assert said in result.output
    assert "Traceback" not in result.output


def test_chart_without_plan_is_told_with_its_line(tiny: Path, command: Command) -> None:
    (tiny / CHAPTER).write_text((tiny / CHAPTER).read_text("utf-8") + BLOCK, "utf-8")
    assert f'{CHAPTER}:{AT}: a plan needs the key "plan" in book.yaml.' in command("epub").output


def test_all_mistakes_of_a_plan_are_told_at_once(planned: Path, command: Command) -> None:
    change("book.yaml", "weeks: 3–6", "weeks: 4–7")(planned)
    change("book.yaml", "daily: [stretch-and-fold]", "dayly: [stretch]")(planned)
    said = command("epub").output
    assert [int(line) for line in re.findall(r"book\.yaml:(\d+):", said)] == [37, 37, 39, 39]


def test_a_stage_that_needs_more_pages_is_told_with_its_line(planned: Path, command: Command) -> None:
    exercises = planned / "chapters" / "exercises"
    text = (exercises / "stretch-and-fold.md").read_text("utf-8")
    names = [f"fold-{number}" for number in range(36)]
    for name in names:
        (exercises / f"{name}.md").write_text(text, "utf-8")
    listed = "".join(f"  - exercise:{name}\n" for name in names)
    change("book.yaml", "  - exercise:stretch-and-fold\n", f"  - exercise:stretch-and-fold\n{listed}")(planned)
    change("book.yaml", "daily: [stretch-and-fold]", f"daily: [{', '.join(names)}]")(planned)
    said = command("letter", "--only", "page:wall").output
    line = 35 + len(names)
    assert re.search(rf"book\.yaml:{line}: takes \d pages in the edition letter: \d+ mm too much\. Do fewer", said)
    assert said.count("mm too much") == 1


def sections_of(root: Path) -> dict[str, etree._Element]:
    return {section.key: section.tree for section in rendered_from(root).sections}


def texts(tree: etree._Element, path: str) -> list[str]:
    return [" ".join("".join(found.itertext()).split()) for found in tree.xpath(path)]


def test_a_book_without_a_plan_holds_nothing_of_one() -> None:
    sections = sections_of(TINY)
    assert "page:wall" not in sections
    assert not [key for key, tree in sections.items() if tree.xpath(".//*[starts-with(@class, 'plan')]")]


def test_a_tiny_book_with_a_plan_builds(planned: Path, command: Command, tmp_path: Path) -> None:
    result = command("letter", "epub", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    sections = sections_of(planned)
    chart = next(iter(sections["chapter:flour-and-water"].xpath(".//*[@id='plan-chart']")))
    assert texts(chart, "./p") == ["Find your week."]
    assert texts(chart, "./table[@class='plan-list']/tbody/tr") == [
        "Stretch and fold1–2daily", "Feed your starter1–2On Sundays", "Stretch and fold or Slap and fold3–6daily",
        "Slap and fold3–6On Sundays: on a wet board",
    ]  # fmt: skip
    wall = sections["page:wall"]
    assert texts(wall, ".//ul[@data-medium='screen']/li") == [
        "Stretch and fold: 4 times, 3–4 rounds", "Feed your starter",
        "Stretch and fold or Slap and fold: 4 times, 3–4 rounds or 4 times, 3–4 rounds",
        "Slap and fold: 4 times, 3–4 rounds (on a wet board)",
    ]  # fmt: skip
    assert texts(wall, ".//h2") == ["Weeks 1–2", "Weeks 3–6"]


FIVE, SITS, THREE = "5 days a week", "every half hour you sit", "Mon, Wed, Fri"
CHART = [
    ("Two-minute side raise", 1, 2, f"{FIVE}: stop when you could do 3 more"),
    ("Two-minute side raise", 3, 10, FIVE),
    ("Doorway stretch", 1, 10, FIVE),
    ("String to the sky", 1, 10, SITS),
    ("Chin glide", 3, 10, FIVE),
    ("Wall slide", 3, 6, THREE),
    ("Band row", 3, 10, THREE),
    ("Band pull-apart", 3, 10, THREE),
    ("Y raise", 7, 10, THREE),
    ("Bridge", 7, 10, THREE),
]
DOSES = {
    "Two-minute side raise": "Keep going for 2 minutes, at most",
    "String to the sky": "3 slow breaths every 30 minutes",
    "Chin glide": "8–10 times, 1–2 rounds hold for 5 seconds 1–2 times a day",
    "Doorway stretch": "Hold for 30 seconds each side, 2 rounds",
    "Wall slide": "8–12 times, 2 rounds",
    "Blade squeeze": "10 times, 1–2 rounds hold for 5 seconds",
    "Band row": "8–12 times, 2–3 rounds hold for 2 seconds",
    "Towel-roll chest opener": "Hold for 1–2 minutes",
    "Band pull-apart": "8–12 times, 2 rounds hold for 1–2 seconds",
    "Bridge": "8–12 times, 2 rounds hold for 3 seconds",
    "Neck side stretch": "Hold for 20–30 seconds each side, 2–3 rounds 1–2 times a day",
    "Side reach": "Hold for 20–30 seconds each side, 2 rounds",
    "Y raise": "6–10 times, 2 rounds hold for 2 seconds",
    "Chest lift": "6–10 times, 1–2 rounds hold for 3–5 seconds",
}
ALL_WEEKS = ["Two-minute side raise", "Doorway stretch", "String to the sky"]
WALL = {
    "Weeks 1–2": ALL_WEEKS,
    "Weeks 3–6": [*ALL_WEEKS, "Chin glide", "Wall slide", "Band row", "Band pull-apart"],
    "Weeks 7–10": [*ALL_WEEKS, "Chin glide", "Band row", "Band pull-apart", "Y raise", "Bridge", "Chest lift"],
}  # fmt: skip


@pytest.fixture(scope="module")
def layout(report: dict[str, Path]) -> Layout:
    return read(report["letter"], FOOT)


def squash(text: str) -> str:
    return "".join(text.split())


def page_with(layout: Layout, start: str) -> list[Char]:
    """The characters of the one page whose text begins so."""
    (found,) = [page.chars for page in layout.sheets if text_of(page.chars).startswith(squash(start))]
    return [char for char in found if char.top < FOOT]


def text_of(chars: list[Char]) -> str:
    return "".join(char.text for char in chars)


def boxes_of(path: Path, number: int) -> Iterator[tuple[float, float, float, float]]:
    """The boxes drawn on a page (from 0) that could be bars: (left, top, right, bottom) in mm, from the top left."""
    document = pdfium.PdfDocument(path)
    try:
        page = document[number]
        height, found = page.get_height(), set()
        for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = drawn.get_bounds()
            found.add(tuple(round(side / MM, 1) for side in (left, height - top, right, height - bottom)))
    finally:
        document.close()
    return (box for box in found if box[2] - box[0] > 8 and box[3] - box[1] > 4)


def test_bars_cover_the_right_weeks(layout: Layout, report: dict[str, Path]) -> None:
    page = page_with(layout, "What is the full plan?")
    boxes = sorted(boxes_of(report["letter"], page[0].page), key=lambda box: (box[1] // 2, box[0]))
    edge = min(left for left, *_ in boxes)
    heads = week_heads(page, edge)
    found = []
    for left, top, right, bottom in boxes:
        inside = [char for char in page if left < char.left < right and top < char.baseline < bottom]
        beside = [char for char in page if char.left < edge - 1 and top - 2.5 < char.baseline < bottom + 2.5]
        weeks = [week for week, middle in heads.items() if left < middle < right]
        found.append((text_of(beside), weeks, text_of(inside)))
    wanted = sorted((squash(words), [*range(first, last + 1)], squash(name)) for name, first, last, words in CHART)
    assert sorted((words, weeks) for _, weeks, words in found) == [(words, weeks) for words, weeks, _ in wanted]
    for name, first, last, words in CHART:
        assert any(
            beside.startswith(squash(name)) and weeks == [*range(first, last + 1)] and squash(words) == inside
            for beside, weeks, inside in found
        ), name


def week_heads(page: list[Char], edge: float) -> dict[int, float]:
    """Where the middle of each week's column is, by the number at its head."""
    word = text_of(page).index("Week1")
    chars = [char for char in page[word + 4 : word + 15] if char.left > edge]
    digits = text_of(chars)
    assert digits == "12345678910"
    middles = {week: (chars[week - 1].left + chars[week - 1].right) / 2 for week in range(1, 10)}
    return middles | {10: (chars[9].left + chars[10].right) / 2}


@pytest.mark.parametrize(("stage", "moves"), WALL.items())
def test_each_wall_sheet_is_one_page_with_just_its_moves(layout: Layout, stage: str, moves: list[str]) -> None:
    page = page_with(layout, stage)
    text = text_of(page)
    for name, dose in DOSES.items():
        assert (squash(f"{name} {dose}") in text) == (name in moves), name
    assert len(re.findall(r"Painabove3outof10\?", text)) == 1
    assert "Askfirst" in text


@pytest.mark.parametrize("stage", WALL)
def test_wall_sheets_are_large_enough_to_read_from_a_step_away(layout: Layout, stage: str) -> None:
    page = page_with(layout, stage)
    at = text_of(page).index("Two-minutesideraise")
    assert min(char.size for char in page) > 12.99
    assert page[at].size > 15.99


def test_wall_sheets_follow_one_another_after_the_log(rendered: Rendered, layout: Layout) -> None:
    keys = [section.key for section in rendered.sections]
    assert keys[keys.index("page:log") + 1] == "page:wall"
    first = page_with(layout, "Four-week log")[0].page
    assert [page_with(layout, stage)[0].page for stage in WALL] == [first + 1, first + 2, first + 3]
