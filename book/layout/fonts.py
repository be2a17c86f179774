"""Fonts unpacked from WOFF2, as PDF wants them: once a process, and once a machine.

Unpacking the house fonts takes over a second, which is most of a short build. What was unpacked is kept in the
user's cache folder by the hash of the packed font, and used only if its own hash is still true. Several builds may
share the folder, and it may be deleted at any time; where it can't be written, each process unpacks for itself.
"""

import io
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import fontTools
from fontTools.ttLib import woff2
from platformdirs import user_cache_path

PACKED = b"wOF2"
HASH = sha256().digest_size


def cache_folder() -> Path:
    """Say where unpacked fonts are kept."""
    return user_cache_path("book-builder") / "fonts"


def unpacked(font: bytes) -> bytes:
    """Give a font unpacked; one that is not WOFF2 comes back as it is."""
    return _unpacked(font) if font.startswith(PACKED) else font


@cache
def _unpacked(font: bytes) -> bytes:
    path = cache_folder() / f"{sha256(font).hexdigest()}-{fontTools.version}"
    kept = _read(path)
    if kept is None:
        out = io.BytesIO()
        woff2.decompress(io.BytesIO(font), out)
        kept = out.getvalue()
        _keep(path, kept)
    return kept


def _read(path: Path) -> bytes | None:
    """Give what is kept in a file, if it is whole: its hash stands before it."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    return kept[HASH:] if kept[:HASH] == sha256(kept[HASH:]).digest() else None


def _keep(path: Path, data: bytes) -> None:
    """Keep data with its hash before it, if the disk lets us: another process sees all of it or nothing."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as folder:
            new = Path(folder) / path.name
            new.write_bytes(sha256(data).digest() + data)
            new.replace(path)
