"""The fonts of a PDF: what each says of itself, and which letters its codes stand for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from book.layout.pdf_objects import Array, Key, Pdf, items

FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


@dataclass(frozen=True)
class Font:
    """One font: its name, its kind ("Type0" for a composite one), its family; whether its file is embedded.

    `mapped` are the codes and letters of a composite font, in hexadecimal; `used` are the codes it has a width for.
    """

    name: str
    kind: str
    family: str
    embedded: bool
    mapped: list[tuple[bytes, bytes]]
    used: frozenset[int]

    @property
    def letters(self) -> Iterator[str]:
        """The letters that it is used for."""
        for code, letter in self.mapped:
            text = bytes.fromhex(letter.decode()).decode("utf-16-be", "ignore") if len(code) == len("0000") else ""
            yield from (sign for sign in text if sign.isprintable() and not sign.isspace())


def read_fonts(pdf: Pdf) -> list[Font]:
    """Read the fonts of a PDF's pages and of what is drawn on them, each once."""
    found: dict[Key, Any] = {}
    seen: set[Key] = set()
    waiting: list[Any] = [page.obj.Resources for page in pdf.pages if "/Resources" in page.obj]
    while waiting:
        held = waiting.pop()
        if held.is_indirect and held.objgen in seen:
            continue
        seen.add(held.objgen)
        found |= {font.objgen: font for font in held.get("/Font", {}).values()}
        drawn = [item for kind in ("/XObject", "/Pattern") for item in held.get(kind, {}).values()]
        waiting += [item.Resources for item in drawn if "/Resources" in item]
    return [_font(font) for font in found.values()]


def _font(font: Any) -> Font:
    below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    about = dict(below.FontDescriptor.items()) if "/FontDescriptor" in below else {}
    return Font(
        name=str(font.get("/BaseFont", "/?"))[1:].rpartition("+")[2],
        kind=str(font.get("/Subtype", "/"))[1:],
        family=str(about.get("/FontFamily", "")),
        embedded=bool(FILES & set(about)),
        mapped=MAPPED.findall(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else [],
        used=_used(items(below.get("/W"))),
    )


def _used(widths: list[Any]) -> frozenset[int]:
    """Give the codes in a list of widths: a first code and an array, or a first and a last code and one width."""
    used: set[int] = set()
    at = 0
    while at + 1 < len(widths):
        first, after = int(widths[at]), widths[at + 1]
        several = isinstance(after, Array)
        used |= set(range(first, first + len(after) if several else int(after) + 1))
        at += 2 if several else 3
    return frozenset(used)
