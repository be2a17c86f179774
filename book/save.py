"""The one door for writing: all editions of a build reach the disk together, or none does."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

from book.problems import BookError, Problem


def save(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder: first all under other names, then renamed. BookError if the disk refuses."""
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            if (folder / name).is_dir():
                raise IsADirectoryError(EISDIR, f'a folder is named "{name}"')
            staged.append((_stage(folder, name, data), folder / name))
        for temporary, final in staged:
            temporary.replace(final)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot write there ({reason}). Free some space, mend its rights, or choose another with --out."
        raise BookError([Problem(str(folder), 0, message)]) from None
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return [final for _, final in staged]


def _stage(folder: Path, name: str, data: bytes) -> Path:
    """Write one file under a passing name, down to the disk, and remove it if that fails half-way."""
    handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(path).chmod(0o644)
    except BaseException:
        with suppress(OSError):
            Path(path).unlink()
        raise
    return Path(path)
