"""The lines of a block that are pictures and nothing else: they are set apart, as figures, from the text around."""

from collections.abc import Iterator

from lxml import etree

from book.render.tree import CAPTION, Tree, parent, plain, value

WIDEST_ROW = 3  # pictures side by side
Piece = Tree | str
Row = list[Piece]  # what stands on one line of the author's text


def is_picture(element: Tree) -> bool:
    """Say whether an element is a picture, or a link that holds nothing else."""
    if element.tag == "a":
        return len(element) == 1 and element[0].tag == "img" and not plain(element)
    return element.tag == "img"


def set_apart(holder: Tree) -> None:
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
    pictures = [one for one in elements if is_picture(one)]
    return bare and bool(pictures) and all(is_picture(one) or _is_caption(one) for one in elements)


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
