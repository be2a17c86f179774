"""What an e-book may say of its accessibility: counted in its finished files, and never typed by hand.

`epub` writes it into the package. `check_words` sees that no label of an author's says what is not so.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree
from PIL import Image

from book.model.key_lines import KeyLines
from book.model.labels import Labels
from book.model.manifest import Manifest
from book.model.place import MANIFEST
from book.model.problems import Problems
from book.render.tree import Tree, select

TYPE = "@*[local-name() = 'type']"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FIXED = re.compile(r"(?<![\w-])position\s*:|font-size:\s*[\d.]+(px|pt|mm|cm|in)")
COLORS = re.compile(r"(?<![\w-])(color|background(-color)?|border-color|fill)\s*:")


@dataclass(frozen=True)
class Content:
    """What the files of an e-book hold: how many of a thing, and how many of these are as they should be."""

    files: int
    headed: int
    pictures: int
    described: int
    explained: int
    moving: int
    tables: int
    captioned: int
    notes: int
    returning: int
    markers: tuple[str, ...]
    listed: tuple[str, ...]
    contents: int
    indexes: int
    fixed: bool
    colored: bool


def read(files: Mapping[str, bytes]) -> Content:
    """Count what bears out claims in the files of an e-book, given by their names."""
    trees = {name: _plain(data) for name, data in files.items() if name.endswith(".xhtml")}
    styles = " ".join(COMMENT.sub("", data.decode()) for name, data in files.items() if name.endswith(".css"))
    styles += " ".join(str(found) for tree in trees.values() for found in select(tree, "//@style"))

    def count(path: str) -> int:
        return sum(len(select(tree, path)) for tree in trees.values())

    return Content(
        files=len(trees),
        headed=sum(bool(select(tree, "//h1")) or name == "cover.xhtml" for name, tree in trees.items()),
        pictures=count("//img | //svg"),
        described=count("//img[normalize-space(@alt)] | //svg[@role = 'img' and title]"),
        explained=count("//img[@aria-details] | //figure[@aria-details]"),
        moving=sum(_moves(name, data) for name, data in files.items()),
        tables=count("//table"),
        captioned=count("//table[normalize-space(caption) and .//th[@scope]]"),
        notes=count(f"//*[{TYPE} = 'noteref']"),
        returning=count("//*[@role = 'doc-backlink']"),
        markers=_texts(trees, "//*[@role = 'doc-pagebreak']/@id"),
        listed=tuple(_end(link) for link in _texts(trees, f"//nav[{TYPE} = 'page-list']//a/@href")),
        contents=count(f"//nav[{TYPE} = 'toc']//a"),
        indexes=count(f"//section[{TYPE} = 'index']"),
        fixed=bool(FIXED.search(styles)),
        colored=bool(COLORS.search(styles)),
    )


def claims(content: Content, labels: Labels, edition: str) -> list[tuple[str, str]]:
    """Give the metadata that content bears out, as (property, value); `edition` is where its pages are from."""
    modes = ["textual", *(["visual"] if content.pictures else [])]
    told = content.described == content.pictures
    features = [name for name, holds in FEATURES.items() if holds(content)]
    summary = " ".join(_sentence(name, content, labels, edition) for name, holds in FACTS.items() if holds(content))
    return [
        *(("schema:accessMode", mode) for mode in modes),
        ("schema:accessModeSufficient", "textual" if told else ",".join(modes)),
        *(("schema:accessibilityFeature", name) for name in features),
        ("schema:accessibilityHazard", "unknown" if content.moving else "none"),
        *([("schema:accessibilitySummary", summary)] if summary else []),
    ]


def check_words(about: Manifest, epub: bytes, lines: KeyLines) -> None:
    """See that no label has an e-book say of its accessibility what its files do not bear out. BookError."""
    problems = Problems()
    with zipfile.ZipFile(io.BytesIO(epub)) as files:
        content = read({name: files.read(name) for name in files.namelist()})
    for name in sorted(about.labels.access.model_fields_set):
        if not FACTS[name](content):
            message = (
                f"the label access.{name} says of the e-book what is not so: {UNTRUE[name]}. Take the label out."
            )
            problems.add(MANIFEST, lines.of(MANIFEST, ("labels", "access", name)), message, "E11")
    problems.raise_any()


FEATURES: dict[str, Callable[[Content], bool]] = {
    "tableOfContents": lambda has: has.contents > 0,
    "structuralNavigation": lambda has: has.files == has.headed,
    "readingOrder": lambda has: has.files > 0,
    "displayTransformability": lambda has: not has.fixed,
    "unlocked": lambda has: has.files > 0,
    "alternativeText": lambda has: 0 < has.pictures == has.described,
    "longDescription": lambda has: has.explained > 0,
    "pageBreakMarkers": lambda has: bool(has.markers),
    "pageNavigation": lambda has: bool(has.markers) and has.markers == has.listed,
    "index": lambda has: has.indexes > 0,
}
FACTS: dict[str, Callable[[Content], bool]] = {
    "pictures": lambda has: 0 < has.pictures == has.described,
    "tables": lambda has: 0 < has.tables == has.captioned,
    "notes": lambda has: 0 < has.notes <= has.returning,
    "pages": lambda has: bool(has.markers),
    "colors": lambda has: not has.colored,
}
UNTRUE = {
    "pictures": "a picture has no words, or there is none",
    "tables": "a table has no caption or no heading cells, or there is none",
    "notes": "a note does not lead back, or there is none",
    "pages": "no page of a printed edition is marked",
    "colors": "its style sheet sets colors",
}


def _sentence(name: str, content: Content, labels: Labels, edition: str) -> str:
    counted = {"pictures": content.pictures, "tables": content.tables, "notes": content.notes}
    words = str(getattr(labels.access, name))
    return words.replace("{count}", str(counted.get(name, ""))).replace("{edition}", edition)


def _plain(data: bytes) -> Tree:
    """Parse an XHTML file and take its elements out of their namespaces, so that paths are short."""
    tree = etree.fromstring(data)
    for element in tree.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return tree


def _texts(trees: Mapping[str, Tree], path: str) -> tuple[str, ...]:
    return tuple(str(found) for tree in trees.values() for found in select(tree, path))


def _end(link: str) -> str:
    return link.partition("#")[2]


def _moves(name: str, data: bytes) -> bool:
    """Say whether a file of an e-book moves or sounds: an animated picture, a film, a script."""
    if name.endswith((".png", ".jpg", ".jpeg", ".gif", ".webp")):
        with Image.open(io.BytesIO(data)) as picture:
            return bool(getattr(picture, "is_animated", False))
    if name.endswith((".svg", ".xhtml")):
        return bool(re.search(rb"<(animate|set|script|video|audio)\b", data))
    return False
