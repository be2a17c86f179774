"""Tags of raw HTML that have no partner: told with their line, and mended, so that all else can be read on.

Markdown's own elements are whole; so what is open where one of them ends is an author's.
"""

import re

from book.render.markdown.tags import VOID
from book.render.tree import LINE

TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+=\"[^\"]*\")*)\s*(/?)>")
OWN_LINE = re.compile(rf'\s{LINE}="(\d+)"')


def mend(markup: str) -> tuple[str, list[tuple[int, str]]]:
    """Give markup in which every tag has its partner, and what is said of those that had none: line and message."""
    out: list[str] = []
    found: list[tuple[int, str]] = []
    opened: list[tuple[str, int]] = []
    last = line = 0
    for tag in TAG.finditer(markup):
        out.append(markup[last : tag.start()])
        last = tag.end()
        own = OWN_LINE.search(tag[3])
        line = int(own[1]) if own else line
        name = tag[2]
        if not tag[1]:
            out.append(tag[0])
            if not (tag[4] or name in VOID):
                opened.append((name, line))
        elif any(name == other for other, _ in opened):
            out.append(_closed(name, opened, found))
        else:
            found.append((line, f"</{name}> closes nothing. Take it out, or open it."))
    out.append(markup[last:])
    while opened:
        out.append(_closed(opened[-1][0], opened, found, told=True))
    return "".join(out), found


def _closed(name: str, opened: list[tuple[str, int]], found: list[tuple[int, str]], *, told: bool = False) -> str:
    """Give the end tags down to the innermost open tag of a name; what is inside it, if `told` it too, had none."""
    out = ""
    while opened:
        inner, begun = opened.pop()
        out += f"</{inner}>"
        if inner != name or told:
            found.append((begun, f"<{inner}> has no end here. Close it where it belongs, or take it out."))
        if inner == name:
            break
    return out
