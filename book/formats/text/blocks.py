"""Elements to blocks of lines: paragraphs, headings, lists, quotes, code, boxes with a title."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from book.formats.text.inline import is_within, words
from book.formats.text.tables import table
from book.formats.text.wrap import columns, indent, tidy, wrap
from book.render.tree import Tree, select, value

IN_BOX, IN_QUOTE, IN_LIST = "  ", "    ", "    "
ENDS = tuple(".:;!?…")
CLOSES = "”’)"


@dataclass(frozen=True)
class Block:
    """Lines that belong together, how many blank ones are before them, and whether these may go, as in a list."""

    lines: Sequence[str]
    gap: int = 1
    close: bool = False


def joined(blocks: Iterable[Block]) -> list[str]:
    """Give the lines of blocks, one after the other."""
    lines: list[str] = []
    for block in blocks:
        lines += ["", *[""] * (block.gap - 1)][: block.gap] if lines else []
        lines += block.lines
    return lines


def inside(element: Tree, width: int) -> list[Block]:
    """Give the blocks of what is in an element: loose text is a paragraph."""
    found: list[Block] = []
    text = element.text or ""
    for inner in element:
        if not isinstance(inner.tag, str):
            text += inner.tail or ""
        elif is_within(inner):
            text += words(inner) + (inner.tail or "")
        else:
            found += [*_paragraph(text, width), *MAKERS.get(inner.tag, inside)(inner, width)]
            text = inner.tail or ""
    return [*found, *_paragraph(text, width)]


def titled(text: str) -> str:
    """Give a title or a term as it stands before what it is of: with a colon, or a stop if it has one within."""
    text = tidy(text)
    return text if not text or text.rstrip(CLOSES).endswith(ENDS) else text + ("." if ":" in text else ":")


def _paragraph(text: str, width: int) -> list[Block]:
    lines = wrap(text, width)
    return [Block(lines)] if lines else []


def _heading(element: Tree, width: int) -> list[Block]:
    lines = wrap(words(element), width)
    return [Block(lines, gap=4 if element.tag == "h1" else 2)] if lines else []


def _rule(element: Tree, width: int) -> list[Block]:
    del element, width
    return [Block(["* * *"])]


def _code(element: Tree, width: int) -> list[Block]:
    """Give code as it is, however long its lines."""
    del width
    lines = [line.rstrip() for line in "".join(map(str, element.itertext())).strip("\n").split("\n")]
    return [Block(lines)] if any(lines) else []


def _quote(element: Tree, width: int) -> list[Block]:
    return _set_in(inside(element, width - len(IN_QUOTE)), IN_QUOTE)


def _box(element: Tree, width: int) -> list[Block]:
    """Give a box: its title, and right below it, set in, what is in it."""
    first, *rest = inside(element, width - len(IN_BOX)) or [Block([])]
    if not rest:
        return [first] if first.lines else []
    return [first, *_set_in([replace(rest[0], gap=0), *rest[1:]], IN_BOX)]


def _set_in(blocks: Iterable[Block], by: str) -> list[Block]:
    return [replace(block, lines=indent(block.lines, by)) for block in blocks]


def _list(element: Tree, width: int) -> list[Block]:
    """Give a list with its marks or numbers; close together if each item is one paragraph, and lists below it."""
    items = [(mark, inside(item, width - columns(mark))) for mark, item in _marks(element)]
    close = all(block.close for _, blocks in items for block in blocks[1:])
    lines: list[str] = []
    for mark, blocks in items:
        first, *rest = joined(replace(block, gap=0) if close else block for block in blocks) or [""]
        lines += [""] if lines and not close else []
        lines += [(mark + first).rstrip(), *indent(rest, " " * columns(mark))]
    return [Block(lines, close=close)] if lines else []


def _marks(element: Tree) -> Iterator[tuple[str, Tree]]:
    """Give each item with what stands before it."""
    items = [item for item in element if item.tag == "li"]
    start = value(element, "start")
    first = int(start) if start.removeprefix("-").isdigit() else 1
    form = "[{}] " if value(element, "class") == "source-list" else "{}. "
    for number, item in enumerate(items, first):
        yield form.format(number) if element.tag == "ol" else "- ", item


def _terms(element: Tree, width: int) -> list[Block]:
    """Give terms, each with what it means; a line apart, unless each needs just one."""
    entries: list[list[str]] = []
    for heads, meanings in _entries(element):
        head = titled(", ".join(heads))
        blocks = [block for meaning in meanings for block in inside(meaning, width - len(IN_LIST))]
        if len(meanings) == 1 and all(map(is_within, meanings[0])):
            entries.append(wrap(f"{head} {words(meanings[0])}", width, IN_LIST))
        else:
            entries.append([*wrap(head, width, IN_LIST), *indent(joined(blocks), IN_LIST)])
    close = all(len(lines) == 1 for lines in entries)
    return [Block(joined(Block(lines, gap=0 if close else 1) for lines in entries), close=close)] if entries else []


def _entries(element: Tree) -> Iterator[tuple[list[str], list[Tree]]]:
    heads: list[str] = []
    meanings: list[Tree] = []
    for item in select(element, "./dt | ./dd | ./div/dt | ./div/dd"):
        if item.tag == "dt" and meanings:
            yield heads, meanings
            heads, meanings = [], []
        if item.tag == "dt":
            heads.append(tidy(words(item)))
        else:
            meanings.append(item)
    if heads or meanings:
        yield heads, meanings


def _table(element: Tree, width: int) -> list[Block]:
    return [Block(lines, gap) for gap, lines in table(element, width)]


MAKERS: dict[str, Callable[[Tree, int], list[Block]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), _list),
    "dl": _terms, "table": _table, "blockquote": _quote, "pre": _code, "aside": _box, "hr": _rule,
}  # fmt: skip
