"""Whether a line goes on with a block that is open, and what of it lies inside: one function a kind of block."""

from collections.abc import Callable
from enum import Enum, auto

from book.render.markdown.block import INDENT, Block, Kind, Line
from book.render.markdown.marks import CALLOUT_END, CAPTIONS, DIV_END, FENCE_END


class Goes(Enum):
    """What a line means to a block that is open: it goes ON, it does not (OFF), or the line ENDS it."""

    ON = auto()
    OFF = auto()
    ENDS = auto()


def goes_on(block: Block, line: Line, tip: Block) -> Goes:
    """Ask a block about a line, and read over the marks that are its own. `tip` is the innermost open block."""
    if block.kind is Kind.CALLOUT:
        return _callout(block, line, tip)
    return GOES_ON.get(block.kind, _always)(block, line)


def _always(block: Block, line: Line) -> Goes:
    del block, line
    return Goes.ON


def _quote(block: Block, line: Line) -> Goes:
    if line.indent > 3 or not line.rest.startswith(">"):
        return Goes.OFF
    line.skip(line.indent + 1)
    line.skip(int(line.left.startswith(" ")))
    block.reaches(line.number)
    return Goes.ON


def _item(block: Block, line: Line) -> Goes:
    if line.blank:
        return Goes.ON if block.children else Goes.OFF
    return _indented(line, block.width)


def _note(block: Block, line: Line) -> Goes:
    del block
    return Goes.ON if line.blank else _indented(line, INDENT)


def _indented(line: Line, width: int) -> Goes:
    if line.indent < width:
        return Goes.OFF
    line.skip(width)
    return Goes.ON


def _callout(block: Block, line: Line, tip: Block) -> Goes:
    """End a callout at a bar as long as its own, but for one in code, or of a callout inside.

    Boxes of colons end at a line of colons of any length; what is indented below its name, with the indent.
    """
    if block.width:
        return Goes.ON if line.blank else _indented(line, block.width)
    pattern = DIV_END if block.sign.startswith(":") else CALLOUT_END
    end = pattern.fullmatch(line.rest) if line.indent <= 3 else None
    if end is None or tip.kind is Kind.FENCE or (pattern is CALLOUT_END and end[1] != block.sign):
        return Goes.ON
    sign = block.sign[:1] if pattern is DIV_END else block.sign
    inner = (one for one in [tip, *tip.holders()] if one.kind is Kind.CALLOUT and one.sign.startswith(sign))
    return Goes.ENDS if next(inner) is block else Goes.ON


def _fence(block: Block, line: Line) -> Goes:
    end = FENCE_END.fullmatch(line.rest) if line.indent <= 3 else None
    if end and end[1].startswith(block.sign):
        return Goes.ENDS
    line.skip(min(line.indent, block.width))
    return Goes.ON


def _code(block: Block, line: Line) -> Goes:
    del block
    if line.blank:
        line.skip(INDENT)
        return Goes.ON
    return _indented(line, INDENT)


def _html(block: Block, line: Line) -> Goes:
    return Goes.OFF if block.end is None and line.blank else Goes.ON


def _text(block: Block, line: Line) -> Goes:
    del block
    return Goes.OFF if line.blank else Goes.ON


def _table(block: Block, line: Line) -> Goes:
    """Go on with a table, but not with its caption right below it."""
    del block
    return Goes.OFF if line.blank or line.rest.startswith(CAPTIONS) else Goes.ON


GOES_ON: dict[Kind, Callable[[Block, Line], Goes]] = {
    Kind.QUOTE: _quote, Kind.ITEM: _item, Kind.DEFINITION: _item, Kind.NOTE: _note, Kind.FENCE: _fence,
    Kind.CODE: _code, Kind.HTML: _html, Kind.PARAGRAPH: _text, Kind.TABLE: _table,
}  # fmt: skip
