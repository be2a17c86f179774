"""What a build itself refuses: the family of rules that stands before all others."""

from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import RULES, rule
from book.model.place import MANIFEST
from book.model.problems import nearest


@rule(
    "B01", "error", "The book cannot be built as it is written.",
    hint="Mend what the message names; until then, rules that need the finished book cannot look.",
    source="docs/: keys, marks and names that a book may use",
    needs="build",
)  # fmt: skip
def unbuildable(proof: Proof) -> Iterator[Fault]:
    """Give what a build tells of and no other rule does."""
    yield from proof.told_of("B01")


@rule(
    "B02", "error", "The PDF engine warns of something, since it would drop what it cannot do.",
    hint="Mend the style or the chapter that the message names.",
    source="WeasyPrint drops unknown styles and broken links silently; here its warnings are errors",
    needs="build",
)  # fmt: skip
def engine_warnings(proof: Proof) -> Iterator[Fault]:
    """Give what the PDF engine said."""
    yield from proof.told_of("B02")


@rule(
    "B03", "warning", "The book lives with findings that there are not.",
    hint="Take the entry out of check.ignore in book.yaml; what it hid is mended.",
    source="Standard Ebooks: an ignore file that hides nothing is out of date",
    needs="book",
)  # fmt: skip
def needless_ignore(proof: Proof) -> Iterator[Fault]:
    """Give the entries of the ignore list that hid nothing; asked after all other rules."""
    for number, entry in enumerate(proof.checks.ignore):
        if entry.rule in proof.looked and entry not in proof.lived_with:
            said = f"nothing is found any more that this entry of rule {entry.rule} would hide. Take it out."
            yield Fault(proof.line(MANIFEST, "check", "ignore", number), said)


@rule(
    "B04", "error", "The book lives with findings of a rule that there is not.",
    hint="Mend the number; `book check --explain` lists all.",
    source="A misspelt name must not pass in silence",
    needs="book",
)  # fmt: skip
def unknown_ignore(proof: Proof) -> Iterator[Fault]:
    """Give the entries of the ignore list that name no rule."""
    for number, entry in enumerate(proof.checks.ignore):
        if entry.rule not in RULES:
            said = f'there is no rule "{entry.rule}".{nearest(entry.rule, RULES)}'
            yield Fault(proof.line(MANIFEST, "check", "ignore", number), said)
