"""The formulas against counts made by hand, and syllables against a pronouncing dictionary's."""

import pytest
from lxml import etree

from book import reading

TEXT = ["The cat sat on the mat.", "A cat is happy. Muscles complain!"]
# by hand: 12 words, 3 sentences; beats 1*6 + 1+1+1+2 + 2+2 = 15; no word of 3 beats; all words easy but none hard


def test_flesch_kincaid_and_ease_by_hand() -> None:
    found = reading.measure(TEXT)
    assert (found.words, found.sentences, found.longest_sentence) == (12, 3, 6)
    assert found.grade == pytest.approx(0.39 * 4 + 11.8 * 15 / 12 - 15.59)
    assert found.ease == pytest.approx(206.835 - 1.015 * 4 - 84.6 * 15 / 12)
    assert found.words_per_sentence == pytest.approx(4)


def test_smog_counts_words_of_three_beats() -> None:
    assert reading.measure(["Exercise is a remedy."]).smog == pytest.approx(1.0430 * (2 * 30) ** 0.5 + 3.1291)


def test_dale_chall_adds_its_constant_only_above_five_in_a_hundred() -> None:
    easy = reading.measure(["The cat sat on the mat."])
    assert easy.dale_chall == pytest.approx(0.0496 * 6)
    hard = reading.measure(["The cat sat on the scapula."])
    assert hard.dale_chall == pytest.approx(0.1579 * 100 / 6 + 0.0496 * 6 + 3.6365)


def test_no_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="no words"):
        reading.measure(["—", ""])


@pytest.mark.parametrize(
    ("word", "beats"),
    [
        ("back", 1), ("muscle", 2), ("muscles", 2), ("shoulder", 2), ("exercise", 3), ("breastbone", 2),
        ("area", 3), ("people", 2), ("breathe", 1), ("lifted", 2), ("pressed", 1), ("doesn't", 2), ("you're", 1),
        ("two-minute", 3), ("10", 1), ("muscle's", 2), ("complain", 2), ("articles", 3), ("physical", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, beats: int) -> None:
    assert reading.syllables(word) == beats


@pytest.mark.parametrize(
    "word", ["back", "backs", "walked", "walking", "easier", "stopped", "don't", "carried", "12"]
)
def test_regular_forms_of_easy_words_are_easy(word: str) -> None:
    assert reading.is_easy(word)


@pytest.mark.parametrize("word", ["scapula", "posture", "therapist"])
def test_other_words_are_hard(word: str) -> None:
    assert not reading.is_easy(word)


def test_blocks_leave_out_tables_captions_and_source_numbers() -> None:
    tree = etree.fromstring(
        "<div><h2>Head</h2><p>One<span class='cites'><a>[3]</a></span> two.</p><ul><li>item</li></ul>"
        "<table><caption>No</caption><tbody><tr><td><p>no</p></td></tr></tbody></table></div>"
    )
    assert reading.blocks(tree) == ["Head", "One two.", "item"]
