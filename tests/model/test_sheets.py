"""Editions of a book's own, sheets and samples: read back from built files; and what can be wrong with them."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from pypdfium2 import PdfDocument
from ruamel.yaml import YAML

from book.assemble import printed
from book.build.builder import build
from book.check.views.layout import MM, Layout
from book.commands.cli import main
from book.model.edition_rows import Row
from book.model.editions import EDITIONS, editions_of
from book.model.manifest import Manifest
from book.render.pages.templates import long_date
from book.render.rendered import Rendered
from tests.conftest import ROOT, TINY, Command, read, rendered_from
from tests.formats.pdf.test_pdf import squash

FRAME_FOOT = 21 + 234 + 3
SHEETS = ("log", "therapist-card", "one-page")
CHAPTER = "chapters/flour-and-water.md"
LINES = len((TINY / "book.yaml").read_text("utf-8").splitlines())
Run = Callable[..., str]


def add(book: Path, text: str) -> None:
    """Write more keys below a book's manifest."""
    manifest = book / "book.yaml"
    manifest.write_text(manifest.read_text("utf-8") + text, "utf-8")


def with_card(book: Path) -> None:
    """Give the tiny book's tip an id."""
    chapter = book / CHAPTER
    text = chapter.read_text("utf-8")
    chapter.write_text(text.replace("/// tip\n", "/// tip | Sticky?\n    attrs: {id: tip:hands}\n\n"), "utf-8")


def text_of(path: Path, run: Run) -> str:
    return " ".join(run("pdftotext", "-layout", path, "-").split())


@pytest.fixture(scope="module")
def sheets(report: dict[str, Path]) -> dict[str, Layout]:
    return {name: read(report[name], FRAME_FOOT) for name in SHEETS}


def test_the_report_has_its_sheets_and_builds_them(report: dict[str, Path]) -> None:
    assert set(SHEETS) <= set(report)
    assert report["log"].name == "knots-in-your-upper-back-log.pdf"


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_one_page_as_wide_as_a4_and_as_high_as_letter(report: dict[str, Path], name: str) -> None:
    with pikepdf.open(report[name]) as pdf:
        (page,) = pdf.pages
        _, _, width, height = (float(side) for side in page.mediabox)
    assert width / MM == pytest.approx(EDITIONS["a4"].width_mm, abs=0.05)
    assert height / MM == pytest.approx(EDITIONS["letter"].height_mm, abs=0.05)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_keeps_to_the_frame_and_fills_most_of_it(sheets: dict[str, Layout], name: str) -> None:
    (sheet,) = sheets[name].sheets
    left, top, right, bottom = sheet.ink
    assert left > 20.5
    assert right < 21 + 168 + 0.5
    assert top > 20.7
    assert bottom < 21 + 234 + 13
    body = [char.bottom for char in sheets[name].body]
    assert max(body) > 21 + 0.85 * 234


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_says_in_one_line_what_it_is_and_of_which_day(
    sheets: dict[str, Layout], rendered: Rendered, name: str
) -> None:
    about, (sheet,) = rendered.book.manifest, sheets[name].sheets
    foot = [char for char in sheet.chars if char.top > FRAME_FOOT]
    words = "".join(char.text for char in foot)
    assert words.endswith(squash(f"{about.short_title}, version {about.version}, {long_date(rendered.book)}"))
    assert len({round(char.baseline, 2) for char in foot}) == 1


def test_sheets_have_a_title_of_their_own(report: dict[str, Path]) -> None:
    with pikepdf.open(report["therapist-card"]) as pdf:
        assert str(pdf.docinfo.Title) == "Please work here · Those miserable knots in your upper back"


def test_the_card_is_there_whole_and_alone(report: dict[str, Path], run: Run) -> None:
    said = text_of(report["therapist-card"], run)
    assert said.startswith("Please work here")
    assert "Please ask me first, and stop if I say stop" in said
    assert said.count("☐") == 7
    assert "Who can help?" not in said
    assert "Did you tick a box?" not in said


def test_links_and_source_numbers_become_words(
    report: dict[str, Path], sheets: dict[str, Layout], run: Run
) -> None:
    said = text_of(report["one-page"], run)
    assert "The stop signs tell you how fast to have it checked. What are the 3 steps?" in said
    assert "eased neck and shoulder pain over 10 weeks. Begin with" in said
    assert "[" not in said
    assert "(page" not in said
    note = squash("The studies behind this are listed in the full report.")
    layout = sheets["one-page"]
    at = layout.text.index(note)
    words = layout.body[at : at + len(note)]
    assert {round(char.size, 1) for char in words} == {10}
    assert min(char.top for char in words) > max(char.baseline for char in layout.body[:at])
    with pikepdf.open(report["one-page"]) as pdf:
        assert not [note for note in pdf.pages[0].get("/Annots", []) if note.Subtype == "/Link"]


def test_a_sheet_without_sources_says_nothing_of_them(report: dict[str, Path], run: Run) -> None:
    for name in ("log", "therapist-card"):
        assert "studies behind" not in text_of(report[name], run)


def test_each_thing_on_a_sheet_starts_a_page(tiny: Path, command: Command, run: Run) -> None:
    with_card(tiny)
    add(
        tiny,
        'editions:\n  wall: {says: For the wall, holds: ["tip:hands", "exercise:stretch-and-fold", "page:log"]}\n',
    )
    assert command("wall").exit_code == 0
    path = tiny / "dist" / "first-loaf-wall.pdf"
    pages = [" ".join(run("pdftotext", "-f", str(n), "-l", str(n), path, "-").split()) for n in (1, 2, 3)]
    assert [page[:7] for page in pages] == ["Sticky?", "By hand", "Loaf lo"]
    assert "Sources: see the whole book." in pages[1]
    assert "[1]" not in pages[1]
    assert not pages[0].endswith("1")  # the first page of a sheet has no number
    assert pages[1].endswith("2")


def test_a_sheet_with_the_sources_keeps_their_numbers_and_links(tiny: Path, command: Command, run: Run) -> None:
    add(
        tiny,
        'editions:\n  read: {says: To read, holds: ["chapter:flour-and-water", "chapter:baking", "page:sources"]}\n',
    )
    assert command("read").exit_code == 0
    said = text_of(tiny / "dist" / "first-loaf-read.pdf", run)
    assert "yeast [1]." in said
    assert "Bake it hot (page 3)" in said
    assert "see the whole book" not in said


def test_an_exercise_on_a_sheet_is_one_page(tiny: Path, command: Command) -> None:
    exercise = tiny / "chapters/exercises/stretch-and-fold.md"
    exercise.write_text(exercise.read_text("utf-8").replace("Wet your hands.", "Wet your hands. " * 90), "utf-8")
    add(tiny, 'editions:\n  wall: {says: For the wall, holds: ["exercise:stretch-and-fold", "page:log"]}\n')
    result = command("wall")
    assert result.exit_code == 1
    assert "stretch-and-fold.md:1: takes 3 pages in the edition wall: " in result.stderr


def test_a_book_that_lists_no_editions_builds_the_usual(tiny_editions: dict[str, Path]) -> None:
    assert set(tiny_editions) == {"letter", "a4", "epub"}


def test_what_is_listed_is_built_and_nothing_else(tiny: Path, command: Command) -> None:
    add(tiny, 'editions:\n  log:\n  tools: {says: Tools, holds: ["page:find"]}\n')
    assert command().exit_code == 0
    assert {path.name for path in (tiny / "dist").iterdir()} == {
        "first-loaf-log.pdf", "first-loaf-tools.pdf", "manifest.json",
    }  # fmt: skip


def test_editions_may_be_a_list_of_names(tiny: Path, command: Command) -> None:
    add(tiny, "editions: [log]\n")
    assert command().exit_code == 0
    assert {path.name for path in (tiny / "dist").iterdir()} == {"first-loaf-log.pdf", "manifest.json"}


def test_a_row_takes_what_it_does_not_say_from_the_row_it_is_like() -> None:
    rows = {
        "pocket": Row(like="sample", says="For the pocket", paper="a4", holds=("page:log",)),
        "card": Row(says="A card", holds=("card:helper",)),
        "letter": Row(says="The book", fillable=True),
    }
    found = editions_of(Manifest.model_construct(editions=rows))
    sample, handout = EDITIONS["sample"], EDITIONS["handout"]
    a4 = EDITIONS["a4"]
    assert found["pocket"] == replace(
        sample, name="pocket", says="For the pocket", suffix="-pocket.pdf", holds=("page:log",),
        width_mm=a4.width_mm, height_mm=a4.height_mm, margins_mm=a4.margins_mm,
    )  # fmt: skip
    assert found["card"] == replace(handout, name="card", says="A card", suffix="-card.pdf", holds=("card:helper",))
    assert found["letter"] == replace(EDITIONS["letter"], says="The book", fillable=True)
    assert found["a4"] == a4


def test_list_and_completion_know_sheets(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tiny, 'editions:\n  long-name-of-a-sheet: {says: The log, holds: ["page:log"]}\n')
    said = CliRunner().invoke(main, ["list", "--root", str(tiny)]).stdout
    assert " * long-name-of-a-sheet The log: first-loaf-long-name-of-a-sheet.pdf\n" in said
    assert "   fillable             PDF on US Letter" in said
    complete = ShellComplete(main, {}, "book", "_BOOK_COMPLETE").get_completions
    assert "long-name-of-a-sheet" in {item.value for item in complete(["build", "--root", str(tiny)], "")}
    monkeypatch.chdir(tiny)
    assert [item.value for item in complete(["build"], "long")] == ["long-name-of-a-sheet"]


def test_completion_does_without_a_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = ShellComplete(main, {}, "book", "_BOOK_COMPLETE").get_completions(["build"], "")
    assert [item.value for item in found] == list(EDITIONS)


def test_a_wrong_name_on_the_command_line_names_the_nearest_sheet(tiny: Path, command: Command) -> None:
    add(tiny, 'editions:\n  loaf-log: {says: The log, holds: ["page:log"]}\n')
    result = command("loaflog")
    assert result.exit_code == 2
    assert 'there is no edition "loaflog". Did you mean "loaf-log"?' in result.stderr


def test_a_link_to_a_callout_takes_its_heading(tiny: Path) -> None:
    with_card(tiny)
    baking = tiny / "chapters" / "baking.md"
    baking.write_text(baking.read_text("utf-8").replace("The pot", "[](tip:hands) The pot"), "utf-8")
    (section,) = (found for found in rendered_from(tiny).sections if found.key == "chapter:baking")
    assert [(link.get("href"), link.text) for link in section.tree.iter("a")] == [("#tip-hands", "Sticky?")]


def test_a_sample_begins_with_a_cover_that_says_so_and_numbers_its_own_pages(
    report: dict[str, Path], rendered: Rendered, run: Run
) -> None:
    says = editions_of(rendered.book.manifest)["sample"].says
    text = run("pdftotext", "-layout", report["sample"], "-")
    pages = [" ".join(page.split()) for page in text.split("\f")[:-1]]
    assert says in pages[0].replace("\u00a0", " ")
    assert rendered.book.manifest.cover.note not in pages[0]
    contents = text.split("\f")[1].splitlines()
    numbers = {line.strip(): line.split()[-1] for line in contents if line.strip() and line.split()[-1].isdigit()}
    numbered = {
        number for line, number in numbers.items() if "Stop signs" in line or "Two-minute side raise" in line
    }
    assert numbered == {str(at) for at, page in enumerate(pages, 1) if page.startswith(("Chapter 1 ", "Step 2"))}
    assert not re.search(r"Band row +\S*\d$", "\n".join(contents), re.MULTILINE)


@pytest.mark.parametrize(("names", "pages"), [((), 1), (("handout",), 1), (("letter",), 1)])
def test_a_part_is_made_alone_on_request(tiny: Path, command: Command, names: tuple[str, ...], pages: int) -> None:
    result = command(*names, "--only", "exercise:stretch-and-fold")
    assert result.exit_code == 0, result.output
    name = f"first-loaf-{(names or ('handout',))[0]}-exercise-stretch-and-fold.pdf"
    assert {path.name for path in (tiny / "dist").iterdir()} == {name, "manifest.json"}
    with pikepdf.open(tiny / "dist" / name) as pdf:
        assert len(pdf.pages) == pages


def test_a_place_alone_stands_on_one_page_below_the_name_of_its_chapter(tmp_path: Path, run: Run) -> None:
    (made,) = build(ROOT, tmp_path, (), lambda _: None, only=("area:1",))
    assert made.item.pages == 1
    lines = [line for line in run("pdftotext", "-layout", made.path, "-").splitlines() if line]
    assert lines[0].strip() == "The six places to search"
    assert lines[1].split() == ["1", "Front", "of", "your", "ribs"]


ONLY = [
    ("unknown part", ["handout", "--only", "exercise:stretch-and-fol"], 'Did you mean "exercise:stretch-and-fold"?'),
    ("no part", ["handout"], 'the edition "handout" is a part of the book. Say which: --only chapter:name'),
    ("of the whole", ["epub", "--only", "page:log"], 'the edition "epub" is always of the whole book. Try: book build handout --only'),
    ("a page that is not there", ["wall-sheet"], 'the edition "wall-sheet" holds "page:wall", which is nowhere in the book.'),
]  # fmt: skip


@pytest.mark.parametrize(("words", "said"), [case[1:] for case in ONLY], ids=[case[0] for case in ONLY])
def test_what_cannot_be_made_alone_is_told(tiny: Path, command: Command, words: list[str], said: str) -> None:
    result = command(*words)
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tiny / "dist").exists()


SHEET = "editions:\n  {name}: {{says: A sheet, holds: {holds}}}\n"
WRONG = [
    ("id nowhere", SHEET.format(name="wall", holds='["chapter:bakin"]'),
     f'book.yaml:{LINES + 2}: the edition "wall" holds "chapter:bakin", which is nowhere in the book. Did you mean "chapter:baking"?'),
    ("id like none", SHEET.format(name="wall", holds='["zzz"]'),
     f'book.yaml:{LINES + 2}: the edition "wall" holds "zzz", which is nowhere in the book. Write chapter:name, or give what you mean an id.'),
    ("a heading alone", SHEET.format(name="wall", holds='["step:mix"]'),
     f'book.yaml:{LINES + 2}: the edition "wall" holds "step:mix", which is not a whole: only its heading has that id.'),
    ("holds twice", SHEET.format(name="wall", holds='["page:log", "page:log"]'),
     f'book.yaml:{LINES + 2}: the edition "wall" holds "page:log" twice. Keep one.'),
    ("holds nothing", SHEET.format(name="wall", holds="[]"),
     f'book.yaml:{LINES + 2}: there is no edition "wall". Did you mean "wall-sheet"? If you mean one of your own'),
    ("a part of nothing", "editions:\n  sample:\n", f'book.yaml:{LINES + 2}: the edition "sample" is a part of the book. Say which, with the key "holds".'),
    ("page that is not there", "editions:\n  wall-sheet:\n", f'book.yaml:{LINES + 2}: the edition "wall-sheet" holds "page:wall", which is nowhere'),
    ("says missing", 'editions:\n  wall: {holds: ["page:log"]}\n', f'book.yaml:{LINES + 2}: the edition "wall" does not say what it is. Give it the key "says".'),
    ("like nothing", "editions:\n  wall: {says: A sheet, like: handot}\n",
     f'book.yaml:{LINES + 2}: the edition "wall" is like "handot": there is no edition "handot". Did you mean "handout"?'),
    ("like itself", "editions:\n  a4: {like: letter}\n", f'book.yaml:{LINES + 2}: the edition "a4" is built in, so it is like itself.'),
    ("part of an e-book", 'editions:\n  epub: {holds: ["page:log"]}\n',
     f'book.yaml:{LINES + 2}: the edition "epub" is made of the whole edition "letter". Take out "holds".'),
    ("unknown paper", "editions:\n  letter: {paper: a5}\n", f"book.yaml:{LINES + 2}: editions.letter.paper: input should be 'letter', 'a4' or 'both', not \"a5\"."),
    ("unknown key", "editions:\n  wall: {says: A sheet, hold: [x]}\n",
     f'book.yaml:{LINES + 2}: there is no key "editions.wall.hold". Did you mean "holds"?'),
    ("not a name", SHEET.format(name="My Wall", holds='["page:log"]'), "must be small letters, digits and hyphens"),
    ("edition unknown", "editions: [a4, lettre]\n", f'book.yaml:{LINES + 1}: there is no edition "lettre". Did you mean "letter"?'),
    ("news of another version", 'changes:\n  - {version: "0.2", date: 2026-02-01, says: [Old.]}\n',
     f"book.yaml:{LINES + 2}: the newest of changes is of version 0.2 (2026-02-01), and the book is version 0.3 (2026-03-01)."),
    ("news in the wrong order", 'changes:\n  - {version: "0.3", date: 2026-03-01, says: [New.]}\n'
     '  - {version: "0.1", date: 2026-01-01, says: [First.]}\n  - {version: "0.2", date: 2026-02-01, says: [Old.]}\n',
     f"book.yaml:{LINES + 4}: version 0.2 is newer than the one above it. Put it first."),
    ("no news", 'changes:\n  - {version: "0.3", date: 2026-03-01, says: []}\n', f"book.yaml:{LINES + 2}: changes.1.says is empty. Name one thing or more."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_mistakes_are_told_with_file_line_and_remedy(tiny: Path, command: Command, text: str, said: str) -> None:
    add(tiny, text)
    result = command("letter")
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tiny / "dist").exists()


def test_mistakes_of_sheets_are_told_with_all_others(tiny: Path, command: Command) -> None:
    add(tiny, 'editions:\n  wall:\n    says: A sheet\n    holds:\n      - "page:log"\n      - "chapter:bakin"\n')
    chapter = tiny / CHAPTER
    chapter.write_text(chapter.read_text("utf-8").replace("(chapter:baking)", "(chapter:bakin)"), "utf-8")
    said = command("letter").stderr.splitlines()
    assert [line.split(": ")[0] for line in said[:-1]] == [f"book.yaml:{LINES + 6}", f"{CHAPTER}:28"]


def test_the_example_of_the_documents_is_the_reports_own() -> None:
    example = (ROOT / "docs" / "editions.md").read_text("utf-8").partition("## Choose your editions")[2]
    shown = YAML(typ="safe").load(re.findall(r"```yaml\n(.*?)```", example, re.DOTALL)[0])["editions"]
    assert len(shown) > 3
    assert shown.items() <= YAML(typ="safe").load((ROOT / "book.yaml").read_text("utf-8"))["editions"].items()


@pytest.mark.parametrize("key", ["chapter:using-the-exercises", "page:index", "exercise:band-row", "card:helper"])
def test_nothing_on_a_sheet_counts_pages_that_it_does_not_hold(rendered: Rendered, key: str) -> None:
    sheet = replace(EDITIONS["handout"], holds=(key, "page:scan"))
    tree = lxml.html.fromstring(printed.for_print(rendered, sheet))
    ids = {element.get("id") for element in tree.xpath("//*[@id]")}
    asked = {element.get("data-target") for element in tree.xpath("//*[@data-target]")}
    asked |= {link.get("href") for link in tree.xpath("//a[starts-with(@href, '#')]")}
    assert {name.removeprefix("#") for name in asked} <= ids


def test_another_paper_is_one_row(loaf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All widths are shares of the frame between an edition's margins: on A5 nothing stands outside it."""
    wide, high = 148.0, 210.0
    row = replace(
        EDITIONS["a4"], name="a5", says="PDF on A5 paper", suffix="-a5.pdf", width_mm=wide, height_mm=high,
        margins_mm=(14.0, 14.0, 22.0, 14.0), promise=2,
    )  # fmt: skip
    monkeypatch.setitem(EDITIONS, "a5", row)
    result = CliRunner().invoke(main, ["build", "a5", "--root", str(loaf), "--jobs", "1"])
    assert result.exit_code == 0, result.stderr
    with PdfDocument(loaf / "dist" / "first-loaf-a5.pdf") as pdf:
        sizes = {tuple(round(side / MM, 1) for side in page.get_size()) for page in pdf}
        text = [page.get_textpage() for page in pdf]
        boxes = [page.get_rect(index) for page in text for index in range(page.count_rects())]
    assert sizes == {(wide, high)}
    assert boxes
    assert all(left / MM >= 14 - 0.5 and right / MM <= wide - 14 + 0.5 for left, _, right, _ in boxes)


def test_what_is_taller_than_its_page_is_told(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine gives up with a bare assertion then."""

    def give_up(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("book.layout.engine.HTML.render", give_up)
    result = command("letter")
    assert result.exit_code == 1
    assert "something that must stay whole is taller than the page" in result.stderr
