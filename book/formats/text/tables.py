"""Tables: in columns where each row is one line, else a line for each cell that begins with its heading.

A table to be filled in is a line of places for each of its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from book.formats.text.inline import words
from book.formats.text.wrap import BREAK, columns, tidy, wrap
from book.model.characters import NO_BREAK
from book.render.tree import Tree, select, value

BETWEEN, HANG = "  ", "    "
TICK, SHORT, LONG = f"[{NO_BREAK}]", "_" * 4, "_" * 24


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and what is to be entered there, if anything."""

    text: str
    field: str = ""


def table(element: Tree, width: int) -> Iterator[tuple[int, list[str]]]:
    """Give a table's caption, and then its rows: each with how many blank lines are before it."""
    for caption in select(element, "./caption"):
        if lines := wrap(words(caption), width):
            yield 1, lines
    heads, rows = _even(_heads(element), _rows(select(element, "./tr | ./tbody/tr | ./tfoot/tr")))
    if any(cell.field for row in rows for cell in row):
        yield from ((1, _places(heads, row, width)) for row in rows)
    elif lines := _columns(heads, rows, width):
        yield 1, lines
    else:
        yield from ((1, lines) for row in rows if (lines := _record(heads, row, width)))


def _heads(element: Tree) -> list[str]:
    """Give what stands over each column, from all rows of the head."""
    rows = _rows(select(element, "./thead/tr"))
    stacked = zip_longest(*([cell.text for cell in row] for row in rows), fillvalue="")
    return [", ".join(dict.fromkeys(filter(None, texts))) for texts in stacked]


def _rows(rows: list[Tree]) -> list[list[Cell]]:
    """Give rows of cells: one over more rows stands in each, one over more columns in the first."""
    found: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}  # by column: for how many rows a cell of a row before goes on
    for row in rows:
        line: list[Cell] = []
        for element in [cell for cell in row if cell.tag in {"td", "th"}]:
            _go_on(line, below)
            cell, tall = _cell(element), _span(element, "rowspan")
            for number in range(_span(element, "colspan")):
                part = cell if number == 0 else Cell("")
                below[len(line)] = (tall - 1, part)
                line.append(part)
        _go_on(line, below)
        found.append(line)
    return found


def _even(heads: list[str], rows: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """Make heads and rows of equal length."""
    longest = max(len(heads), *map(len, rows), 0)
    padded = [[*row, *[Cell("")] * (longest - len(row))] for row in rows]
    return [*heads, *[""] * (longest - len(heads))], padded


def _go_on(line: list[Cell], below: dict[int, tuple[int, Cell]]) -> None:
    """Add to a row the cells that go on from those above."""
    while (going := below.get(len(line))) and going[0] > 0:
        below[len(line)] = (going[0] - 1, going[1])
        line.append(going[1])


def _span(element: Tree, name: str) -> int:
    given = value(element, name)
    return max(1, int(given)) if given.isdigit() else 1


def _cell(element: Tree) -> Cell:
    text = tidy(words(element)).replace(BREAK, "; ")
    return Cell(text.strip(f" {NO_BREAK}"), value(element, "data-field"))


def _columns(heads: list[str], rows: list[list[Cell]], width: int) -> list[str]:
    """Give a table in columns; nothing if a row does not fit on a line."""
    texts = [*([heads] if any(heads) else []), *([cell.text for cell in row] for row in rows)]
    wide = [max(map(columns, column)) for column in zip(*texts, strict=True)]
    if sum(wide) + len(BETWEEN) * (len(wide) - 1) > width:
        return []
    padded = [[text + " " * (most - columns(text)) for text, most in zip(row, wide, strict=True)] for row in texts]
    return [BETWEEN.join(row).replace(NO_BREAK, " ").rstrip() for row in padded]


def _record(heads: list[str], row: list[Cell], width: int) -> list[str]:
    """Give a row as lines, each a cell with what stands over its column."""
    named = zip(heads, row, strict=True)
    texts = [f"{head}: {cell.text}" if head else cell.text for head, cell in named if cell.text]
    return [line for text in texts for line in wrap(text, width, HANG)]


def _places(heads: list[str], row: list[Cell], width: int) -> list[str]:
    """Give the places of a row: what it is of, and a box to tick or a line to write on under each heading."""
    first, *rest = row
    head, *over = heads
    name = f"{head}:{NO_BREAK}{LONG}" if first.field else first.text
    marks = [TICK if cell.field == "tick" else SHORT if cell.field else cell.text for cell in rest]
    places = [f"{day} {mark}".strip().replace(" ", NO_BREAK) for day, mark in zip(over, marks, strict=True)]
    return [*wrap(name, width, HANG), *wrap(", ".join(places), width, HANG)]
