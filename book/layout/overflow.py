"""What leaves the frame of its page at a side: words that cannot break, a table or a picture that is too wide.

Read off the boxes that the PDF engine laid out, by section and block, as `page_starts` numbers them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from book.layout.boxes import Box
from book.render.positions import BLOCK

MM = 25.4 / 96  # in a px
SLACK_MM = {True: 2.5, False: 0.5}  # of pictures, whose edges are often white, and of words


@dataclass(frozen=True)
class Outside:
    """A block of a section that reaches beyond the frame on a page (from 1), by so many mm, and its words there."""

    page: int
    section: str
    block: int
    over_mm: float
    words: str


def outside(pages: Iterable[Box]) -> tuple[Outside, ...]:
    """Give the blocks that leave the frame, each where it does so most."""
    worst: dict[tuple[str, int], Outside] = {}
    for number, page in enumerate(pages, 1):
        for section, block, box in _inked(page, "", 0):
            over = max(box.right - page.right, page.left - box.left) * MM
            known = worst.get((section, block))
            if over > SLACK_MM[box.is_picture] and (known is None or over > known.over_mm):
                worst[section, block] = Outside(number, section, block, over, box.words.strip())
    return tuple(worst.values())


def _inked(box: Box, section: str, block: int) -> Iterator[tuple[str, int, Box]]:
    """Give the words and pictures in a box with their section and block; margins of pages have none."""
    for child in box.children:
        if child.attributes is None:
            continue
        inner = section, block
        if number := child.attributes.get(BLOCK):
            inner = (child.attributes.get("id", "") if number == "0" else section), int(number)
        if inner[0] and (child.is_picture or child.text.strip()):
            yield *inner, child
        yield from _inked(child, *inner)
