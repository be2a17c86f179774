"""What a book says in many places: that it says the same everywhere, and that nothing is kept for no place."""

import re
from collections.abc import Iterator

from book.check.fault import Fault
from book.check.proof import Proof
from book.check.rule import rule
from book.check.views.units import manifest_texts
from book.model.place import MANIFEST
from book.model.statements import FILE


@rule(
    "S23", "error", "A text has another value than the statement that knows it.",
    hint="Write {{ its-name }}, or mend the value; what may stand there: is, in chapters/statements.yaml.",
    source="Two places that differ leave the reader to guess which one is right",
    needs="text",
)  # fmt: skip
def other_value(proof: Proof) -> Iterator[Fault]:
    """Give the places in which what a statement watches for has a value that it does not have."""
    for name, entry in proof.book.statements.entries.items():
        found = [
            *(
                (match, proof.word_at(block, _at(match)))
                for block in proof.blocks
                for match in entry.astray(block.text)
            ),
            *(
                (match, proof.source_map.find_in(text, _at(match), [MANIFEST]))
                for text in manifest_texts(proof)
                for match in entry.astray(text)
            ),
        ]
        for match, place in found:
            right = " or ".join(f'"{value}"' for value in entry.is_)
            said = f'"{match[0]}": the statement "{name}" has {right} there. Write {{{{ {name} }}}}, or mend it.'
            yield Fault(place, said)


def _at(match: re.Match[str]) -> int:
    """Give where the value stands that was found, or what was found without one."""
    return max(match.start(), match.start(1))


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
