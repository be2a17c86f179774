"""Markup that is left as text when all is read: other programs would have made something of it.

Each kind is a pattern and what to say of it, in `survivors.toml`. A backslash, or an entity, keeps a sign that is
meant: those are still hidden here, as Python-Markdown's marks. Code, addresses, raw HTML are not looked at.
"""

import re
import tomllib
import xml.etree.ElementTree as ET
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown.util import ETX, STX, AtomicString

from book.render.markdown.block import Tell
from book.render.markdown.build import END_LINE, TAIL_LINE, TEXT_LINE
from book.render.tree import INLINE, LINE

THING = "\ufffc"  # stands for what is not text: code, a picture, an address, raw HTML, a sign that is meant
KEPT = re.compile(f"{STX}(.*?){ETX}")
MEANT = 0xE000  # where in the private area of Unicode signs stand that are meant, for patterns to tell them
CELLS = {"td", "th"}
SKIPPED = {"pre", "code", "kbd", "samp", "img", "sup"}
STAR = "*"
LONGEST = 40  # letters of what is shown in a message


@dataclass(frozen=True)
class Survivor:
    """A kind of markup: how it looks, what it is, and what to write instead."""

    pattern: re.Pattern[str]
    what: str
    remedy: str


def _kinds(name: str) -> tuple[Survivor, ...]:
    table = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text("utf-8"))
    return tuple(
        Survivor(re.compile(row["pattern"], re.MULTILINE), row["what"], row["remedy"]) for row in table[name]
    )


KINDS, WITHIN_HTML = _kinds("kinds"), _kinds("within_html")


@dataclass
class _Text:
    """The text of one block, with the line on which each of its pieces begins."""

    parts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, line: int) -> int:
        """Add a piece that begins on a line, and give the line that it ends on."""
        self.starts.append(self.length)
        self.lines.append(line)
        self.parts.append(words)
        self.length += len(words)
        return line + words.count("\n")

    def line_at(self, place: int) -> int:
        """Give the line of a letter."""
        piece = bisect_right(self.starts, place) - 1
        return self.lines[piece] + self.parts[piece].count("\n", 0, place - self.starts[piece])


def tell_all(root: ET.Element, tell: Tell) -> None:
    """Go through a tree of Python-Markdown before it takes its marks off; `tell` hears what is left."""
    told = [
        (block.line_at(place), _side(text, place) if found == STAR else "", found, kind)
        for block, text in [(block, "".join(block.parts)) for block in list(_blocks(root, 1, _Text()))]
        for place, found, kind in _found(text, KINDS)
    ]
    sides = {side for _, side, _, _ in told}
    for line, side, found, kind in told:
        if not (side and {"begin", "end"} <= sides):  # The price* is low … *With taxes
            tell(line, _said(found, kind))


def _side(text: str, place: int) -> str:
    """Say whether a star stands at a text's beginning or right behind a word, as those of notes on labels do."""
    return "begin" if place == 0 else "end" if text[place - 1].isalnum() else ""


def tell_html(text: str, line: int, tell: Tell) -> None:
    """Look at the text of raw HTML, which begins on a line: what is Markdown in it would be shown as it stands."""
    for place, found, kind in _found(text, WITHIN_HTML):
        tell(line + text.count("\n", 0, place), _said(found, kind))


def _said(found: str, kind: Survivor) -> str:
    written = re.sub(r"[\ue000-\ue0ff]", lambda sign: f"\\{chr(ord(sign[0]) - MEANT)}", found.replace(THING, "…"))
    shown = " ".join(written.split())
    shown = shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    return f'"{shown}" would be printed as it stands: {kind.what}. {kind.remedy}'


def _found(text: str, kinds: tuple[Survivor, ...]) -> Iterator[tuple[int, str, Survivor]]:
    """Find what is left, the first kinds first; what one has found, no other looks at."""
    for kind in kinds:
        for found in kind.pattern.finditer(text):
            yield found.start(), found[0], kind
        text = kind.pattern.sub(lambda found: re.sub(r"[^\n]", THING, found[0]), text)


def _blocks(element: ET.Element, line: int, text: _Text) -> Iterator[_Text]:
    """Give the text of each block in an element; what stands in the text itself goes on with `text`."""
    line = int(element.get(LINE) or line)
    if element.tag in SKIPPED:
        text.add(THING, line)
        return
    line = _add(text, element.text, int(element.get(TEXT_LINE) or line))
    for child in element:
        if child.tag in INLINE or child.tag in SKIPPED - {"pre"}:
            yield from _blocks(child, line, text)
        else:
            yield from _whole(child, line)
        line = max(line, int(child.get(END_LINE) or child.get(LINE) or 0))
        line = _add(text, child.tail, int(child.get(TAIL_LINE) or line))
    if element.tag in CELLS:
        text.parts = [part.replace("|", THING) for part in text.parts]  # bars in cells are meant
    if element.tag not in INLINE and text.length:
        yield text


def _whole(element: ET.Element, line: int) -> Iterator[_Text]:
    if element.tag not in SKIPPED:
        yield from _blocks(element, line, _Text())


def _add(text: _Text, words: str | None, line: int) -> int:
    if not words:
        return line
    if isinstance(words, AtomicString):
        return text.add(THING, line)
    return text.add(KEPT.sub(_meant, words).replace("&amp;", "&"), line)


def _meant(kept: re.Match[str]) -> str:
    return chr(MEANT + int(kept[1])) if kept[1].isdigit() and int(kept[1]) < 0x100 else THING
