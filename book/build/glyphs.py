"""Letters that no face has: the PDF engine names them, and here they get the place where they were written."""

import re
from collections.abc import Iterable, Iterator

from book.model.key_lines import KeyLines
from book.model.problems import Problem

MISSING = re.compile(r"\(U\+([0-9A-F]+)\)")
CODE = "D06"


def placed(problems: Iterable[Problem], lines: KeyLines) -> Iterator[Problem]:
    """Give problems with the file and line of each letter that no face has; the others as they are."""
    for problem in problems:
        found = MISSING.search(problem.message) if problem.code == CODE else None
        letter = chr(int(found[1], 16)) if found else ""
        file, line = lines.find(lines.files, letter) if letter else ("", 0)
        if not file:
            yield problem
            continue
        said = (
            f'no face of the book has "{letter}" (U+{ord(letter):04X}). Write another sign, or put a font that has '
            "it into styles/ and name it in a style sheet."
        )
        yield Problem(file, line, said, CODE)
