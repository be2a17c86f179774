"""Markdown to a strict XHTML tree: the only module that imports Python-Markdown.

Checks what the parser would swallow silently (a callout without an end, unknown callouts, raw HTML that is not
XHTML or not allowed) and names file and line. What the tree's parts become is `elements`' work.
"""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from functools import cache
from typing import cast

import markdown as engine
from lxml import etree
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from book.kinds.exercise.model import Exercise
from book.model.book import Chapter, line_of
from book.model.problems import Problems, nearest
from book.model.statements import MARK

CALLOUTS = ("tip", "caution", "red-flag", "do", "dont", "in-short", "do-this", "card")
PIECES = ("place", "map", "map-table", "plan", "sources", "flow", "signs")  # blocks with a maker of their own
FENCE = re.compile(r"^\s*(?P<bar>/{3,})\s*(?P<name>[^|\s]*)\s*(\|.*)?$")
# pymdownx takes no colon in an id: while it works, an underscore stands for it, which typed ids never hold
CALLOUT_ID = re.compile(r"^( {4,}attrs: *\{ *id: *)([a-z][a-z-]*):([a-z0-9][a-z0-9-]*)( *\} *)$", re.MULTILINE)
XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
ALLOWED = set(
    (
        "a abbr aside b blockquote br caption cite code dd del dfn div dl dt em figcaption figure h2 h3 h4 hr "
        "i img ins kbd li ol p pre q s section small span strong sub sup table tbody td th thead tr ul var"
    ).split()
)
ALLOWED_ATTRIBUTES = set(
    "alt class colspan data-title dir height href id lang rowspan scope src start style title width".split()
)


class _Citations(InlineProcessor):
    """Turns [@S17; @S18] into links to sources."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name is Python-Markdown's
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element, int, int]:
        span = ET.Element("span", {"class": "cites"})
        for key in re.split(r"\s*;\s*", m[1].strip()):
            ET.SubElement(span, "a", {"class": "cite", "href": f"source:{key.strip().removeprefix('@')}"})
        del data
        return span, m.start(0), m.end(0)


class _BookSyntax(Extension):
    """What chapters may write beyond Markdown and its well-known extensions."""

    def extendMarkdown(self, md: engine.Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.inlinePatterns.register(_Citations(r"\[@([^\]]+)\]", md), "citations", 175)


@cache
def _engine() -> engine.Markdown:
    return engine.Markdown(
        output_format="xhtml",
        extensions=[
            "footnotes", "def_list", "tables", "attr_list", "sane_lists",
            "pymdownx.blocks.admonition", _BookSyntax(),
        ],
        extension_configs={"pymdownx.blocks.admonition": {"types": [*CALLOUTS, *PIECES]}},
    )  # fmt: skip


def to_tree(part: Chapter | Exercise, facts: Mapping[str, str], problems: Problems) -> etree._Element:
    """Give a part's body as a <div> of strict XHTML; what is wrong in it goes to `problems`."""
    with_facts = MARK.sub(lambda mark: facts.get(mark[1], mark[0]), part.body)
    text = CALLOUT_ID.sub(r"\1\2_\3\4", with_facts)
    if not _callouts_close(part, problems):
        return etree.Element("div")
    converter = _engine()
    converter.reset()
    markup = re.sub(r"&(\w+);", _entity, converter.convert(text))
    try:
        tree = etree.fromstring(f"<div>{markup}</div>", etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        _report_markup(part, error, problems)
        return etree.Element("div")
    for box in cast("list[etree._Element]", tree.xpath(".//div[contains(@class, 'admonition')][@id]")):
        box.set("id", (box.get("id") or "").replace("_", ":"))
    _check_allowed(part, tree, problems)
    return tree


def inline(text: str) -> etree._Element:
    """Give one line of front matter, which may hold links, citations and **bold**, as a <span> tree."""
    converter = _engine()
    converter.reset()
    markup = re.sub(r"&(\w+);", _entity, converter.convert(text))
    try:
        tree = etree.fromstring(f"<div>{markup}</div>")
    except etree.XMLSyntaxError:
        tree = etree.Element("div")
    holder = tree[0] if len(tree) == 1 and tree[0].tag == "p" else None
    if holder is None:
        holder = etree.Element("span")
        holder.text = text
    holder.tag = "span"
    return holder


def _entity(match: re.Match[str]) -> str:
    return match[0] if match[1] in XML_ENTITIES else html.unescape(match[0])


def _callouts_close(part: Chapter | Exercise, problems: Problems) -> bool:
    """Check that every callout is known, has a fit id and ends: the parser would print its marks as text."""
    open_ones: list[tuple[str, str, int]] = []
    before = len(problems.found)
    code = False
    for number, line in enumerate(part.body.split("\n"), part.first_line):
        code ^= line.lstrip().startswith(("```", "~~~"))
        match = None if code else FENCE.match(line)
        if not match:
            continue
        bar, name = match["bar"], match["name"]
        if name and name not in (*CALLOUTS, *PIECES):
            remedy = nearest(name, (*CALLOUTS, *PIECES)) or f" Known: {', '.join((*CALLOUTS, *PIECES))}."
            problems.add(part.file, number, f'there is no callout "{name}".{remedy}')
        if name:
            open_ones.append((bar, name, number))
            _check_id(part, number, problems)
        elif open_ones and open_ones[-1][0] == bar:
            open_ones.pop()
        else:
            problems.add(part.file, number, f"{bar} closes nothing. Take it out, or name the callout above it.")
    for bar, name, number in open_ones:
        problems.add(part.file, number, f'the callout "{name}" has no end. Close it with a line {bar}.')
    return len(problems.found) == before


def _check_id(part: Chapter | Exercise, number: int, problems: Problems) -> None:
    """See that what is indented right below a callout's name (on line `number`) is its id, and nothing else."""
    fence, below = (part.body + "\n").split("\n")[number - part.first_line :][:2]
    indent = len(fence) - len(fence.lstrip()) + 4
    if below.strip() and below.startswith(" " * indent) and not CALLOUT_ID.match(below):
        message = (
            "only an id can be indented below a callout's name, as in `    attrs: {id: card:name}`. "
            "Mend it, or put an empty line above the text."
        )
        problems.add(part.file, number + 1, message)


def _report_markup(part: Chapter | Exercise, error: etree.XMLSyntaxError, problems: Problems) -> None:
    """Name the line of raw HTML that is not well-formed: the one that opens the tag the parser stumbled on."""
    said = (error.msg or "").split(", line")[0]
    tags = re.findall(r"\b([a-zA-Z][\w-]*)\b", said.split(":")[-1])
    lines = [line_of(part, f"<{tag}") for tag in tags if f"<{tag}" in part.body]
    line = lines[0] if lines else line_of(part, "<")
    message = f"this HTML is not well-formed ({said}). Close every tag (<br/>), or write it as Markdown."
    problems.add(part.file, line, message)


def _check_allowed(part: Chapter | Exercise, tree: etree._Element, problems: Problems) -> None:
    """Refuse elements and attributes that no edition could carry safely: scripts, frames, handlers."""
    for element in tree.iter(etree.Element):
        tag = str(element.tag)
        if tag not in ALLOWED:
            line = line_of(part, f"<{tag}")
            problems.add(part.file, line, f"<{tag}> cannot be used in a chapter. Write it as Markdown.")
        for name in sorted(set(map(str, element.keys())) - ALLOWED_ATTRIBUTES):
            line = line_of(part, f"{name}=")
            problems.add(part.file, line, f'the attribute "{name}" cannot be used in a chapter. Take it out.')
