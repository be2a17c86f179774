"""A preview of the site on this machine: served from memory on the loopback address, made anew when a file changes.

For an author alone, never for the public: the server is Python's own, and all it sees to is to answer no other
machine. The only module that knows watchfiles.
"""

import mimetypes
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from watchfiles import Change, watch

from book.problems import BookError
from book.save import Files

LOOPBACK = "127.0.0.1"
NAMES = {LOOPBACK, "localhost"}  # a page of another name must not reach this server through a browser
SOURCES = ("book.yaml", "chapters", "images", "styles")
LONGEST_WAIT = 25.0  # seconds that a page waits for a change before it asks again
FOLLOW, CHANGES = "preview.js", "changes"
FOLLOWER = b"""'use strict';
(async () => {
    for (;;) {
        try {
            const answer = await fetch('changes?seen=%d', { cache: 'no-store' })
            if (answer.status === 200) return location.reload()
        } catch {
            await new Promise(resolve => setTimeout(resolve, 2000))
        }
    }
})()
"""
BROKEN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>book serve</title></head><body><pre>{said}</pre></body></html>
"""
Make = Callable[[], Files]
Tell = Callable[[str], None]


@dataclass
class Shown:
    """What the server shows now: files by name, and how often they were made anew. Threads wait here."""

    files: Files = field(default_factory=dict)
    number: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def put(self, files: Files) -> None:
        """Show other files from now on, and wake who waits."""
        with self.changed:
            self.files, self.number = files, self.number + 1
            self.changed.notify_all()

    def wait(self, seen: int) -> bool:
        """Wait until what is shown is newer than what a page has seen; False if that takes too long."""
        with self.changed:
            return self.changed.wait_for(lambda: self.number > seen, LONGEST_WAIT)


class Server(ThreadingHTTPServer):
    """A server for this machine alone. OSError if the port is taken."""

    daemon_threads = True
    block_on_close = False  # a page that waits for a change holds nothing up

    def __init__(self, port: int, shown: Shown) -> None:
        """Take a port, 0 for any free one, and what to show."""
        super().__init__((LOOPBACK, port), Answer)
        self.shown = shown

    @property
    def address(self) -> str:
        """Where the start page is."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/"


class Answer(BaseHTTPRequestHandler):
    """Answers one request from what is shown; nothing on the disk can be reached."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Give a file."""
        self._give(body=True)

    def do_HEAD(self) -> None:
        """Say what a file is."""
        self._give(body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""

    def _give(self, *, body: bool) -> None:
        if urlsplit(f"//{self.headers.get('Host', '')}").hostname not in NAMES:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"This preview is for its own machine.\n", body=body)
            return
        asked = urlsplit(self.path)
        name, shown = unquote(asked.path).removeprefix("/") or "index.html", self.server.shown
        if name == CHANGES:
            seen = parse_qs(asked.query).get("seen", ["0"])[0]
            newer = shown.wait(int(seen) if seen.isdecimal() else 0)
            self._send(HTTPStatus.OK if newer else HTTPStatus.NO_CONTENT, "text/plain", b"", body=body)
        elif name == FOLLOW:
            self._send(HTTPStatus.OK, "text/javascript", FOLLOWER % shown.number, body=body)
        elif name in shown.files:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            self._send(HTTPStatus.OK, kind, _following(name, shown.files[name]), body=body)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"There is no such page.\n", body=body)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, *, body: bool) -> None:
        text = kind.startswith("text/") or kind.endswith(("+xml", "/json"))
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if body:
            self.wfile.write(data)


def _following(name: str, data: bytes) -> bytes:
    """Let a page follow the changes, and have the browser keep nothing of it."""
    if not name.endswith(".html"):
        return data
    plain = data.replace(b" data-offline>", b">", 1)
    return plain.replace(b"</head>", f'<script src="{FOLLOW}" defer></script></head>'.encode(), 1)


def changes(root: Path, stop: threading.Event) -> Iterator[list[str]]:
    """Give the names of a book's files that change, together those that change together, until told to stop."""

    def ours(_: Change, path: str) -> bool:
        return Path(path).relative_to(root).parts[0] in SOURCES if Path(path).is_relative_to(root) else False

    for found in watch(root, watch_filter=ours, stop_event=stop, raise_interrupt=False):
        yield sorted({Path(path).relative_to(root).as_posix() for _, path in found})


def serve(server: Server, make: Make, changed: Iterable[list[str]], tell: Tell) -> None:
    """Show a site, and make it anew for each change. Ends when there are no more changes to come.

    A book that cannot be built is told, and the last good site stays.
    """
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _remake(server.shown, make, tell)
        for names in changed:
            tell(f"{', '.join(names[:3])}{' and more' if len(names) > 3 else ''} changed")
            _remake(server.shown, make, tell)
    finally:
        server.shutdown()
        server.server_close()


def _remake(shown: Shown, make: Make, tell: Tell) -> None:
    begun = time.perf_counter()
    try:
        shown.put(make())
        tell(f"the site is new, after {time.perf_counter() - begun:.1f} seconds")
    except BookError as error:
        said = "\n".join(str(problem) for problem in sorted(error.problems))
        tell(f"{said}\nThe site stays as it was.")
        if not shown.files or set(shown.files) == {"index.html"}:
            shown.put({"index.html": BROKEN.format(said=escape(said)).encode()})
