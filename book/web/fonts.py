"""The site's style sheet and all that it names: marks as they are, fonts cut down to the letters that are shown.

A cut font is a changed font, and its licence reserves its name; so it gets the family name of the style sheet, and
keeps who made it and the licence. Uses fontTools and tinycss2.
"""

import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
from fontTools import subset
from fontTools.ttLib import TTFont

from book.problems import Problems
from book.styles import Styles

SHEET = "web.css"
FEATURES = ["kern", "liga", "lnum", "tnum", "ccmp", "locl", "mark", "mkmk"]
COPYRIGHT, FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, LICENCE, LICENCE_LINK = 0, 1, 2, 3, 4, 6, 13, 14
WINDOWS = (3, 1, 0x409)  # platform, encoding and language of the names that browsers read


@dataclass(frozen=True)
class Face:
    """One face of a style sheet: the family, and the weight and style in which it is set."""

    family: str
    weight: str
    style: str

    @property
    def file(self) -> str:
        """Name its file after the family: a cut font must not go by its old name."""
        slant = () if self.style == "normal" else (self.style,)
        return "-".join(re.sub(r"\W+", "-", word.lower()) for word in (self.family, self.weight, *slant)) + ".woff2"


def sheet(styles: Styles, characters: Collection[int]) -> dict[str, bytes]:
    """Give `assets/web.css` and each file it names, fonts cut down to some characters, and the fonts' licences.

    BookError for what the style sheet names and cannot have: a file that is not there, or one of another place.
    """
    text, known = styles.text(SHEET), styles.files()
    found = list(_named(text))
    _check(found, known)
    files, wanted = {}, frozenset(characters)
    for name, face, _ in found:
        file = f"fonts/{face.file}" if face else name
        files[f"assets/{file}"] = _cut(known[name], face.family, wanted) if face else known[name]
        text = text.replace(f"({name})", f"({file})")
    licences = styles.licences() if any(face for _, face, _ in found) else {}
    return {f"assets/{SHEET}": text.encode()} | files | {f"assets/{name}": data for name, data in licences.items()}


def _named(text: str) -> Iterator[tuple[str, Face | None, int]]:
    """Give what a style sheet names: the url, the face that it is the font of (None for no font), and the line."""
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        inside = [*(getattr(rule, "prelude", None) or ()), *(getattr(rule, "content", None) or ())]
        face = _face(inside) if getattr(rule, "lower_at_keyword", "") == "font-face" else None
        yield from ((url, face, line) for url, line in _urls(inside))


def _face(inside: list[Any]) -> Face:
    """Read an @font-face rule."""
    said = {
        declared.lower_name: tinycss2.serialize(declared.value).strip(" \"'")
        for declared in tinycss2.parse_declaration_list(inside, skip_comments=True, skip_whitespace=True)
        if declared.type == "declaration" and declared.lower_name.startswith("font-")
    }
    return Face(said.get("font-family", ""), said.get("font-weight", "400"), said.get("font-style", "normal"))


def _urls(tokens: Iterable[Any]) -> Iterator[tuple[str, int]]:
    for token in tokens:
        if token.type == "url":
            yield token.value, token.source_line
        elif token.type == "function" and token.lower_name == "url":
            yield from ((inner.value, inner.source_line) for inner in token.arguments if inner.type == "string")
        else:
            yield from _urls(getattr(token, "content", None) or getattr(token, "arguments", None) or ())


def _check(found: list[tuple[str, Face | None, int]], known: Collection[str]) -> None:
    problems = Problems()
    for name, _, line in found:
        if re.match(r"[a-z]+:|/", name) or ".." in name:
            said = f'"{name}" is not in the book, and a site asks for nothing from elsewhere. Put it into styles/.'
            problems.add(f"styles/{SHEET}", line, said)
        elif name not in known:
            problems.add(f"styles/{SHEET}", line, f'there is no file "styles/{name}". Add it, or mend the name.')
    problems.raise_any()


@lru_cache(maxsize=32)
def _cut(data: bytes, family: str, characters: frozenset[int]) -> bytes:
    """Cut a font down to some characters, under another name, packed for the web."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    options.name_IDs = [COPYRIGHT, STYLE, LICENCE, LICENCE_LINK]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    names = font["name"]
    style = names.getDebugName(STYLE) or "Regular"
    plain = re.sub(r"\W", "", family)
    for number, words in (
        (FAMILY, family), (UNIQUE, f"{family} {style}, cut for the web"), (FULL, f"{family} {style}"),
        (POSTSCRIPT, f"{plain}-{re.sub(r'[^A-Za-z]', '', style)}"),
    ):  # fmt: skip
        names.setName(words, number, *WINDOWS)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
