"""What a book says as "I": who speaks, which rows carry it, and what waits for the author, in every form."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from book.check.rules.text.voice import heard
from book.check.run import proof_of
from book.check.views.voice import words_of
from book.commands.cli import main
from book.formats.epub.navigation import metadata
from book.formats.web.about import structured
from book.load.files import Shelf
from book.load.ledger import Accounts, read, unconfirmed
from book.load.loader import load
from book.model.manifest import Author, Manifest
from tests.check.golden_books import STOCK
from tests.conftest import rendered_from

CHAPTER = "chapters/dough.md"
LEDGER = "chapters/ledger.md"
SENTENCES = "\nI like it wet. For me, it keeps a week [@K1].\n"
ROWS = """| 1.1 | Wet dough makes large holes | printed in dough |

| Said by "I" | In | Row |
|---|---|---|
| I like it | dough | 1.1 |
| For me, it keeps a week. | dough | author |
"""
CONFIRM = "only the author can confirm; when it is true, set author: {confirmed: DATE} in book.yaml"
PLACE = f"{CHAPTER}:37"
SAID = "For me, it keeps a week."


def add(book: Path, file: str, text: str) -> None:
    before = (book / file).read_text("utf-8") if (book / file).exists() else ""
    (book / file).write_text(before + text, "utf-8")


def change(book: Path, file: str, old: str, new: str) -> None:
    text = (book / file).read_text("utf-8")
    assert old in text
    (book / file).write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The stock book with two sentences of its writer's, one of them for the author to confirm."""
    copy = Path(shutil.copytree(STOCK, tmp_path / "book"))
    add(copy, "book.yaml", f"check:\n  safety:\n    ledger: {{file: {LEDGER}, claims: {{1: 1}}}}\n")
    add(copy, LEDGER, ROWS)
    add(copy, CHAPTER, SENTENCES)
    return copy


def check(book: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["check", "--root", str(book), "--only", "S20", "--only", "S21", *words])


def accounts(book: Path, text: str) -> Accounts:
    """Read a ledger of some text."""
    (book / LEDGER).write_text(text, "utf-8")
    return read(load(Shelf(book)).manifest.check.safety.ledger, Shelf(book))


def said(book: Path) -> list[str]:
    """Give the sentences in the first person that are heard in a book."""
    return [one.text for one in heard(proof_of(book, book / "dist", (), lambda _: None, {"text"})).said]


# what waits for the author


def test_what_waits_for_the_author_is_told_and_fails_nothing(book: Path) -> None:
    result = check(book, "--strict")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"note: 1 sentence {CONFIRM}",
        f"{PLACE}: note: {SAID}",
        "0 errors, 0 warnings by 2 rules.",
    ]


def test_many_are_told_in_reading_order(book: Path) -> None:
    add(book, LEDGER, "| I begin | begin-here | author |\n")
    add(book, "chapters/begin-here.md", "\nI begin.\n")
    lines = check(book).stdout.splitlines()
    assert lines[0] == f"note: 2 sentences {CONFIRM.replace('it is', 'they are')}"
    assert [line.rpartition(": note: ")[2] for line in lines[1:3]] == ["I begin.", SAID]


@pytest.mark.parametrize(
    "author", ["author: {confirmed: 2026-03-01}", "author: {name: Ada, confirmed: 2026-02-01}"]
)
def test_nothing_waits_once_the_author_has_confirmed_it(book: Path, author: str) -> None:
    add(book, "book.yaml", f"{author}\n")
    assert check(book).stdout == "0 errors, 0 warnings by 2 rules.\n"
    assert unconfirmed(load(Shelf(book)).manifest, Shelf(book)) == 0


def test_a_sentence_that_changes_after_it_was_confirmed_is_found(book: Path) -> None:
    add(book, "book.yaml", "author: {confirmed: 2026-03-01}\n")
    change(book, CHAPTER, "keeps a week [@K1].", "keeps a week [@K1], or two.")
    result = check(book)
    assert result.exit_code == 1
    assert f"{LEDGER}:6: error S21: the author confirms whole sentences." in result.stdout
    change(book, CHAPTER, "For me, it", "For me, bread")
    told = check(book).stdout
    assert f"{PLACE}: error S20: " in told
    assert f'{LEDGER}:6: error S21: no sentence of "dough"' in told


def test_other_rules_alone_tell_nothing_of_it(book: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--root", str(book), "--only", "S12"])
    assert result.stdout == "0 errors, 0 warnings by 1 rule.\n"


def test_json_tells_notes_apart_from_findings(book: Path) -> None:
    told = json.loads(check(book, "--format", "json").stdout)
    assert told["findings"] == []
    assert (told["errors"], told["warnings"]) == (0, 0)
    assert told["notes"] == [{"file": CHAPTER, "line": 37, "sentence": SAID}]


def test_sarif_tells_them_as_notes_of_their_rule(book: Path) -> None:
    (run,) = json.loads(check(book, "--format", "sarif").stdout)["runs"]
    (result,) = run["results"]
    assert (result["level"], result["ruleId"]) == ("note", "S20")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "S20"
    assert SAID in result["message"]["text"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 37


def test_github_shows_them_as_notices(book: Path) -> None:
    lines = check(book, "--format", "github").stdout.splitlines()
    assert lines == [
        f"::notice file={CHAPTER},line=37,title=S20::Only the author can confirm this sentence: {SAID}",
        "0 errors, 0 warnings by 2 rules.",
    ]


def test_a_build_says_how_many_wait(book: Path) -> None:
    def build() -> Result:
        return CliRunner().invoke(main, ["build", "letter", "--root", str(book), "--jobs", "1"])

    first = build()
    assert first.exit_code == 0, first.output
    assert first.stderr == "note: 1 sentence waits for the author to confirm; `book check --only S20` lists them.\n"
    add(book, "book.yaml", "author: {confirmed: 2026-03-01}\n")
    second = build()
    assert second.stderr == ""
    assert second.stdout.rstrip().endswith("unchanged"), "a day that is printed nowhere makes nothing stale"


# who speaks


def test_a_book_without_such_a_table_is_not_asked(book: Path) -> None:
    assert len(said(book)) == 2
    (book / LEDGER).write_text(ROWS.split("\n\n", maxsplit=1)[0], "utf-8")
    assert said(book) == []
    assert check(book).stdout == "0 errors, 0 warnings by 2 rules.\n"
    (book / LEDGER).unlink()
    assert check(book).stdout == "0 errors, 0 warnings by 2 rules.\n"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("We know. It is i.e. mined by mice.", []),
        ("I.e., it is tall.", []),
        ("Part II is long.", []),
        ("I'm glad. I'd say so. I've slept.", ["I'm glad.", "I'd say so.", "I've slept."]),
        ("My own. It is mine. See for yourself, as I myself did.", ["My own.", "It is mine.", "See for yourself, as I myself did."]),
        ('She said, "I bake. It is my bread." I ate.', ["I ate."]),
        ("She said, 'I don't bake my bread.' I ate.", ["I ate."]),
        ('"It is done," I said.', ['"It is done," I said.']),
        ("Am I sure?", ["Am I sure?"]),
        ("- Am I sure?\n- I am.", ["I am."]),
        ("## What do I need?\n\n## What I need", ["What I need"]),
        ("- [ ] I have flour.\n- [x] My oven is hot.", []),
        ("> I bake.", []),
        ("`I` is code.", []),
        ("/// card | Hand it over\nI like it dark.\n///", []),
        ("/// tip\nI like it dark.\n///", ["I like it dark."]),
        ('![I hold a loaf.](loaf.svg "My loaf.")', ["My loaf.", "I hold a loaf."]),
        ("I like [the *wet* dough](chapter:dough) [@K1]. So do you.", ["I like the wet dough."]),
    ],
)  # fmt: skip
def test_who_speaks(book: Path, text: str, heard: list[str]) -> None:
    change(book, CHAPTER, SENTENCES, f"\n{text}\n")
    assert said(book) == heard


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    [
        ("book.yaml", "A small book that", "I wrote a small book that", "book.yaml"),
        ("book.yaml", "lines: [Mix,", "lines: [I mix,", "book.yaml"),
        ("book.yaml", "labels:", "web: {helps: [I wrote it.]}\nlabels:", "book.yaml"),
        ("book.yaml", "labels:", "colophon: [I wrote it.]\nlabels:", "colophon"),
        (CHAPTER, "lede: Flour,", "lede: I take flour,", "dough"),
        (CHAPTER, "  - What to buy", "  - What I buy", "dough"),
        ("chapters/exercises/stretch-and-fold.md", "Folds make", "I say folds make", "stretch-and-fold"),
    ],
)
def test_the_writer_speaks_in_every_place_of_a_book(book: Path, file: str, old: str, new: str, where: str) -> None:
    change(book, file, old, new)
    proof = proof_of(book, book / "dist", (), lambda _: None, {"text"})
    places = [(one.where, one.place.file) for one in heard(proof).said if one.place.line != 37]
    assert places == [(where, file)]


@pytest.mark.parametrize(("file", "old", "new"), [
    ("book.yaml", "lede: Tick each day you bake.", "lede: Tick each day I bake."),
    ("book.yaml", "column: Your loaf", "column: My loaf"),
    ("chapters/sources.yaml", "title: ", "title: I and "),
])  # fmt: skip
def test_logs_and_titles_of_works_are_not_the_writers(book: Path, file: str, old: str, new: str) -> None:
    change(book, file, old, new)
    assert len(said(book)) == 2


def test_a_book_says_its_own_words(book: Path) -> None:
    change(book, CHAPTER, SENTENCES, "\nIch mag es so. Das ist meins. I see.\n")
    change(book, "book.yaml", "    ledger:", "    first_person: [Ich, mein\\w*]\n    ledger:")
    change(book, "book.yaml", "claims: {1: 1}", 'claims: {1: 1}, author: "nur der Autor"')
    change(book, LEDGER, "| author |", "| nur der Autor |")
    assert said(book) == ["Ich mag es so.", "Das ist meins."]


# the rows


def test_words_are_compared_without_signs() -> None:
    assert words_of("*I* don’t—“ever”—like [it](chapter:dough) [@K1; @K2].") == words_of('I don\'t "ever" like it')
    assert words_of("I like it") != words_of("I liked it")


def test_rows_stand_in_any_table_that_ends_with_a_claim_or_the_author(book: Path) -> None:
    head = "| a | b | c |\n|---|---|---|\n"
    found = accounts(
        book, f"{head}| x | y | z |\n\nText.\n\n{head}| I a\\|b | dough | 1.1 |\n| I c | dough | 11 |\n"
    )
    assert [(row.line, row.said, row.where, row.carrier) for row in found.avowals] == [
        (9, "I a|b", "dough", "1.1"), (10, "I c", "dough", "11"),
    ]  # fmt: skip
    assert accounts(book, f"{head}| x | y | z |\n").avowals == ()
    assert accounts(book, "| I sing | dough | author |\n").avowals == (), "a table has a head"


# the author in book.yaml


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("author: Ada Baker", Author(name="Ada Baker")),
        ("author: {name: Ada Baker}", Author(name="Ada Baker")),
        ("author:", Author()),
        ("", Author()),
    ],
)
def test_an_author_is_a_name_or_more(book: Path, line: str, author: Author) -> None:
    add(book, "book.yaml", f"{line}\n")
    manifest: Manifest = load(Shelf(book)).manifest
    assert manifest.author == author


@pytest.mark.parametrize(("author", "creator"), [
    ("author: Ada Baker", "Ada Baker"), ("author: {name: Ada Baker, confirmed: 2026-01-02}", "Ada Baker"),
    ("author: {confirmed: 2026-01-02}", "The Village Oven"),
])  # fmt: skip
def test_shelves_and_sites_are_told_the_name(book: Path, author: str, creator: str) -> None:
    add(book, "book.yaml", f"{author}\n")
    found = load(Shelf(book))
    told = metadata(found, (), "")
    assert [meta.text for meta in told if meta.tag == "creator"] == [creator]
    named = creator == "Ada Baker"
    assert any(meta.text == "aut" for meta in told) == named
    person = json.loads(structured(found.manifest, ())).get("author")
    assert person == ({"@type": "Person", "name": creator} if named else None)


def test_the_name_is_printed_and_the_day_is_not(book: Path) -> None:
    add(book, "book.yaml", "author: {name: Ada Baker, confirmed: 2026-01-02}\n")
    rendered = rendered_from(book)
    text = " ".join(text for section in rendered.sections for text in section.tree.itertext())
    assert re.search(r"The Village Oven, Ada Baker", text)
    assert "confirmed" not in text
    assert "2026-01-02" not in text
