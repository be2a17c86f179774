"""The one door for reading a book's files: nothing outside its folder, nothing but honest text and pictures.

Every read of the project goes through a `Shelf`. It refuses absolute paths, `..`, symbolic links that lead
out, remote addresses, files that are not UTF-8, and files too large to be what they claim.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from book.model.place import Place
from book.model.problems import BookError, Problem, nearest

TEXT_LIMIT_BYTES = 2_000_000
PICTURE_LIMIT_BYTES = 20_000_000


@dataclass(frozen=True)
class Shelf:
    """A book's folder, as the only place from which its files are read; `seen` holds the hashes of what was."""

    root: Path
    seen: dict[str, str] = field(default_factory=dict, compare=False)

    def text(self, name: str, asked: Place) -> str:
        """Read a UTF-8 text file named relative to the book; raise BookError at `asked` or in the file."""
        data = self.data(name, asked, TEXT_LIMIT_BYTES)
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            message = "is not UTF-8 text. Save it again with the encoding UTF-8."
            raise BookError([Problem(name, line, f"the file {message}")]) from None

    def data(self, name: str, asked: Place, limit_bytes: int = PICTURE_LIMIT_BYTES) -> bytes:
        """Read a file's bytes; raise BookError if it is missing, outside the book or larger than the limit."""
        path = self._inside(name, asked)
        try:
            if not path.is_file():
                raise self._problem(asked, f'there is no file "{name}".{self._look(name)}')
            size = path.stat().st_size
            if size > limit_bytes:
                most = f"{limit_bytes / 1e6:.0f} MB"
                raise self._problem(asked, f'"{name}" has {size / 1e6:.0f} MB; make it smaller than {most}.')
            read = path.read_bytes()
        except OSError as error:
            raise self._problem(asked, f'"{name}" cannot be read ({error.strerror}).') from None
        self.seen[name] = sha256(read).hexdigest()
        return read

    def digest(self) -> str:
        """Give one hash of all files that were read so far."""
        return sha256(
            "".join(f"{name} {found}\n" for name, found in sorted(self.seen.items())).encode()
        ).hexdigest()

    def has(self, name: str) -> bool:
        """Say whether a file of that name is in the book."""
        return (self.root / name).is_file()

    def names(self, folder: str, suffix: str) -> list[str]:
        """List the files of a folder with that suffix, sorted, as names relative to the book."""
        return sorted(f"{folder}/{path.name}" for path in (self.root / folder).glob(f"*{suffix}"))

    def _inside(self, name: str, asked: Place) -> Path:
        if "://" in name or name.startswith(("//", "data:")):
            raise self._problem(asked, f'"{name}" is a remote address. Put the file into the book instead.')
        path = Path(name)
        outside = f'"{name}" leads out of the book. Put the file into the book and name it from there.'
        if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
            raise self._problem(asked, outside)
        root = self.root.resolve()
        if not (root / path).resolve().is_relative_to(root):
            raise self._problem(asked, outside)
        return root / path

    def _look(self, name: str) -> str:
        """Say which folder to look in, and the nearest name there."""
        path = Path(name)
        folder = self.root / path.parent
        names = [item.name for item in folder.iterdir()] if folder.is_dir() else []
        return nearest(path.name, names) or " Add it, or mend the name."

    @staticmethod
    def _problem(asked: Place, message: str) -> BookError:
        return BookError([Problem(asked.file, asked.line, message)])
