"""Where links and pictures lead, and the elements that they are. Source: CommonMark 0.31.2, 6.3 and 6.4."""

import html
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from book.render.markdown.emphasis import Piece, place
from book.render.markdown.references import References, name_of
from book.render.tree import CAPTION, LINE

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
SPACES = " \t\n"  # no others count: a no-break space is a letter of an address
BEGIN = re.compile(r"\([ \t\n]*")
ADDRESS = re.compile(r"<((?:\\.|[^<>\n\\])*)>")
TITLE = re.compile(r"[ \t\n]+(?:\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'|\(((?:\\.|[^()\\])*)\))", re.DOTALL)
END = re.compile(r"[ \t\n]*\)")
LABEL = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]", re.DOTALL)
LONGEST_LABEL = 999
NESTED = 32  # brackets in an address
TRAILING = "?!.,:*_~'\""


@dataclass(frozen=True)
class Target:
    """Where a link leads: address, title as it was written (None without), and where it ends in the text."""

    address: str
    title: str | None
    end: int


def target(text: str, at: int, words: str, references: References) -> Target | None:
    """Read where a link leads, after its ]: in brackets, by the name of a reference, or by its own words."""
    if found := _inline(text, at):
        return found
    label = LABEL.match(text, at)
    name = label[1] if label and label[1].strip() else words
    end = label.end() if label and (label[1].strip() or not label[1]) else at
    if label and label[1].strip() and name_of(label[1]) not in references:
        return None
    if len(name) > LONGEST_LABEL or re.search(r"(?<!\\)\[", name):
        return None
    known = references.get(name_of(name))
    return Target(unescaped(known[0]), known[1], end) if known else None


def _inline(text: str, at: int) -> Target | None:
    begin = BEGIN.match(text, at)
    if not begin:
        return None
    if pointed := ADDRESS.match(text, begin.end()):
        address, end = pointed[1], pointed.end()
    else:
        end = _end_of_address(text, begin.end())
        address = text[begin.end() : end]
        if address.startswith("<"):
            return None
    title = TITLE.match(text, end)
    if title:
        end = title.end()
    closed = END.match(text, end)
    if not closed:
        return None
    words = next((one for one in title.groups() if one is not None), "") if title else None
    return Target(unescaped(address), words, closed.end())


def _end_of_address(text: str, at: int) -> int:
    """Give where an address without pointed brackets ends: round brackets in it are paired."""
    depth = 0
    while at < len(text):
        letter = text[at]
        if letter == "\\" and at + 1 < len(text) and text[at + 1] not in SPACES:
            at += 1
        elif letter in SPACES or ord(letter) < 32 or (letter == ")" and not depth) or depth > NESTED:
            break
        depth += (letter == "(") - (letter == ")")
        at += 1
    return at


def unescaped(text: str) -> str:
    """Give a text without its backslashes, and with the letters that entities stand for."""
    return html.unescape(ESCAPED.sub(lambda found: f"&#{ord(found[1])};", text))


def written(text: str) -> str:
    """Give a text as Python-Markdown writes it out: it takes what looks like an entity for one."""
    return text.replace("&", "&amp;")


def link(to: Target, inner: list[Piece], line: int) -> ET.Element:
    """Make a link of what stood in its brackets."""
    made = ET.Element("a", {"href": written(to.address), LINE: str(line)})
    if to.title is not None:
        made.set("title", written(unescaped(to.title)))
    place(inner, made)
    return made


def picture(to: Target, inner: list[Piece], line: int) -> ET.Element:
    """Make a picture. What stood in its brackets is its alternative text, without marks; its title is a caption."""
    holder = ET.Element("span")
    place(inner, holder)
    made = ET.Element("img", {"alt": _words(holder), "src": written(to.address), LINE: str(line)})
    if to.title:
        made.set(CAPTION, to.title)
    return made


def _words(element: ET.Element) -> str:
    parts = [element.text or ""]
    for inner in element:
        parts += [inner.get("alt") or "" if inner.tag == "img" else _words(inner), inner.tail or ""]
    return "".join(parts)


def trimmed(address: str) -> str:
    """Give a bare address without the signs of the sentence behind it: stops, and brackets without a partner."""
    while address:
        if address[-1] in TRAILING or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        elif found := re.search(r"&[a-zA-Z0-9]+;$", address):
            address = address[: found.start()]
        else:
            break
    return address


def closes(text: str, at: int, references: References) -> bool:
    """Say whether the bracket that opens at a place is that of a link: [words](address), [words][name]."""
    depth = 0
    for place_ in range(at, len(text)):
        depth += (text[place_] == "[") - (text[place_] == "]")
        if not depth:
            return target(text, place_ + 1, text[at + 1 : place_], references) is not None
    return False
