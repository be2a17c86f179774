"""What a book says in many places: that it says the same everywhere, and that nothing is kept for no place."""

from collections.abc import Iterator

from book.check.proof import Proof
from book.check.rule import Fault, rule
from book.statements import FILE


@rule(
    "S25", "warning", "A statement is used nowhere.",
    hint="Write {{ its-name }} where the book says so, or take it out of chapters/statements.yaml.",
    source="A statement that no place uses says nothing, and the places that should use it may say something else",
    needs="book",
)  # fmt: skip
def unused(proof: Proof) -> Iterator[Fault]:
    """Give the statements, and the further wordings of others, that no text of the book uses."""
    for path in proof.book.statements.unused():
        said = f"nothing uses {{{{ {'.'.join(path)} }}}}. Use it, or take it out."
        yield Fault(proof.line(FILE, *path), said)
