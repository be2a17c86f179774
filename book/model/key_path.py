"""Where a key stands in YAML that was parsed."""

from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from book.model.place import Path


def line_of(data: Any, path: Path) -> int:
    """Say how many lines below its start a value stands in parsed YAML (that of its nearest known parent)."""
    line = 0
    for part in path:
        if isinstance(data, CommentedMap) and part in data:
            line = data.lc.key(part)[0]
        elif isinstance(data, CommentedSeq) and isinstance(part, int) and part < len(data):
            line = data.lc.item(part)[0]
        else:
            return line
        data = data[part]
    return line
