"""A tree of blocks to elements whose text is still Markdown: each with the line it begins on, as `data-line`.

Where an element's text begins on another line than the element, `data-text-line` says so.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection
from itertools import pairwise

from markdown import util

from book.model.dialects import PLAIN
from book.render.markdown.block import Block, Kind, Tell
from book.render.markdown.marks import CAPTIONS
from book.render.tree import CALLOUT, LINE, MADE

TEXT_LINE, TAIL_LINE = "data-text-line", "data-tail-line"  # of an element's text and tail, where they begin later
END_LINE = "data-end-line"  # on which an element in a text ends, where that is another one
ID = re.compile(r"attrs: *\{ *id: *([a-z][a-z-]*:[a-z0-9][a-z0-9-]*) *\} *")
HARD_BREAK = "  "
HEAD_LINES = 2  # that a table begins with: names and dashes
Raw = Callable[[str, int], str]  # keeps a text of raw HTML that begins on a line, and gives what stands for it
Table = Callable[[ET.Element, list[tuple[int, str]]], ET.Element]  # appends the table that lines are


class Builder:
    """Makes the elements of one text. `notes` are those of its footnotes, by name."""

    def __init__(self, callouts: Collection[str], tell: Tell, raw: Raw, table: Table) -> None:
        """Take the names of callouts, who hears what is wrong, who keeps raw HTML, and who makes tables."""
        self._callouts, self._tell, self._raw, self._table = callouts, tell, raw, table
        self.notes: dict[str, ET.Element] = {}

    def fill(self, into: ET.Element, block: Block, *, tight: bool = False) -> None:
        """Append what a block holds; in a tight item, text stands without paragraphs."""
        for child in block.children:
            if child.kind is Kind.PARAGRAPH and tight and not _is_caption(child):
                self._bare_text(into, child)
            else:
                MAKERS[child.kind](self, into, child)

    def _bare_text(self, into: ET.Element, block: Block) -> None:
        if not block.lines:
            return
        if len(into):
            into[-1].tail = (into[-1].tail or "") + "\n" + _text(block)
            into[-1].set(TAIL_LINE, str(block.lines[0][0] - 1))
        else:
            into.text = (into.text or "") + _text(block)
            into.set(TEXT_LINE, str(block.lines[0][0]))

    def _paragraph(self, into: ET.Element, block: Block) -> None:
        if block.lines:
            _add(into, "p", block.lines[0][0]).text = _text(block)

    def _heading(self, into: ET.Element, block: Block) -> None:
        _add(into, f"h{block.level}", block.line).text = _text(block)

    def _rule(self, into: ET.Element, block: Block) -> None:
        _add(into, "hr", block.line)

    def _quote(self, into: ET.Element, block: Block) -> None:
        if block.name:
            self._callout(into, block)
        else:
            self.fill(_add(into, "blockquote", block.line), block)

    def _list(self, into: ET.Element, block: Block) -> None:
        made = _add(into, "ul" if block.start is None else "ol", block.line)
        if block.start not in {None, 1}:
            made.set("start", str(block.start))
        tight = not (_apart(block) or any(map(_apart, block.children)))
        for item in block.children:
            self.fill(_add(made, "li", item.line), item, tight=tight)

    def _definitions(self, into: ET.Element, block: Block) -> None:
        made = _add(into, "dl", block.line)
        for part in block.children:
            if part.kind is Kind.TERM:
                _add(made, "dt", part.line).text = _text(part)
            else:
                self.fill(_add(made, "dd", part.line), part, tight=len(part.children) < 2)

    def _code(self, into: ET.Element, block: Block) -> None:
        texts = [text for _, text in block.lines]
        while block.kind is Kind.CODE and texts and not texts[-1].strip():
            texts.pop()
        code = ET.SubElement(_add(into, "pre", block.line), "code")
        if block.name:
            code.set("class", f"language-{block.name}")
        code.text = util.AtomicString(util.code_escape("".join(f"{text}\n" for text in texts)))

    def _html(self, into: ET.Element, block: Block) -> None:
        if text := self._raw("\n".join(text for _, text in block.lines), block.line):
            ET.SubElement(
                into, "p"
            ).text = text  # without attributes, or what it stands for is not put in its place

    def _table_of(self, into: ET.Element, block: Block) -> None:
        made = self._table(into, block.lines)
        made.set(LINE, str(block.line))
        numbers = [number for number, _ in block.lines]
        if made.tag == "table" and len(numbers) == HEAD_LINES:
            made.remove(made[1])  # a body of nothing but empty cells
        for row, number in zip(made.iter("tr"), [numbers[0], *numbers[2:]], strict=False):
            row.set(LINE, str(number))

    def _note(self, into: ET.Element, block: Block) -> None:
        del into
        if block.name in self.notes:
            self._tell(block.line, f'the note "{block.name}" is written twice. Give one another name.')
            return
        if not block.children:
            self._tell(block.line, f'the note "{block.name}" has no words. Write them, or take it out.')
        note = self.notes[block.name] = ET.Element("aside", {"class": "note", MADE: "", LINE: str(block.line)})
        self.fill(note, block)

    def _callout(self, into: ET.Element, block: Block) -> None:
        if block.name not in self._callouts:
            box = _add(into, "div", block.line, **{"class": block.name})
            box.attrib.update({"id": block.id} if block.id else {})
            self.fill(box, block)
            return
        if block.written and not block.children:
            self._tell(block.line, f'the callout "{block.written}" is empty. Put its words inside.')
        if block.sign.startswith(":") and block.title is None and _begins_with_heading(block):
            block.title = _text(block.children.pop(0))  # as Quarto has it
        box = _add(into, "div", block.line, **{"class": "callout", CALLOUT: block.name})
        box.attrib.update({"id": block.id} if block.id else {})
        first = block.children[0] if block.children else None
        if first is not None and first.kind is Kind.CODE and first.line == block.line + 1:
            self._set_id(box, block.children.pop(0))
        title = _add(box, "p", block.line, **{"class": "callout-title"})
        title.text = block.title if block.title is not None else _called(block)
        self.fill(box, block)

    def _set_id(self, box: ET.Element, indented: Block) -> None:
        """Take the id from what is indented right below a callout's name: nothing else may stand there."""
        written = [(number, text) for number, text in indented.lines if text.strip()]
        if found := ID.fullmatch(written[0][1].strip()):
            box.set("id", found[1])
            written.pop(0)
        if written:
            self._tell(
                written[0][0],
                "only an id can be indented below a callout's name, as in `    attrs: {id: card:name}`. "
                "Mend it, or put an empty line above the text.",
            )


def _called(block: Block) -> str:
    """Give what a callout without a title is called: by its name, or by that of another program."""
    written = block.written.lower().removeprefix("callout-")
    return written.capitalize() if written and written not in PLAIN else block.name.replace("-", " ").title()


def _begins_with_heading(block: Block) -> bool:
    return bool(block.children) and block.children[0].kind is Kind.HEADING


Maker = Callable[[Builder, ET.Element, Block], None]
MAKERS: dict[Kind, Maker] = {
    Kind.PARAGRAPH: Builder._paragraph, Kind.HEADING: Builder._heading, Kind.RULE: Builder._rule,
    Kind.QUOTE: Builder._quote, Kind.LIST: Builder._list, Kind.DEFINITIONS: Builder._definitions,
    Kind.CODE: Builder._code, Kind.FENCE: Builder._code, Kind.HTML: Builder._html, Kind.TABLE: Builder._table_of,
    Kind.NOTE: Builder._note, Kind.CALLOUT: Builder._callout,
}  # fmt: skip


def _add(into: ET.Element, tag: str, line: int, **attributes: str) -> ET.Element:
    return ET.SubElement(into, tag, {LINE: str(line), **attributes})


def _text(block: Block) -> str:
    """Give the text of a block; of the spaces at the ends of its lines, two are left where they break the line."""
    kept = []
    for _, line in block.lines:
        bare = line.rstrip(" ")
        kept.append(bare + (HARD_BREAK if line.endswith(HARD_BREAK) else ""))
    return "\n".join(kept).rstrip(" ")


def _is_caption(block: Block) -> bool:
    return bool(block.lines) and block.lines[0][1].startswith(CAPTIONS)


def _apart(block: Block) -> bool:
    """Say whether blank lines stand between what a block holds."""
    return any(one.last + 1 < other.line for one, other in pairwise(block.children))
