"""A picture of a book, as it was read and found sound."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """A checked picture: its name under `images/`, its bytes, its media type, whether it is taller than wide."""

    name: str
    data: bytes
    media_type: str
    tall: bool
