"""Helpers of a text that is read: signs that are meant, brackets that close, names that are taken back."""

import re
import xml.etree.ElementTree as ET
from typing import cast

from markdown.util import ETX, STX

from book.render.markdown.emphasis import Piece, Run

BRACKET = re.compile(r"\\.|`[^`]*`|[\[\]]", re.DOTALL)


def meant(sign: str) -> str:
    """Give Python-Markdown's mark for a sign that is meant as it is, till all is done; it has none for &."""
    return f"{STX}{ord(sign)}{ETX}" + ("amp;" if sign == "&" else "")


def closing(text: str, at: int) -> int:
    """Give where the bracket closes that opens at a place; 0 if it does not."""
    depth = 0
    for found in BRACKET.finditer(text, at):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if not depth:
            return found.start()
    return 0


def take_back(found: list[Piece], name: str) -> bool:
    """Take a name off the end of what was found; False if it is not plain text."""
    kept = list(found)
    while name and kept and not isinstance(kept[-1], ET.Element):
        last = cast("str | Run", kept.pop())
        text = last if isinstance(last, str) else last.sign * last.count
        if not name.endswith(text[-len(name) :]):
            return False
        if len(text) > len(name):
            kept.append(text[: -len(name)])
        name = name[: -len(text)] if len(text) < len(name) else ""
    if name:
        return False
    found[:] = kept
    return True
