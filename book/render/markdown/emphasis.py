"""Runs of marks to emphasis: which begin it, which end it, what lies between. Source: CommonMark 0.31.2, 6.2."""

import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import cast

from book.render.tree import LINE

LONGEST = {"~": 2, "=": 2, "^": 1}  # runs beyond that are text
ONE = {"*": "em", "_": "em", "~": "del", "^": "sup"}
TWO = {"*": "strong", "_": "strong", "~": "del", "=": "mark"}


@dataclass(eq=False)
class Run:
    """A run of one mark: how many are left and were written, whether emphasis may begin or end here, its line.

    `inside` says whether a letter or digit stands right before it: H~2~O has an index, ~2~ a word taken back.
    """

    sign: str
    count: int
    opens: bool
    closes: bool
    line: int
    written: int
    inside: bool = False

    @property
    def script(self) -> bool:
        """Whether it is the mark of an index or a power, which hold no spaces."""
        return self.count == 1 and (self.sign == "^" or (self.sign == "~" and self.inside))


Piece = str | ET.Element | Run


def run_at(text: str, at: int, line: int) -> Run:
    """Read the run of marks that begins at a place of a text."""
    sign = text[at]
    end = at
    while end < len(text) and text[end] == sign:
        end += 1
    before, after = text[at - 1] if at else "\n", text[end] if end < len(text) else "\n"
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if sign in "_=":  # within a word they are signs: x==1
        opens, closes = left and (not right or _is_sign(before)), right and (not left or _is_sign(after))
    else:
        opens, closes = left, right
    return Run(sign, end - at, opens, closes, line, end - at, before.isalnum())


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def resolve(pieces: list[Piece]) -> None:
    """Make elements of what stands between runs that fit each other; what is left of runs is text to `place`."""
    at = 0
    bottoms: dict[tuple[str, int, bool], Run] = {}  # below which no run fits: it was looked through already
    while at < len(pieces):
        closer = pieces[at]
        if not isinstance(closer, Run) or not closer.closes or not closer.count:
            at += 1
            continue
        key = (closer.sign, closer.written % 3, closer.opens)
        opener_at = _opener(pieces, at, bottoms.get(key))
        if opener_at is None:
            if (before := next((one for one in reversed(pieces[:at]) if isinstance(one, Run)), None)) is not None:
                bottoms[key] = before
            at += 1
            continue
        at = _join(pieces, opener_at, at)


def _opener(pieces: list[Piece], closer_at: int, bottom: Run | None) -> int | None:
    closer = cast("Run", pieces[closer_at])
    for at in range(closer_at - 1, -1, -1):
        one = pieces[at]
        if one is bottom and bottom is not None:
            return None
        if isinstance(one, Run) and one.sign == closer.sign and one.opens and one.count and _fit(one, closer):
            if one.script and not _is_script(pieces[at + 1 : closer_at]):
                continue
            return at
    return None


def _fit(opener: Run, closer: Run) -> bool:
    if closer.sign in LONGEST:
        return opener.count == closer.count and (closer.count == 2 or closer.sign in ONE)
    both = opener.closes or closer.opens
    uneven = opener.written % 3 or closer.written % 3
    return not (both and uneven and (opener.written + closer.written) % 3 == 0)


def _is_script(pieces: list[Piece]) -> bool:
    """Say whether an index or a power can be this: it holds no spaces, and not just signs, as ^_^ does."""
    if any(isinstance(one, ET.Element) for one in pieces):
        return not any(letter.isspace() for one in pieces if isinstance(one, str) for letter in one)
    text = "".join(one if isinstance(one, str) else "_" for one in pieces)
    return any(map(str.isalnum, text)) and not any(map(str.isspace, text))


def _join(pieces: list[Piece], opener_at: int, closer_at: int) -> int:
    """Put what stands between two runs into an element, and give where to go on."""
    opener, closer = cast("Run", pieces[opener_at]), cast("Run", pieces[closer_at])
    size = 2 if opener.count >= 2 and closer.count >= 2 else 1
    tag = (TWO if size == 2 else ONE)[closer.sign]
    made = ET.Element("sub" if opener.script and tag == "del" else tag, {LINE: str(opener.line)})
    place(pieces[opener_at + 1 : closer_at], made)
    opener.count -= size
    closer.count -= size
    kept: list[Piece] = [opener] if opener.count else []
    pieces[opener_at : closer_at + (0 if closer.count else 1)] = [*kept, made]
    return opener_at + len(kept) + 1


def place(pieces: list[Piece], into: ET.Element) -> None:
    """Put texts and elements into an element, in their order; Python-Markdown writes "&amp;" out as it is."""
    for one in pieces:
        if isinstance(one, ET.Element):
            into.append(one)
            continue
        text = (one if isinstance(one, str) else one.sign * one.count).replace("&", "&amp;")
        if len(into):
            into[-1].tail = (into[-1].tail or "") + text
        else:
            into.text = (into.text or "") + text
