"""What an e-book holds besides its chapters: navigation for new readers and old, and metadata."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from book.assemble.leaves import Leaf
from book.assemble.screen import EPUB_TYPE
from book.model.book import Book
from book.model.document import documents
from book.model.manifest import Manifest
from book.render.pages.templates import templates
from book.render.tree import Tree, plain, select, value

ROLE = {"refines": "#creator", "property": "role", "scheme": "marc:relators"}
MARKED = ("glossary", "index", "bibliography")  # kinds of section that readers go to by name
UNNUMBERED = " or ".join(f"contains(@class, '{kind}')" for kind in ("pose", "plate", "inset"))
LISTED_FROM = 4  # figures or tables: fewer need no list of their own


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
    """Give the navigation tree: chapters with their headings, below each what follows it."""
    tree: list[Point] = []
    for leaf in leaves:
        point = Point(leaf.title, leaf.file)
        if leaf.kind == "chapter":
            heads = ((head.get("id"), plain(head)) for head in leaf.body.iter("h2"))
            point.inside = [Point(words, f"{leaf.file}#{name}") for name, words in heads]
        (tree[-1].inside if leaf.follows and tree else tree).append(point)
    for number, point in enumerate(_flat(tree), 1):
        point.order = number
    return tree


def _flat(tree: Iterable[Point]) -> Iterator[Point]:
    for point in tree:
        yield point
        yield from _flat(point.inside)


def navigation(book: Book, leaves: list[Leaf]) -> str:
    """Fill the body of nav.xhtml: contents, landmarks, lists of pages and, if there are some, figures, tables."""
    labels, listed = book.manifest.labels, []
    for kind, title, path in (
        ("loi", labels.figures, f".//figure[@id and figcaption/strong and not({UNNUMBERED})]"),
        ("lot", labels.tables, ".//table[@id and caption]"),
    ):
        found = [
            Point(_caption(item), f"{leaf.file}#{item.get('id')}")
            for leaf in leaves
            for item in select(leaf.body, path)
        ]
        listed += [(kind, title, found)] if len(found) >= LISTED_FROM else []
    template = templates().get_template("nav.html")
    return template.render(
        tree=points(leaves), landmarks=_landmarks(book, leaves), pages=pages(leaves), lists=listed, labels=labels
    )


def pages(leaves: Iterable[Leaf]) -> list[Point]:
    """Give the markers of pages that leaves hold, by the number of their page."""
    found = [
        Point(value(mark, "id").removeprefix("page-"), f"{leaf.file}#{mark.get('id')}")
        for leaf in leaves
        for mark in select(leaf.body, ".//span[@role='doc-pagebreak']")
    ]
    for number, point in enumerate(found, 1):
        point.order = number
    return found


def _caption(item: Tree) -> str:
    """Give the caption of a figure or a table as a line of a list."""
    (caption,) = select(item, "./figcaption | ./caption")
    return plain(caption)


def _landmarks(book: Book, leaves: list[Leaf]) -> list[Landmark]:
    """List the places of an e-book that readers offer by name."""
    labels = book.manifest.labels
    start = next(leaf for leaf in leaves if leaf.kind in documents())
    marks = [
        Landmark("cover", labels.cover, "cover.xhtml"),
        Landmark("titlepage", book.manifest.title, leaves[0].file),
        Landmark("toc", labels.contents, "nav.xhtml#toc"),
        Landmark("bodymatter", labels.start_reading, start.file),
    ]
    kinds = ((leaf.body.get(EPUB_TYPE) or "", leaf) for leaf in leaves)
    return marks + [Landmark(kind, leaf.title, leaf.file) for kind, leaf in kinds if kind in MARKED]


def ncx(book: Book, leaves: list[Leaf]) -> str:
    """Fill toc.ncx, the contents for readers older than EPUB 3."""
    tree, marked = points(leaves), pages(leaves)
    depth = 2 if any(point.inside for point in tree) else 1
    for point in marked:
        point.order += len(list(_flat(tree)))
    return (
        templates()
        .get_template("toc.ncx")
        .render(book=book.manifest, tree=tree, depth=depth, pages=marked, labels=book.manifest.labels)
    )


def metadata(book: Book, claims: Iterable[tuple[str, str]], edition: str) -> list[Meta]:
    """Give the package's metadata: the book's own, then what is claimed of its accessibility.

    `edition` is the printed edition whose pages are marked, "" if none is.
    """
    about = book.manifest
    return [
        Meta("title", about.title, {"id": "title"}),
        Meta("title", about.subtitle, {"id": "subtitle"}),
        Meta("language", about.language),
        Meta("publisher", about.publisher),
        Meta("creator", about.author.name or about.publisher, {"id": "creator"}),
        Meta("description", about.description),
        Meta("date", about.date.isoformat()),
        Meta("rights", about.rights),
        *(Meta("subject", subject) for subject in about.subjects),
        Meta("meta", "main", {"refines": "#title", "property": "title-type"}),
        Meta("meta", "subtitle", {"refines": "#subtitle", "property": "title-type"}),
        # Nobody but an author gets a role: foliate refuses a book whose creator is its publisher ("pbl").
        *([Meta("meta", "aut", ROLE)] if about.author.name else []),
        *_shelf(about),
        Meta("meta", "", {"name": "cover", "content": "cover-image"}),
        *([Meta("meta", page_source(about, edition), {"property": "pageBreakSource"})] if edition else []),
        *(Meta("meta", value, {"property": name}) for name, value in claims),
    ]


def page_source(about: Manifest, edition: str) -> str:
    """Name the printed edition from which the numbers of pages come."""
    return f"{about.title}. {about.publisher}, {about.labels.version} {about.version}, {about.date}. {edition}"


def _shelf(about: Manifest) -> Iterator[Meta]:
    """Say where the book stands on a shelf: how it is sorted, in which series, and under which licence."""
    if about.sort_title:
        yield Meta("meta", about.sort_title, {"refines": "#title", "property": "file-as"})
    if about.sort_author:
        yield Meta("meta", about.sort_author, {"refines": "#creator", "property": "file-as"})
    if about.series:
        yield Meta("meta", about.series.name, {"id": "series", "property": "belongs-to-collection"})
        yield Meta("meta", "series", {"refines": "#series", "property": "collection-type"})
        yield Meta("meta", str(about.series.number), {"refines": "#series", "property": "group-position"})
    if about.license:
        yield Meta("link", "", {"rel": "dcterms:license", "href": about.license})
