"""A flow of questions: its list in every edition, its chart on paper, its ids, and what must stand on one page."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html

from book.assemble.ebook import for_epub
from book.assemble.printed import for_print
from book.check.views.layout import Layout, Piece, read_layout
from book.check.views.pdf_inside import Inside
from book.model.editions import EDITIONS
from book.render.rendered import Rendered
from book.render.tree import Tree, plain, select
from tests.conftest import TINY, Command, rendered_from
from tests.formats.pdf.test_pdf import squash
from tests.load.test_bad_input import CHAPTER, FLOW, change

LINE = (TINY / CHAPTER).read_text("utf-8").count("\n") + 2  # on which the flow begins
BREAD = """
/// flow | Which fault is yours?
    attrs: {id: flow:fault}

Begin at 1.

1. Is it [baked](chapter:baking)?
    - Yes: go to 2
    - No: **Bake it.** Times are known [@K1].
2. Is it wet?
    - Yes, at 12:30 still: go to 4
    - Not at all: go to 3
    - A little: [](exercise:stretch-and-fold)
3. Is it flat?
    - Yes: Wait: it *grows*.
    - No: Eat it.
4. Is it pale?
    - Yes: Bake it longer.
    - No: Cool it.
///
"""
LISTED = [
    ["Is it baked?", "Yes: Go to 2", "No: Bake it. Times are known [1]."],
    ["Is it wet?", "Yes, at 12:30 still: Go to 4", "Not at all: Go to 3", "A little: Stretch and fold"],
    ["Is it flat?", "Yes: Wait: it grows.", "No: Eat it."],
    ["Is it pale?", "Yes: Bake it longer.", "No: Cool it."],
]
CHART = [
    ["Is it baked?", "Yes", "No Bake it. Times are known [1]."],
    ["Is it wet?", "Yes, at 12:30 still Go to 4", "Not at all", "A little Stretch and fold"],
    ["Is it flat?", "Yes Wait: it grows.", "No Eat it."],
    ["Is it pale?", "Yes Bake it longer.", "No Cool it."],
]
AS_LIST, AS_CHART = ["epub", "large-print"], ["letter", "a4"]


def add(book: Path, text: str) -> None:
    """Write more at the end of the tiny book's first chapter."""
    with (book / CHAPTER).open("a", encoding="utf-8") as chapter:
        chapter.write(text)


@pytest.fixture
def flowing(tiny: Path) -> Path:
    add(tiny, BREAD)
    return tiny


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The tiny book with a flow, as a PDF."""
    book = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("flow") / "book"))
    add(book, BREAD)
    result = Command(book)("letter")
    assert result.exit_code == 0, result.output
    return (book / "dist" / "first-loaf-letter.pdf").read_bytes()


def said(element: Tree) -> str:
    """Give all words of an element."""
    return " ".join("".join(map(str, element.itertext())).split())


def tree_of(rendered: Rendered, edition: str) -> Tree:
    """Give what an edition makes of the book's first chapter."""
    if edition == "epub":
        return next(leaf.body for leaf in for_epub(rendered) if leaf.file == "chapter-flour-and-water.xhtml")
    (chapter,) = select(
        html.fromstring(for_print(rendered, EDITIONS[edition])), "//section[@id='chapter-flour-and-water']"
    )
    return chapter


def flow_in(rendered: Rendered, edition: str) -> list[list[str]]:
    """Give each question of a flow with its answers, as they stand in an edition."""
    return [
        [said(found) for found in select(step, ".//p | .//ul/li")]
        for step in select(tree_of(rendered, edition), ".//div[@class='flow']/ol/li")
    ]


@pytest.mark.parametrize(("editions", "rows"), [(AS_LIST, LISTED), (AS_CHART, CHART)])
def test_a_list_on_screens_and_in_large_print_a_chart_in_print(
    flowing: Path, editions: list[str], rows: list[list[str]]
) -> None:
    rendered = rendered_from(flowing)
    for edition in editions:
        assert flow_in(rendered, edition) == rows, edition
        box = select(tree_of(rendered, edition), ".//div[@id='flow-fault']")[0]
        assert (box.get("role"), box.get("aria-label")) == ("group", "Which fault is yours?")
        assert [plain(found) for found in select(box, "./p")] == ["Which fault is yours?", "Begin at 1."]
        assert bool(select(box, "./div[@id='flow-fault-end']")) == (edition in AS_CHART)
        assert not select(box, ".//*[@data-medium]")


@pytest.mark.parametrize("edition", [*AS_LIST, *AS_CHART])
def test_each_way_on_leads_to_its_question(flowing: Path, edition: str) -> None:
    tree = tree_of(rendered_from(flowing), edition)
    questions = {found.get("id"): plain(found) for found in select(tree, ".//p[@class='flow-question']")}
    led = [
        questions[link.get("href", "")[1:]]
        for link in select(tree, ".//ul[@class='flow-answers']//a[contains(@href, '_flow_')]")
    ]
    assert led == ["Is it wet?", "Is it pale?", "Is it flat?"]


def test_links_on_screens_say_where_they_lead(flowing: Path) -> None:
    tree = tree_of(rendered_from(flowing), "epub")
    assert [plain(link) for link in select(tree, ".//a[@class='flow-go']")] == ["Go to 2", "Go to 4", "Go to 3"]


def test_go_to_is_said_in_the_words_of_the_book(flowing: Path) -> None:
    change("book.yaml", "labels:", 'labels:\n  go_to: "Weiter mit {number}!"')(flowing)
    rendered = rendered_from(flowing)
    assert flow_in(rendered, "epub")[1][1] == "Yes, at 12:30 still: Weiter mit 4!"
    assert flow_in(rendered, "letter")[1][1] == "Yes, at 12:30 still Weiter mit 4!"


def test_ids_of_questions_are_like_no_other(tiny: Path) -> None:
    add(tiny, BREAD + FLOW)
    with (tiny / "chapters/baking.md").open("a", encoding="utf-8") as baking:
        baking.write(f"{FLOW}\n## More {{#baking_flow_1_3}}\n\n[Up](#baking_flow_1_3).\n")
    trees = [section.tree for section in rendered_from(tiny).sections]
    ids = [found.get("id") for tree in trees for found in tree.iter(etree.Element) if found.get("id")]
    assert len(ids) == len(set(ids))
    questions = [found.get("id") for tree in trees for found in select(tree, ".//p[@class='flow-question']")]
    assert len(questions) == 4 + 3 + 3
    assert "baking_flow_1_3" not in questions
    assert "baking_flow_1_3" in ids


def test_empty_lines_between_answers_change_nothing(flowing: Path) -> None:
    charts = []
    for end in ("\n", "\n\n"):
        change(CHAPTER, "    - Not at all:", f"{end}    - Not at all:")(flowing)
        tree = next(one.tree for one in rendered_from(flowing).sections if one.key == "chapter:flour-and-water")
        charts.append([plain(item) for item in select(tree, ".//li")])
    assert charts[0] == charts[1]
    assert any("Not at all" in item for item in charts[0])


def test_other_parts_link_to_a_flow_by_its_title(flowing: Path) -> None:
    change("chapters/baking.md", "Heat the oven", "[](flow:fault) Heat the oven")(flowing)
    sections = {section.key: section.tree for section in rendered_from(flowing).sections}
    (link,) = select(sections["chapter:baking"], ".//a[@href='#flow-fault']")
    assert plain(link) == "Which fault is yours?"


def pieces_of(layout: Layout) -> list[Piece]:
    """The pieces of the page with the chart that stand above its foot."""
    (sheet,) = [sheet for sheet in layout.sheets if "Whichfaultis" in squash(sheet.words)]
    return [piece for piece in sheet.pieces if piece.tag >= 0]


def test_a_screen_reader_hears_each_question_then_its_answers(letter: bytes) -> None:
    inside, said = Inside(letter), dict[tuple[int, int], str]()
    for piece in (piece for sheet in read_layout(letter, 1000).sheets for piece in sheet.pieces):
        said[piece.page, piece.tag] = said.get((piece.page, piece.tag), "") + piece.text
    heard = squash("".join(said.get(mark, "") for found in inside.elements for mark in found.pieces))
    chart = "".join(f"{number}{''.join(step)}" for number, step in enumerate(CHART, 1))
    printed = squash(chart).replace("baked", "baked(page6)").replace("andfold", "andfold(page5)")
    assert printed in heard, heard


def test_links_of_the_chart_are_told_by_the_questions_they_lead_to(letter: bytes) -> None:
    inside = Inside(letter)
    links = [link for link in inside.annotations if "_flow_" in link.destination]
    assert sorted(link.words for link in links) == ["Is it flat?", "Is it pale?", "Is it wet?"]


def test_the_chart_has_one_left_edge_and_its_lines_stand_level(letter: bytes) -> None:
    pieces = pieces_of(read_layout(letter, 1000))

    def at(words: str) -> Piece:
        return next(piece for piece in pieces if squash(piece.text).startswith(squash(words)))

    assert (
        len({round(at(step[0][:5] if number == 0 else step[0]).left, 1) for number, step in enumerate(CHART)}) == 1
    )
    assert len({round(at(words).left, 1) for words in ("Bake it.", "Go to", "Wait", "Eat it", "Cool it")}) == 1
    flat, wait = at("Is it flat"), at("Wait")
    assert flat.baseline == pytest.approx(wait.baseline, abs=0.3)
    assert flat.right < wait.left
    heights = [at(words).baseline for words in ("Is it wet", "Not at all", "Is it flat", "Eat it", "Is it pale")]
    assert heights == sorted(heights)


def height_of(command: Command, times: int) -> int:
    """How many mm too tall the chart is with an outcome of so many sentences; 0 if it is not."""
    book = command.root / CHAPTER
    book.write_text((TINY / CHAPTER).read_text("utf-8"), "utf-8")
    add(command.root, BREAD.replace("Cool it.", "Let it cool on a rack of wire, all of it. " * times))
    said = command("handout", "--only", "chapter:flour-and-water").output
    found = re.search(rf"{CHAPTER}:{LINE}: takes (\d) pages in the edition \S+: (\d+) mm too much\. Shorten", said)
    return int(found[2]) if found else 0


def test_a_chart_too_tall_for_a_page_is_told_with_its_line_and_by_how_much(command: Command) -> None:
    found = [height_of(command, times) for times in (10, 30, 40)]
    assert found[0] == 0
    assert 30 < found[2] - found[1] < 70, found


def test_a_flow_stands_on_a_sheet_of_its_own(flowing: Path, command: Command, run: Callable[..., str]) -> None:
    result = command("handout", "--only", "flow:fault")
    assert result.exit_code == 0, result.output
    (sheet,) = (flowing / "dist").glob("*.pdf")
    text = run("pdftotext", sheet, "-")
    assert "Is it pale?" in text
    assert "Salt slows yeast" not in text
    assert text.count("\f") == 1
