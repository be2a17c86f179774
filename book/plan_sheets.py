"""Pages of a plan: the chart that stands in a chapter as a block `/// plan`, and the sheets for the wall."""

from collections.abc import Mapping
from typing import Any

from book.dose import dose_lines
from book.elements import Tree, parent, plain, select
from book.kinds import Count
from book.links import Section
from book.model import Book, Chapter, Exercise, Labels, Page, Pose, line_of, pictures_of
from book.pages import fill, inner
from book.pictures import Picture
from book.plan import Plan, cells, rows
from book.problems import Problems
from book.wall import sheet

BLOCK = "/// plan"


def charts(tree: Tree, book: Book, part: Chapter | Exercise, problems: Problems) -> None:
    """Put the plan's chart into each block `/// plan`; what stands in the block says how to read it."""
    plan = book.manifest.plan
    for block in select(tree, './/aside[contains(@class, "plan")]'):
        line = line_of(part, BLOCK)
        title, *how = block
        if plan is None:
            problems.add(part.file, line, f'"{BLOCK}" needs the key "plan" in book.yaml. Add it, or take it out.')
            continue
        if plain(title) != "Plan":
            problems.add(part.file, line, "a plan has its heading from plan.title in book.yaml. Take this one out.")
        if not how:
            problems.add(part.file, line, "the plan does not say how to read it. Write that between the two lines.")
        block.remove(title)
        parent(block).replace(block, _chart(plan, book.manifest.labels, block))


def _chart(plan: Plan, labels: Labels, block: Tree) -> Tree:
    looks = {rhythm: number for number, rhythm in enumerate(plan.rhythms, 1)}
    lines = [(row, cells(row, plan.weeks)) for row in rows(plan)]
    return fill("chart.html", plan=plan, labels=labels, lines=lines, looks=looks, how=inner(block))


def wall(book: Book, part: Page, texts: list[Section], pictures: Mapping[str, Picture]) -> Section:
    """Fill the sheets for the wall, one for each stage of the plan. ValueError if the book has no plan."""
    plan, labels = book.manifest.plan, book.manifest.labels
    if plan is None:
        raise ValueError("page:wall without a plan; load lets none through")
    looks = {rhythm: number for number, rhythm in enumerate(plan.rhythms, 1)}
    moves = {section.part.name: _move(section, labels, pictures) for section in texts}
    sheets = [(stage_name(stage.weeks, labels), sheet(stage)) for stage in plan.stages]
    key = f"page:{part.name}"
    tree = fill("wall.html", key=key, plan=plan, labels=labels, looks=looks, moves=moves, sheets=sheets)
    return Section(key, labels.wall, labels.wall, None, part, tree)


def stage_name(weeks: Count, labels: Labels) -> str:
    """Say which weeks a stage covers: "Week 1" or "Weeks 1–2"."""
    return f"{labels.week if weeks.low == weeks.high else labels.weeks} {weeks}"


def _move(section: Section, labels: Labels, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    """Give what a wall sheet says and shows of a move: its start and finish as far as they are drawn."""
    if not isinstance(section.part, Exercise):
        return {}
    shown: list[tuple[Pose, Picture]] = [
        (pose, pictures[name])
        for pose, name in zip(section.part.head.poses, pictures_of(section.part), strict=True)
        if name and not pose.label
    ]
    return {
        "key": section.key,
        "title": section.title,
        "number": section.number,
        "dose": dose_lines(section.part.head.dose, labels),
        "pictures": shown,
        "tall": any(picture.tall for _, picture in shown),
    }
