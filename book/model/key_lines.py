"""On which line of a book's files a key stands: for problems that are seen after a file was read."""

from collections.abc import Iterable

from ruamel.yaml.comments import CommentedMap

from book.model.key_path import line_of
from book.model.place import Path
from book.model.statements import Statements


class KeyLines:
    """Tells on which line of a book's files a key or a phrase stands; `load` fills it while it reads them."""

    def __init__(self) -> None:
        """Begin with no file. A phrase of one of `statements` stands where a mark stands for it."""
        self.statements = Statements()
        self._texts: dict[str, str] = {}
        self._keys: dict[str, tuple[int, CommentedMap]] = {}

    def add_text(self, file: str, text: str) -> None:
        """Take a file as it was read."""
        self._texts[file] = text

    def add_keys(self, file: str, first_line: int, keys: CommentedMap) -> None:
        """Take the keys of a YAML file, or of a Markdown file's front matter, which begins on that line."""
        self._keys[file] = first_line, keys

    def of(self, file: str, path: Path) -> int:
        """Give the line of a key, or of the nearest known key around it; 1 in a file that was not read."""
        first, keys = self._keys.get(file, (1, None))
        return first + line_of(keys, path)

    @property
    def files(self) -> list[str]:
        """The files that were read, in that order."""
        return list(self._texts)

    def find(self, files: Iterable[str], phrase: str) -> tuple[str, int]:
        """Give the first of the book's files in which a phrase stands, and its line; ("", 0) if none has it."""
        for file in (file for file in files if file in self._texts):
            before, found, _ = self.statements.put(self._texts[file]).partition(phrase)
            if found:
                return file, before.count("\n") + 1
        return "", 0
