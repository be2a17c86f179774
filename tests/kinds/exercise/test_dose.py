import pytest
from pydantic import ValidationError

from book.kinds.exercise.model import Dose
from book.kinds.exercise.render.dose import Box, dose_boxes
from book.model.fields import Count
from book.model.labels import Labels

CASES = [
    (
        {"repeats": "8-12", "hold_seconds": 2, "rounds": "2–3", "rest_seconds": 60, "days_per_week": 3},
        [("Times in a row", "8–12", "hold for 2 seconds"), ("Rounds", "2–3", ""), ("Rest between", "1", "minute"),
         ("How often", "3", "days a week")],
    ),
    (
        {"breaths": 3, "rounds": 1, "every_minutes": 30},
        [("Slow breaths", "3", ""), ("Rounds", "1", ""), ("Rest between", "not needed", ""),
         ("How often", "every 30", "minutes")],
    ),
    (
        {"hold_seconds": "20-30", "each_side": True, "rounds": 2, "times_per_day": "1-2", "days_per_week": 5},
        [("Hold for", "20–30", "seconds, each side"), ("Rounds", "2", ""), ("Rest between", "as you like", ""),
         ("How often", "1–2", "times a day, 5 days a week")],
    ),
    (
        {"up_to_minutes": 2, "rounds": 1, "times_per_day": 1, "days_per_week": 7},
        [("Keep going for", "2", "minutes, at most"), ("Rounds", "1", ""), ("Rest between", "not needed", ""),
         ("How often", "1", "time a day, every day")],
    ),
    (
        {"hold_minutes": "1-2", "rounds": 1, "rest_seconds": 90, "times_per_day": 1},
        [("Hold for", "1–2", "minutes"), ("Rounds", "1", ""), ("Rest between", "90", "seconds"),
         ("How often", "1", "time a day, every day")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_dose_in_four_boxes(given: dict[str, object], expected: list[tuple[str, str, str]]) -> None:
    assert dose_boxes(Dose.model_validate(given), Labels()) == [Box(*box) for box in expected]


def test_counts_read_numbers_and_ranges() -> None:
    assert Dose.model_validate({"repeats": "8 – 12", "rounds": 1, "days_per_week": 3}).repeats == Count(8, 12)


@pytest.mark.parametrize("bad", ["two", "12-8", 0, True, "8-", 1.5])
def test_bad_counts_are_refused(bad: object) -> None:
    with pytest.raises(ValidationError):
        Dose.model_validate({"repeats": bad, "rounds": 1, "days_per_week": 3})


@pytest.mark.parametrize("bad", [{"rounds": 1, "days_per_week": 3}, {"rounds": 1, "repeats": 3}])
def test_a_dose_must_say_how_much_and_how_often(bad: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="must say how"):
        Dose.model_validate(bad)
