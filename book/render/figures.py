"""Pictures that stand on lines of their own become figures; several in a row stand side by side.

Wherever they are: in a paragraph, an item, a cell, a note. What they are called in `images/figures.yaml`, and the
frames that are kept for pictures still to come, are put in place here, too. Knows nothing of editions.
"""

import posixpath
import re

from book.model.document import Document
from book.model.figures import Figures
from book.model.place import FIGURES, Place
from book.model.problems import Problems, nearest
from book.render import markdown
from book.render.picture_rows import is_picture, set_apart
from book.render.tree import CAPTION, INLINE, Tree, line_at, parent, plain, select, value

HOLDERS = ("p", "li", "td", "th", "dd", "div", "section", "aside")


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
        if any(is_picture(element) for element in holder):
            set_apart(holder)
    for picture in tree.iter("img"):
        if _in_words(_outermost(picture)) and not _in_figure(picture):
            picture.set("class", f"{value(picture, 'class')} in-line".strip())  # as high as its line
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


def _in_words(element: Tree) -> bool:
    """Say whether words stand beside a picture on its line."""
    if parent(element).tag in INLINE:
        return True
    before = element.getprevious()
    left = (parent(element).text if before is None else before.tail) or ""
    right = element.tail or ""
    beside = left.rpartition("\n")[2].strip() or right.partition("\n")[0].strip()
    meets = not left.strip() and before is not None and before.tag in INLINE - {"br", "img"} and "\n" not in left
    return bool(beside) or (meets and before is not None and before.get(CAPTION) is None)


def _in_figure(picture: Tree) -> bool:
    return any(outer.tag == "figure" for outer in picture.iterancestors())


def _outermost(picture: Tree) -> Tree:
    """Give the link around a picture, or the picture."""
    around = parent(picture)
    return around if around.tag == "a" else picture


def _caption_of(element: Tree) -> Tree | None:
    after = element.getnext()
    is_caption = after is not None and after.get(CAPTION) is not None and not (element.tail or "").strip()
    return after if is_caption else None


def _take_out(element: Tree) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    parent(element).remove(element)
