"""Doses: each is whole, and what the plan and the steps say of it is the same."""

import re
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.rules.text.plainness import is_step
from book.check.rules.text.words import own
from book.kinds.exercise.model import Dose, Exercise
from book.kinds.plan.model import Rhythm
from book.model.fields import Count
from book.model.place import MANIFEST

EACH_DAY = Count(7, 7)


@rule(
    "S05", "error", "The dose of an exercise does not say how much and how often.",
    hint="Give under dose how much (repeats, hold_seconds, …), rounds, and how often (days_per_week, …).",
    source="CDC Clear Communication Index, item 14: how, when and how often",
    needs="told",
)  # fmt: skip
def incomplete_dose(proof: Proof) -> Iterator[Fault]:
    """Give what the build tells of doses that are not whole."""
    yield from proof.told_of("S05")


@rule(
    "S13", "error", "The plan asks for an exercise on other days than its page does.",
    hint="Make both say the same; a range such as 3–7 lets the page agree with several plans.",
    source="Two pages that differ leave the reader to guess which one is right",
    needs="book",
)  # fmt: skip
def other_days(proof: Proof) -> Iterator[Fault]:
    """Hold rhythms that say their days or minutes in figures against the doses of the exercises done in them."""
    plan = proof.book.manifest.plan
    doses = {part.name: part.head.dose for part in proof.parts if isinstance(part, Exercise)}
    for number, stage in enumerate(plan.stages if plan else ()):
        for key, items in stage.moves.items():
            for index, item in enumerate(items):
                for move in item.moves:
                    rhythm = plan.rhythms[key] if plan else None
                    if rhythm and (said := _contradiction(rhythm, doses[move])):
                        where = proof.line(MANIFEST, "plan", "stages", number, "moves", key, index)
                        yield Fault(where, f'"{move}" is here "{rhythm.name}", {said} Make both agree.')


def _contradiction(rhythm: Rhythm, dose: Dose) -> str:
    """Say how a dose differs from a rhythm of the plan; "" if it does not, or one does not say."""
    days, own_days = rhythm.days_per_week, dose.days_per_week or EACH_DAY
    if days and not (own_days.low <= days.low and days.high <= own_days.high):
        return f"which is {days} days a week; its page says {own_days}."
    minutes, own_minutes = rhythm.every_minutes, dose.every_minutes
    if minutes and own_minutes and minutes != own_minutes:
        return f"which is every {minutes} minutes; its page says {own_minutes}."
    return ""


@rule(
    "S15", "error", "A step of an exercise names a time that its dose does not.",
    hint="Mend the step, or the dose in the front matter.",
    source="Two pages that differ leave the reader to guess which one is right",
    needs="text",
)  # fmt: skip
def other_times(proof: Proof) -> Iterator[Fault]:
    """Give the seconds and minutes of steps that are not those of the dose; words for both come from labels."""
    labels = proof.book.manifest.labels
    units = {labels.seconds.casefold(): 1, labels.minutes.casefold(): 60, labels.minute.casefold(): 60}
    times = re.compile(rf"(\d+)(?:\D{{1,4}}(\d+))?\s({'|'.join(map(re.escape, units))})(?!\w)", re.IGNORECASE)
    for block in own(proof):
        if not is_step(block) or not isinstance(block.part, Exercise):
            continue
        known = _times(block.part.head.dose)
        for match in times.finditer(block.text):
            unit = units[match[3].casefold()]
            low, high = int(match[1]) * unit, int(match[2] or match[1]) * unit
            if not any(time.low <= low and high <= time.high for time in known):
                said = f'"{match[0]}" is not what the dose in the front matter says. Make both agree.'
                yield Fault(proof.word_at(block, match.start()), said)


def _times(dose: Dose) -> list[Count]:
    """Give the times that a dose names, in seconds."""
    minutes = (dose.hold_minutes, dose.up_to_minutes, dose.every_minutes)
    found = [Count(time.low * 60, time.high * 60) for time in minutes if time]
    return found + [time for time in (dose.hold_seconds, dose.rest_seconds) if time]
