"""Where in the author's files a text stands that was met in a rendered section, on a page or in an e-book.

Letters and digits alone are compared: marks of Markdown, quotes and spaces differ between a source and what is made
of it. What a chapter writes for the builder and not for readers (addresses, citations, ids) does not count. What
came from a statement is found in the file that uses it, on the line of its mark.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from book.load.files import Shelf
from book.model.book import Book
from book.model.document import Page
from book.model.place import Place
from book.model.signs import FILE as SIGNS
from book.model.statements import Statements

UNSEEN = re.compile(
    r"</?[a-z][a-z0-9]*(?: [^>]*)?/?>|&\w+;|\]\([^)\s\"]*|\[@[^\]]*\]|\{[#.][^}]*\}|\{\{[^}]*\}\}"
    r"|^[ \t]*/{3,} *(?:signs *\|.*|[a-z-]*)|^ {4,}attrs:.*$",
    re.MULTILINE,
)
TRIES = (0, 60, 30, 15)  # letters of a text that are looked for; 0 for all
LEAST = 4


def letters(text: str) -> str:
    """Give a text's letters and digits in small letters."""
    return "".join(filter(str.isalnum, text)).casefold()


@dataclass(frozen=True)
class Text:
    """A file of the author's: what readers see of it as bare letters, and on which line each stands.

    `whole` is as the author wrote it; `read` has its statements in place, line by line the same.
    """

    file: str
    whole: str
    read: str

    @cached_property
    def _lines(self) -> list[str]:
        blank = UNSEEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), self.read)
        return [letters(line) for line in blank.split("\n")]

    @cached_property
    def _begins(self) -> list[int]:
        return list(accumulate(map(len, self._lines), initial=0))[:-1]

    @cached_property
    def bare(self) -> str:
        """All letters of the file."""
        return "".join(self._lines)

    def line(self, bare: str, skip: int = 0, near: int = 0) -> int:
        """Give the line on which bare letters begin, or those after the first `skip`; 0 if they are not there.

        Where they stand more than once, the first place from the line `near` on counts.
        """
        begin = self._begins[near - 1] if 0 < near <= len(self._begins) else 0
        at = self.bare.find(bare, begin)
        at = at if at >= 0 or not begin else self.bare.find(bare)
        return bisect_right(self._begins, at + skip) if at >= 0 else 0

    def words_of(self, line: int) -> str:
        """Give a line as the author wrote it, without spaces around; "" for no line."""
        lines = self.whole.split("\n")
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""


class SourceMap:
    """Finds texts in a book's files; reads each file once."""

    def __init__(self, book: Book | None, shelf: Shelf) -> None:
        """Take the book whose files may hold a text; without one, only files that are named are read."""
        self._shelf = shelf
        self._statements = book.statements if book else Statements()
        self._texts: dict[str, Text] = {}
        parts = book.parts if book else ()
        own = [part.file for part in parts if not isinstance(part, Page)]
        data = ["images/body-map.yaml", "images/figures.yaml", "book.yaml", "chapters/sources.yaml"]
        self.files = [*filter(shelf.has, [SIGNS]), *own, *filter(shelf.has, data)]

    def text(self, file: str) -> Text:
        """Give a file's text; empty if there is none that can be read."""
        if file not in self._texts:
            whole = self._shelf.text(file, Place(file)) if self._shelf.has(file) else ""
            self._texts[file] = Text(file, whole, self._statements.put(whole))
        return self._texts[file]

    def find(self, text: str, first: Iterable[str] = ()) -> Place:
        """Give file and line of a text, sought in the files named `first`, then in all.

        A text that is not there as a whole, since it was put together, is sought by its beginning. What is nowhere
        is given the first file's first line.
        """
        bare, files = letters(text), list(dict.fromkeys([*first, *self.files]))
        for length in TRIES:
            start = bare[:length] if length else bare
            if len(start) < LEAST or (length and len(bare) <= length):
                continue
            for file in files:
                if line := self.text(file).line(start):
                    return Place(file, line)
        return Place(files[0], 1) if files else Place("book.yaml", 1)

    def find_in(self, text: str, start: int, first: Iterable[str] = (), near: int = 0) -> Place:
        """Give file and line of what begins at an index of a longer text; sought as `find` does, from a line on."""
        whole, before = letters(text), letters(text[:start])
        for file in dict.fromkeys([*first, *self.files]):
            if len(whole) >= LEAST and (line := self.text(file).line(whole, len(before), near)):
                return Place(file, line)
        rest = text[start:]
        return self.find(rest if len(letters(rest)) >= TRIES[-1] else text, first)

    def excerpt(self, place: Place) -> str:
        """Give the author's line at a place."""
        return self.text(place.file).words_of(place.line) if place.line and place.file else ""
