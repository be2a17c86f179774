"""What a preview shows: a site, whole, until another takes its place; and pages that hear when that happens."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from book.model.place import Files
from book.model.problems import Problem
from book.render.pages.templates import templates

FOLLOW = "preview.js"  # the script that asks for changes
LONGEST_WAIT = 25.0  # seconds that a page waits for a change before it asks again


@dataclass(frozen=True)
class Issue:
    """What is shown at one time: its number, and files by name; where no site can be, `excuse` on every page."""

    number: int
    files: Files
    excuse: bytes = b""

    def find(self, name: str) -> tuple[HTTPStatus, bytes] | None:
        """Give a file, and with what status; None if there is none of that name."""
        if name.endswith(".html") and self.excuse:
            return HTTPStatus.SERVICE_UNAVAILABLE, _following(self.excuse, self.number)
        if name not in self.files:
            return None
        data = self.files[name]
        return HTTPStatus.OK, _following(data, self.number) if name.endswith(".html") else data


class Shown:
    """Holds the issue that is shown now, and those who wait for the next."""

    def __init__(self) -> None:
        # numbers go on where an earlier preview ended, so that pages it left open follow this one
        self.issue = Issue(time.time_ns() // 1_000_000, {}, _excuse(()))
        self._changed = threading.Condition()

    def put(self, files: Files) -> None:
        """Show another site from now on, and wake who waits."""
        self._show(Issue(self.issue.number + 1, files))

    def excuse(self, problems: Sequence[Problem]) -> None:
        """Say why there is no site; but a site that is shown stays."""
        if self.issue.excuse:
            self._show(Issue(self.issue.number + 1, {}, _excuse(problems)))

    def wait(self, seen: int) -> bool:
        """Wait until what is shown is newer than what a page has seen; False if that takes too long."""
        with self._changed:
            return self._changed.wait_for(lambda: self.issue.number > seen, LONGEST_WAIT)

    def _show(self, issue: Issue) -> None:
        with self._changed:
            self.issue = issue
            self._changed.notify_all()


def _following(page: bytes, number: int) -> bytes:
    """Let a page follow the changes, and have the browser keep nothing of it."""
    plain = page.replace(b" data-offline>", b">", 1)
    tag = f'<script src="{FOLLOW}" data-seen="{number}" defer></script></head>'
    return plain.replace(b"</head>", tag.encode(), 1)


def _excuse(problems: Sequence[Problem]) -> bytes:
    return templates().get_template("web/preview.html").render(problems=problems).encode()
