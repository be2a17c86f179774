"""Markdown to a strict XHTML tree, of a whole document or of one key's prose.

Gathers what reading found wrong, and looks at the elements that came out: what may not stand where it does, or what
no edition could carry. What the tree's parts become is `elements`' work.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from html import escape
from typing import cast

import markdown as engine
from lxml import etree

from book.model.document import Document
from book.model.kinds import offered
from book.model.problems import Problems
from book.model.statements import MARK
from book.render.markdown import balance, structure
from book.render.markdown.build import END_LINE, TAIL_LINE, TEXT_LINE
from book.render.markdown.parser import LineParser, Lines
from book.render.markdown.tags import ATTRIBUTES
from book.render.tree import CALLOUT, CAPTION, LINE, MADE, drop_marks, line_at

CALLOUTS = ("tip", "caution", "red-flag", "do", "dont", "in-short", "do-this", "card")
PIECES = ("sources", "flow", "signs")  # blocks with a maker of their own, besides those of kinds of content
SHARES = (25, 33, 50, 67, 75, 100)  # percent of a line, for which style sheets have classes
KEPT = "\uf8f0{}\uf8f1"  # stands for a fact while a text is read
DEEPEST_HEADING = 4
OURS = {CALLOUT, CAPTION, LINE, MADE}
NOT_IN_PROSE = {"img", "h2", "h3", "h4", *(structure.BLOCKS - {"p"})}
PARSER = etree.XMLParser(resolve_entities=False, recover=True)


@cache
def block_names() -> tuple[str, ...]:
    """Name the blocks that become more than a callout."""
    return (*(name for found in offered("render", "BLOCKS").values() for name in found), *PIECES)


@cache
def _engine() -> engine.Markdown:
    return engine.Markdown(output_format="xhtml", extensions=["tables", Lines((*CALLOUTS, *block_names()))])


def to_tree(
    part: Document, facts: Mapping[str, str], problems: Problems, dialects: Collection[str] = ()
) -> etree._Element:
    """Give a part's body as a <div> of strict XHTML; what is wrong in it goes to `problems`.

    `dialects` are what the book has switched on of other programs' Markdown.
    """
    kept = list(facts)
    with_marks = MARK.sub(lambda mark: KEPT.format(kept.index(mark[1])) if mark[1] in facts else mark[0], part.body)
    markup, found = _converted(with_marks, dialects)
    for place, name in enumerate(kept):  # put in now, so that nothing in them is taken for Markdown
        markup = markup.replace(KEPT.format(place), escape(facts[name]))
    markup, unbalanced = balance.mend(markup)
    for line, message in sorted([*found, *unbalanced], key=lambda told: told[0]):
        problems.add(part.file, part.first_line + line - 1, message)
    tree = _parsed(markup)
    if unbalanced or cast("LineParser", _engine().parser).broken:
        problems.unread.add(part.key)
    for element in tree.iter(etree.Element):
        if number := element.get(LINE):
            element.set(LINE, str(part.first_line + int(number) - 1))
    _check_allowed(part, tree, problems)
    return tree


def _converted(
    text: str, dialects: Collection[str] = (), *, whole: bool = True
) -> tuple[str, list[tuple[int, str]]]:
    """Give the XHTML of a text, and what is wrong: line (from 1) and message; if not `whole`, of one paragraph."""
    converter = _engine()
    converter.reset()
    parser = cast("LineParser", converter.parser)
    parser.begin(dialects, whole=whole)
    markup = converter.convert(text)
    return markup, sorted(dict.fromkeys(parser.found), key=lambda told: told[0])


def _parsed(markup: str) -> etree._Element:
    """Give markup in which every tag has its partner as the content of a <div>."""
    tree = etree.fromstring(f"<div>{markup}</div>", PARSER)
    for element in tree.iter(etree.Element):
        for mark in (TEXT_LINE, TAIL_LINE, END_LINE):
            element.attrib.pop(mark, "")
    return tree


@lru_cache(maxsize=4096)
def _prose(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Give the XHTML of a key's prose, and what is wrong in it; a book asks for the same text more than once."""
    markup, found = _converted(text, whole=False)
    markup, unbalanced = balance.mend(markup)
    return markup, (*found, *unbalanced)


def inline(text: str) -> etree._Element:
    """Give the prose of a key in YAML, which may hold links, citations and **bold**, as a <span> tree.

    What is wrong with it, `mistakes` tells.
    """
    tree = _parsed(_prose(text)[0])
    drop_marks(tree)
    holder = tree[0] if len(tree) else etree.SubElement(tree, "p")
    holder.tag = "span"
    return holder


def mistakes(text: str) -> list[tuple[int, str]]:
    """Tell what is wrong in the prose of a key: line (from 1) and message."""
    markup, found = _prose(text)
    told = [*found]
    for element in _parsed(markup).iterdescendants(etree.Element):
        told += [(1, said) for said in _mistakes(element)]
        if element.tag in NOT_IN_PROSE:
            told.append((1, f"<{element.tag}> cannot stand in a line of YAML. Put it into the chapter."))
    return told


def _set_size(element: etree._Element, side: str) -> str:
    """Make what every edition takes of a size: a number of pixels, or a share of the line. Say what is wrong."""
    given = element.get(side)
    if given is None:
        return ""
    if pixels := re.fullmatch(r"(\d+)(?:px)?", given):
        element.set(side, pixels[1])
        return ""
    element.attrib.pop(side)
    share = re.fullmatch(r"(\d+)(?:\.\d+)?%", given)
    if share is None or side == "height":
        return f'the {side} "{given}" cannot be kept in all editions. Write width=50%, or a number of pixels.'
    nearest_share = min(SHARES, key=lambda known: abs(known - int(share[1])))
    element.set("class", f"{element.get('class') or ''} width-{nearest_share}".strip())
    return ""


def _check_allowed(part: Document, tree: etree._Element, problems: Problems) -> None:
    """Refuse what is not the chapter's to give, may not stand where it does, or could be carried by no edition."""
    for element in tree.iter(etree.Element):
        tag, line = str(element.tag), line_at(element)
        for said in _mistakes(element):
            problems.add(part.file, line, said)
        if tag == "h1":
            said = (
                "a heading with one # is the title, which stands in the front matter. Give it two, or take it out."
            )
            problems.add(part.file, line, said)
        elif tag in {"h5", "h6"}:
            said = f"headings go down to {'#' * DEEPEST_HEADING}. Give this one fewer #."
            problems.warn(part.file, line, said, "T01")


def _mistakes(element: etree._Element) -> Iterator[str]:
    """Say what is wrong with an element, wherever it is written."""
    if said := structure.mistake(element):
        yield said
    yield from filter(None, (_set_size(element, side) for side in ("width", "height")))
    allowed = ATTRIBUTES | ({"style"} if element.tag in {"td", "th"} else set())  # Markdown aligns cells by it
    for name in sorted(set(map(str, element.keys())) - allowed - OURS):
        yield f'the attribute "{name}" cannot be used in a chapter. Take it out.'
