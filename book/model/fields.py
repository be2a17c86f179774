"""The kinds of text and number that authors write in YAML: text, ids, counts and ranges, links."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from book.model.problems import Refused

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


PROSE = "prose"  # marks fields whose texts may hold what Markdown's text may: links, sources, emphasis
Prose = Annotated[Text, PROSE]
Proses = Annotated[tuple[Prose, ...], Field(strict=False)]


def _is_one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be one line: take the line breaks out")
    return text


OneLine = Annotated[Text, AfterValidator(_is_one_line)]


def _is_pattern(text: str) -> str:
    """Take a pattern that can be read. ValueError for another."""
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"must be a word, or a pattern that can be read ({error})") from None
    return text


Pattern = Annotated[Text, AfterValidator(_is_pattern)]
Patterns = Annotated[tuple[Pattern, ...], Field(strict=False)]


def _from_text(value: object) -> object:
    """Take a date in quotes for a date."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


Date = Annotated[date, BeforeValidator(_from_text)]


def matching(pattern: str, must_be: str, code: str = "B01") -> AfterValidator:
    """Give the check that a text matches a pattern as a whole; Refused with what it must be.

    `code` is the number of a rule of `book check` that this check is a part of.
    """

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise Refused(code, f"must be {must_be}")
        return text

    return AfterValidator(check)


Id = Annotated[str, matching(r"[a-z][a-z0-9-]*", "small letters, digits and hyphens, like upper-arm")]
Ids = Annotated[tuple[Id, ...], Field(strict=False)]


def named(value: object) -> object:
    """Take a plain text for a group of keys of which it is the name."""
    return {"name": value} if isinstance(value, str) else value


@dataclass(frozen=True)
class Count:
    """A whole number, or a range of them, such as 5 or 8–12."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


def parse_count(value: object) -> object:
    """Read 5, "8-12" or "8–12" into a Count; ValueError for anything else or a range that falls."""
    if isinstance(value, Count):
        return value
    match = re.fullmatch(r"(\d+)(?:\s*[-–]\s*(\d+))?", str(value)) if not isinstance(value, bool) else None
    if not match:
        raise ValueError("must be a whole number or a range like 8–12")
    low, high = int(match[1]), int(match[2] or match[1])
    if not 1 <= low <= high:
        raise ValueError("must be 1 or more, and a range must rise")
    return Count(low, high)


Number = Annotated[Count, BeforeValidator(parse_count)]


def html_id(key: str) -> str:
    """Give the id in HTML, PDF and EPUB of what authors call by a typed id: area:1 is area-1 there."""
    return key.replace(":", "-")


TYPED = r"[a-z][a-z-]*:[^\W_][\w-]*"
TypedId = Annotated[str, matching(TYPED, "a typed id, like area:1")]
Link = Annotated[str, matching(r"https://\S+", "an address that begins with https://")]
