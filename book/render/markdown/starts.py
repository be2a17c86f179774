"""How blocks begin: one function a kind of block. Each looks at what is left of a line, and at what holds it.

A function begins its block in the reader and says whether it holds others (INTO) or has taken the whole line.
"""

import re
from collections.abc import Callable

from book.model.problems import nearest
from book.render.markdown import foreign, marks, references
from book.render.markdown.block import Block, Kind, Line
from book.render.markdown.step import Reader, Step

WIDEST = 4  # spaces after an item's mark; with more, what follows is code
LANGUAGE = re.compile(r"\{?[.]?([\w+#-]+)")


def _quote(reader: Reader, holder: Block, line: Line) -> Step:
    del holder
    if not line.rest.startswith(">"):
        return Step.NONE
    line.skip(line.indent + 1)
    line.skip(int(line.left.startswith(" ")))
    quote = reader.add(Kind.QUOTE, line.number)
    found = marks.GITHUB_NOTE.fullmatch(line.rest) if "github-notes" in reader.switched else None
    if not found:
        return Step.INTO
    quote.name, quote.title = foreign.callout(reader, line, found[1], found[2])
    quote.written = found[1]
    return Step.USED_UP


def _heading(reader: Reader, holder: Block, line: Line) -> Step:
    del holder
    found = marks.HEADING.fullmatch(line.rest)
    if not found:
        return Step.NONE
    words = (found[2] or "").strip()
    block = reader.add(Kind.HEADING, line.number, level=len(found[1]))
    reader.put(block, line, "" if words and not words.strip("#") else words)
    reader.close(block)
    return Step.USED_UP


def _underline(reader: Reader, holder: Block, line: Line) -> Step:
    """Make a heading of the paragraph above a line of = or -."""
    found = marks.UNDERLINE.fullmatch(line.rest)
    if not found or holder.kind is not Kind.PARAGRAPH:
        return Step.NONE
    references.take(holder, reader.references, reader.tell)
    if not holder.lines:
        return Step.NONE
    holder.kind, holder.level = Kind.HEADING, 1 if found[1][0] == "=" else 2
    holder.reaches(line.number)
    reader.close(holder)
    return Step.USED_UP


def _fence(reader: Reader, holder: Block, line: Line) -> Step:
    del holder
    found = marks.FENCE.fullmatch(line.rest)
    if not found:
        return Step.NONE
    language = LANGUAGE.match((found[2] or found[4] or "").strip())
    name = language[1] if language else ""
    reader.add(Kind.FENCE, line.number, sign=found[1] or found[3], name=name, width=line.indent)
    return Step.USED_UP


def _html(reader: Reader, holder: Block, line: Line) -> Step:
    if not line.rest.startswith("<"):
        return Step.NONE
    known = ((begins.match(line.rest), end) for begins, end in marks.HTML)
    opened, end = next((one for one in known if one[0]), (None, None))
    in_text = holder.kind is Kind.PARAGRAPH or reader.lazy
    if opened is None and (in_text or not marks.LONE_TAG.fullmatch(line.rest)):
        return Step.NONE
    block = reader.add(Kind.HTML, line.number, end=end)
    reader.put(block, line, line.left)
    if end and opened and end.search(line.rest, opened.end()):
        reader.close(block)
    return Step.USED_UP


def _table(reader: Reader, holder: Block, line: Line) -> Step:
    """Begin a table at a line of dashes: the line above it, the last of a paragraph, is the head."""
    if holder.kind is not Kind.PARAGRAPH or not marks.COLUMNS.fullmatch(line.rest):
        return Step.NONE
    number, head = holder.lines[-1]
    columns = _cells(line.rest)
    if "|" not in head + line.rest or len(_cells(head)) != len(columns):
        return Step.NONE
    holder.lines.pop()
    caption = [holder.lines.pop()] if holder.lines and holder.lines[-1][1].startswith(marks.CAPTIONS) else []
    if holder.lines:
        holder.last = holder.lines[-1][0]
    reader.close(holder)
    if caption:
        block = reader.add(Kind.PARAGRAPH, caption[0][0])
        block.lines += caption
        reader.close(block)
    block = reader.add(Kind.TABLE, number)
    block.lines += [(number, head), (line.number, line.rest)]
    block.reaches(line.number)
    return Step.USED_UP


def _cells(row: str) -> list[str]:
    row = row.strip()
    row = row.removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return marks.BAR.split(marks.CODE.sub(lambda code: code[0].replace("|", " "), row))


def _rule(reader: Reader, holder: Block, line: Line) -> Step:
    if not marks.RULE.fullmatch(line.rest):
        return Step.NONE
    if holder.kind is Kind.PARAGRAPH and marks.GROUPS.fullmatch(line.rest):
        reader.tell(
            line.number, "a table drawn with dashes is not read here. Write | A | B |, and |---|---| below."
        )
    reader.close(reader.add(Kind.RULE, line.number))
    return Step.USED_UP


def _callout(reader: Reader, holder: Block, line: Line) -> Step:
    """Begin a callout at a bar with a name; one without has nothing to end here."""
    del holder
    if end := marks.CALLOUT_END.fullmatch(line.rest):
        reader.tell(line.number, f"{end[1]} closes nothing. Take it out, or name the callout above it.")
        return Step.USED_UP
    found = marks.CALLOUT.fullmatch(line.rest)
    if not found:
        return Step.NONE
    if found[2] not in reader.callouts:
        remedy = nearest(found[2], reader.callouts) or f" Known: {', '.join(reader.callouts)}."
        reader.tell(line.number, f'there is no callout "{found[2]}".{remedy}')
    reader.add(Kind.CALLOUT, line.number, sign=found[1], name=found[2], title=found[3])
    return Step.USED_UP


def _note(reader: Reader, holder: Block, line: Line) -> Step:
    del holder
    found = marks.NOTE.match(line.rest)
    if not found:
        return Step.NONE
    line.skip(line.indent + found.end())
    reader.add(Kind.NOTE, line.number, name=found[1])
    return Step.INTO


def _definition(reader: Reader, holder: Block, line: Line) -> Step:
    """Begin a definition at ": …", if terms stand above it, right there or before a blank line."""
    found = marks.DEFINITION.match(line.rest)
    if not found or not _terms(reader, holder, line):
        return Step.NONE
    width = min(line.indent + len(found[1]) + 1, WIDEST)
    reader.add(Kind.DEFINITION, line.number, width=width)
    line.skip(line.indent + 1 + len(found[1]))
    return Step.INTO


def _terms(reader: Reader, holder: Block, line: Line) -> bool:
    """Make what stands above a definition its terms; False if nothing can be."""
    if holder.kind is Kind.DEFINITIONS:
        if reader.lazy_at == line.number - 1:  # it did not go on with the definition above: it is the next term
            number, words = reader.tip.lines.pop()
            _add_term(reader, number, words)
        return True
    inside = holder.holder if holder.kind is Kind.PARAGRAPH and holder.holder else holder
    above = inside.children[-1] if inside.children else None
    if above is None or above.last < line.number - 2 or above.kind is not Kind.PARAGRAPH:
        return False
    if above.open:
        reader.close(above)
    if not above.lines:
        return False
    inside.children.remove(above)
    reader.matched = inside
    before = inside.children[-1] if inside.children else None
    if before is not None and before.kind is Kind.DEFINITIONS:
        reader.reopen(before)
    else:
        reader.add(Kind.DEFINITIONS, above.line)
    for number, words in above.lines:
        _add_term(reader, number, words)
    return True


def _add_term(reader: Reader, number: int, words: str) -> None:
    term = reader.add(Kind.TERM, number)
    term.lines.append((number, words))
    reader.close(term)


def _item(reader: Reader, holder: Block, line: Line) -> Step:
    found = marks.ITEM.match(line.rest)
    if not found:
        return Step.NONE
    after = line.rest[found.end() :]
    empty = not after.strip()
    in_text = holder.kind is Kind.PARAGRAPH
    if in_text and (empty or (found[2] and int(found[2]) != 1)):
        return Step.NONE
    spaces = len(after) - len(after.lstrip(" "))
    padding = 1 if empty or spaces > WIDEST else spaces
    sign, start = found[1] or found[3], int(found[2]) if found[2] else None
    width = line.indent + found.end() + padding
    if holder.kind is not Kind.LIST or holder.sign != sign:
        reader.add(Kind.LIST, line.number, sign=sign, start=start)
    reader.add(Kind.ITEM, line.number, width=width)
    line.skip(width)
    return Step.INTO


Start = Callable[[Reader, Block, Line], Step]
# in this order: `- - -` is a rule before it is a list, `---` below words a heading before it is a rule
STARTS: tuple[Start, ...] = (
    _quote, _heading, _fence, _html, _underline, _table, _rule, _callout, foreign.admonition, foreign.div,
    _note, _definition, _item,
)  # fmt: skip
