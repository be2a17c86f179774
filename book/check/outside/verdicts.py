"""What validators said of finished files: asked side by side while rules look, and once for each file.

Verdicts are kept in `verdicts.json` beside the files, by validator, its version and the file's hash. A validator is
a row of `validators`; what a rule makes of its verdict is in `validated`.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from book.build.save import save
from book.check.fault import NotChecked
from book.check.outside.programs import Program
from book.model.problems import BookError

if TYPE_CHECKING:
    from book.check.finished import Ebook, Printed

FILE = "verdicts.json"
KEPT = 200  # verdicts, the newest
AT_ONCE = 4  # validators


@dataclass(frozen=True)
class Said:
    """One thing that a validator said: its own number for it, its words, and where in the file it is."""

    code: str
    words: str
    where: str


Answers = Mapping[Path, Sequence[Said]]


@dataclass(frozen=True)
class Validator:
    """A program that judges files: its name, where it is for a book's folder, how it is asked, what it goes by."""

    name: str
    find: Callable[[Path], Program | None]
    ask: Callable[[Program, Sequence[Path], Path], Answers]
    goes_by: bytes = b""


@dataclass(frozen=True)
class Sent:
    """Files that a validator was asked about, by the keys of their verdicts; those not known yet are on the way."""

    keys: "dict[str, Printed | Ebook]"
    waiting: Future[dict[str, list[Said]]] | None


class Verdicts:
    """Asks validators; keeps what they say in a folder, or nowhere."""

    def __init__(self, root: Path, folder: Path | None) -> None:
        """Take the book's folder, and where its finished files lie."""
        self._root, self._folder = root, folder
        self._known = _read(folder / FILE) if folder else {}
        self._sent: dict[str, Sent | None] = {}
        self._people = ThreadPoolExecutor(AT_ONCE)

    def send(self, validator: Validator, files: "Sequence[Printed | Ebook]") -> None:
        """Ask a validator about files, and do not wait; once for all rules, and not of what is known already."""
        if validator.name in self._sent:
            return
        program = validator.find(self._root)
        if program is None:
            self._sent[validator.name] = None
            return
        by = sha256(program.version.encode() + validator.goes_by).digest()
        keys = {f"{validator.name} {sha256(by + file.data).hexdigest()}": file for file in files}
        new = {key: file for key, file in keys.items() if key not in self._known}
        waiting = self._people.submit(_asked, validator, program, new) if new else None
        self._sent[validator.name] = Sent(keys, waiting)

    def of(self, validator: Validator) -> "Iterator[tuple[Printed | Ebook, list[Said]]]":
        """Wait for a validator, and give each file with what was said of it. NotChecked if it cannot be asked."""
        sent = self._sent[validator.name]
        if sent is None:
            raise NotChecked(f"{validator.name.partition(' ')[0]} is not at hand. Run: book doctor")
        if sent.waiting:
            self._known |= sent.waiting.result()
            self._keep()
        for key, file in sent.keys.items():
            yield file, self._known[key]

    def _keep(self) -> None:
        """Save the newest verdicts. A disk that refuses only makes the next check slower."""
        newest = list(self._known.items())[-KEPT:]
        told = {key: [astuple(said) for said in found] for key, found in newest}
        if self._folder:
            try:
                save(self._folder, {FILE: (json.dumps(told, indent=1) + "\n").encode()})
            except BookError:
                self._folder = None


def _asked(validator: Validator, program: Program, files: "dict[str, Printed | Ebook]") -> dict[str, list[Said]]:
    """Lay files where a validator can read them, under the names of their editions, and ask it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = {key: folder / f"{file.edition.name}.{file.edition.kind.name}" for key, file in files.items()}
        for key, path in paths.items():
            path.write_bytes(files[key].data)
        try:
            answers = validator.ask(program, list(paths.values()), folder)
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, SyntaxError):
            raise NotChecked(f"{validator.name} cannot be understood. Run: book doctor") from None
        silent = [path.name for path in paths.values() if path not in answers]
        if silent:
            raise NotChecked(
                f"{validator.name} said nothing of {', '.join(silent)}. Ask again, or run: book doctor"
            )
        return {key: list(answers[path]) for key, path in paths.items()}


def _read(path: Path) -> dict[str, list[Said]]:
    """Read the verdicts that were kept; none if the file is broken or not ours."""
    try:
        told = json.loads(path.read_text("utf-8"))
        found = {key: [Said(*said) for said in listed] for key, listed in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    texts = (text for listed in found.values() for said in listed for text in astuple(said))
    return found if all(isinstance(text, str) for text in texts) else {}
