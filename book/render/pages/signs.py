"""Lists of signs: what a block `/// signs | tier` becomes, and whether each tier is printed.

The words come from the file of signs; `check` sees that all that they lead to is in the book.
"""

from collections.abc import Callable, Collection, Iterable

from book.model.book import Book
from book.model.place import Path
from book.model.problems import Problems, nearest
from book.model.signs import FILE, Sign
from book.render.blocks import Piece
from book.render.links import dead_ends
from book.render.pages.templates import fill
from book.render.tree import Tree, select


def signs(piece: Piece, book: Book, problems: Problems) -> Tree | None:
    """Give the list of a tier's signs, or of those that are named; None (and a problem) if it has none.

    What stands in the block goes before it: the list is then just where an author's own would be.
    """
    tier, colon, rest = (part.strip() for part in piece.given.partition(":"))
    if FILE in problems.unread:
        return None
    if tier not in book.signs.tiers:
        remedy = nearest(tier, book.signs.tiers) or f" Known: {', '.join(book.signs.tiers) or 'none'}."
        piece.tell(f'there is no tier "{tier}" in {FILE}.{remedy}', problems)
        return None
    of_tier, wanted = book.signs.of(tier), [name.strip() for name in rest.split(",")]
    if colon:
        _check_names(wanted, tier, piece, book, problems)
    shown: dict[str, Sign] = {name: sign for name, sign in of_tier.items() if not colon or name in wanted}
    if not shown:
        return None
    for paragraph in list(piece.box):
        piece.box.addprevious(paragraph)
    return fill("signs.html", tier=tier, signs=shown)


def _check_names(wanted: Iterable[str], tier: str, piece: Piece, book: Book, problems: Problems) -> None:
    """Report names in a block that are no signs of its tier."""
    for name in wanted:
        sign = book.signs.signs.get(name)
        if sign is None:
            remedy = nearest(name, book.signs.of(tier)) or f" Add it to {FILE}, or mend the name."
            piece.tell(f'there is no sign "{name}" in {FILE}.{remedy}', problems)
        elif sign.tier != tier:
            said = f'the sign "{name}" is of the tier "{sign.tier}", not "{tier}". Name it in a block of its tier.'
            piece.tell(said, problems)


def check(book: Book, known: Collection[str], line: Callable[[Path], int], problems: Problems) -> None:
    """See that all that signs lead to is in the book; `line` tells where a key of the file stands."""
    for name, sign in book.signs.signs.items():
        for said, code in dead_ends(sign.says, known, book.sources):
            problems.add(FILE, line(("signs", name, "says")), said, code)


def check_printed(book: Book, bodies: Iterable[Tree], line: Callable[[Path], int], problems: Problems) -> None:
    """See that each tier is printed somewhere in the book."""
    printed = {shown.get("data-tier") for body in bodies for shown in select(body, ".//ul[@data-tier]")}
    for tier in book.signs.tiers:
        if tier not in printed:
            said = f'the tier "{tier}" is printed nowhere. Write /// signs | {tier} and /// into a chapter.'
            problems.add(FILE, line(("tiers", tier)), said)
