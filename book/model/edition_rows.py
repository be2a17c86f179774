"""Editions as a book wants them: `editions` in `book.yaml`."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from book.figure.data import Data
from book.model.fields import Id, Text, Texts


class Row(Data):
    """An edition as a book wants it: the built-in row that it is like, and what differs from that row."""

    like: Id | None = None
    says: Text | None = None
    take: Text | None = None
    paper: Literal["letter", "a4", "both"] | None = None
    holds: Texts = ()
    fillable: bool | None = None


def _as_rows(value: object) -> object:
    """Take a list of names, or names with nothing behind them, for rows that change nothing."""
    if isinstance(value, list):
        return dict.fromkeys(value, Row())
    if isinstance(value, dict):
        return {name: Row() if row is None else row for name, row in value.items()}
    return value


Rows = Annotated[dict[Id, Row], BeforeValidator(_as_rows)]
