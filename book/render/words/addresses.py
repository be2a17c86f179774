"""Addresses of the web as people read and type them: short, and breaking only where nobody is misled."""

import re

NO_WIDTH = "\u200b"  # a place where a line may break; it is not copied from the PDF
JOINED = "\u2060"  # a place where it may not
RUN = 24  # letters; a longer run without / . or - may break within, or it would stick out of a narrow column
PIECES = re.compile(rf"[^/.-]{{1,{RUN}}}[/.-]*|[/.-]+")
LOOSE = re.compile(r"([^\w/.-])(?=.)")  # engines break after ? and ! on their own


def is_outside(href: str) -> bool:
    """Say whether a link leads to a page on the web."""
    return href.startswith(("https://", "http://"))


def short(address: str) -> str:
    """Give an address as one types it: without scheme, www. and a slash at the end; it leads to the same page."""
    bare = re.sub(r"^(https?://|mailto:)", "", address)
    return bare.removeprefix("www.").removesuffix("/")


def breakable(text: str) -> str:
    """Give a short address that breaks after / . and - alone; nothing is added that could be seen or typed."""
    pieces = PIECES.findall(text)
    return NO_WIDTH.join(LOOSE.sub(rf"\1{JOINED}", piece) for piece in pieces)
