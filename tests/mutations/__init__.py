"""Deliberate faults, each put into a copy of the report: a family of rules has a module with its own `MUTATIONS`.

`python -m tests.mutations` puts them all in, several at a time, and writes what is told of them to
docs/mutations.md; tests/test_mutations.py holds that table to what is told now. What validators from outside say is
proved by the golden folders of D80, D81, E80 and E81: to ask them of the whole report takes a minute.
"""

import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, reduce
from importlib import import_module
from itertools import repeat
from pathlib import Path
from pkgutil import iter_modules
from typing import TypeVar

from book.check.finished import Ebook, Printed
from book.check.proof import Proof
from book.check.rule import RULES
from book.check.run import Finding, examine, proof_of
from book.model.editions import editions_of
from tests.check.spoilers import Spoiler
from tests.conftest import ROOT

File = TypeVar("File", Printed, Ebook)
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

    Either a text of a file of the book is changed (added at its end, where no `old` text is given), or the finished
    file of an edition is spoilt. `editions` are built for it, where the rule looks at finished files: the smallest
    that show the fault.
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


def companies() -> list[list[Mutation]]:
    """Deal faults out to copies of the report, several to a copy: a whole book is read for all of them at once.

    No two in a company are for the same rule, and none moves the lines of a file that another changes. What keeps a
    book from being read goes alone, and so does what asks other rules.
    """
    dealt: dict[tuple[object, ...], list[list[Mutation]]] = {}
    for fault in mutations():
        alone = (
            fault.code[0] == "B" or RULES[fault.code].needs == "told" or (fault.file and "build" in _needs(fault))
        )
        kind = (fault.fault if alone else "", fault.edition, fault.editions, _needs(fault))
        found = dealt.setdefault(kind, [])
        bearable = [company for company in found if all(_bear(fault, other) for other in company)]
        if bearable:
            bearable[0].append(fault)
        else:
            found.append([fault])
    return [company for found in dealt.values() for company in found]


def _bear(one: Mutation, other: Mutation) -> bool:
    """Say whether two faults can be put into one copy, and each still be told at its own line."""
    if one.code == other.code:
        return False
    if not one.file or one.file != other.file:
        return True
    moved = not one.file.endswith(".css") and any(
        fault.old.count("\n") != fault.new.count("\n") for fault in (one, other)
    )
    text = (ROOT / one.file).read_text("utf-8")
    (_, end), (begin, _) = sorted(
        (text.find(fault.old), text.find(fault.old) + len(fault.old)) for fault in (one, other)
    )
    return not moved and end <= begin


def findings(faults: Sequence[Mutation], finished: Path, folder: Path) -> dict[str, list[Finding]]:
    """Put faults into a copy of the report and ask their rules: what each rule tells.

    `finished` holds the report's finished files. Faults that cannot all be put in raise AssertionError.
    """
    rules = [RULES[fault.code] for fault in faults]
    proof = _spoilt(faults, finished) if faults[0].spoil else _changed(faults, folder)
    told: dict[str, list[Finding]] = {rule.code: [] for rule in rules}
    for finding in examine(proof, rules, lambda _: None).findings:
        told.get(finding.code, []).append(finding)
    return told


def first_finding(fault: Mutation, finished: Path, folder: Path) -> Finding | None:
    """Put in one fault, alone, and give the first thing that its rule tells."""
    found = findings([fault], finished, folder)[fault.code]
    return found[0] if found else None


def _changed(faults: Sequence[Mutation], folder: Path) -> Proof:
    """Take a copy of the report in which texts are changed as far as the faults' rules need it."""
    book = folder / "book"
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        book.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, book / name)
    for fault in faults:
        path = book / fault.file
        text = path.read_text("utf-8") if path.exists() else ""
        assert fault.old in text, f"{fault.fault}: {fault.file} does not hold {fault.old!r}"
        path.write_text(text.replace(fault.old, fault.new, 1) if fault.old else text + fault.new, "utf-8")
    return proof_of(book, folder / "dist", faults[0].editions, lambda _: None, _needs(faults[0]))


def _spoilt(faults: Sequence[Mutation], finished: Path) -> Proof:
    """Take the report with one finished file spoilt; what is not spoilt is read once for all faults."""
    edition = faults[0].edition
    whole = _whole(finished, faults[0].editions or (edition,), _needs(faults[0]))

    def spoil(file: File) -> File:
        if file.edition.name != edition:
            return file
        return replace(file, data=reduce(lambda data, fault: fault.spoil(data), faults, file.data))  # type: ignore[misc]

    prints, ebooks = map(spoil, whole.prints), map(spoil, whole.ebooks)
    return Proof(whole.shelf, book=whole.book, rendered=whole.rendered, prints=tuple(prints), ebooks=tuple(ebooks))


@cache
def _whole(finished: Path, editions: tuple[str, ...], needs: frozenset[str]) -> Proof:
    """Take the report as it is, with finished files of some editions; it is read once for all faults."""
    text = _text(finished)
    rows = [editions_of(text.book.manifest)[name] for name in editions]
    found = [(row, (finished / row.file(text.book.manifest.file_name)).read_bytes()) for row in rows]
    prints = [Printed(row, data) for row, data in found if row.kind.name == "pdf" and needs & {"pdf", "build"}]
    ebooks = [Ebook(row, data) for row, data in found if row.kind.name == "epub" and needs & {"epub", "build"}]
    return Proof(text.shelf, book=text.book, rendered=text.rendered, prints=prints, ebooks=ebooks)


@cache
def _text(finished: Path) -> Proof:
    return proof_of(ROOT, finished, (), lambda _: None, {"text"})


def _needs(fault: Mutation) -> frozenset[str]:
    needs = RULES[fault.code].needs
    return frozenset({"pdf"} if needs == "build" and not fault.editions else {needs})


def row(number: int, fault: Mutation, finding: Finding) -> str:
    """Give the row of the table for a fault that was seen."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    place += f" ({finding.seen})" if finding.seen else ""
    cells = [str(number), fault.fault, fault.code, f"`{place}`", finding.message]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def rows(finished: Path, folder: Path) -> list[str]:
    """Put in all faults, several at a time, and give the rows of the table. AssertionError with all that are not seen."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(_row, range(len(mutations())), repeat(finished), repeat(folder)))
    missed = [said for said in found if not said.startswith("|")]
    assert not missed, "\n".join(missed)
    return found


def _row(at: int, finished: Path, folder: Path) -> str:
    """Give the row of one fault, by its place in the list; or say what is wrong with it."""
    fault = mutations()[at]
    try:
        finding = first_finding(fault, finished, folder / str(at + 1))
    except AssertionError as error:
        return str(error)
    return row(at + 1, fault, finding) if finding else f"{fault.code} does not see: {fault.fault}"
