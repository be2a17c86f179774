"""Deliberate faults, each put into a copy of the report: a family of rules has a module with its own `MUTATIONS`."""

from dataclasses import dataclass

from tests.spoilers import Spoiler


@dataclass(frozen=True)
class Mutation:
    """One fault: what was done (for the table), the rule meant to see it, and how it is done.

    Either a text of a file of the book is changed, or the finished file of an edition is spoilt. `editions` are
    built for it, where the rule looks at finished files: the smallest that show the fault.
    """

    fault: str
    code: str
    file: str = ""
    old: str = ""
    new: str = ""
    edition: str = ""
    spoil: Spoiler | None = None
    editions: tuple[str, ...] = ()
