"""Statements: said once, in place wherever a mark stands for them, and told with the true line when they are not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from book.build.recipes import recipes_for
from book.check.source_map import SourceMap
from book.commands.cli import main
from book.commands.watch import is_source
from book.formats.recipe import Assets
from book.load.files import Shelf
from book.load.loader import load
from book.load.styles import Styles
from book.model.editions import EDITIONS
from book.model.place import Place
from book.model.problems import BookError
from book.model.statements import FACTS, FILE, Statement, Statements
from book.render.pages.templates import facts
from book.render.tree import plain
from tests.conftest import rendered_from

CHAPTER, EXERCISE = "chapters/flour-and-water.md", "chapters/exercises/stretch-and-fold.md"
SAID = """
hot:
  says: "The pot has **240 °C** [@K1]; see [](chapter:baking)."
  short: "The pot is hot."
  watch: '(\\d+) °C'
  is: ["240", "220"]
wait: {says: "Wait 30 minutes."}
"""


@pytest.fixture
def book(tiny: Path) -> Path:
    """The tiny book, whose chapter, exercise, cover, map and log use two statements."""
    (tiny / FILE).write_text(SAID, "utf-8")
    change(tiny, CHAPTER, "lede: Flour, water, salt, yeast. That is all.", 'lede: "Flour, water. {{ hot }}"')
    change(tiny, CHAPTER, "Wet hands don't stick.", "{{wait}} Then {{\n  hot.short }}\n\n{{ version }}")
    change(tiny, EXERCISE, "stop_if: [the dough tears]", 'stop_if:\n  - the dough tears\n  - "{{ hot }}"')
    change(tiny, "book.yaml", "lines: [Mix, Fold, Bake]", 'lines: [Mix, "{{ wait }}"]')
    change(tiny, "book.yaml", "lede: One row a loaf.", "lede: >\n    One row a loaf.\n    {{ hot.short }}")
    return tiny


def change(book: Path, file: str, old: str, new: str) -> None:
    text = (book / file).read_text("utf-8")
    assert old in text
    (book / file).write_text(text.replace(old, new, 1), "utf-8")


def problems(book: Path) -> list[str]:
    with pytest.raises(BookError) as caught:
        rendered_from(book)
    return [str(problem) for problem in caught.value.problems]


def test_stand_wherever_words_of_the_book_are_written(book: Path) -> None:
    rendered = rendered_from(book)
    words = {section.key: plain(section.tree) for section in rendered.sections}
    hot = "The pot has 240 °C ; see Bake it hot."
    assert f"Flour, water. {hot}" in words["chapter:flour-and-water"]
    assert hot in words["exercise:stretch-and-fold"]
    assert "Wait 30 minutes. Then The pot is hot." in words["chapter:flour-and-water"]
    assert "One row a loaf. The pot is hot." in words["page:log"]
    assert "Wait 30 minutes." in plain(rendered.cover)
    assert not any("{{" in text for text in words.values())


def test_marks_links_and_sources_of_a_statement_work(book: Path) -> None:
    (section,) = [one for one in rendered_from(book).sections if one.key == "exercise:stretch-and-fold"]
    (item,) = [item for item in section.tree.iter("li") if "240" in plain(item)]
    assert [link.get("href") for link in item.iter("a")] == ["#source-K1", "#chapter-baking"]
    assert [plain(bold) for bold in item.iter("strong")] == ["240 °C"]


def test_facts_work_as_before_and_are_those_that_are_known(book: Path) -> None:
    rendered = rendered_from(book)
    assert tuple(facts(rendered.book)) == FACTS
    assert "0.3" in plain(rendered.sections[1].tree)


def test_uses_are_counted_with_their_lines(book: Path) -> None:
    found = load(Shelf(book)).statements
    assert found.counts() == {"hot": 4, "wait": 2}
    lines = {(use.name, use.file): use.line for use in found.uses}
    for (name, file), line in lines.items():
        mark = (book / file).read_text("utf-8").split("\n")[line - 1]
        assert f"{{{{ {name} }}}}" in mark or name == "wait" or mark.endswith("{{"), (name, file, line)
    assert lines[("hot.short", "book.yaml")] == 31


def test_list_shows_each_with_the_number_of_its_places(book: Path) -> None:
    said = CliRunner().invoke(main, ["list", "--statements", "--root", str(book)]).stdout
    assert said.splitlines() == [
        "(statements, and how many places use each)",
        "   hot    4  The pot has **240 °C** [@K1]; see [](chapter:baking).",
        "   wait   2  Wait 30 minutes.",
    ]


def test_a_book_without_statements_lists_none(tiny: Path) -> None:
    said = CliRunner().invoke(main, ["list", "--statements", "--root", str(tiny)]).stdout
    assert said == "(the book has no statements)\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CHAPTER, "{{wait}}", "\n{{ wiat }}", f'{CHAPTER}:21: there is no fact or statement "wiat". Did you mean "wait"?'),
        (CHAPTER, "{{wait}}", "{{ hot.shrt }}", f'{CHAPTER}:20: there is no fact or statement "hot.shrt". Did you mean "hot.short"?'),
        (CHAPTER, "{{wait}}", "{{ zzz }}", f'{CHAPTER}:20: there is no fact or statement "zzz". Add it to {FILE}, or mend the name.'),
        (CHAPTER, "Flour, water. {{ hot }}", "Flour. {{ hott }}", f'{CHAPTER}:4: there is no fact or statement "hott".'),
        (CHAPTER, "Flour, water.", "{{ version }}.", f'{CHAPTER}:4: the fact "version" can stand in the text of chapters alone.'),
        (EXERCISE, '"{{ hot }}"', "{{ hot }}", f"{EXERCISE}:18: {{{{ hot }}}} needs quotes here"),
        ("book.yaml", "{{ hot.short }}", "{{ warm }}", 'book.yaml:31: there is no fact or statement "warm".'),
        ("book.yaml", '"{{ wait }}"', '"{{ waits }}"', 'book.yaml:26: there is no fact or statement "waits". Did you mean "wait"?'),
        ("images/body-map.yaml", "A bowl", '"{{ bowl }}"', 'images/body-map.yaml:7: there is no fact or statement "bowl".'),
        (FILE, "chapter:baking", "chapter:bake", f'{EXERCISE}:18: the cross-reference "chapter:bake" leads nowhere.'),
        (FILE, "K1", "K9", f'{CHAPTER}:4: there is no source "K9"'),
    ],
)  # fmt: skip
def test_a_mark_that_stands_for_nothing_is_told_with_its_line(
    book: Path, file: str, old: str, new: str, said: str
) -> None:
    change(book, file, old, new)
    told = problems(book)
    assert any(line.startswith(said) for line in told), told


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("version: {says: 1.0.}", f"{FILE}:8: version must not be the name of a fact: title, version"),
        ("Wait: {says: A.}", f"{FILE}:8: Wait must be small letters, digits and hyphens"),
        ("late: {short: A.}", f'{FILE}:8: "late.says" is missing. Add it.'),
        ("late: A.", f"{FILE}:8: late must be a group of keys"),
        ('late: {says: "One.\\nTwo."}', f"{FILE}:8: late.says must be one line: take the line breaks out"),
        ('late:\n  says: A.\n  short: "{{ wait }}"', f"{FILE}:10: late.short must not hold {{{{ }}}}: write out what"),
        ('late: {says: A., watch: "\\\\d+", is: ["3"]}', f"{FILE}:8: late.watch must have one group"),
        ('late: {says: A., watch: "(\\\\d+", is: ["3"]}', f"{FILE}:8: late.watch must be a word, or a pattern that can"),
        ('late: {says: A., watch: "(\\\\d+) h"}', f"{FILE}:8: late must have both keys, watch and is, or neither."),
        ('late: {says: A., is: ["3"]}', f"{FILE}:8: late must have both keys, watch and is, or neither."),
        ('late: {says: 4 h., watch: "(\\\\d+) h", is: ["3"]}', f'{FILE}:8: late must keep to itself: says has "4", and is has not'),
        ("late: {says: 5}", f"{FILE}:8: late.says must be text (put it in quotes)"),
        ("late: {says: A., short: 5}", f"{FILE}:8: late.short must be text (put it in quotes)"),
    ],
)  # fmt: skip
def test_a_statement_that_is_wrong_is_told_and_its_marks_are_not(book: Path, new: str, said: str) -> None:
    text = (book / FILE).read_text("utf-8")
    (book / FILE).write_text(text + new + "\n", "utf-8")
    (told,) = problems(book)
    assert told.startswith(said), told


def test_what_rules_know_of_a_book_holds_no_marks(book: Path) -> None:
    change(
        book,
        "book.yaml",
        "cover:",
        "check: {ignore: [{rule: S06, words: '{{ review }}', reason: One day.}]}\ncover:",
    )
    assert load(Shelf(book)).manifest.check.ignore[0].words == "{{ review }}"


def test_words_are_traced_to_the_place_that_uses_the_statement(book: Path) -> None:
    shelf = Shelf(book)
    whence = SourceMap(load(shelf), shelf)
    assert whence.find("The pot has 240 °C", [EXERCISE]) == Place(EXERCISE, 18)
    assert whence.find("The pot has 240 °C", [CHAPTER]) == Place(CHAPTER, 4)
    assert whence.find("Wait 30 minutes. Then The pot is hot.", [CHAPTER]) == Place(CHAPTER, 20)
    assert whence.excerpt(Place(EXERCISE, 18)) == '- "{{ hot }}"'
    assert whence.find("Baking comes later", [CHAPTER]).line == 31


def test_an_address_of_a_statement_is_found_where_it_is_used(book: Path) -> None:
    change(book, FILE, "Wait 30 minutes.", "Wait: [how long](https://example.org/wait).")
    shelf = Shelf(book)
    lines = load(shelf).lines
    assert lines.find([EXERCISE, CHAPTER], "https://example.org/wait") == (CHAPTER, 20)


def test_unused_ones_are_known(book: Path) -> None:
    change(book, EXERCISE, '"{{ hot }}"', "no")
    change(book, "book.yaml", "{{ hot.short }}", "no")
    change(book, CHAPTER, "{{\n  hot.short }}", "no")
    (book / FILE).write_text((book / FILE).read_text("utf-8") + "spare: {says: A., other: B.}\n", "utf-8")
    assert list(load(Shelf(book)).statements.unused()) == [("hot", "short"), ("spare",)]


def test_values_astray_are_found_however_they_are_set() -> None:
    found = Statement.model_validate({"says": "5-8 °C", "watch": r"(\d+-\d+) °C", "is": ["5-8"]})
    assert not list(found.astray("It has 5–8\u00a0°C."))
    assert [(match.start(), match[1]) for match in found.astray("It has 5–9\u00a0°C.")] == [(7, "5-9")]


def test_lines_hold_where_a_mark_is_broken_over_two(book: Path) -> None:
    text = (book / CHAPTER).read_text("utf-8")
    assert load(Shelf(book)).statements.put(text).count("\n") == text.count("\n")
    assert Statements().put("{{ review }}") == "{{ review }}"


def test_editions_are_stale_when_a_statement_they_show_changes(book: Path) -> None:
    def made_from() -> list[str]:
        rendered = rendered_from(book)
        assets = Assets.of(rendered, Styles(Shelf(book)))
        return [
            order.made_from
            for order in recipes_for(rendered, [EDITIONS["letter"], EDITIONS["epub"], EDITIONS["web"]], assets)
        ]

    before = made_from()
    assert made_from() == before
    change(book, FILE, "Wait 30", "Wait 40")
    assert not set(made_from()) & set(before)


def test_the_preview_follows_the_file() -> None:
    assert is_source(FILE)
