"""What lies in the folder of finished editions: `manifest.json`, which readers of files and the next build trust.

It lists each file with its pages, size and hash, and from what it was made. A file that is as listed, and made from
what would be used now, needs no making again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from book import __version__
from book.build.versions import engines
from book.formats.recipe import Finished, Recipe
from book.model.manifest import Manifest
from book.model.place import Files

FILE = "manifest.json"


@dataclass(frozen=True)
class Item:
    """One finished file, or folder: its edition, pages (or sections of an e-book), bytes, and hashes.

    `unit` says what `pages` counts; `notes` what could not be done; `words` how many there are, where that is
    counted. `sources_sha256` is of all the book's files; `made_from` of just what has a say in this file, tools
    included.
    """

    edition: str
    says: str
    file: str
    version: str
    date: str
    pages: int
    unit: str
    bytes: int
    sha256: str
    sources_sha256: str
    made_from: str
    notes: Sequence[str] = ()
    words: int = 0


def hash_of(data: bytes | Files) -> str:
    """Give the SHA-256 of a file in hexadecimal, or that of the list of a folder's files with theirs."""
    if isinstance(data, bytes):
        return sha256(data).hexdigest()
    return sha256("".join(f"{name} {hash_of(data[name])}\n" for name in sorted(data)).encode()).hexdigest()


def read(folder: Path) -> dict[str, Item]:
    """Read which finished files lie in a folder, by name; only those that are there, and are as listed."""
    try:
        listed = json.loads((folder / FILE).read_text("utf-8"))["editions"]
        items = [Item(**entry) for entry in listed]
        return {item.file: item for item in items if _is_there(folder, item)}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _is_there(folder: Path, item: Item) -> bool:
    path = folder / item.file
    return Path(item.file).name == item.file and path.exists() and hash_of(_contents(path)) == item.sha256


def _contents(path: Path) -> bytes | Files:
    """Read a file, or all files of a folder by name."""
    if not path.is_dir():
        return path.read_bytes()
    return {found.relative_to(path).as_posix(): found.read_bytes() for found in path.rglob("*") if found.is_file()}


def item(about: Manifest, recipe: Recipe, made: Finished) -> Item:
    """Say of a finished file what the listing says of it; from which sources, the build says."""
    edition = recipe.edition
    return Item(
        edition.name, edition.says, recipe.file, about.version, about.date.isoformat(), made.pages, edition.unit,
        sum(map(len, made.files.values())), hash_of(made.data), "", recipe.made_from, made.notes, made.words,
    )  # fmt: skip


def _listed(item: Item) -> dict[str, Any]:
    return {key: value for key, value in asdict(item).items() if value or key != "words"}


def listing(about: Manifest, items: Iterable[Item]) -> bytes:
    """Give `manifest.json` for finished files: the book, what is new in it, what made them, and each of them."""
    found: dict[str, Any] = {
        **about.identity(),
        "builder": f"book {__version__}",
        "engines": engines(),
        "editions": [_listed(item) for item in sorted(items, key=lambda item: item.file)],
    }
    return (json.dumps(found, indent=2, ensure_ascii=False) + "\n").encode()
