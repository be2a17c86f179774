"""Signs in tiers: written once, printed as lists wherever a block asks for them, told with the true line if wrong."""

import shutil
from pathlib import Path

import pytest
from lxml import etree

from book.assemble.printed import for_print
from book.assemble.screen import on_screen
from book.build.recipes import recipes_for
from book.check.proof import Proof
from book.check.rule import RULES
from book.check.run import Finding, check, examine, proof_of
from book.check.source_map import SourceMap
from book.check.views.pdf_inside import Inside
from book.check.views.units import sentences, units
from book.commands.watch import is_source
from book.formats.recipe import Assets
from book.load.files import Shelf
from book.load.loader import load
from book.load.styles import Styles
from book.model.editions import EDITIONS
from book.model.place import Place
from book.model.problems import BookError
from book.model.signs import FILE
from book.render.tree import plain, select
from tests.check.golden_books import GOLDEN, STOCK, lay_over
from tests.conftest import rendered_from

CHAPTER = "chapters/stop-signs.md"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The stock book with three signs in two tiers, each printed once."""
    lay_over(GOLDEN / "S22" / "kept", tmp_path / "book")
    return tmp_path / "book"


def change(book: Path, file: str, old: str, new: str) -> None:
    text = (book / file).read_text("utf-8")
    assert old in text
    (book / file).write_text(text.replace(old, new, 1), "utf-8")


def box_of(book: Path) -> etree._Element:
    (section,) = [one for one in rendered_from(book).sections if one.key == "chapter:stop-signs"]
    (box,) = select(section.tree, ".//aside[contains(@class, 'red-flag')]")
    return box


def findings_of(proof: Proof) -> list[Finding]:
    return list(examine(proof, [RULES["S22"]], lambda _: None).findings)


def items(tree: etree._Element) -> list[str]:
    return [plain(item) for item in tree.iter("li")]


def test_a_list_stands_in_its_box_as_an_authors_own(book: Path) -> None:
    box = box_of(book)
    assert [(part.tag, part.get("class")) for part in box] == [
        ("p", "callout-title"), ("p", None), ("ul", None), ("p", None),
    ]  # fmt: skip
    assert [plain(part) for part in box if part.tag == "p"][1:] == ["One of these is enough:", "Then call."]
    assert items(box) == ["You touched the hot pot .", "Steam hit your face: see What does dough need?."]
    assert [link.get("href") for link in box.iter("a")] == ["#source-K2", "#chapter-dough"]


def test_a_block_can_name_signs_which_keep_their_order(book: Path) -> None:
    change(book, CHAPTER, "/// signs | now", "/// signs | now: steam")
    assert len(items(box_of(book))) == 1
    change(book, CHAPTER, "/// signs | now: steam", "/// signs | now: steam ,hot-pot")
    assert items(box_of(book))[0].startswith("You touched")


def test_a_block_may_hold_nothing_and_stand_alone(book: Path) -> None:
    (section,) = [one for one in rendered_from(book).sections if one.key == "chapter:stop-signs"]
    (alone,) = select(section.tree, "./p[text() = 'See a nurse today if:']")
    following = alone.getnext()
    assert following is not None
    assert items(following) == ["A burn is still sore after a day."]


def test_no_edition_shows_what_is_for_the_builder(book: Path) -> None:
    rendered = rendered_from(book)
    (section,) = [one for one in rendered.sections if one.key == "chapter:stop-signs"]
    screens = [etree.tostring(on_screen(section, medium), encoding="unicode") for medium in ("ebook", "web")]
    for text in (for_print(rendered, EDITIONS["letter"]), *screens):
        assert "Steam hit your face" in text
        assert "data-sign" not in text
        assert "data-tier" not in text


def test_a_pdf_has_lists_and_loses_no_words(book: Path, tmp_path: Path) -> None:
    found = check(book, tmp_path / "dist", ("letter",), lambda _: None, only=("P04", "D14"))
    assert not found.findings
    (path,) = (tmp_path / "dist").glob("*.pdf")
    lists = [element for element in Inside(path.read_bytes()).elements if element.kind == "L"]
    assert any([part.kind for part in one.walk()].count("LI") == 2 for one in lists)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CHAPTER, "| now", "| nwo", f'{CHAPTER}:8: there is no tier "nwo" in {FILE}. Did you mean "now"?'),
        (CHAPTER, "| now", "", f'{CHAPTER}:8: there is no tier "" in {FILE}. Known: now, today.'),
        (CHAPTER, "| now", "| now:", f'{CHAPTER}:8: there is no sign "" in {FILE}.'),
        (CHAPTER, "| now", "| now: staem", f'{CHAPTER}:8: there is no sign "staem" in {FILE}. Did you mean "steam"?'),
        (CHAPTER, "| today: sore", "| today: steam", f'{CHAPTER}:17: the sign "steam" is of the tier "now", not "today".'),
        (CHAPTER, "/// signs | today: sore\n///\n", "", f'{FILE}:3: the tier "today" is printed nowhere.'),
        (FILE, "tier: today", "tier: later", f'{FILE}:15: there is no tier "later". Known: now, today.'),
        (FILE, "tier: today", "tier: now", f'{FILE}:3: the tier "today" has no signs. Add one, or take it out.'),
        (FILE, "sore burn", "Steam hit", f'{FILE}:17: "Steam hit" are words of the sign "steam" as well.'),
        (FILE, "[steam hit, steam in your face]", "[]", f"{FILE}:12: signs.steam.words is empty."),
        (FILE, "told: [see a nurse today, today]", "told: []", f"{FILE}:3: tiers.today.told is empty."),
        (FILE, "sore burn", '"sore (burn"', f"{FILE}:17: signs.sore.words.2 must be a word, or a pattern"),
        (FILE, '"A burn is still', '"A burn\\nis still', f"{FILE}:16: signs.sore.says must be one line"),
        (FILE, "except:", "exept:", f'{FILE}:13: there is no key "signs.steam.exept". Did you mean "except"?'),
        (FILE, "chapter:dough", "chapter:duogh", f'{FILE}:11: "chapter:duogh" leads nowhere in this book. Did you mean'),
        (FILE, "@K2", "@K9", f'{FILE}:7: there is no source "K9" in chapters/sources.yaml.'),
        (FILE, "**sore**", "{{ sore }}", f'{FILE}:16: there is no fact or statement "sore".'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(book: Path, file: str, old: str, new: str, said: str) -> None:
    change(book, file, old, new)
    with pytest.raises(BookError) as caught:
        rendered_from(book)
    told = list(map(str, caught.value.problems))
    assert any(line.startswith(said) for line in told), told


def test_a_block_without_the_file_is_told(tmp_path: Path) -> None:
    root = Path(shutil.copytree(STOCK, tmp_path / "book"))
    change(root, CHAPTER, "## What", "/// signs | now\n///\n\n## What")
    with pytest.raises(BookError, match=rf'{CHAPTER}:12: there is no tier "now" in {FILE}. Known: none.'):
        rendered_from(root)


def test_words_of_a_sign_are_traced_to_its_file(book: Path) -> None:
    shelf = Shelf(book)
    assert SourceMap(load(shelf), shelf).find("You touched the hot pot.", [CHAPTER]) == Place(FILE, 7)
    change(book, CHAPTER, "## What", "You touched the hot pot.\n\n## What")
    proof = proof_of(book, book / "dist", (), lambda _: None, {"text"})
    (printed,) = [block for block in proof.blocks if block.element.get("data-sign") == "hot-pot"]
    assert proof.word_at(printed, 0) == Place(FILE, 7)


def test_editions_are_stale_when_a_sign_changes(book: Path) -> None:
    def made_from() -> list[str]:
        rendered = rendered_from(book)
        assets = Assets.of(rendered, Styles(Shelf(book)))
        return [one.made_from for one in recipes_for(rendered, [EDITIONS["letter"], EDITIONS["epub"]], assets)]

    before = made_from()
    change(book, FILE, "words: [burn is", "words: [burns, burn is")
    assert made_from() == before
    change(book, FILE, "after a day", "after a week")
    assert not set(made_from()) & set(before)


def test_the_preview_follows_the_file() -> None:
    assert is_source(FILE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two.", [(0, "One."), (5, "Two.")]),
        ("Chest pain? Call now. Rest.", [(0, "Chest pain? Call now."), (22, "Rest.")]),
        ("Is it? Or not?", [(0, "Is it? Or not?")]),
    ],
)
def test_a_question_goes_with_its_answer(text: str, found: list[tuple[int, str]]) -> None:
    assert list(sentences(text)) == found


def test_units_know_under_what_they_stand(book: Path) -> None:
    change(book, CHAPTER, "## What", "## Nested\n\n- Call now if:\n    - a deep one\n\n## What")
    proof = proof_of(book, book / "dist", (), lambda _: None, {"text"})
    under = {unit.text.strip(): (unit.under, unit.tier) for unit in units(proof)}
    title = "Cool the burn and get help now if:"
    assert under["You touched the hot pot ."] == (("One of these is enough:", title), "now")
    assert under["Then call."] == ((title,), "")
    assert under["Your hand is burnt Call now"] == (("Burns, and what to do",), "")
    assert under["a deep one"] == (("Call now if:", "Nested"), "")
    assert under["the dough tears"][0] == ("Stop if",)
    assert under[proof.book.manifest.description] == ((), "")


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("One of these is enough:", "See a nurse today if:", False),  # the box's title still says so
        ("get help now if", "see a nurse today if", True),
        ("get help now if", "wait if", False),  # nothing is said: other rules see to that
        ("Then call.", "Did the steam hit you? Rest today.", False),  # within the box
        ("Hold the burn", "Did the steam hit you? Rest today. Hold the burn", True),
        ("Hold the burn", "Did the steam hit you? See a nurse today, or get help now. Hold the burn", False),
        ("Hold the burn", "The steam hit the lid today. Hold the burn", False),
        ("Hold the burn", "The STEAM HIT you today. Hold the burn", True),
        ("Hold the burn", "The steam hits you today. Hold the burn", False),
        ("See a nurse today if:", "You know best:", False),
    ],
)
def test_another_urgency_is_seen_where_readers_meet_it(book: Path, old: str, new: str, *, seen: bool) -> None:
    change(book, CHAPTER, old, new)
    proof = proof_of(book, book / "dist", (), lambda _: None, {"text"})
    assert [finding.code for finding in findings_of(proof)] == ["S22"] * (
        2 if new == "see a nurse today if" else seen
    )


def test_a_list_of_one_tier_does_not_name_signs_of_another(book: Path) -> None:
    change(book, FILE, "after a day.", "after a day, or steam hit you.")
    change(book, CHAPTER, "See a nurse today if:", "You know best:")
    proof = proof_of(book, book / "dist", (), lambda _: None, {"text"})
    (finding,) = findings_of(proof)
    assert (finding.file, finding.line) == (FILE, 16)
    assert (
        '"steam hit" is a sign of the tier "Get help now"; the list tells it as one of "Today".' in finding.message
    )
