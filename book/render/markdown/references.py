"""Definitions of reference links, `[name]: address "title"`, at the beginning of paragraphs."""

import re

from book.render.markdown import marks
from book.render.markdown.block import Block, Tell

References = dict[str, tuple[str, str | None]]  # address and title as they are written, by the folded name
LONGEST = 30  # lines of one definition
_NAME = r"\[((?:\\.|[^\[\]\\])+)\]: *\n? *"
_ADDRESS = r"(<(?:\\.|[^<>\n\\])*>|[^\s<]\S*)"
_TITLE = r"(?:(?: +| *\n *)(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))"
DEFINITIONS = [
    re.compile(_NAME + _ADDRESS + _TITLE + r" *(?:\n|$)"),
    re.compile(_NAME + _ADDRESS + r"() *(?:\n|$)"),
]


def take(paragraph: Block, known: References, tell: Tell) -> None:
    """Take the definitions off the beginning of a paragraph; the first of a name counts.

    `tell` hears of one whose address is just a word: it is a text, which would be printed nowhere.
    """
    while paragraph.lines and paragraph.lines[0][1].startswith("["):
        text = "\n".join(line.strip(" ") for _, line in paragraph.lines[:LONGEST])
        found = next(filter(None, (pattern.match(text) for pattern in DEFINITIONS)), None)
        if found is None or not found[1].strip() or found[1].startswith("^"):
            return
        address = found[2][1:-1] if found[2].startswith("<") else found[2]
        if found[2].isalpha() and not found[3]:
            said = (
                f'"[{found[1]}]: {found[2]}" is read as a reference, and printed nowhere. Write \\[ if it is text.'
            )
            tell(paragraph.lines[0][0], said)
        known.setdefault(name_of(found[1]), (address, found[3][1:-1] if found[3] else None))
        paragraph.lines = paragraph.lines[found[0].rstrip("\n").count("\n") + 1 :]


def take_abbreviations(paragraph: Block, known: dict[str, str]) -> None:
    """Take the meanings of abbreviations, *[HTML]: …, out of a paragraph."""
    kept = []
    for number, text in paragraph.lines:
        found = marks.ABBREVIATION.fullmatch(text.strip())
        if found:
            known.setdefault(found[1].strip(), found[2].strip())
        else:
            kept.append((number, text))
    paragraph.lines = kept


def name_of(written: str) -> str:
    """Give the name that a reference is known by, however it is spaced and capitalised."""
    return " ".join(written.split()).casefold()
