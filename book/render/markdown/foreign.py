"""Callouts as other programs write them, where a book has switched them on: they become the builder's own."""

from book.model.dialects import FOREIGN
from book.model.problems import nearest
from book.render.markdown import marks
from book.render.markdown.block import INDENT, Block, Kind, Line
from book.render.markdown.step import Reader, Step


def admonition(reader: Reader, holder: Block, line: Line) -> Step:
    """Begin a callout as MkDocs has it: what is indented below belongs to it."""
    del holder
    found = marks.ADMONITION.fullmatch(line.rest) if "admonitions" in reader.switched else None
    if not found:
        return Step.NONE
    name, title = callout(reader, line, found[1], found[2])
    reader.add(
        Kind.CALLOUT, line.number, name=name, title=title, written=found[1], width=line.indent + INDENT, ended=True
    )
    return Step.USED_UP


def div(reader: Reader, holder: Block, line: Line) -> Step:
    """Begin a box of colons; one whose name is of no callout is a division with that class."""
    del holder
    if "fenced-divs" not in reader.switched:
        return Step.NONE
    if end := marks.DIV_END.fullmatch(line.rest):
        reader.tell(line.number, f"{end[1]} closes nothing. Take it out, or name the box above it.")
        return Step.USED_UP
    found = marks.DIV.fullmatch(line.rest)
    if not found:
        return Step.NONE
    given = found[2] or ""
    classes, titled = marks.DIV_CLASS.findall(given), marks.DIV_TITLE.search(given)
    written = found[3] or next(iter(classes), "div")
    name, title = written.removeprefix("callout-"), titled[1] if titled else found[4] or found[5]
    if name in FOREIGN or name in reader.callouts:
        name, title = callout(reader, line, name, title)
    own = marks.DIV_ID.search(given)
    own_id = own[1] if own else ""
    reader.add(Kind.CALLOUT, line.number, sign=found[1], name=name, title=title, written=written, id=own_id)
    return Step.USED_UP


def callout(reader: Reader, line: Line, name: str, title: str | None) -> tuple[str, str | None]:
    """Give the callout that one of another program becomes, and its title, None without one."""
    name = name.lower()
    if name in reader.callouts:
        return name, title or None
    if name not in FOREIGN:
        known = [*FOREIGN, *reader.callouts]
        reader.tell(
            line.number, f'there is no callout "{name}".{nearest(name, known) or " Write note or warning."}'
        )
    return FOREIGN.get(name, "tip"), title or None
