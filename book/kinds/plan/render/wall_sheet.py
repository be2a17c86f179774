"""The wall sheet of a stage: which moves are cards, in two columns, and what is only said in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from book.kinds.plan.model import Item, Stage

HEADING = 0.25  # the height of a heading, in cards
SPLIT = 0.1  # what it costs to have a group run over both columns, in cards


@dataclass(frozen=True)
class Card:
    """One move on a sheet: the exercise, the author's note, and whether it is another choice for the one above."""

    move: str
    note: str | None = None
    choice: bool = False


@dataclass(frozen=True)
class Group:
    """Cards below one heading: the rhythm in which these moves are done."""

    rhythm: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Sheet:
    """One stage for the wall: groups of cards, and beside them, by rhythm, what is said in words only.

    Words are enough for what is no exercise, and for a move that has its card in another rhythm.
    """

    stage: Stage
    groups: tuple[Group, ...]
    besides: tuple[tuple[str, tuple[Item, ...]], ...]

    @property
    def columns(self) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
        """The groups in two columns of nearly one height; a choice stays whole, a heading is said again."""
        lots = [(group.rhythm, lot) for group in self.groups for lot in _lots(group.cards)]
        cuts = [(_regroup(lots[:cut]), _regroup(lots[cut:])) for cut in range(len(lots), 0, -1)]
        return min(cuts, key=_cost, default=((), ()))

    @property
    def deepest(self) -> int:
        """How many cards the fuller column holds."""
        return max(sum(len(group.cards) for group in column) for column in self.columns)


def sheet(stage: Stage) -> Sheet:
    """Lay out a stage for the wall: each move has one card, in the rhythm that names it first."""
    shown: set[str] = set()
    groups: list[Group] = []
    besides: list[tuple[str, tuple[Item, ...]]] = []
    for rhythm, items in stage.moves.items():
        cards: list[Card] = []
        said: list[Item] = []
        for item in items:
            if shown.issuperset(item.moves):
                said.append(item)
                continue
            cards += [Card(move, item.note, bool(place)) for place, move in enumerate(item.moves)]
            shown.update(item.moves)
        groups += [Group(rhythm, tuple(cards))] if cards else []
        besides += [(rhythm, tuple(said))] if said else []
    return Sheet(stage, tuple(groups), tuple(besides))


def _lots(cards: tuple[Card, ...]) -> list[tuple[Card, ...]]:
    """Cut a group's cards into what stays together: a move, or the moves to choose from."""
    lots: list[tuple[Card, ...]] = []
    for card in cards:
        if card.choice:
            lots[-1] = (*lots[-1], card)
        else:
            lots.append((card,))
    return lots


def _regroup(lots: Iterable[tuple[str, tuple[Card, ...]]]) -> tuple[Group, ...]:
    return tuple(
        Group(rhythm, tuple(card for _, lot in found for card in lot))
        for rhythm, found in groupby(lots, key=lambda lot: lot[0])
    )


def _cost(columns: tuple[tuple[Group, ...], tuple[Group, ...]]) -> float:
    """Give the height of the taller column in cards, and a little more if a group is split."""
    left, right = columns
    heights = [sum(len(group.cards) + HEADING for group in column) for column in columns]
    split = bool(left and right) and left[-1].rhythm == right[0].rhythm
    return max(heights) + SPLIT * split
