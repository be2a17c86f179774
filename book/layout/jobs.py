"""Layout jobs: all that the PDF engine needs for one document, and engines that are set up once.

A job is a plain value: equal jobs give equal pages, and its fingerprint tells whether one was laid out before.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from hashlib import sha256

from book.layout.engine import Engine, Pdf
from book.model.problems import BookError, Problem, nearest

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class LayoutJob:
    """One document to lay out: finished HTML, the rules of its paper, the texts of its style sheets."""

    html: str
    page_rules: str
    sheets: tuple[str, ...]
    identifier: str
    fillable: bool = False

    def fingerprint(self, files: Files) -> str:
        """Give a hash of all that has a say in the pages: the job, the style files, the pictures it shows."""
        found = sha256(repr(astuple(self)).encode())
        for name in sorted(files):
            if name.startswith("styles/") or name in self.html:
                found.update(f"{name} {sha256(files[name]).hexdigest()}\n".encode())
        return found.hexdigest()


class Engines:
    """PDF engines with their fonts unpacked, one for each set of style sheets, and the files that pages ask for."""

    def __init__(self, files: Files) -> None:
        """Take all files by name: "images/…" and "styles/…"."""
        self._files = files
        self._engines: dict[tuple[str, ...], Engine] = {}

    def engine(self, sheets: tuple[str, ...]) -> Engine:
        """Give the engine that works with some style sheets; setting it up takes a while, once."""
        if sheets not in self._engines:
            self._engines[sheets] = Engine(list(sheets), self._give)
        return self._engines[sheets]

    def run(self, layout_job: LayoutJob, *, going_on: bool = False) -> Pdf:
        """Lay out one job. BookError with whatever the engine warns of, if it is not to go on."""
        engine = self.engine(layout_job.sheets)
        return engine.lay_out(
            layout_job.html, layout_job.page_rules, layout_job.identifier, fillable=layout_job.fillable,
            going_on=going_on,
        )  # fmt: skip

    def _give(self, name: str) -> bytes:
        if name not in self._files:
            remedy = nearest(name, self._files) or " Add it, or mend the name."
            raise BookError([Problem(name, 0, f'there is no file "{name}".{remedy}')])
        return self._files[name]
