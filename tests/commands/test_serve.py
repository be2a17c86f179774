"""`book serve`: a preview on this machine that follows changes, and shows nothing to anybody else."""

import http.client
import json
import queue
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from book.commands.preview import Shown
from book.commands.server import Server, serve
from book.commands.watch import changes, is_source
from book.model.problems import BookError, Problem
from tests.conftest import ENGINES

PAGE = b'<!DOCTYPE html><html lang="en" data-offline><head><title>Loaf</title></head><body>Bread</body></html>'
SOON = 30.0  # seconds after which a test gives up
WRONG = BookError([Problem("chapters/baking.md", 3, "is <wrong>. Mend it.")])


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server that shows one page and two other files."""
    found = Server(0)
    found.shown.put({"index.html": PAGE, "images/loaf.svg": b"<svg/>", "assets/site.js": b"go()"})
    threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=SOON)
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


def test_what_only_is_asked_about_is_not_sent(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=SOON)
    for method, data in (("HEAD", b""), ("GET", b"<svg/>")):
        connection.request(method, "/images/loaf.svg")  # had more come, it would be taken for the next answer
        assert connection.getresponse().read() == data
    connection.close()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.woff2", "font/woff2"), ("a.webp", "image/webp"), ("a.epub", "application/epub+zip"),
        ("a.pdf", "application/pdf"), ("a.png", "image/png"), ("SHA256SUMS", "application/octet-stream"),
    ],
)  # fmt: skip
def test_types_are_not_left_to_the_system(
    server: Server, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mimetypes.guess_type", lambda _: (None, None))
    server.shown.put({name: b"x"})
    assert ask(server, f"/{name}")[0].getheader("Content-Type") == kind


def test_pages_follow_changes_and_nothing_else_does(server: Server) -> None:
    number = server.shown.issue.number
    tag = f'<script src="preview.js" data-seen="{number}" defer></script></head>'.encode()
    assert ask(server, "/")[1] == PAGE.replace(b" data-offline", b"").replace(b"</head>", tag)
    assert b"changes?seen=" in ask(server, "/preview.js")[1]
    assert ask(server, "/images/loaf.svg")[1] == b"<svg/>"


@pytest.mark.parametrize(
    "path", ["/nothing.html", "/../book.yaml", "/%2e%2e/book.yaml", "//etc/passwd", "/images/"]
)
def test_nothing_else_can_be_reached(server: Server, path: str) -> None:
    assert ask(server, path)[0].status == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "127.0.0.1:1", "127.0.0.1", "[", ""])
@pytest.mark.parametrize("path", ["/", "/changes?seen=0", "/preview.js"])
def test_pages_of_other_names_are_refused(server: Server, host: str, path: str) -> None:
    answer, data = ask(server, path, Host=host)
    assert (answer.status, data) == (403, b"This preview is for its own machine.\n")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_names_of_this_machine_are_not_refused(server: Server, host: str) -> None:
    assert ask(server, "/", Host=f"{host}:{server.server_port}")[0].status == 200


def test_no_other_site_may_take_a_draft_as_a_script(server: Server) -> None:
    assert ask(server, "/assets/site.js")[0].getheader("Cross-Origin-Resource-Policy") == "same-origin"


def test_it_listens_on_the_loopback_address_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_page_that_waits_hears_of_a_change_at_once(server: Server) -> None:
    seen, heard, is_asked = server.shown.issue.number, list[int](), threading.Event()
    wait = server.shown.wait
    server.shown.wait = lambda seen: is_asked.set() or wait(seen)  # type: ignore[method-assign, func-returns-value]
    waiting = threading.Thread(target=lambda: heard.append(ask(server, f"/changes?seen={seen}")[0].status))
    waiting.start()
    assert is_asked.wait(SOON)
    assert not heard
    server.shown.put({"index.html": PAGE})
    waiting.join(SOON)
    assert heard == [200]


@pytest.mark.parametrize("seen", ["0", "", "x", "-1", "9" * 5000])
def test_a_page_that_has_seen_an_older_site_hears_so_without_waiting(server: Server, seen: str) -> None:
    assert ask(server, f"/changes?seen={seen}")[0].status == 200


def test_a_page_asks_again_when_nothing_changes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.commands.preview.LONGEST_WAIT", 0.05)
    assert ask(server, f"/changes?seen={server.shown.issue.number}")[0].status == 204


def test_a_page_of_an_earlier_preview_follows_the_next() -> None:
    earlier = Shown()
    earlier.put({"index.html": PAGE})
    threading.Event().wait(0.01)
    later = Shown()
    later.put({"index.html": PAGE})
    assert later.wait(earlier.issue.number)


def test_a_browser_that_leaves_early_is_no_fault(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    is_over = threading.Event()
    close = server.shutdown_request
    server.shutdown_request = lambda request: (close(request), is_over.set())  # type: ignore[method-assign, assignment, func-returns-value]
    leaving = socket.create_connection(("127.0.0.1", server.server_port), timeout=SOON)
    seen = server.shown.issue.number
    leaving.sendall(f"GET /changes?seen={seen} HTTP/1.1\r\nHost: localhost:{server.server_port}\r\n\r\n".encode())
    leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # it goes without good-bye
    leaving.close()
    server.shown.put({"index.html": PAGE})
    assert is_over.wait(SOON)
    assert capsys.readouterr().err == ""


@pytest.mark.engine
def test_a_page_in_a_browser_follows_where_it_is_read_and_waits_only_while_it_is_looked_at() -> None:
    policy = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><link rel="icon" href="icon.svg">'

    def site(title: str) -> dict[str, bytes]:
        page = (
            f"<!DOCTYPE html><html><head>{head}<title>{title}</title></head><body>{'<p>Bread' * 200}</body></html>"
        )
        return {"index.html": page.encode(), "icon.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>'}

    server = Server(0)
    server.shown.put(site("one"))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    words = ["node", str(ENGINES / "preview.mjs"), server.address]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as browser:
        assert browser.stdin
        assert browser.stdout

        def said(step: str) -> dict[str, object]:
            print(step, file=browser.stdin, flush=True)
            return dict(json.loads(browser.stdout.readline()))  # type: ignore[union-attr]

        at = {"scroll": 400, "faults": []}
        assert json.loads(browser.stdout.readline()) == {"title": "one", "waiting": 1, **at}
        server.shown.put(site("two"))
        assert said("follow") == {"title": "two", "waiting": 1, **at}
        assert said("hide") == {"title": "two", "waiting": 0, **at}
        server.shown.put(site("three"))
        assert said("show") == {"title": "three", "waiting": 1, **at}
        browser.stdin.close()
    assert browser.returncode == 0
    server.shutdown()
    server.server_close()


class Author:
    """Works on a book: what comes of each build, what is seen after it, and what is told."""

    def __init__(self, *builds: dict[str, bytes] | BookError) -> None:
        self.builds, self.told, self.complaints = iter(builds), list[str](), list[BookError]()
        self.server, self.seen = Server(0), list[tuple[int, bytes]]()

    def make(self) -> dict[str, bytes]:
        found = next(self.builds)
        if isinstance(found, BookError):
            raise found
        return found

    def work(self, *changed: tuple[str, ...]) -> None:
        """Change files, and look at a page after each build."""

        def happens() -> Iterator[tuple[str, ...]]:
            for names in ((), *changed):
                yield names
                answer, data = ask(self.server, "/b.html")
                self.seen.append((answer.status, data))

        serve(self.server, self.make, happens(), self.told.append, self.complaints.append)


def test_a_book_that_cannot_be_built_leaves_the_last_good_site() -> None:
    author = Author({"b.html": b"one"}, WRONG, {"b.html": b"two"})
    author.work(("chapters/baking.md",), ("book.yaml", "chapters/baking.md", "images/a.svg", "styles/web.css"))
    assert author.seen == [(200, b"one"), (200, b"one"), (200, b"two")]
    assert author.complaints == [WRONG]
    assert "chapters/baking.md changed" in author.told
    assert "book.yaml, chapters/baking.md, images/a.svg and more changed" in author.told
    assert sum(told.startswith("the site is new, after ") for told in author.told) == 2


def test_a_book_that_is_broken_from_the_start_says_so_on_every_page_and_then_gives_way() -> None:
    author = Author(WRONG, BookError([Problem("book.yaml", 2, "is odd.")]), {"b.html": b"good"})
    author.work(("book.yaml",), ("book.yaml",))
    first, second, third = author.seen
    assert first[0] == second[0] == 503
    assert b"<li>chapters/baking.md:3: is &lt;wrong&gt;. Mend it.</li>" in first[1]
    assert b"<li>book.yaml:2: is odd.</li>" in second[1]
    assert b'<script src="preview.js" data-seen="' in first[1]
    assert third == (200, b"good")


def test_before_the_first_build_ends_a_page_says_so_and_follows() -> None:
    status, data = Shown().issue.find("chapter-baking.html") or (0, b"")
    assert status == 503
    assert b"The site is being made" in data
    assert b"preview.js" in data


@pytest.mark.parametrize(
    ("name", "has_a_say"),
    [
        ("book.yaml", True), ("chapters/a.md", True), ("chapters/exercises/a.md", True), ("images/a.svg", True),
        ("styles/fonts/a.woff2", True), ("styles", True), (".", False), ("dist/a.pdf", False),
        ("dist/chapters/a.md", False), (".git/index", False), (".venv/styles/a.css", False),
        ("node_modules/styles/a.css", False), ("notes.txt", False), ("book.yaml~", False),
        ("chapters/.a.md.swp", False), ("chapters/a.md~", False), ("images/.a.svg.x.part", False),
        ("styles/node_modules/a.css", False),
    ],
)  # fmt: skip
def test_the_books_own_files_have_a_say_and_no_others(name: str, has_a_say: bool) -> None:
    assert is_source(name) is has_a_say


class Watching:
    """Gives what the watcher gives, and fails where it gives nothing soon."""

    def __init__(self, root: Path) -> None:
        self.stop, self.found = threading.Event(), queue.Queue[tuple[str, ...]]()
        self.thread = threading.Thread(target=self._look, args=(root,), daemon=True)
        self.thread.start()

    def _look(self, root: Path) -> None:
        for names in changes(root, self.stop):
            self.found.put(names)

    def until(self, name: str) -> set[str]:
        """Give all names that come up to one."""
        names = set[str]()
        while name not in names:
            names |= set(self.found.get(timeout=SOON))
        return names


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    """A watcher that listens in a book below a folder of a name that would be passed over within the book."""
    for name in ("chapters", "dist", ".git"):
        (tmp_path / ".idea" / name).mkdir(parents=True)
    found = Watching(tmp_path / ".idea")
    assert found.found.get(timeout=SOON) == ()
    yield found
    found.stop.set()
    found.thread.join(SOON)
    assert not found.thread.is_alive()


def test_the_watcher_sees_the_books_own_files_and_no_finished_ones(watching: Watching, tmp_path: Path) -> None:
    for name in ("dist/a.pdf", ".git/index", "notes.txt", "chapters/.a.swp", "chapters/a.md"):
        (tmp_path / ".idea" / name).write_text("new")
    assert watching.until("chapters/a.md") == {"chapters/a.md"}


def test_the_watcher_sees_files_that_are_renamed_and_that_go(watching: Watching, tmp_path: Path) -> None:
    book = tmp_path / ".idea"
    for before, after in pairwise(("notes.txt", "book.yaml", "chapters/a.md")):
        (book / before).write_text("new")
        (book / before).rename(book / after)
        watching.until(after)
    (book / "chapters" / "a.md").unlink()
    watching.until("chapters/a.md")


def test_the_watcher_sees_what_is_in_folders_that_come_later(watching: Watching, tmp_path: Path) -> None:
    folder = tmp_path / ".idea" / "images" / "deep"
    folder.mkdir(parents=True)
    watching.until("images")
    (folder / "a.svg").write_text("new")
    watching.until("images/deep/a.svg")
    shutil.rmtree(folder.parent)
    watching.until("images")
    (tmp_path / ".idea" / "chapters" / "b.md").write_text("new")
    watching.until("chapters/b.md")


def test_the_command_follows_a_change_and_ends_by_ctrl_c_though_a_page_waits(tiny: Path) -> None:
    # a shell that starts tests in the background has its programs not hear Ctrl-C
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from book.commands.cli import main; main()"
    words = [sys.executable, "-c", hears, "serve", "--root", str(tiny), "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        address, said = child.stdout.readline().split("  ")
        assert said == "a preview for this machine alone, never for the public; Ctrl-C ends it\n"
        assert "the site is new" in child.stdout.readline()
        connection = http.client.HTTPConnection(address.split("/")[2], timeout=60)
        connection.request("GET", "/chapter-baking.html")
        page = connection.getresponse().read()
        assert b"Bake it hot" in page
        baking = tiny / "chapters" / "baking.md"
        baking.write_text(baking.read_text("utf-8").replace("Bake it hot", "Bake it very hot"), "utf-8")
        seen = int(page.split(b'data-seen="')[1].split(b'"')[0])
        connection.request("GET", f"/changes?seen={seen}")
        assert connection.getresponse().status == 200
        assert child.stdout.readline() == "chapters/baking.md changed\n"
        connection.request("GET", f"/changes?seen={seen + 1}")
        child.send_signal(signal.SIGINT)
        assert child.wait(SOON) == 0
        assert child.stdout.read().endswith("Stopped.\n")
        connection.close()


def test_a_port_that_is_taken_is_told(server: Server, tiny: Path) -> None:
    port = str(server.server_port)
    done = subprocess.run(
        [sys.executable, "-m", "book", "serve", "--root", str(tiny), "--port", port],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"port {port} cannot be had (address already in use)" in done.stderr
    assert "book serve --port 0" in done.stderr
