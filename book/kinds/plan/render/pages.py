"""Pages of a plan: the chart that stands in a chapter as a block `/// plan`, and the sheets for the wall."""

import re
from collections.abc import Mapping
from typing import Any

from book.kinds.exercise.model import Exercise, Pose, pictures_of
from book.kinds.exercise.render.dose import dose_lines
from book.kinds.plan.model import Plan, PlanKeys, PlanWords, cells, rows
from book.kinds.plan.render.wall_sheet import sheet
from book.model.book import Book
from book.model.document import Page
from book.model.fields import Count
from book.model.labels import Labels
from book.model.picture import Picture
from book.model.problems import Problems
from book.render.blocks import Piece
from book.render.kinds import Gathered
from book.render.pages.templates import fill, inner
from book.render.section import Section
from book.render.tree import Tree

OPENS = re.compile(r"^[ \t]*/{3,}[ \t]*plan(?![\w-])", re.MULTILINE)  # how a plan begins in a chapter


def chart(piece: Piece, book: Book, problems: Problems) -> Tree | None:
    """Give the plan's chart; what stands in its block says how to read it. None (and a problem) without a plan."""
    plan, home = book.manifest.of(PlanKeys).plan, _home(book)
    if plan is None:
        piece.tell('a plan needs the key "plan" in book.yaml. Add it, or take this out.', problems)
        return None
    if piece.nth or piece.part.file != home:
        piece.tell(f"the plan stands in {home} already. Take this one out.", problems)
    if piece.given:
        piece.tell("a plan has its heading from plan.title in book.yaml. Take this one out.", problems)
    if not len(piece.box):
        piece.tell("the plan does not say how to read it. Write that between the two lines.", problems)
    return _chart(plan, book.manifest.labels, piece.box)


def _home(book: Book) -> str:
    """Name the file in which the plan stands first, "" if it stands in none."""
    texts = (part for part in book.parts if not isinstance(part, Page))
    return next((part.file for part in texts if OPENS.search(part.body)), "")


def _chart(plan: Plan, labels: Labels, block: Tree) -> Tree:
    looks = {rhythm: number for number, rhythm in enumerate(plan.rhythms, 1)}
    lines = [(row, cells(row, plan.weeks)) for row in rows(plan)]
    return fill("plan/chart.html", plan=plan, labels=labels, lines=lines, looks=looks, how=inner(block))


def wall(book: Book, part: Page, gathered: Gathered) -> Section:
    """Fill the sheets for the wall, one for each stage of the plan. ValueError if the book has no plan."""
    plan, labels = book.manifest.of(PlanKeys).plan, book.manifest.labels
    if plan is None:
        raise ValueError("page:wall without a plan; load lets none through")
    looks = {rhythm: number for number, rhythm in enumerate(plan.rhythms, 1)}
    moves = {
        section.part.name: _move(section, section.part, labels, gathered.pictures)
        for section in gathered.texts
        if isinstance(section.part, Exercise)
    }
    sheets = [(stage_name(stage.weeks, labels), sheet(stage)) for stage in plan.stages]
    key = f"page:{part.name}"
    tree = fill("plan/wall.html", key=key, plan=plan, labels=labels, looks=looks, moves=moves, sheets=sheets)
    title = labels.of(PlanWords).wall
    return Section(key, title, title, None, part, tree)


def stage_name(weeks: Count, labels: Labels) -> str:
    """Say which weeks a stage covers: "Week 1" or "Weeks 1–2"."""
    return f"{labels.week if weeks.low == weeks.high else labels.of(PlanWords).weeks} {weeks}"


def _move(section: Section, part: Exercise, labels: Labels, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    """Give what a wall sheet says and shows of a move: its start and finish as far as they are drawn."""
    shown: list[tuple[Pose, Picture]] = [
        (pose, pictures[name])
        for pose, name in zip(part.head.poses, pictures_of(part), strict=True)
        if name and not pose.label
    ]
    return {
        "key": section.key,
        "title": section.title,
        "number": section.number,
        "dose": dose_lines(part.head.dose, labels),
        "pictures": shown,
        "tall": any(picture.tall for _, picture in shown),
    }
