"""YAML text to typed, frozen values: every mistake becomes a problem with its line and a remedy.

Used by `load` for `book.yaml`, front matter and the source list; knows nothing of what they mean.
"""

import pickle
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from book.model.characters import UNPRINTABLE
from book.model.key_path import line_of
from book.model.place import Path
from book.model.problems import Breaks, Problems, Refused, nearest

Model = TypeVar("Model", bound=BaseModel)

BARE_SIGN = re.compile(r"alias|cannot start any token|anchor|tag|%")  # what YAML makes of signs before a value

MUST_BE = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "text (put it in quotes)",
    "bool_type": "true or false",
    "date_type": "a date like 2026-11-23",
    "date_from_datetime_inexact": "a date like 2026-11-23",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a group of keys",
    "model_type": "a group of keys",
    "dataclass_type": "a group of keys",
}


def parse(text: str, file: str, first_line: int, problems: Problems) -> CommentedMap | None:
    """Read YAML that starts at `first_line` of a file; None (and a problem) if it is not a group of keys."""
    try:
        found = pickle.loads(_pickled(text))  # noqa: S301 - pickled here; a copy of its own, with its lines
    except MarkedYAMLError as error:
        endless = "end of stream" in (error.problem or "")
        mark = (error.context_mark if endless else error.problem_mark) or error.problem_mark
        line = first_line + (mark.line if mark else 0)
        what = (error.problem or error.context or "cannot be read").split("\n")[0].strip()
        remedy = "Put the value in quotes." if BARE_SIGN.search(what) else "Check quotes, colons and indents."
        problems.add(file, line, f"the YAML here is broken: {what}. {remedy}")
        return None
    except (YAMLError, ValueError) as error:
        what, line = _impossible_day(text) or (str(error).split("\n")[0], 0)
        problems.add(file, first_line + line, f"the YAML cannot be read: {what}.")
        return None
    if not isinstance(found, CommentedMap):
        problems.add(file, first_line, "expected keys and values here, like `title: My book`.")
        return None
    return found


def _impossible_day(text: str) -> tuple[str, int] | None:
    """Find a date that no calendar has, which ends the reading of YAML: what to say, and its line from 0."""
    for number, line in enumerate(text.split("\n")):
        for found in re.finditer(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", line):
            try:
                date(*map(int, found.groups()))
            except ValueError as error:
                return f"there is no day {found[0]} ({error})", number
    return None


def check_words(node: CommentedMap | CommentedSeq, file: str, first_line: int, problems: Problems) -> None:
    """Report what YAML takes for a comment and its author for words, My #1 book, and signs that no text has."""
    for key, value in node.items() if isinstance(node, CommentedMap) else enumerate(node):
        if isinstance(value, str) and (sign := UNPRINTABLE.search(value)):
            said = f"a control character (U+{ord(sign[0]):04X}) stands here. Take it out."
            problems.add(file, first_line + line_of(node, (key,)), said)
    for key, tokens in node.ca.items.items():
        after = tokens[2] if isinstance(node, CommentedMap) else tokens[0]
        value = node.get(key) if isinstance(node, CommentedMap) else node[key]
        if after is None or isinstance(after, list) or not isinstance(value, str):
            continue
        if re.match(r"#[^\s#!]", after.value) and type(value) is str:
            shown = f"{value} {after.value.splitlines()[0]}"
            said = f'what follows # is a comment in YAML. Put the words in quotes: "{shown}".'
            problems.add(file, first_line + after.start_mark.line, said)
    for inner in node.values() if isinstance(node, CommentedMap) else node:
        if isinstance(inner, CommentedMap | CommentedSeq):
            check_words(inner, file, first_line, problems)


@lru_cache(maxsize=512)
def _pickled(text: str) -> bytes:
    """Read YAML. It takes longest in loading a book, which `serve` does again for each file that changes."""
    return pickle.dumps(YAML(typ="rt").load(text))


def shape(model: type[Model], data: CommentedMap, file: str, first_line: int, problems: Problems) -> Model | None:
    """Turn parsed YAML into a frozen model; None (and a problem for each mistake) if it does not fit."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = tuple(part for part in detail["loc"] if not _is_internal(part))
            line = first_line + line_of(data, path)
            problems.add(file, line, _sentence(model, path, detail), _code(model, path, detail))
        return None


def _is_internal(part: object) -> bool:
    """Tell pydantic's names for steps of its own ("function-before[...]") from keys of the author."""
    return isinstance(part, str) and "[" in part


def _sentence(model: type[BaseModel], path: Path, detail: ErrorDetails) -> str:
    name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in path)
    kind, given = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        return _unknown_key(model, path, name)
    if said := _plain_sentence(kind, name, given):
        return said
    message = detail["msg"].removeprefix("Value error, ").rstrip(".")
    joint = " " if message.startswith("must ") else ": "
    met = "" if isinstance(given, CommentedMap) else f", not {_shown(given)}"  # of a whole group it says nothing
    return f"{name}{joint}{message[0].lower()}{message[1:]}{met}.".lstrip()


def _unknown_key(model: type[BaseModel], path: Path, name: str) -> str:
    known = list(_keys(model, path[:-1]))
    bare = str(path[-1]).strip("\u00a0\u200b\ufeff ")
    if bare != path[-1] and bare in known:
        return f'a space that is none stands beside "{bare}", as web pages have it. Type the key anew.'
    remedy = nearest(str(path[-1]), known) or f" Known here: {', '.join(known)}."
    return f'there is no key "{name}".{remedy}'


def _plain_sentence(kind: str, name: str, given: object) -> str:
    """Say what is wrong where pydantic's kind of mistake tells it; "" where its message must."""
    if kind == "missing":
        return f'"{name}" is missing. Add it.'
    if given is None or kind == "string_too_short":
        return f"{name} is empty. Write something, or take the key out."
    if kind == "too_short":
        return f"{name} is empty. Name one thing or more."
    if kind == "string_type" and isinstance(given, CommentedMap):
        return f"{name} must be text: put {_shown(given)} in quotes, or take the space behind the colon out."
    return f"{name} must be {MUST_BE[kind]}, not {_shown(given)}." if kind in MUST_BE else ""


def _code(model: type[BaseModel], path: Path, detail: ErrorDetails) -> str:
    """Give the number of the rule that a mistake breaks: its validator's own, or that of its field."""
    refused = detail.get("ctx", {}).get("error")
    if isinstance(refused, Refused):
        return refused.code
    owner = _owner(model, path[:-1])
    field = owner.model_fields.get(str(path[-1])) if owner and path else None
    marks = [mark for mark in field.metadata if isinstance(mark, Breaks)] if field else []
    return marks[0].code if marks else "B01"


def _shown(value: object) -> str:
    if isinstance(value, CommentedMap):
        value = ", ".join(f"{key}: {inner}" for key, inner in value.items())
    text = str(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def _keys(model: type[BaseModel], path: Sequence[str | int]) -> Iterator[str]:
    """Give the keys a model knows at a path, looking through unions, lists and maps of models."""
    owner = _owner(model, path)
    yield from (field.alias or name for name, field in owner.model_fields.items()) if owner else ()


def _owner(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """Give the model that stands at a path; None where plain values stand."""
    found: type[BaseModel] | None = model
    for part in ("root", *path):
        if found and isinstance(part, str) and part in found.model_fields:
            found = _model_in(found.model_fields[part].annotation)
    return found


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
