"""How the content of a page is marked for screen readers, read from its content stream."""

import re
from dataclasses import dataclass

END = re.compile(rb"\bEMC\b")
BEGIN = re.compile(rb"/(\w+)\s*(<<[^>]*>>|/\w+|)\s*\b(?:BDC|BMC)\b")
NUMBER = re.compile(rb"/MCID\s+(\d+)")
PAINTS = re.compile(rb"(?<![^\s\]>)])(?:T[jJ]|['\"]|[fFSsBb]\*?|sh|Do|EI)(?!\S)")
TEXT = re.compile(rb"(?<![^\s\]>)])(?:T[jJ]|['\"])(?!\S)")
STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)


@dataclass(frozen=True)
class Marks:
    """How the content of a page is marked: numbers in their order; what is drawn bare; marks within marks.

    `lost` counts texts marked as decoration, `feet` those of page furniture; `tops` says how far below the page's
    top the text of a number stands, in CSS pixels, where the page is drawn in those.
    """

    numbers: list[int]
    bare: bool
    nested: bool
    lost: int
    feet: int
    tops: dict[int, float]


def read_marks(content: bytes) -> Marks:
    """Read the marks of a page's content stream."""
    if b"(" in content:
        content = STRING.sub(b"()", content)
    numbers: list[int] = []
    bare = nested = False
    lost = feet = 0
    tops: dict[int, float] = {}
    *pieces, rest = END.split(content)
    for piece in pieces:
        begin = BEGIN.search(piece)
        nested = nested or piece.count(b"BDC") + piece.count(b"BMC") != 1
        if begin is None:
            continue
        bare = bare or PAINTS.search(piece, 0, begin.start()) is not None
        if begin[1] == b"Artifact":
            text = len(TEXT.findall(piece, begin.end()))
            feet += text if b"/Pagination" in begin[2] else 0
            lost += 0 if b"/Pagination" in begin[2] else text
        if found := NUMBER.search(begin[2]):
            numbers.append(int(found[1]))
            set_at = piece.find(b" Tm", begin.end())
            if set_at > 0:
                tops[numbers[-1]] = float(piece[:set_at].rsplit(b" ", 1)[1])
    bare = bare or PAINTS.search(rest) is not None
    return Marks(numbers, bare, nested or BEGIN.search(rest) is not None, lost, feet, tops)
