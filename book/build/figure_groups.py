"""Pictures that are drawn together. Kinds of content give theirs as `groups` in their `draw`."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from book import figure
from book.figure.drawing import Kit, Picture
from book.model.place import Place


@dataclass(frozen=True, eq=False)
class Group:
    """Pictures to be drawn together, their files, who asks for each, and a hash of all that they come from."""

    name: str
    pictures: tuple[Picture, ...]
    files: tuple[str, ...]
    places: tuple[Place, ...]
    origin: str


def make_group(name: str, asked: list[tuple[Picture, Place]], files: list[str], kit: Kit) -> Group:
    """Make a group of pictures, each with the place that asks for it, and of the files for them in `images/`."""
    pictures, places = zip(*asked, strict=True)
    told = [[picture.title, picture.description, picture.drawing.model_dump(mode="json")] for picture in pictures]
    shared = [
        kit.shape,
        {name: pose.model_dump(mode="json") for name, pose in kit.poses.items()},
        repr(kit.regions),
    ]
    origin = sha256(json.dumps([files, told, shared, _engine()], sort_keys=True).encode())
    return Group(name, pictures, tuple(files), places, origin)


@cache
def _engine() -> str:
    """Give a hash of the drawing engine itself: its code and its data."""
    folder = Path(figure.__file__).parent
    files = sorted(path for path in folder.iterdir() if path.suffix in {".py", ".yaml", ".npz"})
    return sha256(b"".join(path.name.encode() + path.read_bytes() for path in files))


def sha256(data: bytes) -> str:
    """Give the hash by which files and what they come from are told apart."""
    return hashlib.sha256(data).hexdigest()
