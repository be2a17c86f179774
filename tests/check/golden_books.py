"""The golden folders of rules: tests/check/golden/CODE/broken and kept, each what differs from the stock book.

A file there takes the place of the stock book's; one whose name begins with + is added to the end of it, a style
sheet to that of the house. `spoil.txt` names what is done to finished files: an edition and a spoiler of
`tests/check/spoilers.py` a line. `editions.txt` names the editions that are looked at, where these are not all.
`answers.json` is what the web answers, for a book that is checked online. `expected.txt` is what the rule says of the
broken book; `pytest --update` writes it anew.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from book.check.proof import Proof
from book.check.report import as_text
from book.check.rule import RULES, Rule
from book.check.rules.text import web
from book.check.run import LAST, examine, proof_of
from book.load.styles import HOUSE
from book.model.editions import USUAL
from tests.check.spoilers import SPOILERS
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "check" / "golden"
STOCK = GOLDEN / "stock"
OURS = {"spoil.txt", "answers.json", "editions.txt", "expected.txt"}


def lay_over(changes: Path, book: Path) -> None:
    """Copy the stock book to a folder and put what differs over it."""
    shutil.copytree(STOCK, book)
    for path in sorted(path for path in changes.rglob("*") if path.is_file() and path.name not in OURS):
        target = book / path.relative_to(changes)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.name.startswith("+"):
            target = target.with_name(path.name[1:])
            begin = target if target.exists() else HOUSE / target.relative_to(book / "styles")
            target.write_text(begin.read_text("utf-8") + path.read_text("utf-8"), "utf-8")
        else:
            shutil.copyfile(path, target)


def editions(changes: Path) -> tuple[str, ...]:
    """Name the stock book's editions, or those that a golden folder is looked at in; and which others it spoils."""
    listed = changes / "editions.txt"
    usual = listed.read_text("utf-8").split() if listed.exists() else USUAL
    wanted = changes / "spoil.txt"
    lines = wanted.read_text("utf-8").splitlines() if wanted.exists() else []
    return tuple(dict.fromkeys([*usual, *(line.split()[0] for line in lines)]))


def spoilt(proof: Proof, changes: Path) -> Proof:
    """Do to a book's finished files what a golden folder asks for."""
    wanted = changes / "spoil.txt"
    for line in wanted.read_text("utf-8").splitlines() if wanted.exists() else ():
        edition, name = line.split()
        files = [*proof.prints, *proof.ebooks]
        assert edition in {file.edition.name for file in files}, f"{wanted}: no file of the edition {edition}"
        proof.prints, proof.ebooks = (
            tuple(
                replace(file, data=SPOILERS[name](file.data)) if file.edition.name == edition else file
                for file in found
            )
            for found in (proof.prints, proof.ebooks)
        )
    return proof


def golden(code: str, kind: str, built: Path, folder: Path) -> Proof:
    """Take the golden book of a rule as far as the rule needs it. `built` holds the stock book's editions."""
    changes = GOLDEN / code / kind
    lay_over(changes, folder / "book")
    shutil.copytree(built, folder / "dist")
    if (answers := changes / "answers.json").exists():
        shutil.copyfile(answers, folder / answers.name)
    needs = {rule.needs for rule in asked(code)}
    return spoilt(proof_of(folder / "book", folder / "dist", editions(changes), lambda _: None, needs), changes)


def asked(code: str) -> list[Rule]:
    """Give the rules that a golden book is asked about: its own, after another if it looks at what others found."""
    return [RULES[code]] if code != LAST else [RULES["B04"], RULES[LAST]]


def told(code: str, proof: Proof) -> str:
    """Give what is told of a golden book; the web answers as the book's folder says, if it does."""
    answers = proof.shelf.root.parent / "answers.json"
    proof.online = answers.exists()
    with patch.object(web, "ask", lambda _: json.loads(answers.read_text("utf-8"))):
        return as_text(examine(proof, asked(code), lambda _: None)) + "\n"
