"""Python-Markdown with our reading of blocks and text: its attributes, tables, abbreviations go on as they are."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection
from typing import cast

import markdown as engine
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.tables import TableProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from book.render.markdown import inline, marks, survivors, tags
from book.render.markdown.build import TAIL_LINE, TEXT_LINE, Builder
from book.render.markdown.reader import Reader
from book.render.markdown.references import References
from book.render.tree import CAPTION, LINE


def _line_ends(comment: re.Match[str]) -> str:
    """Give the line ends of a comment alone, so that what follows stays on its line."""
    return "\n" * comment[0].count("\n")


class LineParser(BlockParser):
    """Gives the tree of a text; `found` holds what was wrong in it then: line (from 1) and message.

    `switched` names the dialects that the text may be written in besides; if not `whole`, it is one paragraph.
    `broken` says whether something has no end, so that what stands below it may be in the wrong place.
    """

    def __init__(self, md: engine.Markdown, callouts: Collection[str]) -> None:
        """Take the names of callouts."""
        super().__init__(md)
        self._callouts = callouts
        self._tables = cast("TableProcessor", md.parser.blockprocessors["table"])
        self.abbreviations: dict[str, str] = {}
        self.begin((), whole=True)

    def begin(self, switched: Collection[str], *, whole: bool) -> None:
        """Be ready for another text, of which nothing is known yet."""
        self.switched, self.whole, self.broken = switched, whole, False
        self.found: list[tuple[int, str]] = []
        self.notes: dict[str, ET.Element] = {}
        self.references: References = {}
        self.abbreviations.clear()
        self._unknown: set[str] = set()

    def parseDocument(self, lines: list[str]) -> ET.ElementTree:  # type: ignore[override]  # noqa: N802
        """Read the lines of a text."""
        root = ET.Element(self.md.doc_tag)
        if not self.whole:
            ET.SubElement(root, "p").text = "\n".join(line.strip() for line in lines if line.strip())
            return ET.ElementTree(root)
        reader = Reader(self._callouts, self.switched, self.tell)
        builder = Builder(self._callouts, self.tell, self.keep, self._table)
        builder.fill(root, reader.read(lines))
        self.notes, self.references, self.broken = builder.notes, reader.references, reader.broken
        self.abbreviations.update(reader.abbreviations)
        return ET.ElementTree(root)

    def tell(self, line: int, message: str) -> None:
        """Hear what is wrong on a line."""
        self.found.append((line, message))

    def keep(self, text: str, line: int) -> str:
        """Keep raw HTML, and give what stands for it till all is done."""
        kept = tags.clean(marks.COMMENT.sub(_line_ends, text), line, self.tell, self._unknown)
        return self.md.htmlStash.store(kept) if kept.strip() else ""

    def _table(self, into: ET.Element, rows: list[tuple[int, str]]) -> ET.Element:
        text = "\n".join(row.rstrip() for _, row in rows)
        if not self._tables.test(into, text):
            self.tell(rows[0][0], "the cells of this table's head and of the line of dashes differ. Write as many.")
            return ET.SubElement(into, "p")
        self._tables.run(into, [text])
        columns = len(into[-1].findall("thead/tr/th"))
        for number, row in rows[2:]:
            cells = len(self._tables._split_row(row.strip()))  # type: ignore[attr-defined] # untyped there
            if cells > columns:
                said = (
                    f"this row has {cells} cells, and its table {columns} columns. Write \\| for a bar in a cell."
                )
                self.tell(number, said)
        return into[-1]


class Attributes(AttrListTreeprocessor):
    """Python-Markdown's lists of attributes, where they are such: #id, .class, key=value, and nothing else."""

    ITEM = r"(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'}]+))"
    BASE_RE = rf"\{{:?[ ]*({ITEM}(?:[ ]+{ITEM})*)[ ]*\}}"  # type: ignore[misc]
    HEADER_RE = re.compile(rf"[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]


class InlineText(Treeprocessor):
    """Sets the text of blocks in inline elements, in the place of Python-Markdown's patterns."""

    def run(self, root: ET.Element) -> None:
        """Go through a tree of blocks, and then through the notes that it cites, which follow it in that order."""
        parser = cast("LineParser", self.md.parser)
        context = inline.Context(parser.references, parser.notes, parser.keep, parser.tell, parser.switched)
        self._walk(root, 1, context)
        if context.cited:
            block = ET.SubElement(root, "div", {"class": "notes"})
            while len(block) < len(context.cited):  # notes may cite others
                note = parser.notes[list(context.cited)[len(block)]]
                note.set("id", f"note-{len(block) + 1}")
                block.append(note)
                self._walk(note, 1, context)
        for name, note in parser.notes.items():
            if name not in context.cited:
                said = f'nothing names the note "{name}". Write [^{name}] where it belongs, or take it out.'
                parser.tell(int(note.get(LINE) or 1), said)

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
        self._set_captions(holder, line, context)
        if at:
            element[at - 1].tail = holder.text
        else:
            element.text = holder.text
        for offset, child in enumerate(list(holder)):
            element.insert(at + offset, child)

    def _set_captions(self, holder: ET.Element, line: int, context: inline.Context) -> None:
        """Put the caption of each picture behind it, and behind the link around it, as text of its own."""
        for outer in list(holder):
            for picture in list(outer.iter()):
                if words := picture.attrib.pop(CAPTION, ""):
                    own_line = picture.get(LINE) or str(line)
                    caption = ET.Element("span", {CAPTION: "", LINE: own_line})
                    inline.parse(words, caption, int(own_line), context)
                    given = Attributes.INLINE_RE.match(outer.tail or "")  # those of the picture stay with it
                    end = given.end() if given else 0
                    caption.tail, outer.tail = (outer.tail or "")[end:], (outer.tail or "")[:end]
                    holder.insert(list(holder).index(outer) + 1, caption)


class Survivors(Treeprocessor):
    """Tells of markup that is left as text, before Python-Markdown takes its marks off."""

    def run(self, root: ET.Element) -> None:
        """Go through a tree that is ready but for that."""
        survivors.tell_all(root, cast("LineParser", self.md.parser).tell)


class Lines(Extension):
    """Puts our reading of blocks and text in the place of Python-Markdown's own. Comes after tables."""

    def __init__(self, callouts: Collection[str]) -> None:
        """Take the names of callouts."""
        super().__init__()
        self._callouts = callouts

    def extendMarkdown(self, md: engine.Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Replace the parser of blocks and the processor of text."""
        parser = md.parser = LineParser(md, self._callouts)
        md.preprocessors.deregister("html_block")
        md.treeprocessors.register(InlineText(md), "inline", 20)
        md.treeprocessors.register(Attributes(md), "attr_list", 15)  # before Python-Markdown sets line ends
        md.treeprocessors.register(AbbrTreeprocessor(md, parser.abbreviations), "abbr", 14)
        md.treeprocessors.register(Survivors(md), "survivors", 13)
