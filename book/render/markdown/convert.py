"""Markdown to a strict XHTML tree.

Checks what the parser would swallow silently (a callout without an end, unknown callouts, raw HTML that is not
XHTML or not allowed) and names file and line. What the tree's parts become is `elements`' work.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

import markdown as engine
from lxml import etree

from book.model.document import Document
from book.model.kinds import offered
from book.model.problems import Problems
from book.model.statements import MARK
from book.render.markdown.build import TAIL_LINE, TEXT_LINE
from book.render.markdown.parser import LineParser, Lines, Notes
from book.render.markdown.tags import ATTRIBUTES
from book.render.tree import LINE, drop_lines, line_at

CALLOUTS = ("tip", "caution", "red-flag", "do", "dont", "in-short", "do-this", "card")
PIECES = ("sources", "flow", "signs")  # blocks with a maker of their own, besides those of kinds of content
DEEPEST_HEADING = 4


@cache
def block_names() -> tuple[str, ...]:
    """Name the blocks that become more than a callout."""
    return (*(name for found in offered("render", "BLOCKS").values() for name in found), *PIECES)


@cache
def _engine() -> engine.Markdown:
    notes = Notes(USE_DEFINITION_ORDER=True)
    return engine.Markdown(
        output_format="xhtml",
        extensions=[notes, "tables", "attr_list", Lines((*CALLOUTS, *block_names()), notes)],
    )


def to_tree(part: Document, facts: Mapping[str, str], problems: Problems) -> etree._Element:
    """Give a part's body as a <div> of strict XHTML; what is wrong in it goes to `problems`."""
    with_facts = MARK.sub(lambda mark: facts.get(mark[1], mark[0]), part.body)
    converter = _engine()
    converter.reset()
    markup = converter.convert(with_facts)
    found = cast("LineParser", converter.parser).found
    for line, message in found:
        problems.add(part.file, part.first_line + line - 1, message)
    if found:
        return etree.Element("div")
    try:
        tree = etree.fromstring(f"<div>{markup}</div>", etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        _report_markup(part, f"<div>{markup}</div>", error, problems)
        return etree.Element("div")
    for element in tree.iter(etree.Element):
        element.attrib.pop(TEXT_LINE, "")
        element.attrib.pop(TAIL_LINE, "")
        if number := element.get(LINE):
            element.set(LINE, str(part.first_line + int(number) - 1))
    _check_allowed(part, tree, problems)
    return tree


def inline(text: str) -> etree._Element:
    """Give one line of front matter, which may hold links, citations and **bold**, as a <span> tree."""
    converter = _engine()
    converter.reset()
    markup = converter.convert(text)
    try:
        tree = etree.fromstring(f"<div>{markup}</div>")
    except etree.XMLSyntaxError:
        tree = etree.Element("div")
    drop_lines(tree)
    holder = tree[0] if len(tree) == 1 and tree[0].tag == "p" else None
    if holder is None:
        holder = etree.Element("span")
        holder.text = text
    holder.tag = "span"
    return holder


def _report_markup(part: Document, markup: str, error: etree.XMLSyntaxError, problems: Problems) -> None:
    """Name the line of raw HTML that is not well-formed: the last that is known before the place of the error."""
    said = (error.msg or "").split(", line")[0]
    row, column = error.position
    rows = markup.split("\n")
    before = "\n".join([*rows[: row - 1], rows[row - 1][:column]])
    known = re.findall(rf'{LINE}="(\d+)"', before)
    line = part.first_line + int(known[-1]) - 1 if known else part.first_line
    message = f"this HTML is not well-formed ({said}). Close every tag (<br/>), or write it as Markdown."
    problems.add(part.file, line, message)


def _check_allowed(part: Document, tree: etree._Element, problems: Problems) -> None:
    """Refuse headings that are not the chapter's to give, and attributes that no edition could carry safely."""
    for element in tree.iter(etree.Element):
        tag, line = str(element.tag), line_at(element)
        if tag == "h1":
            said = (
                "a heading with one # is the title, which stands in the front matter. Give it two, or take it out."
            )
            problems.add(part.file, line, said)
        elif tag in {"h5", "h6"}:
            said = f"headings go down to {'#' * DEEPEST_HEADING}. Give this one fewer #."
            problems.add(part.file, line, said)
        for name in sorted(set(map(str, element.keys())) - ATTRIBUTES - {LINE}):
            problems.add(part.file, line, f'the attribute "{name}" cannot be used in a chapter. Take it out.')
