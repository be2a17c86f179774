"""Markdown's lines to a tree of blocks, by CommonMark's own way: line by line, with a stack of open blocks.

Each line first goes down through the open blocks that it carries on (`goes_on`), then begins new ones (`starts`);
what is left of it is text. Source: the strategy in the appendix of the CommonMark specification 0.31.2.
"""

from collections.abc import Collection, Sequence
from typing import Any

from book.render.markdown import references
from book.render.markdown.block import INDENT, VERBATIM, Block, Kind, Line, Tell
from book.render.markdown.goes_on import Goes, goes_on
from book.render.markdown.starts import STARTS
from book.render.markdown.step import Step

DEEPEST = 60  # blocks in one another; trees of hundreds break the libraries that walk them


class Reader:
    """Reads one text: `tip` is the innermost open block, `matched` the innermost that the present line goes on."""

    def __init__(self, callouts: Collection[str], switched: Collection[str], tell: Tell) -> None:
        """Take the names of the callouts that there are, the dialects, and who hears what is wrong."""
        self.callouts, self.switched, self.tell = callouts, switched, tell
        self.references: references.References = {}
        self.abbreviations: dict[str, str] = {}
        self.document = self.tip = self.matched = Block(Kind.DOCUMENT, 1)
        self.lazy_at = 0  # the last line that went on with a paragraph without the marks of the blocks around it
        self.broken = False  # something that must be closed never was
        self._all_closed = True
        self._too_deep = False

    def read(self, lines: Sequence[str]) -> Block:
        """Give the document that lines are. Its references are in `references` then."""
        for number, text in enumerate(lines, 1):
            self._take(Line(text, number))
        self._close_in(self.document)
        return self.document

    def _take(self, line: Line) -> None:
        holder = self.document
        while holder.children and holder.children[-1].open:
            child = holder.children[-1]
            goes = goes_on(child, line, self.tip)
            if goes is Goes.ENDS:
                child.ended = True
                child.reaches(line.number)
                self._close_in(holder)
                return
            if goes is Goes.OFF:
                break
            holder = child
        self.matched, self._all_closed = holder, holder is self.tip
        if (found := self._begin(holder, line)) is not None:
            self._text(found, line)

    def _begin(self, holder: Block, line: Line) -> Block | None:
        """Begin the blocks that a line opens, and give the one that its text belongs to; None if none is left."""
        while holder.kind not in VERBATIM and not line.blank:
            if line.indent >= INDENT:
                if self.tip.kind not in {Kind.PARAGRAPH, Kind.TABLE}:
                    line.skip(INDENT)
                    return self.add(Kind.CODE, line.number)
                break
            if holder.depth >= DEEPEST:
                self._tell_depth(line.number)
                break
            steps = (start(self, holder, line) for start in STARTS)
            step = next((step for step in steps if step is not Step.NONE), Step.NONE)
            if step is Step.USED_UP:
                return None
            if step is Step.NONE:
                break
            holder = self.tip
        return holder

    def _tell_depth(self, number: int) -> None:
        if not self._too_deep:
            self.tell(number, f"blocks stand more than {DEEPEST} deep in one another. Put them side by side.")
        self._too_deep = True

    @property
    def lazy(self) -> bool:
        """Whether text may go on with an open paragraph though it lacks the marks of the blocks around that."""
        return not self._all_closed and self.tip.kind is Kind.PARAGRAPH

    def _text(self, holder: Block, line: Line) -> None:
        """Add what is left of a line to the block that it belongs to; to a new paragraph, if that holds no text."""
        if self.lazy and not line.blank:
            holder, self.lazy_at = self.tip, line.number
        else:
            self._close_unmatched()
        if holder.kind in VERBATIM:
            self.put(holder, line, line.left)
            if holder.end and holder.end.search(line.left):
                self.close(holder)
        elif not line.blank:
            if holder.kind not in {Kind.PARAGRAPH, Kind.TABLE}:
                holder = self.add(Kind.PARAGRAPH, line.number)
            self.put(holder, line, line.rest)

    def put(self, block: Block, line: Line, text: str) -> None:
        """Add a line of text to a block."""
        block.lines.append((line.number, text))
        if text.strip():
            block.reaches(line.number)

    def add(self, kind: Kind, number: int, **marks: Any) -> Block:
        """Begin a block where it may stand: what cannot hold it, and what the line does not go on, is closed."""
        self._close_unmatched()
        while not self.tip.can_hold(kind):
            self.close(self.tip)
        block = Block(kind, number, self.tip, **marks)
        self.tip.children.append(block)
        self.tip = block
        block.reaches(number)
        return block

    def reopen(self, block: Block) -> None:
        """Go on with a block that was closed, the last of what holds it."""
        self._close_unmatched()
        self._close_in(block.holder or self.document)
        block.open, self.tip = True, block

    def _close_unmatched(self) -> None:
        """Close the blocks that the line does not go on."""
        if not self._all_closed:
            self._close_in(self.matched)
        self._all_closed = True

    def _close_in(self, holder: Block) -> None:
        while self.tip is not holder:
            self.close(self.tip)

    def close(self, block: Block) -> None:
        """End the innermost open block."""
        block.open = False
        if block.kind is Kind.PARAGRAPH:
            references.take(block, self.references, self.tell)
            if "abbreviations" in self.switched:
                references.take_abbreviations(block, self.abbreviations)
        if block.kind in {Kind.CALLOUT, Kind.FENCE} and not block.ended:
            what = f'the callout "{block.written or block.name}"' if block.kind is Kind.CALLOUT else "the code"
            self.tell(block.line, f"{what} has no end. Close it with a line {block.sign}.")
            self.broken = True
        if block.holder:
            self.tip = block.holder
