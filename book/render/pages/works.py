"""The works a book leans on, told in few words; and the block `/// sources`, which lists those read in some way.

Which works a book cites is known when all of its parts are there: the block keeps its place until `fill`.
"""

from collections.abc import Iterable
from typing import get_args

from lxml import etree

from book.model.book import Book
from book.model.labels import Labels
from book.model.problems import Problems, nearest
from book.model.sources import Read, Source
from book.render.blocks import Piece
from book.render.tree import Tree, child, parent, remove, select, value
from book.render.words.typography import set_type

TITLE = range(20, 46)  # letters of a title that is told in few words
UNFILLED = "data-read"


def place(piece: Piece, book: Book, problems: Problems) -> Tree:
    """Give the block's place: what stands in it, and how the works were read that it is to list."""
    known = get_args(Read)
    wanted = [word.strip() for word in piece.given.split(",") if word.strip()]
    if not wanted:
        piece.tell(
            f"say how the works were read that are listed here, such as /// sources | {known[-1]}.", problems
        )
    for word in wanted:
        if word not in known:
            remedy = nearest(word, known) or f" Known: {', '.join(known)}."
            piece.tell(f'no work is read in the way "{word}".{remedy}', problems)
    if not any(part.name == "sources" for part in book.parts):
        piece.tell("a list of works needs page:sources in contents. Add it, or take this out.", problems)
    piece.box.set(UNFILLED, " ".join(wanted))
    return piece.box


def fill(trees: Iterable[Tree], book: Book) -> None:
    """Fill the blocks in trees with the works that these cite; take out those for which there is none."""
    trees = list(trees)
    cited = [key for key in dict.fromkeys(_cited(trees)) if key in book.sources]
    for block in [block for tree in trees for block in select(tree, f".//div[@{UNFILLED}]")]:
        ways = value(block, UNFILLED).split()
        if listed := [key for key in cited if book.sources[key].read in ways]:
            _list(block, {key: book.sources[key] for key in listed}, book.manifest.labels)
            _unwrap(block)
        else:
            remove(block)


def _cited(trees: Iterable[Tree]) -> list[str]:
    """List the ids of the works that trees cite outside of such blocks."""
    path = f".//a[starts-with(@href, 'source:')][not(ancestor::div[@{UNFILLED}])]"
    return [value(link, "href").removeprefix("source:") for tree in trees for link in select(tree, path)]


def _list(block: Tree, works: dict[str, Source], labels: Labels) -> None:
    items = child(block, "ul", class_="works-read")
    for key, source in works.items():
        item = child(items, "li", class_="work")
        number = child(item, "span", class_="cites")
        etree.SubElement(number, "a", {"class": "cite", "href": f"source:{key}"})
        number.tail = f" {in_words(source, labels)}"


def _unwrap(block: Tree) -> None:
    """Put what stands in a block in its place, so that it lies as the text around it does; its id goes with it."""
    around, inside = parent(block), list(block)
    if name := block.get("id"):
        inside[0].set("id", name)
    at = around.index(block)
    inside[-1].tail = block.tail
    around.remove(block)
    around[at:at] = inside


def in_words(source: Source, labels: Labels) -> str:
    """Name a source in few words: its first author and, if they are two or more, "others"; its year and title."""
    authors = (source.authors or "").removesuffix(".").split(", ")
    if len(authors) > 2 or authors[-1] == "et al":
        authors = [f"{authors[0]} {labels.and_others}"]
    who, year, title = ", ".join(authors), str(source.year or ""), _shorter(source.title)
    return set_type(
        f"{', '.join(filter(None, [who, year]))}: {title}" if who else ", ".join(filter(None, [title, year]))
    )


def _shorter(title: str) -> str:
    """Cut a long title at its colon where that leaves enough, or else between two words."""
    main = title.partition(": ")[0]
    if len(title) < TITLE.stop or len(main) in TITLE:
        return title if len(title) < TITLE.stop else main
    return title[: TITLE.stop].rpartition(" ")[0].rstrip(":,;") + "…"
