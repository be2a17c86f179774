"""Whether the addresses of a book still answer: asked only with --online, politely, and remembered for a week."""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urldefrag

from book.build.save import save
from book.check.fault import Fault, NotChecked
from book.check.proof import Proof
from book.check.rule import rule
from book.model.place import Place
from book.render.tree import value

WEEK_SECONDS, PATIENCE_SECONDS, AT_A_TIME = 7 * 24 * 3600, 10, 4
GOOD, GONE, BROKEN = 200, (404, 410), 500  # 401, 403 and 429 refuse programs, and let people in
NO_ANSWER = 0
Memory = dict[str, list[float]]  # address: [when it was asked, its answer]


@rule(
    "T17", "error", "An address on the web does not answer.",
    hint="Open it. If it has moved, write the new address; if it is gone, name another source.",
    source="W3C, Cool URIs don't change: yet they do, and only asking tells",
    needs="text",
)  # fmt: skip
def silent_addresses(proof: Proof) -> Iterator[Fault]:
    """Give addresses that answer with an error or not at all; says nothing without --online."""
    addresses = _addresses(proof) if proof.online else []
    if not addresses:
        return
    answers = ask(addresses)
    if not any(answers.values()):
        raise NotChecked("no address answers at all. Is this machine on the web?")
    for address in addresses:
        if said := _said(answers[address]):
            file, line = proof.lines.find(proof.source_map.files, address)
            yield Fault(Place(file, line), f'the address "{address}" {said}')


def _addresses(proof: Proof) -> list[str]:
    """List the addresses that a book leads to, each once, without the part after #."""
    links = (link for section in proof.rendered.sections for link in section.tree.iter("a"))
    found = (urldefrag(value(link, "href"))[0] for link in links)
    return [address for address in dict.fromkeys(found) if address.startswith(("http://", "https://"))]


def _said(answer: int) -> str:
    if answer == NO_ANSWER:
        return "does not answer. Open it, and mend the address."
    if answer in GONE:
        return f"leads to nothing any more ({answer}). Find where it went, or name another source."
    return f"answers with an error ({answer}). Try again tomorrow, or mend it." if answer >= BROKEN else ""


def ask(addresses: list[str]) -> dict[str, int]:
    """Give the answer of each address as an HTTP status, 0 for none; good ones are remembered for a week."""
    memory, now = _memory(), time.time()
    known = {address: int(answer) for address, (asked, answer) in memory.items() if now - asked < WEEK_SECONDS}
    new = [address for address in addresses if address not in known]
    if new:
        with ThreadPoolExecutor(AT_A_TIME) as crew:
            known |= dict(zip(new, crew.map(_ask, new), strict=True))
        good = {address: [now, known[address]] for address in new if GOOD <= known[address] < min(GONE)}
        save(_folder(), {"links.json": json.dumps({**memory, **good}, indent=0, sort_keys=True).encode()})
    return known


def _folder() -> Path:
    """Give the folder in which answers are remembered: the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "book"


def _memory() -> Memory:
    try:
        found = json.loads((_folder() / "links.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and all(isinstance(entry, list) and len(entry) == 2 for entry in found.values())
    return found if whole else {}


def _ask(address: str) -> int:
    """Ask for the head of a page; where that is refused, for the page."""
    answer = NO_ANSWER
    for method in ("HEAD", "GET"):
        asked = urllib.request.Request(address, method=method, headers={"User-Agent": "book check"})  # noqa: S310 - http(s) alone
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE_SECONDS) as page:  # noqa: S310 - http(s) alone
                return int(page.status)
        except urllib.error.HTTPError as error:
            answer = error.code
        except (OSError, ValueError, HTTPException):
            answer = NO_ANSWER
    return answer
