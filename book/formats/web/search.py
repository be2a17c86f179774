"""What the search page looks through: the words below each heading, as a script that only sets a variable.

Data comes as a script, since a page that was opened from a folder may not fetch any. Called by `site`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from book.assemble.leaves import Leaf
from book.render.tree import INLINE, Tree, parent, plain, value

LISTS = {"contents", "index"}  # classes of pages that only lead elsewhere: what they lead to is found itself
CITES = {"cites", "noteref"}  # classes of numbers that lead to sources and notes
UNREAD = CITES | {"backlink", "box", "number", "leans-on"}  # of all that a reader's eye passes over
UNREAD_TAGS = {"nav", "script", "style", "template"}
JOINT = "\b"  # stands where a cite was left out: no space before it
SHY = str.maketrans("", "", "\u00ad\u200b\u2060")  # hyphens and joints that are not seen


@dataclass(frozen=True)
class Found:
    """What can be found in one place: where it leads, its heading, what it is a part of, the words below it."""

    href: str
    title: str
    chapter: str
    text: str


def entries(leaves: Iterable[Leaf]) -> list[Found]:
    """Give one entry for each page and each heading with an id in it, in reading order.

    Lists of contents and indexes have none. Notes at the end of a page belong to the page.
    """
    return [found for leaf in leaves if not LISTS & _classes(leaf.body) for found in _of_page(leaf)]


def words_script(found: Iterable[Found]) -> bytes:
    """Give the script that holds the entries, as `window.bookWords`."""
    data = json.dumps([asdict(entry) for entry in found], ensure_ascii=False, separators=(",", ":"))
    # older browsers end a line at these two, even in a string
    data = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.bookWords = {data};\n".encode()


_Part = tuple[
    str, str, str, list[str]
]  # where it leads, its heading, what it is a part of, its words piece by piece


def _of_page(leaf: Leaf) -> Iterator[Found]:
    page: _Part = (leaf.file, leaf.title, leaf.title, [])
    parts, here, above = [page], page, leaf.title
    for piece in _read(leaf.body):
        if isinstance(piece, str):
            here[-1].append(piece)
        elif "notes" in _classes(piece):
            here = page
        else:
            title, minor = plain(piece), piece.tag == "h3"
            here = (f"{leaf.file}#{_id_of(piece)}", title, above if minor else leaf.title, [])
            above = above if minor else f"{leaf.title} · {title}"
            parts.append(here)
    for href, title, around, pieces in parts:
        yield Found(href, _tidy(title), _tidy(around), _tidy("".join(pieces)))


def _read(element: Tree) -> Iterator[str | Tree]:
    """Give the text of an element piece by piece, and the headings and notes at which another part begins."""
    if not isinstance(element.tag, str) or element.tag in UNREAD_TAGS or UNREAD & _classes(element):
        yield JOINT if CITES & _classes(element) else " "
        return
    begins = element.tag in {"h2", "h3"} and bool(_id_of(element))
    if begins or "notes" in _classes(element):
        yield element
    if not begins and element.tag != "h1":
        gap = "" if element.tag in INLINE - {"br"} else " "
        yield gap + (element.text or "")
        for inner in element:
            yield from _read(inner)
            yield inner.tail or ""
        yield gap


def _id_of(heading: Tree) -> str:
    """Give the id by which a heading is reached: its own, or that of the part of the page that it begins."""
    around = parent(heading)
    begins = around.getparent() is not None and heading is around[0]
    return value(heading, "id") or (value(around, "id") if begins else "")


def _classes(element: Tree) -> set[str]:
    return set(value(element, "class").split())


def _tidy(text: str) -> str:
    return " ".join(re.sub(rf"\s*{JOINT}", "", text.translate(SHY)).split())
