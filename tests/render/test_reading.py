"""The formulas against counts made by hand, and syllables against a pronouncing dictionary's."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from book.commands.cli import main
from book.model.manifest import Bars, Floors, Reading
from book.render.words import fluency, readability
from tests.conftest import rendered_from

TEXT = ["The cat sat on the mat.", "A cat is happy. Muscles complain!"]
# by hand: 12 words, 3 sentences; beats 1*6 + 1+1+1+2 + 2+2 = 15; no word of 3 beats; all words easy but none hard


def test_flesch_kincaid_and_ease_by_hand() -> None:
    found = readability.measure(TEXT)
    assert (found.words, found.sentences, found.longest_sentence) == (12, 3, 6)
    assert found.grade == pytest.approx(0.39 * 4 + 11.8 * 15 / 12 - 15.59)
    assert found.ease == pytest.approx(206.835 - 1.015 * 4 - 84.6 * 15 / 12)
    assert found.words_per_sentence == pytest.approx(4)


def test_smog_counts_words_of_three_beats() -> None:
    assert readability.measure(["Exercise is a remedy."]).smog == pytest.approx(1.0430 * (2 * 30) ** 0.5 + 3.1291)


def test_dale_chall_adds_its_constant_only_above_five_in_a_hundred() -> None:
    easy = readability.measure(["The cat sat on the mat."])
    assert easy.dale_chall == pytest.approx(0.0496 * 6)
    hard = readability.measure(["The cat sat on the scapula."])
    assert hard.dale_chall == pytest.approx(0.1579 * 100 / 6 + 0.0496 * 6 + 3.6365)


def test_no_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="no words"):
        readability.measure(["—", ""])


@pytest.mark.parametrize(
    ("word", "beats"),
    [
        ("back", 1), ("muscle", 2), ("muscles", 2), ("shoulder", 2), ("exercise", 3), ("breastbone", 2),
        ("area", 3), ("people", 2), ("breathe", 1), ("lifted", 2), ("pressed", 1), ("doesn't", 2), ("you're", 1),
        ("two-minute", 3), ("10", 1), ("muscle's", 2), ("complain", 2), ("articles", 3), ("physical", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, beats: int) -> None:
    assert readability.syllables(word) == beats


@pytest.mark.parametrize(
    "word", ["back", "backs", "walked", "walking", "easier", "stopped", "don't", "carried", "12"]
)
def test_regular_forms_of_easy_words_are_easy(word: str) -> None:
    assert readability.is_easy(word)


@pytest.mark.parametrize("word", ["scapula", "posture", "therapist"])
def test_other_words_are_hard(word: str) -> None:
    assert not readability.is_easy(word)


def test_blocks_leave_out_tables_captions_and_source_numbers() -> None:
    tree = etree.fromstring(
        "<div><h2>Head</h2><p>One<span class='cites'><a>[3]</a></span> two.</p><ul><li>item</li></ul>"
        "<table><caption>No</caption><tbody><tr><td><p>no</p></td></tr></tbody></table></div>"
    )
    assert readability.blocks(tree) == ["Head", "One two.", "item"]


FLOWING = "You can rest, since the dough works. It grows. Fold it when it has doubled, and wait."
# by hand: 7, 2 and 8 words; mean 17/3; joining: since / none / when, and
LOOSE = Bars(grade=9, smog=20, ease=1, dale_chall=20, words_per_sentence=30, longest_sentence=60)
FLOORS = Floors(words_per_sentence=10, spread=5, short=12, connectives=0.5, grade=5.5, sentences=2)


def promising(**keys: object) -> Reading:
    return Reading(whole=LOOSE, chapter=LOOSE, prose=Floors.model_validate(keys))


def test_flow_by_hand() -> None:
    found = fluency.measure([FLOWING])
    assert found is not None
    assert found.sentences == 3
    assert found.words_per_sentence == pytest.approx(17 / 3)
    assert found.spread == pytest.approx((((7 - 17 / 3) ** 2 + (2 - 17 / 3) ** 2 + (8 - 17 / 3) ** 2) / 3) ** 0.5)
    assert found.short == pytest.approx(100 / 3)
    assert found.connectives == pytest.approx(1)
    assert found.grade == readability.measure([FLOWING]).grade


def test_a_sentence_of_five_words_is_not_short_and_nothing_has_no_flow() -> None:
    found = fluency.measure(["The dough is warm now. The dough is warm."])
    assert found is not None
    assert found.short == pytest.approx(50)
    assert fluency.measure([]) is None
    assert fluency.measure(["—"]) is None


def test_adverbs_join_nothing() -> None:
    found = fluency.measure(["Then wait. Rest too. It also grows."])
    assert found is not None
    assert found.connectives == 0


def test_paragraphs_are_ledes_and_prose_and_nothing_curt() -> None:
    tree = etree.fromstring(
        "<section><header><h1>No</h1><p class='lede'>Lede.</p><div class='preview'><p class='preview-title'>No</p>"
        "</div></header><h2>No</h2><p>One<span class='cites'><a>[3]</a></span>, and <a>more</a>.</p><p>7</p><p>—</p>"
        "<ol><li><p>no</p></li></ol><table><tbody><tr><td><p>no</p></td></tr></tbody></table>"
        "<aside class='callout tip'><p class='callout-title'>No</p><p>no</p></aside><figure><p>no</p></figure>"
        "<div class='place'><p class='need'>no</p><div class='stop care'><p>no</p></div><p>Find it.</p></div>"
        "<blockquote><p>Said.</p></blockquote></section>"
    )
    assert fluency.paragraphs(tree) == ["Lede.", "One, and more.", "7", "Find it.", "Said."]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<strong>Desk.</strong> Let your arms rest.", "Let your arms rest."),
        ("<strong>In the car:</strong> sit close.", "sit close."),
        ("<strong>Read this list twice.</strong> Then call.", "Read this list twice. Then call."),
        ("<strong>Nobody</strong> knows.", "Nobody knows."),
        ("Rest. <strong>Now.</strong> Go on.", "Rest. Now. Go on."),
    ],
)
def test_a_heading_that_runs_in_is_no_sentence(source: str, text: str) -> None:
    assert fluency.paragraphs(etree.fromstring(f"<div><p>{source}</p></div>")) == [text]


def test_floors_are_held_as_printed_and_what_is_left_out_is_not_asked() -> None:
    found = fluency.Fluency(10, 9.96, 4.94, 12.04, 0.496, 5.54)
    assert [(row.name, row.shown) for row in fluency.missed(found, FLOORS)] == [("spread", "4.9")]
    assert fluency.missed(found, Floors(grade=5.4))[0].at_most
    assert fluency.missed(replace(found, short=12.06), FLOORS)[-1].name == "short"
    assert fluency.held(found, Floors()) == []


def test_choppiest_are_runs_first_then_the_shortest_sentences() -> None:
    run = "Press it with your whole hand now. It grows. It rests. It is warm. And then you may well wait for long."
    longer = "Stop. Wait. Look. Go."
    short = "It grows in the night. It rests."
    long = "It grows in the night while you sleep well. It rests in the morning while you work."
    assert fluency.choppiest([long, "One.", short, run, longer], 3) == [
        (longer, "Stop."),
        (run, "It grows."),
        (short, "It grows in the night."),
    ]


@pytest.mark.parametrize(
    ("keys", "judged"),
    [({"sentences": 3}, True), ({"sentences": 4}, False), ({"sentences": 3, "skip": ["baking"]}, False)],
)
def test_short_and_skipped_chapters_are_not_judged(keys: dict[str, object], judged: bool) -> None:
    found = fluency.measure([FLOWING])
    assert found is not None
    assert fluency.is_judged("baking", found, promising(**keys)) is judged
    assert not fluency.is_judged("baking", found, None)


@pytest.fixture
def promised(tiny: Path) -> Path:
    """The tiny book with floors that it misses, two bars that it keeps, and a chapter left out."""
    bars = "{grade: 9, smog: 20, ease: 1, dale_chall: 20, words_per_sentence: 30, longest_sentence: 60}"
    floors = "{words_per_sentence: 10, short: 90, grade: 4, sentences: 3, skip: [baking]}"
    with (tiny / "book.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write(f"reading:\n  whole: {bars}\n  chapter: {bars}\n  prose: {floors}\n")
    return tiny


def test_colophon_prints_floors_beside_what_was_measured(promised: Path) -> None:
    rendered = rendered_from(promised)
    assert rendered.prose.whole == rendered.prose.chapters["flour-and-water"], "baking is left out"
    (colophon,) = [section.tree for section in rendered.sections if section.key == "page:colophon"]
    ceilings, floors = list(colophon.iter("table"))
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in floors.iter("tr")]
    assert rows == [
        ["Measure", "Measured", "Promised"],
        ["Words in a sentence", rendered.prose.whole.shown("words_per_sentence"), "at least 10"],
        ["Sentences under 5 words, in 100", rendered.prose.whole.shown("short"), "at most 90"],
        ["Flesch–Kincaid", rendered.prose.whole.shown("grade"), "at most 4"],
    ]
    assert len(list(ceilings.iter("tr"))) == 6


def test_colophon_without_floors_has_the_ceilings_alone(promised: Path) -> None:
    manifest = promised / "book.yaml"
    manifest.write_text(manifest.read_text("utf-8").partition("  prose:")[0], "utf-8")
    rendered = rendered_from(promised)
    (colophon,) = [section.tree for section in rendered.sections if section.key == "page:colophon"]
    assert len(list(colophon.iter("table"))) == 1


def test_links_count_with_the_words_that_they_get(tiny: Path) -> None:
    chapter = tiny / "chapters/baking.md"
    before = rendered_from(tiny).prose.chapters["baking"]
    chapter.write_text(
        chapter.read_text("utf-8") + "\nNow go on and read [](exercise:stretch-and-fold).\n", "utf-8"
    )
    after = rendered_from(tiny).prose.chapters["baking"]
    words = after.words_per_sentence * after.sentences - before.words_per_sentence * before.sentences
    assert words == pytest.approx(len("Now go on and read Stretch and fold".split()))


def test_list_of_reading_marks_what_misses_a_floor(promised: Path) -> None:
    said = CliRunner().invoke(main, ["list", "--reading", "--root", str(promised)]).stdout.splitlines()
    assert said[0].split() == ["sentences", "words", "spread", "short", "joining", "grade"]
    rows = {line.split("  ")[0]: line for line in said[1:4]}
    assert list(rows) == ["flour-and-water", "baking", "the whole book"]
    assert [cell for cell in rows["flour-and-water"].split() if cell.endswith("*")] == [
        rendered_from(promised).prose.chapters["flour-and-water"].shown("words_per_sentence") + "*"
    ]
    assert "*" not in rows["baking"]
    assert rows["the whole book"].count("*") == 1
