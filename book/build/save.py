"""The one door for writing: all editions of a build reach the disk together, or none does."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from errno import EEXIST, EISDIR
from pathlib import Path

from book.model.place import Files
from book.model.problems import BookError, Problem

OURS = "manifest.json"  # a folder that a build made has this file


def save(folder: Path, files: Mapping[str, bytes | Files]) -> list[Path]:
    """Write files, and folders of files, into a folder: first all under other names, then renamed.

    A folder takes the place of the one of that name whole, if that was made so, too. BookError if the disk refuses.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            final = folder / name
            staged.append((_stage(folder, final, data), final))
        _put(staged)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot write there ({reason}). Free some space, mend its rights, or choose another with --out."
        raise BookError([Problem(str(folder), 0, message)]) from None
    finally:
        for temporary, _ in staged:
            _remove(temporary)
    return [final for _, final in staged]


def _stage(folder: Path, final: Path, data: bytes | Files) -> Path:
    """Write a file or a folder under a passing name; OSError, and nothing left, if it cannot take its place."""
    if isinstance(data, bytes):
        if final.is_dir():
            raise IsADirectoryError(EISDIR, f'a folder is named "{final.name}"')
        return _stage_file(folder, final.name, data)
    if final.exists() and not _gives_way(final):
        raise FileExistsError(EEXIST, f'"{final.name}" is there, and no build made it')
    whole = Path(tempfile.mkdtemp(prefix=f".{final.name}.", suffix=".part", dir=folder))
    try:
        whole.chmod(0o755)
        for name, part in data.items():
            (whole / name).parent.mkdir(parents=True, exist_ok=True)
            _stage_file(whole, name, part).replace(whole / name)
    except BaseException:
        _remove(whole)
        raise
    return whole


def _gives_way(folder: Path) -> bool:
    """Say whether a folder may be replaced: a build made it, or nothing is in it."""
    return folder.is_dir() and ((folder / OURS).is_file() or not any(folder.iterdir()))


def _put(staged: list[tuple[Path, Path]]) -> None:
    """Let what is staged take its place; a folder first moves the old one aside, and back if it cannot."""
    for temporary, final in staged:
        if not (temporary.is_dir() and final.exists()):
            temporary.replace(final)
            continue
        aside = temporary.with_suffix(".old")
        final.rename(aside)
        try:
            temporary.rename(final)
        except BaseException:
            aside.rename(final)
            raise
        _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _stage_file(folder: Path, name: str, data: bytes) -> Path:
    """Write one file under a passing name, down to the disk, and remove it if that fails half-way."""
    handle, path = tempfile.mkstemp(prefix=f".{Path(name).name}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(path).chmod(0o644)
    except BaseException:
        _remove(Path(path))
        raise
    return Path(path)
