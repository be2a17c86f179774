"""What stands where on the pages of a PDF: its characters in reading order, as rules look at them."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, cast

from PIL import Image

from book.layout.pdf_pages import Color, Page, Run, open_pages
from book.model.editions import Edition

MM = 72 / 25.4
ALMOST_WHITE = 240  # a grey that eyes take for paper
ANOTHER_COLOR, SHARE = 24, 0.1  # of 255 levels; of the pixels around words
Box = tuple[float, float, float, float]


class Char(NamedTuple):
    """One printed character: its page (from 0), its box in mm from the page's top left, its size in points."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str
    baseline: float


@dataclass(slots=True)
class Piece:
    """What a PDF draws in one go: words of one style on one line; sizes as in `Char`.

    `tag` is its mark in the structure of its page, -1 for what is read to nobody, such as a running foot. `ground`
    is the color behind it; `seen` says whether any ink shows where it stands.
    """

    page: int
    tag: int
    size: float
    font: str
    baseline: float
    color: Color
    upright: bool
    ground: Color = (255, 255, 255)
    seen: bool = True
    text: str = ""
    chars: list[Char] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.chars[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.chars[-1].right


@dataclass(frozen=True)
class Sheet:
    """One page: its pieces, the box around all ink (left, top, right, bottom in mm), its end above the foot.

    `words` are those of the page, line by line.
    """

    pieces: list[Piece]
    ink: Box
    end: float
    words: str

    @cached_property
    def chars(self) -> list[Char]:
        """Its characters without spaces."""
        return list(chain.from_iterable(piece.chars for piece in self.pieces))


@dataclass(frozen=True)
class Layout:
    """A PDF as printed; `foot` is the distance in mm from the top below which only the running foot stands."""

    sheets: list[Sheet]
    foot: float

    @cached_property
    def body(self) -> list[Char]:
        """The characters above the foot, in reading order, without spaces."""
        return [char for sheet in self.sheets for char in sheet.chars if char.top < self.foot]

    @cached_property
    def text(self) -> str:
        """The characters of `body` as one string; its indexes are those of `body`."""
        return "".join(char.text for char in self.body)


def foot_of(edition: Edition) -> float:
    """Give how far below the top of the paper the running foot begins, in mm."""
    return edition.height_mm - edition.margins_mm[2] + 2


def read_layout(data: bytes, foot: float) -> Layout:
    """Read a PDF back."""
    with open_pages(data) as pages:
        return Layout([_sheet(page, number, foot) for number, page in enumerate(pages)], foot)


def glance(data: bytes) -> list[tuple[str, Box]]:
    """Give the words of each page of a PDF, line by line, and the box around its ink: quick, without places."""
    with open_pages(data) as pages:
        return [(page.words, _box(_mask(page.draw()))) for page in pages]


def _sheet(page: Page, number: int, foot: float) -> Sheet:
    picture = page.draw()
    pieces = [_piece(run, number) for run in page.runs()]
    for piece in pieces:
        piece.ground, piece.seen = _behind(picture, piece)
    mask = _mask(picture)
    above = mask.crop((0, 0, mask.width, min(mask.height, round(foot * MM))))
    return Sheet(pieces, _box(mask), _box(above)[3], page.words)


def _piece(run: Run, page: int) -> Piece:
    """Give what a page draws in one go, its places in mm."""
    size, font, baseline = run.size, run.font, run.baseline / MM
    chars = [
        Char(text, page, left / MM, top / MM, right / MM, bottom / MM, size, font, baseline)
        for text, left, top, right, bottom in run.letters
    ]
    return Piece(page, run.mark, size, font, baseline, run.color, run.upright, text=run.text, chars=chars)


def _mask(picture: Image.Image) -> Image.Image:
    """Give what is not white on a drawn page: what a figure's frame cuts off does not count."""
    return picture.convert("L").point(lambda level: 255 if level < ALMOST_WHITE else 0)


def _box(mask: Image.Image) -> Box:
    """Give the box around all ink, in mm."""
    left, top, right, bottom = (side / MM for side in mask.getbbox() or (0, 0, 0, 0))
    return left, top, right, bottom


def _behind(picture: Image.Image, piece: Piece) -> tuple[Color, bool]:
    """Give the color behind words, the most common one around them that is not their own; and if any ink shows."""
    top, bottom = piece.baseline * MM - 0.8 * piece.size, piece.baseline * MM + 0.3 * piece.size
    box = round(piece.left * MM) - 1, round(top) - 1, round(piece.right * MM) + 1, round(bottom) + 1
    pixels = (box[2] - box[0]) * (box[3] - box[1])
    found: list[tuple[int, Any]] = picture.crop(box).getcolors(pixels) or []
    seen = len(found) > 1
    while found:
        count, color = common = max(found)
        if count < SHARE * pixels:
            break
        if any(abs(one - own) > ANOTHER_COLOR for one, own in zip(color, piece.color, strict=True)):
            return cast("Color", color), seen
        found.remove(common)
    return piece.color, seen
