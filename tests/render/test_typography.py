import pytest

from book.render.words.typography import set_pieces, set_type

NB = "\u00a0"

CASES = [
    ('"Stop," she said.', "“Stop,” she said."),
    ("It's the '90s, isn't it?", "It’s the ’90s, isn’t it?"),
    ("'That's far enough!'", "‘That’s far enough!’"),
    ('("quoted")', "(“quoted”)"),
    ('5" wide', "5″ wide"),
    ('He said "8"', "He said “8”"),
    ("8-12 times", f"8–12{NB}times"),
    ("10:30-11:00", "10:30–11:00"),
    ("2026-11-23", "2026-11-23"),
    ("a five-minute walk", "a five-minute walk"),
    ("Lift -- then move", "Lift\u200a—\u200athen move"),
    ("wait...", "wait…"),
    ("4 x 5", f"4{NB}×{NB}5"),
    ("-3 degrees", f"−3{NB}degrees"),
    ("10 lb (5 kg)", f"10{NB}lb (5{NB}kg)"),
    ("17 in 100 people", f"17{NB}in{NB}100{NB}people"),
    ("At 240 °C, 5 % of 3 mg", f"At 240{NB}°C, 5{NB}% of 3{NB}mg"),
    ("4 to 6 out of 10", f"4{NB}to{NB}6{NB}out of{NB}10"),
    ("Step 2 and Exercise 5", f"Step{NB}2 and Exercise{NB}5"),
    ("Dr. Oven", f"Dr.{NB}Oven"),
    ("plain words", "plain words"),
    ("It helps [12].", f"It helps{NB}[12]."),
    (
        "A line that is long enough to run on to the next one, and ends so.",
        f"A line that is long enough to run on to the next one, and ends{NB}so.",
    ),
]


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_sets_type(given: str, expected: str) -> None:
    assert set_type(given) == expected


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_setting_twice_changes_nothing(given: str, expected: str) -> None:
    assert set_type(expected) == expected


def test_a_quote_knows_what_stands_before_it_across_tags() -> None:
    assert set_pieces(['Say "', "now", '" or "later".']) == ["Say “", "now", "” or “later”."]


def test_pieces_keep_their_places_when_steps_change_lengths() -> None:
    assert set_pieces(["Wait... ", "8-12", " times"]) == ["Wait… ", "8–12", f"{NB}times"]
