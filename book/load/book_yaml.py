"""`book.yaml` to a manifest, with all that can be said of it by a look at this file alone."""

from itertools import pairwise

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from book.load import yaml
from book.load.files import Shelf
from book.load.reader import Reader
from book.model import editions
from book.model.book import Held
from book.model.key_path import line_of
from book.model.manifest import Manifest
from book.model.place import MANIFEST, Place
from book.model.problems import BookError, Problems, nearest


def load_manifest(shelf: Shelf) -> Manifest:
    """Read the manifest of the book on a shelf, and nothing else of it; raise BookError with all that is wrong."""
    reader = Reader(shelf, Problems())
    manifest, _ = read_manifest(reader)
    reader.problems.raise_any()
    return manifest


def read_manifest(reader: Reader) -> tuple[Manifest, CommentedMap]:
    """Give the manifest, and its keys as they stand; BookError if it has no shape, and problems for all else."""
    problems = reader.problems
    raw = reader.parsed(reader.text(MANIFEST, Place(MANIFEST)), MANIFEST, 1)
    manifest = yaml.shape(Manifest, raw, MANIFEST, 1, problems) if raw is not None else None
    if raw is None or manifest is None:
        raise BookError(problems.found)
    for name, said in editions.mistakes(manifest.editions):
        problems.add(MANIFEST, _line_of_row(raw, name), said)
    _check_changes(manifest, raw, problems)
    _check_skipped(manifest, raw, problems)
    _check_author(manifest, raw, problems)
    return manifest, raw


def held_by_editions(manifest: Manifest, raw: CommentedMap) -> tuple[Held, ...]:
    """List what the book's editions hold, with lines.

    Whether an id is anywhere in the book is known once it is rendered: see `render.held`.
    """
    known = editions.editions_of(manifest)
    return tuple(
        Held(name, key, Place(MANIFEST, _line_of_row(raw, name, "holds", index)))
        for name in manifest.editions
        if name in known
        for index, key in enumerate(known[name].holds)
    )


def _line_of_row(raw: CommentedMap, name: str, *keys: str | int) -> int:
    """Give the line of an edition in `book.yaml`, which lists rows by name, or just names."""
    rows = raw["editions"]
    at = rows.index(name) if isinstance(rows, CommentedSeq) else name
    return 1 + line_of(raw, ("editions", at, *keys))


def _check_changes(manifest: Manifest, raw: CommentedMap, problems: Problems) -> None:
    """See that what is new is told of this very version, and the newest first."""
    told = manifest.changes
    if told and (told[0].version, told[0].date) != (manifest.version, manifest.date):
        message = (
            f"the newest of changes is of version {told[0].version} ({told[0].date}), and the book is version "
            f"{manifest.version} ({manifest.date}). Say first what is new in this version."
        )
        problems.add(MANIFEST, 1 + line_of(raw, ("changes", 0)), message)
    for index, (later, earlier) in enumerate(pairwise(told), 1):
        if later.date < earlier.date:
            line = 1 + line_of(raw, ("changes", index))
            problems.add(MANIFEST, line, f"version {earlier.version} is newer than the one above it. Put it first.")


def _check_skipped(manifest: Manifest, raw: CommentedMap, problems: Problems) -> None:
    """See that chapters and exercises which no reading level is promised for are in the book."""
    bars = manifest.reading
    known = {wanted.partition(":")[2] for wanted in manifest.contents if not wanted.startswith("page:")}
    lists = ((bars.skip, ("skip",)), (bars.prose.skip if bars.prose else (), ("prose", "skip"))) if bars else ()
    for names, path in lists:
        for index, name in enumerate(names):
            if name not in known:
                line = 1 + line_of(raw, ("reading", *path, index))
                remedy = nearest(name, known) or " Mend it, or take it out."
                problems.add(MANIFEST, line, f'no chapter or exercise is called "{name}".{remedy}')


def _check_author(manifest: Manifest, raw: CommentedMap, problems: Problems) -> None:
    """See that the author has confirmed no later edition than this one."""
    day = manifest.author.confirmed
    if day and day > manifest.date:
        message = (
            f"the author confirms ({day}) later than the book's date ({manifest.date}). Mend one of the dates."
        )
        problems.add(MANIFEST, 1 + line_of(raw, ("author", "confirmed")), message)
