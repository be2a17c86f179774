"""Addresses on the web: asked once, politely, and remembered; here of a server on this machine alone."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from book.check.fault import NotChecked
from book.check.rules.text import web
from book.check.run import RULES, proof_of
from tests.check.golden_books import STOCK


class Door(BaseHTTPRequestHandler):
    """Answers by the path: its number, and 405 for a head where a page must be asked for."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path} {self.headers['User-Agent']}")
        code = int(self.path.rpartition("/")[2])
        self.send_response(405 if self.command == "HEAD" and self.path.startswith("/page") else code)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        del format, args


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server on this machine; answers are remembered in a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Door.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_answers_are_told_by_address(site: str) -> None:
    wanted = {f"{site}/200": 200, f"{site}/404": 404, f"{site}/page/200": 200, f"{site}/page/410": 410}
    assert web.ask(list(wanted)) == wanted
    assert all(line.endswith(" book check") for line in Door.asked)


def test_good_answers_are_remembered_for_a_week_and_bad_ones_are_not(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [f"{site}/200", f"{site}/404"]
    web.ask(asked)
    Door.asked.clear()
    web.ask(asked)
    assert [line.split()[1] for line in Door.asked] == ["/404", "/404"]
    Door.asked.clear()
    monkeypatch.setattr(web, "WEEK_SECONDS", 0)
    web.ask(asked[:1])
    assert [line.split()[1] for line in Door.asked] == ["/200"]


def test_a_broken_memory_is_none(site: str, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "links.json").write_text("[", "utf-8")
    assert web.ask([f"{site}/200"]) == {f"{site}/200": 200}


def test_a_closed_door_does_not_answer(site: str) -> None:
    closed = "http://127.0.0.1:9/200"
    assert web.ask([closed, f"{site}/200"]) == {closed: web.NO_ANSWER, f"{site}/200": 200}


def test_without_the_option_nothing_is_asked_and_without_the_web_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = proof_of(STOCK, tmp_path, (), lambda _: None, {"text"})
    monkeypatch.setattr(web, "_addresses", lambda _: ["https://loaf.example/"])
    monkeypatch.setattr(web, "ask", lambda _: {"https://loaf.example/": web.NO_ANSWER})
    assert list(RULES["T17"].find(proof)) == []
    proof.online = True
    with pytest.raises(NotChecked, match="no address answers"):
        list(RULES["T17"].find(proof))
