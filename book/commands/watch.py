"""What changes in a book's folder while somebody works on it: beside the line, for the preview.

The only module that knows watchfiles. It listens where the book's own files are: not in `dist/`, and not in what
else lies beside them.
"""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

SOURCES = ("book.yaml", "chapters", "images", "styles")
QUIET_MS = 100  # changes belong together until nothing has changed for so long …
TOGETHER_MS = 1600  # … or since the first of them
ROUND_MS = 200  # how long it listens at a time

_usual = DefaultFilter()  # leaves out what editors put beside a file for a while


def is_source(name: str) -> bool:
    """Say whether a file, named relative to the book, has a say in its site; hidden ones have none."""
    parts = Path(name).parts
    hidden = any(part.startswith(".") for part in parts)
    return bool(parts) and parts[0] in SOURCES and not hidden and _usual(Change.modified, name)


def changes(root: Path, stop: threading.Event | None = None) -> Iterator[tuple[str, ...]]:
    """Give the names of a book's files that change, those that change together at once, until told to stop.

    The first it gives is no name at all: nothing that changes after that is missed, however long one takes over it.
    Ends, too, when the book's folder is gone.
    """
    root, changed, is_first = root.resolve(), set[str](), True
    while root.is_dir() and not (stop and stop.is_set()):
        with suppress(FileNotFoundError):  # a folder may go just when we begin to listen in it
            folders = _folders(root)
            for found in _listen(root, folders, stop):
                changed |= found
                if found and _folders(root) != folders:
                    break  # listens in the new folder before anybody reads what is in it
                if changed or is_first:
                    yield tuple(sorted(changed))
                    changed, is_first = set(), False


def _folders(root: Path) -> list[Path]:
    """List where a book's files may lie: its folder, and those for its sources with all that are in them."""
    tops = [root / name for name in SOURCES if (root / name).is_dir()]
    return [root, *tops, *sorted(path for top in tops for path in top.rglob("*") if path.is_dir())]


def _listen(root: Path, folders: list[Path], stop: threading.Event | None) -> Iterator[set[str]]:
    """Give names of what changes in some folders, and no names now and then: so much is sure that it listens."""

    def name(path: str) -> str:
        return Path(path).relative_to(root).as_posix()

    rounds = watch(
        *folders, recursive=False, watch_filter=lambda _, path: is_source(name(path)), stop_event=stop,
        debounce=TOGETHER_MS, step=QUIET_MS, rust_timeout=ROUND_MS, yield_on_timeout=True,
    )  # fmt: skip
    for found in rounds:
        yield {name(path) for _, path in found}
