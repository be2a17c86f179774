"""From a colour of screens to the four inks of a press: cyan, magenta, yellow and black (K).

Text in the black of screens is printed in four inks, one over the other, and blurs. So black and every near-grey
become K alone, by their lightness (ISO 32000-1, 10.3.2 and 10.3.3). For any other colour, black does as much as it
can, and the other inks what is left, so that they look alike on paper: by the equations of H. E. J. Neugebauer
(Zeitschrift für wissenschaftliche Photographie 36, 1937, pp. 73-89), which mix what paper and solid inks, alone and
over one another, look like. That is known of American inks on coated paper (US Web Coated, SWOP). No profile of a
paper or a press is used, so a colour is near, and no promise.
"""

from functools import lru_cache
from math import dist

Parts = tuple[float, ...]  # of a colour in red, green and blue, from 0 to 1

NEARLY_GREY = 0.04  # between a colour's strongest and weakest part
LIGHTNESS = (0.30, 0.59, 0.11)  # of red, green, blue
SOLID = {  # (cyan, magenta, yellow): what they look like, one over the other
    (0, 0, 0): "FFFFFF", (1, 0, 0): "00ADEF", (0, 1, 0): "EC008C", (0, 0, 1): "FFF200",
    (0, 1, 1): "ED1C24", (1, 0, 1): "00A650", (1, 1, 0): "2E3192", (1, 1, 1): "363639",
}  # fmt: skip
BLACK = "231F20"
STEPS = 20  # from as much black as a colour can take to none
ROUNDS = 40  # at most
STILL = 0.001  # a change of ink after which no round is needed
NEAR = 0.02  # a difference that nobody sees


def _parts(color: str) -> Parts:
    return tuple(part / 255 for part in bytes.fromhex(color))


PRIMARIES = {laid: _parts(color) for laid, color in SOLID.items()}
SOLID_BLACK = _parts(BLACK)


@lru_cache(maxsize=4096)
def cmyk(red: float, green: float, blue: float) -> tuple[float, float, float, float]:
    """Give a colour's inks in whole hundredths; all parts go from 0 to 1."""
    wanted = tuple(min(1.0, max(0.0, part)) for part in (red, green, blue))
    if max(wanted) - min(wanted) <= NEARLY_GREY:
        lightness = sum(weight * part for weight, part in zip(LIGHTNESS, wanted, strict=True))
        return 0.0, 0.0, 0.0, round(1 - lightness, 2)
    most = min(1.0, (1 - max(wanted)) / (1 - max(SOLID_BLACK)))
    tried: list[tuple[float, Parts]] = []
    for step in range(STEPS, -1, -1):
        tried.append(_mixed(wanted, most * step / STEPS))
        if tried[-1][0] <= NEAR:
            break
    _, (cyan, magenta, yellow, black) = min(tried)
    return round(cyan, 2), round(magenta, 2), round(yellow, 2), round(black, 2)


def look(inks: Parts) -> Parts:
    """Give what inks (cyan, magenta, yellow, black) look like on white paper."""
    *laid, black = inks
    mixed = [0.0, 0.0, 0.0]
    for primary, parts in PRIMARIES.items():
        share = 1.0
        for ink, there in zip(laid, primary, strict=True):
            share *= ink if there else 1 - ink
        for channel, part in enumerate(parts):
            mixed[channel] += share * part
    return tuple(part * (1 - black + black * solid) for part, solid in zip(mixed, SOLID_BLACK, strict=True))


def _mixed(wanted: Parts, black: float) -> tuple[float, Parts]:
    """Find the inks that come nearest to a colour with so much black; gives how far off they are, and them.

    What inks look like changes evenly with each ink alone, so the best of one, the others held, is known at once.
    """
    inks = [0.5, 0.5, 0.5, black]
    for _ in range(ROUNDS):
        before = list(inks)
        for ink in range(3):
            none, full = (look((*inks[:ink], amount, *inks[ink + 1 :])) for amount in (0.0, 1.0))
            way = [there - here for here, there in zip(none, full, strict=True)]
            along = sum(step * (goal - here) for step, goal, here in zip(way, wanted, none, strict=True))
            inks[ink] = min(1.0, max(0.0, along / sum(step * step for step in way)))
        if dist(before, inks) < STILL:
            break
    return dist(look(tuple(inks)), wanted), tuple(inks)
