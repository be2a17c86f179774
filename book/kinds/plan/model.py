"""A plan over weeks: what the author writes in `book.yaml`, what is wrong with it, and what follows from it.

Pure: from a `Plan` to the rows and bars of its chart. What hangs on a wall is laid out in `wall_sheet`;
`pages/plan` makes the pages of both.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from book.figure.data import Data
from book.model.fields import Id, Ids, Number, Prose, Text
from book.model.problems import nearest

RHYTHMS_AT_MOST = 4  # as many looks as the style sheet has for bars
Mistake = tuple[tuple[str | int, ...], str]


class PlanWords(Data):
    """The words of a plan's chart and of its wall sheets."""

    weeks: Text = "Weeks"
    tick_week: Text = "Tick each week you finish"
    wall: Text = "Your moves, for the wall"


class Rhythm(Data):
    """How often things are done: its name, and a shorter one for where there is little room.

    `days_per_week` or `every_minutes` say the same in figures, so that doses can be held against it.
    """

    name: Text
    short: Text | None = None
    days_per_week: Number | None = None
    every_minutes: Number | None = None

    @property
    def words(self) -> str:
        """The words for a bar of the chart."""
        return self.short or self.name


class Item(Data):
    """One thing to do in a stage: a move, one of several moves, or something else in words, with a link to it."""

    move: Id | None = None
    either: Ids = ()
    do: Text | None = None
    see: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        """See that the item says one thing, and links only what has no page of its own."""
        if [bool(self.move), bool(self.either), bool(self.do)].count(True) != 1:
            raise ValueError("must have just one of the keys move, either and do")
        if self.either and len(self.either) < 2:
            raise ValueError("must name two exercises or more under either; write move for one")
        if self.see and not self.do:
            raise ValueError("must have the key see only beside do; a move leads to its own page")
        return self

    @property
    def moves(self) -> tuple[str, ...]:
        """The exercises it names: one, several to choose from, or none."""
        return (self.move,) if self.move else self.either


def _item(value: object) -> object:
    return {"move": value} if isinstance(value, str) else value


Items = Annotated[tuple[Annotated[Item, BeforeValidator(_item)], ...], Field(strict=False)]


class Stage(Data):
    """Weeks with the same things to do, by the rhythm in which they are done."""

    weeks: Number
    moves: Mapping[Id, Items]


class Plan(Data):
    """`plan` in `book.yaml`: rhythms, and stages of weeks that say which exercises are done in which rhythm."""

    title: Text
    column: Text
    weeks: Annotated[int, Field(ge=1, le=16)]
    rhythms: Mapping[Id, Rhythm]
    stages: Annotated[tuple[Stage, ...], Field(strict=False)]
    wall_note: Prose | None = None


class PlanKeys(Data):
    """The key of `book.yaml` that holds a plan."""

    plan: Plan | None = None


KEYS = PlanKeys
LABELS = PlanWords
PAGES = ("wall",)


def mistakes(plan: Plan, contents: Collection[str]) -> Iterator[Mistake]:
    """Give all that is wrong with a plan in a book with these contents, each with the path to its key."""
    if len(plan.rhythms) > RHYTHMS_AT_MOST:
        said = f"there are {len(plan.rhythms)} rhythms; a chart shows {RHYTHMS_AT_MOST} apart. Join some."
        yield ("rhythms",), said
    yield from _week_mistakes(plan)
    for number, stage in enumerate(plan.stages):
        if not stage.moves:
            yield ("stages", number), "there is nothing to do in this stage. Name a rhythm, and moves in it."
        for rhythm, items in stage.moves.items():
            path = ("stages", number, "moves", rhythm)
            if rhythm not in plan.rhythms:
                yield path, f'there is no rhythm "{rhythm}" under rhythms.{nearest(rhythm, plan.rhythms)}'
            if not items:
                yield path, f'nothing is to be done in the rhythm "{rhythm}". Name a move, or take it out.'
            yield from (((*path, *more), said) for more, said in _item_mistakes(items, contents))


def _week_mistakes(plan: Plan) -> Iterator[Mistake]:
    """See that the stages follow one another from the first week to the last."""
    due = 1
    for number, stage in enumerate(plan.stages):
        path = ("stages", number, "weeks")
        first, last = stage.weeks.low, stage.weeks.high
        if first < due:
            yield path, f"week {first} is in an earlier stage already. Begin this one at week {due}."
        elif first > due:
            yield path, f"{_span(due, first - 1)} in no stage. Begin this one at week {due}, or add a stage."
        if last > plan.weeks:
            yield path, f"week {last} comes after the plan's {plan.weeks} weeks. End earlier, or raise plan.weeks."
        due = max(due, last + 1)
    if due <= plan.weeks:
        shorter = f", or write weeks: {due - 1}" if due > 1 else ""
        yield ("weeks",), f"{_span(due, plan.weeks)} in no stage. Add a stage{shorter}."


def _span(first: int, last: int) -> str:
    return f"week {first} is" if first == last else f"weeks {first}–{last} are"


def _item_mistakes(items: tuple[Item, ...], contents: Collection[str]) -> Iterator[Mistake]:
    """See that exercises and links lead somewhere, and that nothing is named twice."""
    exercises = [name.removeprefix("exercise:") for name in contents if name.startswith("exercise:")]
    seen: set[str] = set()
    for number, item in enumerate(items):
        for name in item.moves:
            if name not in exercises:
                yield (number,), f'there is no exercise "{name}" under contents.{nearest(name, exercises)}'
            if name in seen:
                yield (number,), f'"{name}" is named twice in this rhythm. Keep one.'
            seen.add(name)
        if item.see and item.see not in contents:
            yield (number,), f'there is no "{item.see}" under contents.{nearest(item.see, contents)}'


@dataclass(frozen=True)
class Bar:
    """Weeks on end (from 1, both included) in which a thing is done in the same rhythms, with the same note."""

    first: int
    last: int
    rhythms: tuple[str, ...]
    note: str | None = None

    @property
    def weeks(self) -> int:
        """How many weeks it covers."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Row:
    """One row of the chart: a thing to do, and its bars from the first week to the last."""

    item: Item
    bars: tuple[Bar, ...]


def rows(plan: Plan) -> list[Row]:
    """Give the rows of a plan's chart, in order of first appearance; a bar runs on while nothing changes."""
    found: dict[Item, list[Bar]] = {}
    for stage in plan.stages:
        for bare, bar in _bars_of(stage).items():
            bars = found.setdefault(bare, [])
            if bars and bar == replace(bars[-1], first=bars[-1].last + 1, last=bar.last):
                bars[-1] = replace(bars[-1], last=bar.last)
            else:
                bars.append(bar)
    return [Row(item, tuple(bars)) for item, bars in found.items()]


def _bars_of(stage: Stage) -> dict[Item, Bar]:
    """Give one bar for each thing of a stage: all its rhythms, and its first note."""
    bars: dict[Item, Bar] = {}
    for rhythm, items in stage.moves.items():
        for item in items:
            bare = item.model_copy(update={"note": None})
            before = bars.get(bare, Bar(stage.weeks.low, stage.weeks.high, (), None))
            bars[bare] = replace(before, rhythms=(*before.rhythms, rhythm), note=before.note or item.note)
    return bars


def cells(row: Row, weeks: int) -> list[Bar | None]:
    """Give a row's cells from week 1 on: a bar, or None for each single week without one."""
    found: list[Bar | None] = []
    at = 1
    for bar in row.bars:
        found += [*[None] * (bar.first - at), bar]
        at = bar.last + 1
    return found + [None] * (weeks + 1 - at)
