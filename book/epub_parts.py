"""What an e-book holds besides its chapters: navigation for new readers and old, and metadata from its content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from book.assemble import EPUB_TYPE, Leaf
from book.elements import plain
from book.model import Book
from book.pages import templates

ROLE = {"refines": "#creator", "property": "role", "scheme": "marc:relators"}


@dataclass
class Point:
    """One entry of the navigation, with the entries inside it."""

    title: str
    href: str
    inside: list["Point"] = field(default_factory=list)
    order: int = 0

    @property
    def id(self) -> str:
        """The id of the entry in an NCX."""
        return f"point-{self.order}"


@dataclass(frozen=True)
class Landmark:
    """A place that reading systems offer by name."""

    type: str
    title: str
    href: str


@dataclass(frozen=True)
class Meta:
    """One metadata element of the package: its tag, its text and its attributes."""

    tag: str
    text: str
    attributes: dict[str, str] = field(default_factory=dict)


def points(leaves: Iterable[Leaf]) -> list[Point]:
    """Give the navigation tree: chapters with their headings, exercises below the chapter they follow."""
    tree: list[Point] = []
    for leaf in leaves:
        point = Point(leaf.title, leaf.file)
        if leaf.kind == "chapter":
            heads = ((head.get("id"), plain(head)) for head in leaf.body.iter("h2"))
            point.inside = [Point(words, f"{leaf.file}#{name}") for name, words in heads]
        (tree[-1].inside if leaf.kind == "exercise" and tree else tree).append(point)
    for number, point in enumerate(_flat(tree), 1):
        point.order = number
    return tree


def _flat(tree: Iterable[Point]) -> Iterator[Point]:
    for point in tree:
        yield point
        yield from _flat(point.inside)


def navigation(book: Book, leaves: list[Leaf]) -> str:
    """Fill the body of nav.xhtml: contents and landmarks."""
    labels = book.manifest.labels
    start = next(leaf for leaf in leaves if leaf.kind in {"chapter", "exercise"})
    marks = [
        Landmark("cover", labels.cover, "cover.xhtml"),
        Landmark("titlepage", book.manifest.title, leaves[0].file),
        Landmark("toc", labels.contents, "nav.xhtml#toc"),
        Landmark("bodymatter", labels.start_reading, start.file),
    ]
    marks += [
        Landmark("bibliography", leaf.title, leaf.file) for leaf in leaves if leaf.file == "page-sources.xhtml"
    ]
    kinds = ((leaf.body.get(EPUB_TYPE), leaf) for leaf in leaves)
    marks += [Landmark(kind, leaf.title, leaf.file) for kind, leaf in kinds if kind in {"glossary", "index"}]
    template = templates().get_template("nav.html")
    return template.render(tree=points(leaves), landmarks=marks, labels=labels)


def ncx(book: Book, leaves: list[Leaf]) -> str:
    """Fill toc.ncx, the contents for readers older than EPUB 3."""
    tree = points(leaves)
    depth = 2 if any(point.inside for point in tree) else 1
    return templates().get_template("toc.ncx").render(book=book.manifest, tree=tree, depth=depth)


def metadata(book: Book, leaves: list[Leaf]) -> list[Meta]:
    """Give the package's metadata; what it claims of accessibility is computed from the content."""
    about = book.manifest
    found = [
        Meta("title", about.title, {"id": "title"}),
        Meta("language", about.language),
        Meta("publisher", about.publisher),
        Meta("creator", about.author or about.publisher, {"id": "creator"}),
        Meta("description", about.description),
        Meta("date", about.date.isoformat()),
        Meta("rights", about.rights),
        *(Meta("subject", subject) for subject in about.subjects),
        Meta("meta", "main", {"refines": "#title", "property": "title-type"}),
        # Nobody but an author gets a role: foliate refuses a book whose creator is its publisher ("pbl").
        *([Meta("meta", "aut", ROLE)] if about.author else []),
        Meta("meta", "", {"name": "cover", "content": "cover-image"}),
    ]
    return found + [Meta("meta", value, {"property": f"schema:{name}"}) for name, value in _access(book, leaves)]


def _access(book: Book, leaves: list[Leaf]) -> Iterator[tuple[str, str]]:
    """Give the accessibility claims that the content bears out; the cover is a picture with words in its alt."""
    pictures = [picture for leaf in leaves for picture in leaf.body.iter("img")]
    yield "accessMode", "textual"
    yield "accessMode", "visual"
    yield "accessModeSufficient", "textual"
    for feature in (
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
        "unlocked",
    ):
        yield "accessibilityFeature", feature
    if all(picture.get("alt") for picture in pictures):
        yield "accessibilityFeature", "alternativeText"
    yield "accessibilityHazard", "none"
    yield "accessibilitySummary", book.manifest.labels.access_summary
