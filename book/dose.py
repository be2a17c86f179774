"""A dose in figures to the four boxes of an exercise page: label, large figure, the words below it."""

from dataclasses import dataclass

from book.fields import Count
from book.model import Dose, Labels


@dataclass(frozen=True)
class Box:
    """One box of the dose strip, such as ("Times in a row", "8–12", "hold 5 seconds")."""

    label: str
    figure: str
    words: str = ""


def dose_boxes(dose: Dose, labels: Labels) -> list[Box]:
    """Give the four boxes of a dose, in reading order: the work, the rounds, the rest, how often."""
    return [_work(dose, labels), Box(labels.rounds, str(dose.rounds)), _rest(dose, labels), _often(dose, labels)]


def _work(dose: Dose, labels: Labels) -> Box:
    side = f", {labels.each_side}" if dose.each_side else ""
    if dose.repeats:
        held = f"{labels.hold.lower()} {dose.hold_seconds} {labels.seconds}" if dose.hold_seconds else ""
        return Box(labels.repeats, str(dose.repeats), (held + side).removeprefix(", "))
    if dose.breaths:
        return Box(labels.breaths, str(dose.breaths), side.removeprefix(", "))
    if dose.up_to_minutes:
        return Box(labels.keep_going, str(dose.up_to_minutes), f"{labels.minutes}, {labels.at_most}{side}")
    if dose.hold_minutes:
        return Box(labels.hold, str(dose.hold_minutes), labels.minutes + side)
    return Box(labels.hold, str(dose.hold_seconds), labels.seconds + side)


def _rest(dose: Dose, labels: Labels) -> Box:
    if not dose.rest_seconds:
        return Box(labels.rest, labels.no_rest if dose.rounds.high > 1 else labels.no_rest_needed)
    low, high = dose.rest_seconds.low, dose.rest_seconds.high
    if low % 60 or high % 60:
        return Box(labels.rest, str(dose.rest_seconds), labels.seconds)
    minutes = Count(low // 60, high // 60)
    return Box(labels.rest, str(minutes), labels.minute if minutes == Count(1, 1) else labels.minutes)


def _often(dose: Dose, labels: Labels) -> Box:
    if dose.every_minutes:
        return Box(labels.often, str(dose.every_minutes), labels.apart)
    days, times = dose.days_per_week, dose.times_per_day
    daily = labels.every_day if days is None or days == Count(7, 7) else f"{days} {labels.a_week}"
    if times is None and days is not None and days != Count(7, 7):
        return Box(labels.often, str(days), labels.a_week)
    once = times is None or times == Count(1, 1)
    return Box(labels.often, str(times or 1), f"{labels.once_a_day if once else labels.a_day}, {daily}")
