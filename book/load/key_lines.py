"""On which line of a book's files a key stands: for problems that are seen after a file was read."""

from collections.abc import Iterable

from ruamel.yaml.comments import CommentedMap

from book.load import yaml
from book.load.files import Shelf
from book.model.place import Path, Place
from book.model.problems import Problems
from book.model.statements import Statements


class Lines:
    """Tells on which line of a book's files a key stands; reads each file once."""

    def __init__(self, shelf: Shelf, statements: Statements | None = None) -> None:
        self._shelf, self._statements = shelf, statements or Statements()
        self._read: dict[str, tuple[int, CommentedMap | None]] = {}

    def of(self, file: str, path: Path) -> int:
        """Give the line of a key of a YAML file, or of a Markdown file's front matter."""
        if file not in self._read:
            text, first = self._shelf.text(file, Place(file)), 1
            if file.endswith(".md"):
                text, first = text.split("\n---", 1)[0].removeprefix("---\n"), 2
            self._read[file] = first, yaml.parse(text, file, first, Problems())
        first, raw = self._read[file]
        return first + yaml.line_of(raw, path)

    def find(self, files: Iterable[str], phrase: str) -> tuple[str, int]:
        """Give the first of the book's files in which a phrase stands, and its line; ("", 0) if none has it.

        A phrase of a statement stands where a mark stands for it.
        """
        for file in filter(self._shelf.has, files):
            before, found, _ = self._statements.put(self._shelf.text(file, Place(file))).partition(phrase)
            if found:
                return file, before.count("\n") + 1
        return "", 0
