"""Pictures that stand on lines of their own become figures; several in a row stand side by side.

Wherever they are: in a paragraph, an item, a cell, a note. What they are called in `images/figures.yaml`, and the
frames that are kept for pictures still to come, are put in place here, too. Knows nothing of editions.
"""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from book.model.document import Document
from book.model.figures import Figures
from book.model.place import FIGURES, Place
from book.model.problems import Problems, nearest
from book.render import markdown
from book.render.tree import CAPTION, Tree, line_at, parent, plain, select, value

HOLDERS = ("p", "li", "td", "th", "dd", "div", "section", "aside", "summary", "h2", "h3", "h4", "dt")
WIDEST_ROW = 3  # pictures side by side
Piece = Tree | str
Row = list[Piece]  # what stands on one line of the author's text


def figures(tree: Tree, part: Document, drawn: Figures, problems: Problems) -> None:
    """Turn pictures on lines of their own into figures; tell of those without words, or whose caption is lost.

    A `figure:` is one of the book's drawn figures and brings its own words; a `place:` is a frame kept for a
    picture that is still to come.
    """
    for picture in list(tree.iter("img")):
        picture.set("src", _name(value(picture, "src"), part.file))
        if _drawn(picture, drawn, Place(part.file, line_at(picture)), problems):
            _check_words(picture, part, problems)
        else:
            picture.attrib.pop("src")
    for holder in list(tree.iter(*HOLDERS)):
        if any(_is_picture(element) for element in holder):
            _set_apart(holder)
    for caption in select(tree, f".//span[@{CAPTION}]"):
        said = "a picture with a caption stands on a line of its own. Move it there, or take the caption out."
        problems.add(part.file, line_at(caption), said)
    for picture in select(tree, './/img[starts-with(@src, "place:")]'):
        said = 'a place for a picture stands on a line of its own, with a caption: ![](place:name "Caption.")'
        problems.add(part.file, line_at(picture), said)
        picture.attrib.pop("src")


def _name(written: str, file: str) -> str:
    """Give a picture's name in `images/`, also where it is written as a path from the chapter or the book."""
    if re.match(r"\.{1,2}/|images/", written) is None:
        return written
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(file), written))
    path = beside if beside.startswith("images/") else posixpath.normpath(written)
    return path.removeprefix("images/")


def _drawn(picture: Tree, drawn: Figures, asked: Place, problems: Problems) -> bool:
    """Give a `figure:` its file, alt text and caption; False (and a problem) if the book has no such figure."""
    kind, _, name = value(picture, "src").partition(":")
    if kind != "figure":
        return True
    if name not in drawn.figures and FIGURES in problems.unread:
        return False
    if name not in drawn.figures:
        message = f'there is no figure "{name}" in images/figures.yaml.{nearest(name, drawn.figures)}'
        problems.add(asked.file, asked.line, message)
        return False
    entry = drawn.figures[name]
    picture.set("src", f"{name}.svg")
    picture.set("alt", entry.alt)
    if entry.caption:
        caption = _caption_of(_outermost(picture))
        if caption is not None:
            _take_out(caption)
        caption = markdown.inline(entry.caption)
        caption.set(CAPTION, "")
        caption.tail, _outermost(picture).tail = _outermost(picture).tail, None
        _outermost(picture).addnext(caption)
    return True


def _check_words(picture: Tree, part: Document, problems: Problems) -> None:
    source, alt = value(picture, "src"), value(picture, "alt").strip()
    caption = _caption_of(_outermost(picture))
    if source.startswith("place:"):
        return
    if not alt:
        said = f'the picture "{source}" has no alt text. Say what it shows: ![text]({source})'
        problems.add(part.file, line_at(picture), said, "F01")
    elif re.search(r"\|\d+(?:x\d+)?$", alt):
        said = (
            "a size as Obsidian writes it stands in the words for a picture. Write {width=50%} behind the picture."
        )
        problems.add(part.file, line_at(picture), said)
    elif caption is not None and alt == plain(caption):
        said = f'the picture "{source}" has its caption as alt text. Say what is seen instead.'
        problems.warn(part.file, line_at(picture), said, "F02")


def _outermost(picture: Tree) -> Tree:
    """Give the link around a picture, or the picture."""
    around = parent(picture)
    return around if around.tag == "a" else picture


def _is_picture(element: Tree) -> bool:
    """Say whether an element is a picture, or a link that holds nothing else."""
    if element.tag == "a":
        return len(element) == 1 and element[0].tag == "img" and not plain(element)
    return element.tag == "img"


def _caption_of(element: Tree) -> Tree | None:
    after = element.getnext()
    is_caption = after is not None and after.get(CAPTION) is not None and not (element.tail or "").strip()
    return after if is_caption else None


def _take_out(element: Tree) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    parent(element).remove(element)


def _set_apart(holder: Tree) -> None:
    """Make figures of the pictures that have lines of their own: in an item or a cell, of those with captions."""
    rows = [row for row in _rows(holder) if any(not isinstance(one, str) or one.strip() for one in row)]
    made = [_is_of_pictures(row) and (holder.tag == "p" or _has_caption(row)) for row in rows]
    if not any(made):
        return
    parts: list[list[Row]] = []  # of text and of pictures, in turn
    for row, is_made, before in zip(rows, made, [None, *made], strict=False):
        if is_made is not before:
            parts.append([])
        parts[-1].append(row)
    filled = [_figures(part) if made[0] is (at % 2 == 0) else _text(part) for at, part in enumerate(parts)]
    if holder.tag == "p":
        _replace(holder, filled)
    else:
        _refill(holder, [piece for part in filled for piece in part])


def _rows(holder: Tree) -> Iterator[Row]:
    """Give the lines of a block as its author wrote them."""
    row: Row = []
    for piece in [holder.text or "", *(piece for element in holder for piece in (element, element.tail or ""))]:
        if not isinstance(piece, str):
            row.append(piece)
            if piece.tag == "br":
                yield row
                row = []
            continue
        first, *later = piece.split("\n")
        row.append(first)
        for line in later:
            yield [*row, "\n"]
            row = [line]
    yield row


def _is_of_pictures(row: Row) -> bool:
    elements = [piece for piece in row if not isinstance(piece, str) and piece.tag != "br"]
    bare = not any(piece.strip() for piece in row if isinstance(piece, str))
    pictures = [one for one in elements if _is_picture(one)]
    return bare and bool(pictures) and all(_is_picture(one) or _is_caption(one) for one in elements)


def _is_caption(element: Tree) -> bool:
    return element.get(CAPTION) is not None


def _has_caption(row: Row) -> bool:
    return any(not isinstance(piece, str) and _is_caption(piece) for piece in row)


def _text(rows: list[Row]) -> list[Piece]:
    """Give what is left of the text of a block, without the line ends around it."""
    pieces = [piece for row in rows for piece in row]
    while pieces and (not isinstance(pieces[-1], str) and pieces[-1].tag == "br"):
        pieces.pop()
    return pieces


def _figures(rows: list[Row]) -> list[Piece]:
    """Give the figure that pictures are, or a group of figures that stand side by side."""
    elements = [piece for row in rows for piece in row if not isinstance(piece, str) and piece.tag != "br"]
    made: list[Tree] = []
    for element in elements:
        if _is_caption(element):
            element.tag = "figcaption"
            element.attrib.pop(CAPTION)
            made[-1].append(element)
        else:
            made.append(etree.Element("figure"))
            made[-1].append(element)
        element.tail = None
    for figure in made:
        _set_place(figure)
    if len(made) == 1:
        return [made[0]]
    columns = 2 if len(made) in {2, 4} else WIDEST_ROW
    group = etree.Element("div", {"class": f"pictures pictures-{columns}"})
    group.extend(made)
    return [group]


def _set_place(figure: Tree) -> None:
    """Make a figure of a `place:` the frame that it is."""
    if not (source := value(figure[0], "src")).startswith("place:") or len(figure) == 1:
        return
    figure.attrib.update({"class": "place", "id": source.replace(":", "-")})
    figure[0].tag = "div"
    figure[0].attrib.clear()
    figure[0].set("class", "frame")


def _replace(paragraph: Tree, parts: list[list[Piece]]) -> None:
    """Put figures, and what is left of its text, in the place of a paragraph; the first of them has its marks."""
    after = paragraph.tail
    made: list[Tree] = []
    for part in parts:
        if len(part) == 1 and not isinstance(part[0], str) and part[0].tag in {"figure", "div"}:
            made.append(part[0])
        elif any(not isinstance(piece, str) or piece.strip() for piece in part):
            made.append(etree.Element("p"))
            _refill(made[-1], part)
    for name, given in map(_strings, paragraph.attrib.items()):
        own = made[0].get(name)
        made[0].set(name, f"{given} {own}" if own and name == "class" else given)
    for element in made:
        paragraph.addprevious(element)
        element.tail = "\n"
    made[-1].tail = after
    paragraph.tail = None
    parent(paragraph).remove(paragraph)


def _strings(attribute: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    name, given = attribute
    return str(name), str(given)


def _refill(holder: Tree, pieces: list[Piece]) -> None:
    """Fill an element anew with texts and elements."""
    holder[:] = []
    holder.text = None
    for piece in pieces:
        if not isinstance(piece, str):
            piece.tail = None
            holder.append(piece)
        elif len(holder):
            holder[-1].tail = (holder[-1].tail or "") + piece
        else:
            holder.text = (holder.text or "") + piece
    last = holder[-1] if len(holder) else None
    if last is not None and last.tail:
        last.tail = last.tail.rstrip("\n") or None
    elif last is None:
        holder.text = (holder.text or "").rstrip("\n")
