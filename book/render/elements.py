"""What the parts of a chapter become: callouts, tables, task lists, notes, headings. Of pictures see `figures`.

Each function takes a tree from `markdown` and changes one kind of element in it. None knows of editions.
"""

import re

from lxml import etree

from book.model.characters import NO_BREAK
from book.model.document import Document
from book.model.labels import Labels
from book.model.problems import Problems
from book.render.tree import CALLOUT, MADE, Tree, child, line_at, parent, plain, select, slug, unused, value

CAPTION_MARK = re.compile(r"(?:Table)?:\s+")  # before the caption of a table, above or below it
ALIGNED = re.compile(r"text-align: (right|center)")
LONG_WORD = re.compile(r"[^\s\u200b-]{21,}")  # one that would widen its column, or leave the page
TABLE_COLUMNS = 4
HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def callouts(tree: Tree, labels: Labels) -> None:
    """Turn the parser's admonitions into notes with a worded heading."""
    words = {"tip": labels.tip, "caution": labels.caution, "in-short": labels.in_short}
    words |= {"do-this": labels.do_this, "do": labels.do, "dont": labels.dont}
    for box in select(tree, f".//div[@{CALLOUT}]"):
        kind = str(box.attrib.pop(CALLOUT))
        box.tag = "aside"
        box.set("class", f"callout {kind}")
        box.set("role", "note")
        title = box[0]
        default = kind.replace("-", " ").title()
        given = len(title) or (title.text or "") != default
        if not given:
            title.text = words.get(kind, default)
        elif kind == "caution":
            title.text = f"{words[kind]}: {title.text or ''}"
        if len(title) == 0:
            box.set("aria-label", title.text or "")


def task_lists(tree: Tree, labels: Labels) -> None:
    """Turn items that begin with [ ] or [x] into boxes to tick on paper, with words for those who hear them."""
    for item in tree.iter("li"):
        holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        match = re.match(r"\s*\[([ xX])\]\s+", holder.text or "")
        if not match:
            continue
        done = match[1] != " "
        box = etree.Element(
            "span", {"class": "box", "role": "img", "aria-label": labels.done if done else labels.to_do}
        )
        box.text = "☑" if done else "☐"
        box.tail = " " + (holder.text or "")[match.end() :]
        holder.text = None
        holder.insert(0, box)
        item.set("class", "task")
        parent(item).set("class", "tasks")


def tables(tree: Tree, part: Document, problems: Problems) -> None:
    """Give tables a caption (from the line "Table: …" beside them), scopes, and no styles of their own."""
    for table in select(tree, ".//table[not(caption)]"):
        heads = select(table, "./thead/tr/th")
        if not _take_caption(table):
            said = 'the table needs a caption. Write "Table: …" on the line above it.'
            problems.warn(part.file, line_at(table), said, "T11")
        if len(heads) > TABLE_COLUMNS:
            said = f"the table has {len(heads)} columns; phones show {TABLE_COLUMNS}. Split it."
            problems.warn(part.file, line_at(table), said, "T11")
        _set_scopes(table, heads)
        for cell in table.iter("td", "th"):
            _set_classes(cell)
    for paragraph in filter(_is_caption, tree.iter("p")):
        after = paragraph.getnext()
        if after is None or not plain(after).startswith("|"):  # else it is the table that is told
            said = "a caption of a table has no table beside it. Write it right above its table, or take it out."
            problems.add(part.file, line_at(paragraph), said)


def _take_caption(table: Tree) -> bool:
    """Make a caption of the paragraph that is one above or below a table; False if there is none."""
    above, below = table.getprevious(), table.getnext()
    after = below.getnext() if below is not None else None
    belongs = _is_caption(below) and (after is None or after.tag != "table")  # else it is that of the table below
    caption = above if _is_caption(above) else below if belongs else None
    if caption is None:
        return False
    caption.tag = "caption"
    caption.text = CAPTION_MARK.sub("", caption.text or "")
    table.insert(0, caption)
    return True


def _set_scopes(table: Tree, heads: list[Tree]) -> None:
    """Say what heads of columns, and of rows, are heads of."""
    for head in heads:
        head.set("scope", "col")
    for row in select(table, "./tbody/tr[*]"):
        row[0].tag = "th"
        row[0].set("scope", "row")


def _set_classes(cell: Tree) -> None:
    """Keep how a cell is aligned, and say of a word that would widen its column that it may break."""
    align = ALIGNED.search(str(cell.attrib.pop("style", "")))
    classes = [*([f"to-{align[1]}"] if align else []), *(["long"] if LONG_WORD.search(plain(cell)) else [])]
    if classes:
        cell.set("class", " ".join(classes))


def _is_caption(element: Tree | None) -> bool:
    return element is not None and element.tag == "p" and bool(CAPTION_MARK.match(element.text or ""))


def notes(tree: Tree, name: str, labels: Labels) -> None:
    """Turn the parser's notes into such as pop up on readers and lead back to each place that names them."""
    calls: dict[str, list[str]] = {}
    for call in select(tree, f'.//a[@class="noteref"][@{MADE}]'):
        called, own = value(call, "href").removeprefix("#"), f"{name}-{value(call, 'id')}"
        calls.setdefault(called, []).append(own)
        call.attrib.update({"id": own, "href": f"#{name}-{called}", "role": "doc-noteref", MADE: ""})
    for note in select(tree, f'.//aside[@class="note"][@{MADE}]'):
        last = note[-1] if len(note) and note[-1].tag == "p" else child(note, "p")
        for number, own in enumerate(calls.get(value(note, "id"), ()), 1):
            _add_text(last, NO_BREAK if plain(last) else "")
            words = f"{labels.back} ({number})" if number > 1 else labels.back
            sign = "↩" if number == 1 else f"↩{number}"
            child(last, "a", sign, href=f"#{own}", role="doc-backlink", class_="backlink", aria_label=words)
        note.attrib.update({"id": f"{name}-{value(note, 'id')}", "role": "doc-footnote", MADE: ""})


def _add_text(element: Tree, text: str) -> None:
    """Add a text behind all that an element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def headings(tree: Tree, name: str, part: Document, problems: Problems) -> None:
    """Give each heading an id, and see that levels begin at 2 and skip none."""
    level = 1
    taken: set[str] = set()
    for heading in tree.iter(*HEADINGS):
        now = int(heading.tag[1])
        text = plain(heading)
        if now > level + 1:
            line = line_at(heading)
            problems.warn(part.file, line, f'the heading "{text}" skips a level. Give it one # less.', "T01")
        if not text:
            problems.add(part.file, line_at(heading), "a heading has no words. Write them, or take it out.", "T01")
        level = now
        if not heading.get("id"):
            heading.set("id", unused(f"{name}-{slug(text)}", taken))
            heading.set(MADE, "")
