"""Python-Markdown with our reading of blocks and text: its notes, attributes and tables go on as they are."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection
from typing import cast

import markdown as engine
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from book.render.markdown import inline, marks, tags
from book.render.markdown.build import TAIL_LINE, TEXT_LINE, Builder
from book.render.markdown.reader import Reader
from book.render.markdown.references import References
from book.render.tree import LINE


def _line_ends(comment: re.Match[str]) -> str:
    """Give the line ends of a comment alone, so that what follows stays on its line."""
    return "\n" * comment[0].count("\n")


class LineParser(BlockParser):
    """Gives the tree of a text; `found` holds what was wrong in it then: line (from 1) and message."""

    def __init__(self, md: engine.Markdown, callouts: Collection[str]) -> None:
        """Take the names of callouts."""
        super().__init__(md)
        self._callouts = callouts
        self._tables = cast("TableProcessor", md.parser.blockprocessors["table"])
        self.found: list[tuple[int, str]] = []
        self.notes: dict[str, ET.Element] = {}
        self.references: References = {}

    def parseDocument(self, lines: list[str]) -> ET.ElementTree:  # type: ignore[override]  # noqa: N802
        """Read the lines of a whole text."""
        self.found = []
        reader = Reader(self._callouts, self.tell)
        document = reader.read(lines)
        self.references = reader.references
        root = ET.Element(self.md.doc_tag)
        builder = Builder(self.tell, self.keep, self._table)
        builder.fill(root, document)
        self.notes = builder.notes
        return ET.ElementTree(root)

    def tell(self, line: int, message: str) -> None:
        """Hear what is wrong on a line."""
        self.found.append((line, message))

    def keep(self, text: str, line: int) -> str:
        """Keep raw HTML, and give what stands for it till all is done."""
        kept = tags.clean(marks.COMMENT.sub(_line_ends, text), line, self.tell)
        return self.md.htmlStash.store(kept) if kept.strip() else ""

    def _table(self, into: ET.Element, text: str) -> ET.Element:
        self._tables.test(into, text)
        self._tables.run(into, [text])
        return into[-1]


class Notes(FootnoteExtension):
    """Footnotes whose blocks were read with all others."""

    def makeFootnotesDiv(self, root: ET.Element) -> ET.Element | None:  # noqa: N802 - the name is Python-Markdown's
        """Give the notes in the order in which they are written, each with its way back."""
        del root
        notes = self.parser.notes  # type: ignore[attr-defined]
        if not notes:
            return None
        block = ET.Element("div", {"class": "footnote"})
        ET.SubElement(block, "hr")
        listed = ET.SubElement(block, "ol")
        for name, note in notes.items():
            note.set("id", self.makeFootnoteId(name))
            listed.append(note)
            back = ET.Element("a", {"href": f"#{self.makeFootnoteRefId(name)}", "class": "footnote-backref"})
            back.text = FN_BACKLINK_TEXT
            last = note[-1] if len(note) and note[-1].tag == "p" else ET.SubElement(note, "p")
            if last.text:
                last.text += NBSP_PLACEHOLDER
            last.append(back)
        return block


class InlineText(Treeprocessor):
    """Sets the text of blocks in inline elements, in the place of Python-Markdown's patterns."""

    def run(self, root: ET.Element) -> None:
        """Go through a tree of blocks."""
        parser = cast("LineParser", self.md.parser)
        context = inline.Context(parser.references, parser.notes, parser.keep, parser.tell)
        self._walk(root, 1, context)

    def _walk(self, element: ET.Element, line: int, context: inline.Context) -> None:
        line = int(element.get(LINE) or line)
        children = list(element)
        text = element.text
        if text and not isinstance(text, AtomicString):
            element.text = None
            self._set(text, int(element.get(TEXT_LINE) or line), element, 0, context)
        for child in children:
            self._walk(child, line, context)
            if child.tail and child.tail.strip():
                tail, child.tail = child.tail, None
                tail_line = int(child.get(TAIL_LINE) or line)
                self._set(tail, tail_line, element, list(element).index(child) + 1, context)

    def _set(self, text: str, line: int, element: ET.Element, at: int, context: inline.Context) -> None:
        """Put a text into an element, before the child at a place."""
        if element.tag in {"td", "th"}:
            text = text.replace("\\|", "|")
        holder = ET.Element("span")
        inline.parse(text, holder, line, context)
        if at:
            element[at - 1].tail = holder.text
        else:
            element.text = holder.text
        for offset, child in enumerate(list(holder)):
            element.insert(at + offset, child)


class Lines(Extension):
    """Puts our reading of blocks and text in the place of Python-Markdown's own. Comes after tables and notes."""

    def __init__(self, callouts: Collection[str], notes: Notes) -> None:
        """Take the names of callouts, and the notes that are to be found by this parser."""
        super().__init__()
        self._callouts, self._notes = callouts, notes

    def extendMarkdown(self, md: engine.Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Replace the parser of blocks and the processor of text."""
        parser = LineParser(md, self._callouts)
        md.parser = self._notes.parser = parser
        md.preprocessors.deregister("html_block")
        md.treeprocessors.register(InlineText(md), "inline", 20)
