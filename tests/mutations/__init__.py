"""Deliberate faults, each put into a copy of the report: a family of rules has a module with its own `MUTATIONS`.

`python -m tests.mutations` puts them all in, one after another, and writes what is told of them to
docs/mutations.md; tests/test_mutations.py holds that table to what is told now.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from book.check.proof import Ebook, Printed, Proof
from book.check.rule import RULES
from book.check.run import Finding, examine, proof_of
from tests.conftest import ROOT
from tests.spoilers import Spoiler

SOURCES = ("book.yaml", "chapters", "images", "styles")
TABLE = ROOT / "docs" / "mutations.md"
HEAD = """# Faults put in on purpose

Each row is a fault that was put into a copy of the report, alone, and what the rule meant for it said. Without the
faults the report has no findings. `python -m tests.mutations` writes this table; a test holds it to what is told now.

| | Fault | Rule | Where | What is told |
|---|---|---|---|---|
"""


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


def mutations() -> list[Mutation]:
    """Give all faults of all families, in the order of their rules."""
    names = [found.name for found in iter_modules(__path__) if found.name != "__main__"]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found = [fault for module in modules for fault in getattr(module, "MUTATIONS", ())]
    return sorted(found, key=lambda fault: fault.code)


def first_finding(fault: Mutation, finished: Path, folder: Path) -> Finding | None:
    """Put a fault into a copy of the report and ask its rule; `finished` holds the report's finished files."""
    rule, book = RULES[fault.code], folder / "book"
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        book.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, book / name)
    if fault.spoil:
        out = finished
    else:
        out = folder / "dist"
        text = (book / fault.file).read_text("utf-8")
        assert text.count(fault.old) >= 1, f"{fault.fault}: {fault.file} does not hold {fault.old!r}"
        (book / fault.file).write_text(text.replace(fault.old, fault.new, 1), "utf-8")
    editions = fault.editions or ((fault.edition,) if fault.edition else ())
    proof = proof_of(book, out, editions, lambda _: None, {rule.needs} if rule.needs != "build" else {"pdf"})
    if fault.spoil:
        proof = _spoilt(proof, fault)
    found = [finding for finding in examine(proof, [rule], lambda _: None).findings if finding.code == rule.code]
    return found[0] if found else None


def _spoilt(proof: Proof, fault: Mutation) -> Proof:
    def spoil(file: Printed | Ebook) -> Printed | Ebook:
        assert fault.spoil is not None
        return replace(file, data=fault.spoil(file.data)) if file.edition.name == fault.edition else file

    proof.prints = tuple(spoil(file) for file in proof.prints)  # type: ignore[misc]
    proof.ebooks = tuple(spoil(file) for file in proof.ebooks)  # type: ignore[misc]
    return proof


def row(number: int, fault: Mutation, finding: Finding) -> str:
    """Give the row of the table for a fault that was seen."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    place += f" ({finding.seen})" if finding.seen else ""
    cells = [str(number), fault.fault, fault.code, f"`{place}`", finding.message]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def rows(finished: Path, folder: Path) -> Iterator[str]:
    """Put in all faults, and give the rows of the table. AssertionError for one that is not seen."""
    for number, fault in enumerate(mutations(), 1):
        finding = first_finding(fault, finished, folder / str(number))
        assert finding, f"{fault.code} does not see: {fault.fault}"
        yield row(number, fault, finding)
