"""What makes the editions: this package and the engines it runs. Another version of either may give other pages."""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from book.layout.engine import pango_version

ENGINES = ("EbookLib", "fonttools", "lxml", "pikepdf", "Pillow", "pypdfium2", "weasyprint")


SOURCES = {".py", ".html", ".xhtml", ".ncx", ".js"}


@cache
def tools(kind: str) -> str:
    """Give a hash of what makes the editions of a kind: this package's own files, and the engines it runs.

    Its checks have no say in them, nor have the folders of other formats.
    """
    found = sha256()
    here = Path(__file__).parents[1]
    formats = {path.parent.name for path in here.glob("formats/*/__init__.py")}
    beside = {"check", "commands"} | formats - {kind}
    for path in sorted(path for path in here.rglob("*") if path.suffix in SOURCES):
        if beside.isdisjoint(path.relative_to(here).parts):
            found.update(f"{path.relative_to(here).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    found.update(repr(engines()).encode())
    return found.hexdigest()


def engines() -> dict[str, str]:
    """Give the versions of the engines that make the editions, by name."""
    return {name: version(name) for name in ENGINES} | {"Pango": pango_version()}
