"""Typographic care as one pure step: quotes, dashes, ranges, ×, −, and spaces that must not break.

Works on the text of a whole block at once, so that a quote knows what stands before it even across tags.
Rules after the Standard Ebooks manual, section 8, and pages of the NHS service manual on numbers and units.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, pairwise

from book.model.characters import MINUS, NO_BREAK

UNITS = (
    "mm|cm|m|km|inch|inches|foot|feet|ft|in|lb|lbs|pounds|oz|mg|g|kg|ml|l|kcal|pt|s|sec|second|seconds|min|minute|"
    "minutes|hour|hours|day|days|week|weeks|month|months|year|years|times|time|breaths|breath|rounds|round|points|"
    "point|repeats|degrees|people|percent|MB|kB"
)

# what is no prose, and stays: addresses, options of commands, dates in figures, names of files, numbers of machines
_HANDS_OFF = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?:(?<!\S)|(?<=[(\[])|(?<=\s[\"'“‘])|(?<=^[\"'“‘]))--[a-z][\w-]*(?:=\S+)?\b(?!-)"
    r"|\b\d{4}-\d\d(?:-\d\d)?\b(?!-)|\b[\w-]+(?:[./\\][\w-]+)*\.[a-z][a-z0-9]{1,3}\b|\S*[_/\\=]\S*--\S*|\b0x[\da-fA-F]+\b"
)
# words before numbers that are names: their hyphens are no ranges
_NAMES = (
    "ISBN|ISSN|SKU|Order|Model|Ref|Code|Zip|ZIP|Room|Item|Part|Form|Apt|Flat|Unit|Invoice|Ticket|Tel|Phone|Fax|Call|"
    "Dial|Text|Ring|No|Nr|PO|Section"
)
_RANGE = re.compile(r"(?<![\w.,:/+-])(\d[\d.,:]*)--?(\d[\d.,:]*)(?![\w-])")
_STEPS: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"\.\.\."), "…"),
    # a range of numbers: 8-12, 10:00-12:00; not part of a longer hyphened number such as 2026-11-23
    (_RANGE, lambda found: f"{found[1]}–{found[2]}" if _is_range(found) else found[0]),
    (re.compile(r"(?<=\w)(?:---?|\s+---?\s+)(?=\w)"), "\u200a—\u200a"),
    (re.compile(r"(?<=\s)---?(?=\s)|(?<=\S)---?(?=\S)|(?<=\w)---?$|^---?(?=[\s\w])|(?<=\s)---?(?=[A-Z])"), "—"),
    (re.compile(r"(?<=\d)\s?x\s?(?=\d)"), f"{NO_BREAK}×{NO_BREAK}"),
    (re.compile(r"(?<![\w–'\"′″’”-])-(?=\d)"), MINUS),
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
# words whose beginning is left out; 'n' has lost both ends
_SHORTENED = re.compile(r"(?<!\w)(')(?:n(')(?!\w)|(?:[Tt]is|[Tt]was|[Tt]were|[Tt]will|em|til|bout|nuff)\b)")
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


def _step(
    pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str], text: str, cuts: list[int]
) -> tuple[str, list[int]]:
    """Replace in text and move the cuts along; what spans a cut, or is no prose, is left as it is."""
    out: list[str] = []
    moved = list(cuts)
    last = 0
    kept: list[tuple[int, int]] | None = None
    for match in pattern.finditer(text):
        if kept is None:
            kept = [off.span() for off in _HANDS_OFF.finditer(text)]
        if any(match.start() < cut < match.end() for cut in cuts):
            continue
        if any(start < match.end() and match.start() < end for start, end in kept):
            continue
        new = replacement(match) if callable(replacement) else match.expand(replacement)
        growth = len(new) - len(match[0])
        moved = [place + growth if cut >= match.end() else place for cut, place in zip(cuts, moved, strict=True)]
        out += [text[last : match.start()], new]
        last = match.end()
    return "".join(out) + text[last:], moved


def _is_range(found: re.Match[str]) -> bool:
    """Tell a range, which rises, from a number that is a name: of a telephone, a place, an order, a month."""
    before = re.search(r"(\w+)[.:#]? $", found.string[: found.start()])
    if before and re.fullmatch(_NAMES, before[1]):
        return False
    low, high = found[1].rstrip(".,:"), found[2].rstrip(".,:")
    if re.fullmatch(r"0\d+", low) or re.fullmatch(r"0\d+", high) or re.fullmatch(r"\d{3}-\d{4}", f"{low}-{high}"):
        return False
    if re.fullmatch(r"\d{4}", low) and re.fullmatch(r"\d\d", high):  # years: 1990-95; 2026-11 is a month
        return int(high) > max(12, int(low[2:]))
    first, last = (
        float(re.sub(r"[,:]", "", number).rstrip(".")) if number.count(".") < 2 else 0 for number in (low, high)
    )
    return first < last or ":" in low or "." in low


def _quotes(text: str) -> str:
    """Turn straight quotes into curly ones by what stands before and after them; lengths do not change."""
    out: list[str] = []
    shortened = {found.start(group) for found in _SHORTENED.finditer(text) for group in (1, 2) if found[group]}
    for index, sign in enumerate(text):
        if sign not in "\"'":
            out.append(sign)
        elif index in shortened:
            out.append("’")
        else:
            out.append(_quote(sign, "".join(out), text, index))
    return "".join(out)


def _quote(sign: str, done: str, text: str, index: int) -> str:
    """Give the curly form of a straight quote, or a prime, after what is done already."""
    before, after = done[-1:] or " ", text[index + 1 : index + 2]
    other = {"“": '"', "‘": "'"}
    opens = bool(_OPENS.search(before)) or (before in "“‘" and sign != other[before])
    if after.isalnum() and before in ",;:-–/" and done[-2:-1] in {"”", "’"}:
        opens = True  # "a","b"
    if before in "—–" and not (after.isalnum() or (after and after in "\"'‘“…")):
        opens = False  # "Wait--" she cried
    if sign == '"':
        return "″" if before.isdigit() and done.count("“") <= done.count("”") else "“" if opens else "”"
    if before.isdigit() and not after.isalpha() and done.count("‘") <= done.count("’"):
        return "′"
    return "’" if not opens or (after.isdigit() and text[index + 3 : index + 4] == "s") else "‘"
