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
from fontTools.ttLib import TTFont, TTLibError

from book.load.styles import Styles
from book.model.problems import BookError, Problem, Problems

SHEET = "web.css"
PLACE = f"styles/{SHEET}"
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


@dataclass(frozen=True)
class Named:
    """What a style sheet names: the part of the sheet that does, and the face that it is the font of, if any."""

    token: Any
    face: Face | None

    @property
    def name(self) -> str:
        """The url, as it is meant."""
        return str(self.token.value)

    def lead_to(self, name: str) -> None:
        """Let the sheet name another file there."""
        self.token.representation = f"url({name})" if self.token.type == "url" else f'"{name}"'


def sheet(styles: Styles, characters: Collection[int]) -> dict[str, bytes]:
    """Give `assets/web.css` and each file it names, fonts cut down to some characters, and the fonts' licences.

    What the sheet itself writes beside the text is left in the fonts, too. BookError for a sheet that cannot be
    read, and for what it names and cannot have: a file that is not there, or one of another place.
    """
    text, known = styles.text(SHEET), styles.files()
    rules = tinycss2.parse_stylesheet(text)
    found = list(_named(rules))
    _check(rules, found, known)
    files, wanted = {}, frozenset(characters) | set(_written(text))
    for one in found:
        data, file = known[one.name], one.name
        if one.face:
            data, file = _cut(one.name, data, one.face.family, wanted), f"fonts/{one.face.file}"
            one.lead_to(file)
        files[f"assets/{file}"] = data
    licences = styles.licences() if any(one.face for one in found) else {}
    files |= {f"assets/{name}": data for name, data in licences.items()}
    return {f"assets/{SHEET}": tinycss2.serialize(rules).encode()} | files


def _inside(rule: Any) -> list[Any]:
    return [*(getattr(rule, "prelude", None) or ()), *(getattr(rule, "content", None) or ())]


def _named(rules: Iterable[Any]) -> Iterator[Named]:
    """Give what a style sheet names, in order."""
    for rule in rules:
        inside = _inside(rule)
        face = _face(inside) if getattr(rule, "lower_at_keyword", "") == "font-face" else None
        yield from (Named(token, face) for token in _urls(inside))


def _tokens(tokens: Iterable[Any]) -> Iterator[Any]:
    """Give the parts of rules, and the parts of these."""
    for token in tokens:
        yield token
        yield from _tokens([*_inside(token), *(getattr(token, "arguments", None) or ())])


def _written(text: str) -> Iterator[int]:
    """Give the characters that a style sheet itself writes, such as ticks before the lines of a list."""
    for said in re.findall(r"\bcontent:([^;}]*)", text):
        for token in _tokens(tinycss2.parse_component_value_list(said)):
            if token.type == "string":
                yield from map(ord, token.value)


def _face(inside: list[Any]) -> Face:
    """Read an @font-face rule."""
    said = {
        declared.lower_name: tinycss2.serialize(declared.value).strip(" \"'")
        for declared in tinycss2.parse_declaration_list(inside, skip_comments=True, skip_whitespace=True)
        if declared.type == "declaration" and declared.lower_name.startswith("font-")
    }
    return Face(said.get("font-family", ""), said.get("font-weight", "400"), said.get("font-style", "normal"))


def _urls(tokens: Iterable[Any]) -> Iterator[Any]:
    for token in _tokens(tokens):
        if token.type == "url":
            yield token
        elif token.type == "function" and token.lower_name == "url":
            yield from (inner for inner in token.arguments if inner.type == "string")


def _check(rules: Iterable[Any], found: Iterable[Named], known: Collection[str]) -> None:
    problems = Problems()
    for rule in rules:
        if rule.type == "error":
            problems.add(PLACE, rule.source_line, f"this cannot be read ({rule.message}). Mend the rule.")
        elif getattr(rule, "lower_at_keyword", "") == "import":
            said = "a site has this one style sheet. Put the rules of the other one here instead of @import."
            problems.add(PLACE, rule.source_line, said)
    for one in found:
        if re.match(r"[a-z]+:|/", one.name, re.IGNORECASE) or ".." in one.name:
            said = (
                f'"{one.name}" is not in the book, and a site asks for nothing from elsewhere. Put it into styles/.'
            )
            problems.add(PLACE, one.token.source_line, said)
        elif one.name not in known:
            said = f'there is no file "styles/{one.name}". Add it, or mend the name.'
            problems.add(PLACE, one.token.source_line, said)
    problems.raise_any()


@lru_cache(maxsize=32)
def _cut(name: str, data: bytes, family: str, characters: frozenset[int]) -> bytes:
    """Cut a font down to some characters, under another name, packed for the web. BookError for what is no font."""
    try:
        font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    except TTLibError:
        said = "this is no font, or one that is broken. Put the file there once more."
        raise BookError([Problem(f"styles/{name}", 0, said)]) from None
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
