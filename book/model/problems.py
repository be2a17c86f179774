"""What is wrong with a book: problems with file, line and remedy, gathered and raised together.

Every stage of the line reports here, so that an author sees all mistakes of a stage at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: the file (relative to the book), the line (0 where no line applies), what to do.

    `code` is the number of the rule that it breaks, for `book check`; most are of no family but the builder's own.
    """

    file: str
    line: int
    message: str
    code: str = "B01"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class Refused(ValueError):  # noqa: N818 - a value that a model refuses
    """What a model refuses: the number of the rule that it breaks, and what the value must be."""

    def __init__(self, code: str, said: str) -> None:
        self.code = code
        super().__init__(said)


@dataclass(frozen=True)
class Breaks:
    """Marks the field of a model: where it is missing or empty, the rule of this number is broken."""

    code: str


class BookError(Exception):
    """The book cannot be built; `problems` says why, in the order an author would mend them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["BookError"], tuple[tuple[Problem, ...]]]:
        """Travel whole from one process to another."""
        return BookError, (self.problems,)


@dataclass
class Problems:
    """A list that fills up during one stage and is raised at its end."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, message: str, code: str = "B01") -> None:
        """Note one problem; `code` is the number of the rule that it breaks."""
        self.found.append(Problem(file, line, message, code))

    def raise_any(self) -> None:
        """Raise BookError with everything found so far; do nothing if nothing was."""
        if self.found:
            raise BookError(self.found)


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.5) -> str:
    """Give ' Did you mean "x"?' for the known name closest to a word, or '' if none is close."""
    close = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f' Did you mean "{close[0]}"?' if close else ""
