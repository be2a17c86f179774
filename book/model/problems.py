"""What is wrong with a book: problems with file, line and remedy, gathered and raised together.

Every stage of the line reports here, so that an author sees all mistakes of a stage at once.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal, TypeVar

Made = TypeVar("Made")
NEAR = 0.6  # how alike a word and a known name must be for one to be meant by the other
SHORT = 2  # letters that too many names begin with
Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: the file (relative to the book), the line (0 where no line applies), what to do.

    `code` is the number of the rule that it breaks, for `book check`; most are of no family but the builder's own.
    A warning stops nothing.
    """

    file: str
    line: int
    message: str
    code: str = "B01"
    level: Level = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {'warning: ' if self.level == 'warning' else ''}{self.message}"


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
    """A list that fills up during the stages of a run and is raised at the end; if `strict`, warnings are errors.

    `unread` names what could not be read: typed ids of documents, and files. What is not found since it may stand
    there is not told as well: it is mended with the cause.
    """

    found: list[Problem] = field(default_factory=list)
    strict: bool = False
    unread: set[str] = field(default_factory=set)

    def add(self, file: str, line: int, message: str, code: str = "B01") -> None:
        """Note one problem; `code` is the number of the rule that it breaks."""
        self.found.append(Problem(file, line, message, code))

    def warn(self, file: str, line: int, message: str, code: str = "B01") -> None:
        """Note what a draft may have, and a book that is released may not."""
        self.found.append(Problem(file, line, message, code, "error" if self.strict else "warning"))

    @property
    def any(self) -> bool:
        """Whether anything found so far is an error."""
        return any(problem.level == "error" for problem in self.found)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What was found that stops nothing."""
        return tuple(dict.fromkeys(problem for problem in self.found if problem.level == "warning"))

    def raise_any(self) -> None:
        """Raise BookError with everything found so far, if any of it is an error."""
        if self.any:
            raise BookError(self.found)

    def attempt(self, work: Callable[[], Made]) -> Made | None:
        """Do a piece of work; None where it fails in a book that is broken already, since that is why."""
        try:
            return work()
        except BookError as error:
            self.found += error.problems
        except Exception:
            if not self.any:
                raise
        return None

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Let a stage look at a book that is broken already: whatever stops it there follows from what is told."""
        try:
            yield
        except BookError as error:
            self.found += error.problems
            raise BookError(self.found) from None
        except Exception:
            self.raise_any()
            raise


def nearest(word: str, known: Iterable[str]) -> str:
    """Give ' Did you mean "x"?' for the known name closest to a word, or '' if none is close."""
    names = list(known)
    begun = [name for name in names if len(word) > SHORT and name.startswith(word)]
    close = get_close_matches(word, names, n=1, cutoff=NEAR) or begun
    return f' Did you mean "{close[0]}"?' if close else ""
