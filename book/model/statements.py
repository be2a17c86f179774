"""Statements: what a book says in many places, written once, in `chapters/statements.yaml`.

A mark {{ name }} stands for a statement, {{ name.wording }} for another wording of it, wherever words of the book
are written. They are put in place as files are read; so what comes after knows of words alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, model_validator
from ruamel.yaml.comments import CommentedKeyMap, CommentedMap, CommentedSeq

from book.model.characters import TYPED
from book.model.fields import OneLine, Pattern, Text, Texts, matching
from book.model.problems import Problems, nearest

FILE = "chapters/statements.yaml"
FACTS = ("title", "version", "date", "review", "publisher")  # what `book.yaml` says, in the text of chapters alone
MARK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
NAMED = re.compile(r"[\w.-]+( [\w.-]+)?")  # what may be a name, perhaps misspelt, in a mark
AS_TYPED = str.maketrans(TYPED | {"\u202f": " "} | dict.fromkeys("\u2010\u2011\u2013\u2212", "-"))


def _holds_no_marks(text: str) -> str:
    if "{{" in text or "}}" in text:
        raise ValueError("must not hold {{ }}: write out what it stands for")
    return text


def _is_free(name: str) -> str:
    if name in FACTS:
        raise ValueError(f"must not be the name of a fact: {', '.join(FACTS)}")
    return name


def _has_one_group(pattern: str) -> str:
    if re.compile(pattern.translate(AS_TYPED)).groups != 1:
        raise ValueError(r"must have one group in round brackets, around the value: above (\d+) out of 10")
    return pattern


Line = Annotated[OneLine, AfterValidator(_holds_no_marks)]
NAME = matching(r"[a-z][a-z0-9-]*", "small letters, digits and hyphens, like pain-limit")
Name = Annotated[Text, NAME, AfterValidator(_is_free)]
Watch = Annotated[Pattern, AfterValidator(_has_one_group)]


class Statement(BaseModel):
    """One statement: what it says, and further wordings by their names.

    `watch` is a pattern with one group. Wherever it is found in the book, its group is one of `is`.
    """

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)
    __pydantic_extra__: dict[str, Line] = Field(init=False)

    says: Line
    watch: Watch | None = None
    is_: Texts = Field((), alias="is")

    @model_validator(mode="after")
    def _keeps_to_itself(self) -> Self:
        """See that a pattern comes with its values, and that no wording has another one."""
        if (self.watch is None) != (not self.is_):
            raise ValueError("must have both keys, watch and is, or neither")
        for name, text in self.wordings.items():
            for match in self.astray(text):
                raise ValueError(f'must keep to itself: {name or "says"} has "{match[1]}", and is has not')
        return self

    @property
    def wordings(self) -> dict[str, str]:
        """All its wordings by their names; the first, "", is what it says."""
        return {"": self.says} | {name: str(text) for name, text in (self.model_extra or {}).items()}

    @cached_property
    def _finder(self) -> re.Pattern[str]:
        return re.compile((self.watch or "(?!)()").translate(AS_TYPED), re.IGNORECASE)

    def astray(self, text: str) -> Iterator[re.Match[str]]:
        """Give where `watch` finds another value in a text than it should; its group is that value.

        Quotes, dashes and spaces are taken as they are typed: a text that was set is as good as one that was not.
        """
        right = {value.translate(AS_TYPED).casefold() for value in self.is_}
        for match in self._finder.finditer(text.translate(AS_TYPED)):
            if (match[1] or "").casefold() not in right:
                yield match


class Entries(RootModel[dict[Name, Statement]]):
    """`chapters/statements.yaml`: statements by their names."""


@dataclass(frozen=True)
class Use:
    """A mark that stands for a statement: its name, {{ so }} or {{ so.and-so }}, and where it stands."""

    name: str
    file: str
    line: int


@dataclass(frozen=True)
class Statements:
    """The statements of a book by their names, and the places that use them."""

    entries: Mapping[str, Statement] = field(default_factory=dict)
    uses: tuple[Use, ...] = ()

    @cached_property
    def texts(self) -> dict[str, str]:
        """What marks stand for, by what stands in them."""
        return {
            f"{name}.{wording}" if wording else name: text
            for name, entry in self.entries.items()
            for wording, text in entry.wordings.items()
        }

    def put(self, text: str) -> str:
        """Put statements in place in the text of a file; line numbers hold, and other marks stay."""
        return MARK.sub(lambda mark: self.texts.get(mark[1], mark[0]) + "\n" * mark[0].count("\n"), text)

    def counts(self) -> dict[str, int]:
        """Say of each statement in how many places it is used, in one wording or another."""
        found = Counter(use.name.partition(".")[0] for use in self.uses)
        return {name: found[name] for name in self.entries}

    def unused(self) -> Iterator[tuple[str, ...]]:
        """Give the path in its file of each statement, and of each further wording, that nothing uses."""
        used, counts = {use.name for use in self.uses}, self.counts()
        for name, entry in self.entries.items():
            if not counts[name]:
                yield (name,)
                continue
            for wording in filter(None, entry.wordings):
                if f"{name}.{wording}" not in used:
                    yield name, wording


class Insertion:
    """Puts statements in place while a book is read, and keeps account of it.

    Without statements, since their file is broken, marks stay, and nothing is said of them.
    """

    def __init__(self, entries: Mapping[str, Statement] | None, problems: Problems) -> None:
        """Take the statements, None if they could not be read, and where problems go."""
        self._known = Statements(entries or {})
        self._mute = entries is None
        self._uses: list[Use] = []
        self._problems = problems

    @property
    def statements(self) -> Statements:
        """The statements, with the uses that were met so far."""
        return Statements(self._known.entries, tuple(self._uses))

    def into_text(self, text: str, file: str, first_line: int) -> str:
        """Put statements in place in a Markdown text that begins on a line of a file; facts stay as they are."""
        for mark in MARK.finditer(COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)):
            if mark[1] not in FACTS and NAMED.fullmatch(mark[1]):
                self._note(mark[1], file, first_line + text[: mark.start()].count("\n"))
        return self._known.put(text)

    def into_tree(self, raw: CommentedMap, text: str, file: str, first_line: int, *leave: str) -> None:
        """Put statements in place in all texts of a parsed YAML text that begins on a line of a file.

        What stands under the keys of `leave` stays as it is.
        """
        lines = text.split("\n")

        def set_in(node: CommentedMap | CommentedSeq, keys: list[Any], near: int) -> None:
            for key in keys:
                value, line = node[key], _line_in(node, key, near)
                if isinstance(value, CommentedMap) and (name := _unquoted(value)):
                    said = f"{{{{ {name} }}}} needs quotes here, or YAML takes it for something else."
                    self._problems.add(file, first_line + line, said)
                    node[key] = self._known.texts.get(name, name)
                elif isinstance(value, CommentedMap):
                    set_in(value, list(value), line)
                elif isinstance(value, CommentedSeq):
                    set_in(value, list(range(len(value))), line)
                elif isinstance(value, str) and MARK.search(value):
                    node[key] = self._into_value(value, file, first_line, lines[line:], line)

        set_in(raw, [key for key in raw if key not in leave], 0)

    def _into_value(self, value: str, file: str, first_line: int, below: list[str], line: int) -> str:
        """Put statements in place in a value that begins on a line; each mark is told with its own line."""
        for name in (mark[1] for mark in MARK.finditer(value)):
            own = (number for number, text in enumerate(below) if any(name == m[1] for m in MARK.finditer(text)))
            place = first_line + line + next(own, 0)
            if not NAMED.fullmatch(name):
                said = f'"{{{{{name}}}}}" is a mark of another program, or lacks its name. Take it out.'
                self._problems.add(file, place, said)
            elif name in FACTS:
                said = f'the fact "{name}" can stand in the text of chapters alone. Write out what it says.'
                self._problems.add(file, place, said)
            else:
                self._note(name, file, place)
        return self._known.put(value)

    def _note(self, name: str, file: str, line: int) -> None:
        """Note the use of a statement; a problem if there is none of that name."""
        if name in self._known.texts:
            self._uses.append(Use(name, file, line))
        elif not self._mute:
            remedy = nearest(name, [*FACTS, *self._known.texts]) or f" Add it to {FILE}, or mend the name."
            self._problems.add(file, line, f'there is no fact or statement "{name}".{remedy}')


def _line_in(node: CommentedMap | CommentedSeq, key: Any, near: int) -> int:
    """Give the line of an item or a key; that of its group if it was merged in from elsewhere."""
    found = (node.lc.data or {}).get(key)
    return int(found[0]) if found else near


def _unquoted(value: CommentedMap) -> str:
    """Give the name in a mark that YAML took for a group of keys, since it has no quotes; "" if it is none."""
    keys = [key for key in value if isinstance(key, CommentedKeyMap) and len(key) == 1]
    return str(next(iter(keys[0]))) if keys else ""
