"""What a log is: `log` in `book.yaml`."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from book.figure.data import Data
from book.model.fields import Prose, Text, named


class LogRow(Data):
    """One row of a log: what it is for ("" for an empty line to write in), and what its squares take."""

    name: str = ""
    kind: Literal["tick", "score"] = "tick"


class Log(Data):
    """A log sheet: weeks by days, one row for each thing to tick or to score; a plain text is a row to tick."""

    title: Text
    lede: Prose
    weeks: Annotated[int, Field(ge=1, le=6)]
    column: Text
    rows: Annotated[tuple[Annotated[LogRow, BeforeValidator(named)], ...], Field(strict=False)]


class LogKeys(Data):
    """The key of `book.yaml` that holds a log."""

    log: Log | None = None


KEYS = LogKeys
PAGES = ("log",)
