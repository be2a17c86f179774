"""Formes to PDFs: all that editions want laid out, each once, several at a time in processes of their own.

A forme is all that the press needs for one run. It is a plain value: equal formes give equal pages, and its
fingerprint tells whether a run was made before.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from hashlib import sha256

from book.layout.engine import Pdf, Press
from book.model.problems import BookError, Problem, nearest

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Forme:
    """One run of the press: finished HTML, the rules of its paper, the texts of its style sheets."""

    html: str
    page_rules: str
    sheets: tuple[str, ...]
    identifier: str
    fillable: bool = False

    def fingerprint(self, files: Files) -> str:
        """Give a hash of all that has a say in the pages: the forme, the style files, the pictures it shows."""
        found = sha256(repr(astuple(self)).encode())
        for name in sorted(files):
            if name.startswith("styles/") or name in self.html:
                found.update(f"{name} {sha256(files[name]).hexdigest()}\n".encode())
        return found.hexdigest()


class Pressroom:
    """Presses with their fonts unpacked, one for each set of style sheets, and the files that pages ask for."""

    def __init__(self, files: Files) -> None:
        """Take all files by name: "images/…" and "styles/…"."""
        self._files = files
        self._presses: dict[tuple[str, ...], Press] = {}

    def press(self, sheets: tuple[str, ...]) -> Press:
        """Give the press that works with some style sheets; setting it up takes a while, once."""
        if sheets not in self._presses:
            self._presses[sheets] = Press(list(sheets), self._give)
        return self._presses[sheets]

    def run(self, forme: Forme) -> Pdf:
        """Lay out one forme. BookError with whatever the engine warns of."""
        press = self.press(forme.sheets)
        return press.lay_out(forme.html, forme.page_rules, forme.identifier, fillable=forme.fillable)

    def _give(self, name: str) -> bytes:
        if name not in self._files:
            remedy = nearest(name, self._files) or " Add it, or mend the name."
            raise BookError([Problem(name, 0, f'there is no file "{name}".{remedy}')])
        return self._files[name]
