"""What readers take in at one go: a sentence, an item of a list, a row of a table; and under which words it stands.

Words are as authors type them: straight quotes, plain spaces. A question and what answers it are one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from book.check.proof import Proof
from book.check.views.prose import TYPED, Block
from book.model.place import MANIFEST, Place
from book.render.tree import Tree, plain, select, value
from book.render.words.readability import SENTENCE_END

ITEMS = {"li", "dd", "tr"}
HOLDERS = {"ul", "ol", "table"}
HEADS = {"h2", "h3", "h4"}


@dataclass(frozen=True)
class Unit:
    """Words that are read at one go, and the words under which they stand, nearest first.

    `pieces` are where its blocks begin in it, and in the blocks; without any, it begins at `start` of `whole`, a
    text of `book.yaml`. `tier` is that of the list of signs in which it stands, "" for none.
    """

    text: str
    pieces: tuple[tuple[int, Block, int], ...] = ()
    under: tuple[str, ...] = ()
    tier: str = ""
    whole: str = ""
    start: int = 0

    def place(self, proof: Proof, at: int) -> Place:
        """Give the author's file and line of what begins at an index."""
        for start, block, offset in reversed(self.pieces):
            if at >= start:
                return proof.word_at(block, offset + at - start)
        return proof.source_map.find_in(self.whole, self.start + at, [MANIFEST])


def units(proof: Proof) -> Iterator[Unit]:
    """Give all that readers of any edition meet, in reading order; at the end what `book.yaml` alone says."""
    items: dict[Tree, list[Block]] = {}
    for block in proof.blocks:
        item = _around(block.element, ITEMS)
        if item is None:
            yield from _sentences_of(block)
        else:
            items.setdefault(item, []).append(block)
    for item, blocks in items.items():
        yield _item(item, blocks)
    for text in manifest_texts(proof):
        for start, sentence in sentences(text.translate(TYPED)):
            yield Unit(sentence, whole=text, start=start)


def manifest_texts(proof: Proof) -> Iterator[str]:
    """Give the texts of `book.yaml`, but for what it says of its checks; what it leaves out is no author's."""
    about = proof.book.manifest
    yield from _texts(about.model_dump(exclude={"check"}, exclude_unset=True))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into sentences, each with its index; a question goes with the sentence after it."""
    start = 0
    for end in SENTENCE_END.finditer(text):
        if text[end.start() - 1] != "?":
            yield start, text[start : end.start()]
            start = end.end()
    if text[start:].strip():
        yield start, text[start:]


def _sentences_of(block: Block) -> Iterator[Unit]:
    under = tuple(_under(block.element))
    for start, text in sentences(block.bare):
        yield Unit(text, ((0, block, start),), under)


def _item(item: Tree, blocks: list[Block]) -> Unit:
    """Put the blocks of an item or a row together."""
    text, pieces = "", []
    for block in blocks:
        pieces.append((len(text), block, 0))
        text += f"{block.bare} "
    holder = _around(item, HOLDERS)
    return Unit(text, tuple(pieces), tuple(_under(item)), value(holder, "data-tier") if holder is not None else "")


def _around(element: Tree, tags: Iterable[str]) -> Tree | None:
    """Give the nearest element of some tags that is, or is around, an element."""
    chain = [element, *element.iterancestors()]
    return next((found for found in chain if found.tag in tags), None)


def _under(element: Tree) -> Iterator[str]:
    """Give the words under which an element stands: what leads into its list, the item around it, a box's title."""
    for around in (element, *element.iterancestors()):
        found = [*_leads(around), *(plain(title) for title in select(around, "./p[contains(@class, '-title')]"))]
        if around.tag == "li" and around is not element:
            found.append(_own_words(around))
        yield from (text.translate(TYPED) for text in found if text)


def _leads(around: Tree) -> Iterator[str]:
    """Give what leads into a list or a table: its caption, a line before it that ends in a colon, its heading."""
    if around.tag not in HOLDERS:
        return
    yield from (plain(caption) for caption in select(around, "./caption"))
    before = around.getprevious()
    if before is not None and (before.tag in HEADS or plain(before).endswith(":")):
        yield plain(before)


def _own_words(item: Tree) -> str:
    """Give the words of an item without those of a list within it."""
    depth = len(select(item, "ancestor-or-self::li"))
    return " ".join("".join(map(str, select(item, f".//text()[count(ancestor::li) = {depth}]"))).split())
