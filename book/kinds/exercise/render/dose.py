"""A dose in figures to words: the four boxes of an exercise page, and a few short lines for a wall."""

from dataclasses import dataclass

from book.kinds.exercise.model import Dose
from book.model.fields import Count
from book.model.labels import Labels


@dataclass(frozen=True)
class Box:
    """One box of the dose strip, such as ("Times in a row", "8–12", "hold 5 seconds")."""

    label: str
    figure: str
    words: str = ""


def dose_boxes(dose: Dose, labels: Labels) -> list[Box]:
    """Give the four boxes of a dose, in reading order: the work, the rounds, the rest, how often."""
    return [_work(dose, labels), Box(labels.rounds, str(dose.rounds)), _rest(dose, labels), _often(dose, labels)]


def dose_lines(dose: Dose, labels: Labels) -> tuple[tuple[str, ...], ...]:
    """Give a dose in a few short lines of phrases, without days and rests, which a wall sheet has no room for.

    How much comes first, then how it is held and on which side; rounds and times a day only if there are more than
    one.
    """
    rounds = f"{dose.rounds} {labels.rounds.lower()}" if dose.rounds.high > 1 else ""
    work = _work(dose, labels)
    if dose.repeats:
        lines = [(f"{dose.repeats} {labels.times}", rounds), (work.words,)]
    elif dose.breaths:
        lines = [(f"{dose.breaths} {labels.breaths.lower()}", rounds), (work.words,)]
    else:
        side = labels.each_side if dose.each_side else ""
        lines = [(f"{work.label} {work.figure} {work.words}".removesuffix(f", {side}"),), (side, rounds)]
    often = dose.times_per_day
    lines.append((f"{often} {labels.a_day}" if often and often.high > 1 else "",))
    lines.append((f"{labels.every} {dose.every_minutes} {labels.minutes}" if dose.every_minutes else "",))
    return tuple(line for phrases in lines if (line := tuple(filter(None, phrases))))


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
        return Box(labels.often, f"{labels.every} {dose.every_minutes}", labels.minutes)
    days, times = dose.days_per_week, dose.times_per_day
    daily = labels.every_day if days is None or days == Count(7, 7) else f"{days} {labels.a_week}"
    if times is None and days is not None and days != Count(7, 7):
        return Box(labels.often, str(days), labels.a_week)
    once = times is None or times == Count(1, 1)
    return Box(labels.often, str(times or 1), f"{labels.once_a_day if once else labels.a_day}, {daily}")
