"""The path data of an SVG as flat lines, in the picture's own units."""

import re
from collections.abc import Iterator
from itertools import pairwise

Point = tuple[float, float]
Line = list[Point]
TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
CURVES, SMOOTH = set("CSQT"), set("ST")
PIECES = 6  # straight ones of a curve


def lines_of(text: str) -> list[Line]:
    """Give the lines of a path: curves in straight pieces, an arc as its chord; a broken path as far as it goes."""
    found: list[Line] = []
    start = here = bend = (0.0, 0.0)
    fresh = True  # the next command begins a line
    for command, given in _commands(text):
        name = command.upper()
        if name == "Z":
            found[-1].append(start)
            here = bend = start
            fresh = True
            continue
        points = _points(name, given, here, here if command.islower() else (0.0, 0.0))
        if name == "M" or fresh:
            start = points[0] if name == "M" else here
            found.append([start])
        ways = [here, *([(2 * here[0] - bend[0], 2 * here[1] - bend[1])] if name in SMOOTH else []), *points]
        if name != "M":
            found[-1] += _curve(ways) if name in CURVES else points
        here = points[-1]
        bend, fresh = ways[-2] if name in CURVES else here, False
    return found


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Give a path's commands, each with as many numbers as it takes; all begins with a move."""
    tokens, command, at = TOKEN.findall(text), "", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        elif command in "zZ":
            return
        takes = tokens[at : at + TAKES.get(command.upper(), 0)]
        whole = len(takes) == TAKES.get(command.upper()) and not any(map(str.isalpha, takes))
        if not whole or (at == 1 and command not in "mM"):
            return
        yield command, list(map(float, takes))
        at += len(takes)
        command = {"m": "l", "M": "L"}.get(command, command)  # more numbers after a move are lines


def _points(name: str, given: list[float], here: Point, base: Point) -> Line:
    """Give the points that a command names, the last being where it ends."""
    if name == "H":
        return [(given[0] + base[0], here[1])]
    if name == "V":
        return [(here[0], given[0] + base[1])]
    flat = given[-2:] if name == "A" else given
    return [(x + base[0], y + base[1]) for x, y in zip(flat[::2], flat[1::2], strict=True)]


def _curve(ways: Line) -> Line:
    """Give a Bézier curve through its points of control, without its beginning, in straight pieces."""
    found = []
    for step in range(1, PIECES + 1):
        share, level = step / PIECES, ways
        while len(level) > 1:
            level = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(level)]
        found.append(level[0])
    return found
