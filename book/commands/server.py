"""A preview of the site on this machine: served from memory on the loopback address, made anew when a file changes.

Beside the line, for an author alone, never for the public: the server is Python's own, and all it sees to is to
answer no other machine and no page of another site.
"""

import mimetypes
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from urllib.parse import parse_qs, unquote

from book.commands.preview import FOLLOW, Shown
from book.formats.web.scripts import script
from book.model.place import Files
from book.model.problems import BookError

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost", "[::1]")  # a page of another name must not reach this server through a browser
IDLE = 60.0  # seconds that a browser may hold a connection and ask nothing
CHANGES = "changes"
# those that not every system knows, or not rightly
TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain",
    ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".webp": "image/webp",
    ".png": "image/png", ".jpg": "image/jpeg", ".woff2": "font/woff2", ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
}  # fmt: skip
Make = Callable[[], Files]
Tell = Callable[[str], None]
Complain = Callable[[BookError], None]


class Server(ThreadingHTTPServer):
    """A server for this machine alone. OSError if the port is taken."""

    daemon_threads = True
    block_on_close = False  # a page that waits for a change holds nothing up
    allow_reuse_address = os.name != "nt"  # Windows would let two servers have one port

    def __init__(self, port: int) -> None:
        """Take a port, 0 for any free one. It shows an excuse until it is given something to show."""
        super().__init__((LOOPBACK, port), Answer)
        self.shown = Shown()
        self.hosts = {f"{name}:{self.server_port}" for name in NAMES}
        if self.server_port == 80:
            self.hosts |= set(NAMES)

    def server_bind(self) -> None:
        """Take the port without asking the network for this machine's name, as a web server would."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.socket.getsockname()[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet of browsers that go before they have their answer: each new page does that to the last."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        """Where the start page is."""
        return f"http://{LOOPBACK}:{self.server_port}/"


class Answer(BaseHTTPRequestHandler):
    """Answers one request from what is shown; nothing on the disk can be reached."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def do_GET(self) -> None:
        """Give a file."""
        self._give()

    def do_HEAD(self) -> None:
        """Say what a file is."""
        self._give()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""

    def _give(self) -> None:
        path, _, query = self.path.partition("?")
        name = unquote(path).removeprefix("/") or "index.html"
        if self.headers.get("Host", "").lower() not in self.server.hosts:
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"This preview is for its own machine.\n")
        elif name == CHANGES:
            newer = self.server.shown.wait(_seen(query))
            self._send(HTTPStatus.OK if newer else HTTPStatus.NO_CONTENT, "text/plain", b"")
        elif name == FOLLOW:
            self._send(HTTPStatus.OK, _type(name), script(FOLLOW))
        elif found := self.server.shown.issue.find(name):
            self._send(found[0], _type(name), found[1])
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"There is no such page.\n")

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        text = kind.startswith("text/") or kind.endswith(("xml", "/json"))
        self.send_response(status)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
            self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(
            "Cross-Origin-Resource-Policy", "same-origin"
        )  # no other site may take a draft as a script
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def serve(server: Server, make: Make, changed: Iterable[Sequence[str]], tell: Tell, complain: Complain) -> None:
    """Show a site, and make it anew each time that names of changed files come. Ends when no more are to come.

    A book that cannot be built is complained of, and the last good site stays.
    """
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        for names in changed:
            if names:
                tell(f"{', '.join(names[:3])}{' and more' if len(names) > 3 else ''} changed")
            _remake(server.shown, make, tell, complain)
    finally:
        server.shutdown()
        server.server_close()


def _remake(shown: Shown, make: Make, tell: Tell, complain: Complain) -> None:
    begun = time.perf_counter()
    try:
        shown.put(make())
    except BookError as error:
        complain(error)
        shown.excuse(sorted(error.problems))
    else:
        tell(f"the site is new, after {time.perf_counter() - begun:.1f} seconds")


def _seen(query: str) -> int:
    said = parse_qs(query).get("seen", [""])[0]
    return int(said) if said.isdecimal() and len(said) < 20 else 0


def _type(name: str) -> str:
    suffix = name[name.rfind(".") :]
    return TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
