"""YAML text to typed, frozen values: every mistake becomes a problem with its line and a remedy.

Used by `load` for `book.yaml`, front matter and the source list; knows nothing of what they mean.
"""

import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from book.model.key_path import line_of
from book.model.place import Path
from book.model.problems import Breaks, Problems, Refused, nearest

Model = TypeVar("Model", bound=BaseModel)

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
        problems.add(file, line, f"the YAML here is broken: {what}. Check quotes, colons and indents.")
        return None
    except (YAMLError, ValueError) as error:
        what = str(error).split("\n")[0]
        problems.add(file, first_line, f"the YAML cannot be read: {what}.")
        return None
    if not isinstance(found, CommentedMap):
        problems.add(file, first_line, "expected keys and values here, like `title: My book`.")
        return None
    return found


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
    kind = detail["type"]
    if kind == "missing":
        return f'"{name}" is missing. Add it.'
    if kind == "extra_forbidden":
        known = list(_keys(model, path[:-1]))
        remedy = nearest(str(path[-1]), known) or f" Known here: {', '.join(known)}."
        return f'there is no key "{name}".{remedy}'
    shown = _shown(detail["input"])
    if kind in MUST_BE:
        return f"{name} must be {MUST_BE[kind]}, not {shown}."
    if kind == "too_short":
        return f"{name} is empty. Name one thing or more."
    if kind == "string_too_short":
        return f"{name} is empty. Write something, or take the key out."
    message = detail["msg"].removeprefix("Value error, ").rstrip(".")
    joint = " " if message.startswith("must ") else ": "
    met = "" if isinstance(detail["input"], CommentedMap) else f", not {shown}"  # of a whole group it says nothing
    return f"{name}{joint}{message[0].lower()}{message[1:]}{met}.".lstrip()


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
