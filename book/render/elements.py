"""What the parts of a chapter become: callouts, figures, places for pictures, tables, task lists, notes, headings.

Each function takes a tree from `markdown` and changes one kind of element in it. None knows of editions.
"""

import re

from lxml import etree

from book.model.document import Document
from book.model.figures import Figures
from book.model.labels import Labels
from book.model.place import Place
from book.model.problems import Problems, nearest
from book.render.tree import Tree, child, line_at, parent, plain, select, slug, unused, value

TABLE_COLUMNS = 4


def callouts(tree: Tree, labels: Labels) -> None:
    """Turn the parser's admonitions into notes with a worded heading."""
    words = {"tip": labels.tip, "caution": labels.caution, "in-short": labels.in_short}
    words |= {"do-this": labels.do_this, "do": labels.do, "dont": labels.dont}
    for box in select(tree, './/div[contains(@class, "admonition")]'):
        kind = value(box, "class").split()[1]
        box.tag = "aside"
        box.set("class", f"callout {kind}")
        box.set("role", "note")
        title = box[0]
        title.set("class", "callout-title")
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
    """Give tables a caption (from the line "Table: …" above them), scopes, and no styles of their own."""
    for table in select(tree, ".//table[not(caption)]"):
        above = table.getprevious()
        text = (above.text or "") if above is not None and above.tag == "p" else ""
        heads = select(table, "./thead/tr/th")
        if text.startswith("Table:") and above is not None:
            above.tag = "caption"
            above.text = text.removeprefix("Table:").strip()
            table.insert(0, above)
        else:
            line = line_at(table)
            problems.add(
                part.file, line, 'the table needs a caption. Write "Table: …" on the line above it.', "T11"
            )
        if len(heads) > TABLE_COLUMNS:
            line = line_at(table)
            problems.add(
                part.file,
                line,
                f"the table has {len(heads)} columns; phones show {TABLE_COLUMNS}. Split it.",
                "T11",
            )
        for head in heads:
            head.set("scope", "col")
        for row in select(table, "./tbody/tr"):
            row[0].tag = "th"
            row[0].set("scope", "row")
        for cell in table.iter("td", "th"):
            cell.attrib.pop("style", "")


def figures(tree: Tree, part: Document, drawn: Figures, problems: Problems) -> None:
    """Turn a picture that stands alone into a figure.

    A `figure:` is one of the book's drawn figures and brings its own words; a `place:` is a frame kept for a
    picture that is still to come.
    """
    for picture in select(tree, ".//img"):
        line = line_at(picture)
        if not _drawn(picture, drawn, Place(part.file, line), problems):
            continue
        source, alt = picture.get("src", ""), (picture.get("alt") or "").strip()
        caption = picture.get("title") or ""
        paragraph = parent(picture)
        alone = paragraph.tag == "p" and len(paragraph) == 1 and not plain(paragraph)
        if source.startswith("place:"):
            if not alone or not caption:
                message = (
                    'a place for a picture stands on a line of its own, with a caption: ![](place:name "Caption.")'
                )
                problems.add(part.file, line, message)
        elif not alt:
            problems.add(
                part.file,
                line,
                f'the picture "{source}" has no alt text. Say what it shows: ![text]({source})',
                "F01",
            )
        elif alt == caption:
            problems.add(
                part.file,
                line,
                f'the picture "{source}" has its caption as alt text. Say what is seen instead.',
                "F02",
            )
        if alone:
            _figure(paragraph, picture, caption)


def _drawn(picture: Tree, drawn: Figures, asked: Place, problems: Problems) -> bool:
    """Give a `figure:` its file, alt text and caption; False (and a problem) if the book has no such figure."""
    kind, _, name = value(picture, "src").partition(":")
    if kind != "figure":
        return True
    if name not in drawn.figures:
        message = f'there is no figure "{name}" in images/figures.yaml.{nearest(name, drawn.figures)}'
        problems.add(asked.file, asked.line, message)
        return False
    entry = drawn.figures[name]
    picture.set("src", f"{name}.svg")
    picture.set("alt", entry.alt)
    if entry.caption:
        picture.set("title", entry.caption)
    return True


def _figure(paragraph: Tree, picture: Tree, caption: str) -> None:
    paragraph.tag = "figure"
    paragraph.text = None
    if (source := picture.get("src", "")).startswith("place:"):
        paragraph.attrib.update({"class": "place", "id": source.replace(":", "-")})
        picture.tag = "div"
        picture.attrib.clear()
        picture.set("class", "frame")
    else:
        picture.attrib.pop("title", "")
    picture.tail = None
    if caption:
        child(paragraph, "figcaption", caption)


def notes(tree: Tree, name: str, labels: Labels) -> None:
    """Turn the parser's footnotes into notes that pop up on readers and lead back to the text."""
    for reference in select(tree, './/a[@class="footnote-ref"]'):
        number = value(reference, "href").removeprefix("#fn:")
        holder = parent(reference)
        holder.attrib.clear()
        holder.set("class", "noteref")
        reference.attrib.clear()
        reference.attrib.update(
            {"class": "noteref", "id": f"{name}-ref-{number}", "href": f"#{name}-note-{number}"}
        )
        reference.set("role", "doc-noteref")
    for block in select(tree, './/div[@class="footnote"]'):
        block.attrib.clear()
        block.set("class", "notes")
        for item in select(block, "./ol/li"):
            number = value(item, "id").removeprefix("fn:")
            note = child(block, "aside", class_="note", id=f"{name}-note-{number}", role="doc-footnote")
            for back in select(item, './/a[@class="footnote-backref"]'):
                back.attrib.clear()
                back.attrib.update({"href": f"#{name}-ref-{number}", "role": "doc-backlink", "class": "backlink"})
                back.set("aria-label", labels.back)
                back.text = "↩"
            note.extend(list(item))
        for old in [*block.iter("hr"), *select(block, "./ol")]:
            block.remove(old)


def headings(tree: Tree, name: str, part: Document, problems: Problems) -> None:
    """Give each heading an id, and see that levels begin at 2 and skip none."""
    level = 1
    taken: set[str] = set()
    for heading in tree.iter("h2", "h3", "h4"):
        now = int(heading.tag[1])
        text = plain(heading)
        if now > level + 1:
            line = line_at(heading)
            problems.add(part.file, line, f'the heading "{text}" skips a level. Give it one # less.', "T01")
        if not text:
            problems.add(part.file, line_at(heading), "a heading has no words. Write them, or take it out.", "T01")
        level = now
        if not heading.get("id"):
            heading.set("id", unused(f"{name}-{slug(text)}", taken))
