"""Lines of text: how many columns they take, and where they may break."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from book.model.characters import NO_BREAK

WIDTH = 72
SHORT_END = re.compile(rf"(?<=[^\W\d]){NO_BREAK}(?=[^\W\d]\S{{0,6}}$)")  # kept from standing alone, in type
LEAST = 24  # columns that text keeps, however deep it stands
BREAK = "\u2028"  # a line that an author ends
NO_WIDTH = {"Mn", "Me", "Cf"}
CLOSING = set("、。，．：；？！）］｝」』】〉》〕〗…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")  # begin no line
OPENING = set("（［｛「『【〈《〔〖")  # end none
PLAIN = str.maketrans(
    dict.fromkeys("\u00ad\u200b\u2060\ufeff")  # hyphens and breaks that may be; nobody is to hear of them
    | dict.fromkeys("\u2007\u2009\u200a\u202f", NO_BREAK)
    | {"\u2011": "-"}
)


def columns(text: str) -> int:
    """Give how many columns a text takes: two for a wide sign, none for an accent on the one before."""
    return sum(map(_columns_of, text))


def _columns_of(sign: str) -> int:
    if unicodedata.category(sign) in NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def tidy(text: str) -> str:
    """Give text with single spaces, also around a dash between words; those that must not break stay."""
    text = re.sub("\u200a—\u200a", f"{NO_BREAK}— ", text).translate(PLAIN)
    text = re.sub(rf"[^\S{NO_BREAK}{BREAK}]+", " ", text)
    return SHORT_END.sub(" ", re.sub(rf" ?{BREAK} ?", BREAK, text).strip(f" {BREAK}"))


def wrap(text: str, width: int = WIDTH, hang: str = "") -> list[str]:
    """Break text into lines, with `hang` before all but the first. A word too long for any has one for itself."""
    lines: list[str] = []
    for whole in tidy(text).split(BREAK) if tidy(text) else ():
        pieces = _pieces(whole, max(LEAST, width - len(hang)))
        lines.extend(_filled(pieces, width, hang, later=bool(lines)))
    return [line.replace(NO_BREAK, " ").rstrip() for line in lines]


def indent(lines: Iterable[str], by: str) -> list[str]:
    """Set lines in from the left."""
    return [by + line if line else "" for line in lines]


def _filled(pieces: Iterable[tuple[str, str]], width: int, hang: str, *, later: bool) -> Iterator[str]:
    """Fill lines with pieces, each with the space that is before it if it does not begin one."""
    line, start = hang if later else "", True
    for space, piece in pieces:
        if not start and columns(line + space + piece) > max(LEAST, width):
            yield line
            line, start = hang, True
        line += piece if start else space + piece
        start = False
    yield line


def _pieces(text: str, width: int) -> Iterator[tuple[str, str]]:
    """Cut text where a line may break; what is held together by spaces breaks there if no line holds it."""
    for word in text.split(" "):
        parts = word.split(NO_BREAK) if columns(word) > width else [word]
        for part in parts:
            first, *rest = _cut_wide(part)
            yield " ", first
            yield from (("", piece) for piece in rest)


def _cut_wide(word: str) -> list[str]:
    """Cut a word between wide signs, which stand without spaces."""
    pieces = [""]
    for sign in word:
        before = pieces[-1][-1:]
        wide = before and 2 in (_columns_of(before), _columns_of(sign))
        if wide and _columns_of(sign) and sign not in CLOSING and before not in OPENING:
            pieces.append(sign)
        else:
            pieces[-1] += sign
    return pieces
