"""Typographic care as one pure step: quotes, dashes, ranges, ×, −, and spaces that must not break.

Works on the text of a whole block at once, so that a quote knows what stands before it even across tags.
Rules after the Standard Ebooks manual, section 8, and pages of the NHS service manual on numbers and units.
"""

import re
from functools import lru_cache
from itertools import accumulate, pairwise

from book.model.characters import MINUS, NO_BREAK

UNITS = (
    "mm|cm|m|km|inch|inches|foot|feet|ft|in|lb|lbs|pounds|oz|mg|g|kg|ml|l|kcal|pt|s|sec|second|seconds|min|minute|"
    "minutes|hour|hours|day|days|week|weeks|month|months|year|years|times|time|breaths|breath|rounds|round|points|"
    "point|repeats|degrees|people|percent|MB|kB"
)

_STEPS = [
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\w)\s*---?\s*(?=\w)"), "\u200a—\u200a"),
    (re.compile(r"(?<=\s)---?(?=\s)"), "—"),
    # a range of numbers: 8-12, 10:00-12:00; not part of a longer hyphened number such as 2026-11-23
    (re.compile(r"(?<![\w-])(\d[\d.,:]*)-(\d[\d.,:]*)(?![\w-])"), r"\1–\2"),
    (re.compile(r"(?<=\d)\s?x\s?(?=\d)"), f"{NO_BREAK}×{NO_BREAK}"),
    (re.compile(r"(?<![\w–-])-(?=\d)"), MINUS),
    (re.compile(rf"(?<=[\d½⅓¼¾]) (?=({UNITS})\b)"), NO_BREAK),
    (re.compile(r"(?<=\d) (?=[°%])"), NO_BREAK),
    (re.compile(r"\b(Step|Steps|Week|Weeks|Figure|Table|Chapter|Exercise|Area) (?=\d)"), rf"\1{NO_BREAK}"),
    (re.compile(r"(?<=\d) (?=out of\b)|(?<=out of) (?=\d)|(?<=\d[ \u00a0]in) (?=\d)|(?<=\d) (?=in \d)"), NO_BREAK),
    (re.compile(r"(?<=\d) (?=to \d)|(?<=\d[ \u00a0]to) (?=\d)"), NO_BREAK),
    (re.compile(r"\b(Dr|Mr|Mrs|Ms|St)\. (?=\w)"), rf"\1.{NO_BREAK}"),
    # the number of a source stays with its fact, a short last word with the one before it
    (re.compile(r"(?<=\S) (?=\[\d+\])"), NO_BREAK),
    (re.compile(r"(?<=.{60}) (?=\S{1,7}\s*$)"), NO_BREAK),
]
_OPENS = re.compile(r"[\s(\[{—–\u200a/]$")


def set_type(text: str) -> str:
    """Give a text with typographic characters; pure, and safe to apply twice."""
    return set_pieces([text])[0]


def set_pieces(pieces: list[str]) -> list[str]:
    """Set the texts of one block, cut at its tags, as if they were one; give them cut at the same places."""
    return list(_set_pieces(tuple(pieces)))


@lru_cache(maxsize=20_000)
def _set_pieces(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Do the work of `set_pieces`, once for the same texts: most of a book is as it was when it is read again."""
    text = "".join(pieces).replace("\n", " ")
    cuts = list(accumulate(map(len, pieces)))
    for pattern, replacement in _STEPS:
        text, cuts = _step(pattern, replacement, text, cuts)
    text = _quotes(text)
    return tuple(text[start:end] for start, end in pairwise([0, *cuts]))


def _step(pattern: re.Pattern[str], replacement: str, text: str, cuts: list[int]) -> tuple[str, list[int]]:
    """Replace in text and move the cuts along; a match that spans a cut is left as it is."""
    out: list[str] = []
    moved = list(cuts)
    last = 0
    for match in pattern.finditer(text):
        if any(match.start() < cut < match.end() for cut in cuts):
            continue
        new = match.expand(replacement)
        growth = len(new) - len(match[0])
        moved = [place + growth if cut >= match.end() else place for cut, place in zip(cuts, moved, strict=True)]
        out += [text[last : match.start()], new]
        last = match.end()
    return "".join(out) + text[last:], moved


def _quotes(text: str) -> str:
    """Turn straight quotes into curly ones by what stands before and after them; lengths do not change."""
    out: list[str] = []
    for index, sign in enumerate(text):
        if sign not in "\"'":
            out.append(sign)
            continue
        before = "".join(out)[-1:] or " "
        opens = bool(_OPENS.search(before)) or (before in "“‘" and sign != {"“": '"', "‘": "'"}[before])
        after = text[index + 1 : index + 2]
        if sign == '"':
            out.append("″" if before.isdigit() and _is_measure(text, index) else "“" if opens else "”")
        else:
            out.append("’" if not opens or (after.isdigit() and text[index + 3 : index + 4] == "s") else "‘")
    return "".join(out)


def _is_measure(text: str, index: int) -> bool:
    """Tell inches (5") from a closing quote: no quote is open before it."""
    return text[:index].count('"') % 2 == 0
