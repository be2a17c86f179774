"""`book serve`: a preview on this machine that follows changes, and shows nothing to anybody else."""

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from book.problems import BookError, Problem
from book.serve import Server, Shown, changes, serve

PAGE = b"<!DOCTYPE html><html data-offline><head><title>Loaf</title></head><body>Bread</body></html>"
SOON = 20.0  # seconds after which a test gives up


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server that shows one page and one picture."""
    found = Server(0, Shown())
    found.shown.put({"index.html": PAGE, "images/loaf.svg": b"<svg/>", "assets/site.js": b"go()"})
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=SOON)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    found = answer, answer.read()
    connection.close()
    return found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html?from=here", "text/html; charset=utf-8"),
        ("/images/loaf.svg", "image/svg+xml; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_come_as_what_they_are(server: Server, path: str, kind: str) -> None:
    answer, data = ask(server, path)
    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)
    assert answer.getheader("Cache-Control") == "no-store"
    head, nothing = ask(server, path, "HEAD")
    assert (head.getheader("Content-Length"), nothing) == (str(len(data)), b"")


def test_pages_follow_changes_and_nothing_else_does(server: Server) -> None:
    follows = b'<script src="preview.js" defer></script></head>'
    assert ask(server, "/")[1] == PAGE.replace(b" data-offline", b"").replace(b"</head>", follows)
    assert b"changes?seen=1" in ask(server, "/preview.js")[1]
    assert ask(server, "/images/loaf.svg")[1] == b"<svg/>"


@pytest.mark.parametrize(
    "path", ["/nothing.html", "/../book.yaml", "/%2e%2e/book.yaml", "//etc/passwd", "/images/"]
)
def test_nothing_else_can_be_reached(server: Server, path: str) -> None:
    assert ask(server, path)[0].status == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", ""])
def test_pages_of_other_names_are_refused(server: Server, host: str) -> None:
    assert ask(server, "/", Host=host)[0].status == 403


def test_it_listens_on_the_loopback_address_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_page_that_waits_hears_of_a_change_at_once(server: Server) -> None:
    heard: list[int] = []
    waiting = threading.Thread(target=lambda: heard.append(ask(server, "/changes?seen=1")[0].status))
    waiting.start()
    assert not heard
    server.shown.put({"index.html": PAGE})
    waiting.join(SOON)
    assert heard == [200]
    assert ask(server, "/changes?seen=1")[0].status == 200


def test_a_page_asks_again_when_nothing_changes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.serve.LONGEST_WAIT", 0.05)
    assert ask(server, "/changes?seen=1")[0].status == 204


def test_a_book_that_cannot_be_built_leaves_the_last_good_site() -> None:
    server, told = Server(0, Shown()), list[str]()
    broken = BookError([Problem("chapters/baking.md", 3, "is <wrong>. Mend it.")])
    sites = iter([{"index.html": b"one", "b.html": b"b"}, broken, {"index.html": b"two"}])

    def make() -> dict[str, bytes]:
        found = next(sites)
        if isinstance(found, BookError):
            raise found
        return found

    def happens() -> Iterator[list[str]]:
        assert server.shown.files["index.html"] == b"one"
        yield ["chapters/baking.md"]
        assert server.shown.files["index.html"] == b"one"
        yield ["chapters/baking.md", "book.yaml", "styles/web.css", "images/a.svg"]
        assert server.shown.files["index.html"] == b"two"

    serve(server, make, happens(), told.append)
    assert "chapters/baking.md:3: is <wrong>. Mend it.\nThe site stays as it was." in told
    assert "chapters/baking.md, book.yaml, styles/web.css and more changed" in told


def test_a_book_that_is_broken_from_the_start_says_so_in_the_browser() -> None:
    server = Server(0, Shown())

    def make() -> dict[str, bytes]:
        raise BookError([Problem("book.yaml", 2, "is <wrong>.")])

    serve(server, make, iter(()), lambda _: None)
    assert b"book.yaml:2: is &lt;wrong&gt;." in server.shown.files["index.html"]


def test_the_watcher_sees_the_books_own_files_and_no_finished_ones(tmp_path: Path) -> None:
    for name in ("chapters", "dist", ".git"):
        (tmp_path / name).mkdir()
    stop, seen, found = threading.Event(), threading.Event(), list[str]()

    def look() -> None:
        for names in changes(tmp_path, stop):
            found.extend(names)
            seen.set()

    watching = threading.Thread(target=look)
    watching.start()
    for number in range(200):  # the watcher takes a moment to begin
        for name in ("dist/a.pdf", ".git/index", "notes.txt", "chapters/baking.md"):
            (tmp_path / name).write_text(str(number))
        if seen.wait(0.1):
            break
    stop.set()
    watching.join(SOON)
    assert set(found) == {"chapters/baking.md"}


def test_the_command_serves_until_it_is_stopped(tiny: Path) -> None:
    words = [sys.executable, "-m", "book", "serve", "--root", str(tiny), "--port", "0"]
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=unbuffered) as child:
        assert child.stdout
        first = child.stdout.readline()
        assert "a preview for this machine alone" in first
        assert "the site is new" in child.stdout.readline()
        port = int(first.split(":")[2].split("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)
        connection.request("GET", "/chapter-baking.html")
        assert b"Bake it hot" in connection.getresponse().read()
        connection.close()
        child.send_signal(signal.SIGINT)
        assert child.wait(SOON) == 0
        assert child.stdout.read() == "Stopped.\n"


def test_a_port_that_is_taken_is_told(server: Server, tiny: Path) -> None:
    port = str(server.server_address[1])
    done = subprocess.run(
        [sys.executable, "-m", "book", "serve", "--root", str(tiny), "--port", port],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"port {port} cannot be had" in done.stderr
    assert "--port 0" in done.stderr
