"""Reads a book's YAML and Markdown files, with its statements in place: for `load`, which knows what they mean."""

from typing import NamedTuple

from ruamel.yaml.comments import CommentedMap

from book.load import yaml
from book.load.files import Shelf
from book.model.characters import UNPRINTABLE
from book.model.key_lines import KeyLines
from book.model.place import MANIFEST, Place
from book.model.problems import Problems
from book.model.statements import FILE as STATEMENTS
from book.model.statements import Entries, Insertion, Statements

UNREAD = {MANIFEST: ("check",)}  # keys that hold no words of the book


class Pieces(NamedTuple):
    """A Markdown file taken apart: its front matter, as YAML and as text, its body, and the line that begins on."""

    raw: CommentedMap
    front: str
    body: str
    first_line: int


class Reader:
    """Reads the files of a book; what is wrong with them goes to `problems`."""

    def __init__(self, shelf: Shelf, problems: Problems) -> None:
        """Take a book's shelf, and read its statements."""
        self.shelf, self.problems, self.lines = shelf, problems, KeyLines()
        found = self._shaped(STATEMENTS, Entries, None)
        broken = found is None and shelf.has(STATEMENTS)
        entries = None if broken else found.root if found else {}
        self._insertion = Insertion(entries, problems)
        self.lines.statements = self.statements

    @property
    def statements(self) -> Statements:
        """The statements of the book, with the uses that were met so far."""
        return self._insertion.statements

    def text(self, file: str, asked: Place) -> str:
        """Read a file that was asked for somewhere, and keep its lines in mind. BookError if it cannot be read."""
        text = self.shelf.text(file, asked)
        for number, line in enumerate(text.split("\n"), 1):
            for sign in dict.fromkeys(UNPRINTABLE.findall(line)):
                said = f"a control character (U+{ord(sign):04X}) stands here, as some programs paste it. Delete it."
                self.problems.add(file, number, said)
        text = UNPRINTABLE.sub(" ", text)
        self.lines.add_text(file, text)
        return text

    def parsed(self, text: str, file: str, first_line: int) -> CommentedMap | None:
        """Read YAML that starts at `first_line` of a file; None (and a problem) if it is not a group of keys."""
        return self._keys(text, file, first_line, self._insertion)

    def _keys(self, text: str, file: str, first_line: int, insertion: Insertion | None) -> CommentedMap | None:
        raw = yaml.parse(text, file, first_line, self.problems)
        if raw is not None:
            self.lines.add_keys(file, first_line, raw)
            yaml.check_words(raw, file, first_line, self.problems)
        if raw is not None and insertion:
            insertion.into_tree(raw, text, file, first_line, *UNREAD.get(file, ()))
        return raw

    def data_file(self, file: str, model: type[yaml.Model]) -> yaml.Model | None:
        """Read a YAML file that a book may have; None where it has none, or a broken one."""
        return self._shaped(file, model, self._insertion)

    def _shaped(self, file: str, model: type[yaml.Model], insertion: Insertion | None) -> yaml.Model | None:
        if not self.shelf.has(file):
            return None
        raw = self._keys(self.text(file, Place(file)), file, 1, insertion)
        found = yaml.shape(model, raw, file, 1, self.problems) if raw is not None else None
        if found is None:
            self.problems.unread.add(file)
        return found

    def pieces(self, text: str, file: str) -> Pieces | None:
        """Take front matter and body of a Markdown file apart; None (and a problem) if it has not both."""
        if not text.strip():
            self.problems.add(file, 0, "the file is empty. Write it, or take it out of book.yaml.")
            return None
        lines = text.split("\n")
        if lines[0].rstrip() != "---":
            said = "the file must begin with front matter: a line ---, keys, a line ---."
            self.problems.add(file, 1, said)
            return None
        ends = [number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"]
        if not ends:
            self.problems.add(file, 1, "the front matter does not end. Close it with a line ---.")
            return None
        front, first_line = "\n".join(lines[1 : ends[0]]), ends[0] + 2
        raw = self.parsed(front, file, 2)
        body = self._insertion.into_text("\n".join(lines[ends[0] + 1 :]), file, first_line)
        return Pieces(raw, self.statements.put(front), body, first_line) if raw is not None else None
