"""The whole line for some editions: load, render, order, lay out, finish, save. What the command calls."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book import delivery, editions, offprint
from book.bindery import Finished
from book.delivery import Item
from book.editions import ALONE, Edition, editions_of, listed
from book.files import Place, Shelf
from book.lines import Lines
from book.load import load
from book.model import Held, Manifest
from book.orders import Order, Stock, finish, order
from book.pressroom import Pressroom, run_all
from book.problems import BookError, Problem, Problems
from book.promises import check_promises
from book.render import Rendered, render
from book.save import save
from book.styles import Styles

Tell = Callable[[str], None]
ONLY = Place("--only")


@dataclass(frozen=True)
class Made:
    """An edition on disk: where, what `manifest.json` says of it, and whether this build made it anew."""

    edition: Edition
    path: Path
    item: Item
    anew: bool


def build(
    root: Path, out: Path, names: Sequence[str], tell: Tell, *, only: Sequence[str] = (), jobs: int = 1
) -> list[Made]:
    """Build editions (all that book.yaml lists, if none is named) and save them together.

    `names` are of editions that the book has; `only` are typed ids, for editions of just these parts. At most
    `jobs` are laid out at a time. What lies in `out` and would come out the same is not made again. `tell` hears
    what is being done. Raises BookError; then nothing on disk has changed.
    """
    shelf = Shelf(root)
    tell("reading")
    book = load(shelf)
    wanted = choose(book.manifest, names, only)
    tell("rendering")
    return make(render(book, shelf), shelf, wanted, out, tell, jobs)


def make(
    rendered: Rendered, shelf: Shelf, wanted: Sequence[Edition], out: Path, tell: Tell, jobs: int
) -> list[Made]:
    """Make editions of a rendered book and save them together, as `build` does. BookError; nothing has changed."""
    book = rendered.book
    _check_held(rendered, wanted)
    stock = Stock.of(rendered, Styles(shelf))
    orders = [order(rendered, edition, stock) for edition in wanted]
    known = delivery.read(out)
    stale = [wish for wish in orders if not _is_made(wish, known)]
    files = {}
    for wish, made in _made(rendered, stale, stock, tell, jobs):
        files[wish.file] = made.data
        known[wish.file] = delivery.item(book.manifest, wish, made)
    sources = shelf.digest()
    known |= {wish.file: replace(known[wish.file], sources_sha256=sources) for wish in orders}
    tell("saving")
    save(out, files | {delivery.FILE: delivery.listing(book.manifest, known.values())})
    return [Made(wish.edition, out / wish.file, known[wish.file], wish.file in files) for wish in orders]


def choose(manifest: Manifest, names: Sequence[str], only: Sequence[str]) -> list[Edition]:
    """Give the editions that are asked for by name, or all that the book lists. BookError for what cannot be."""
    known = editions_of(manifest)
    chosen = [known[name] for name in dict.fromkeys(names or ((ALONE,) if only else listed(manifest)))]
    problems = Problems()
    for number, edition in enumerate(chosen):
        if only:
            try:
                chosen[number] = editions.only(edition, only)
            except ValueError as error:
                problems.add(ONLY.file, ONLY.line, str(error))
        elif edition.part and not edition.holds:
            message = f'the edition "{edition.name}" is a part of the book. Say which: --only chapter:name'
            problems.add(ONLY.file, ONLY.line, message)
    problems.raise_any()
    return chosen


def _check_held(rendered: Rendered, wanted: Iterable[Edition]) -> None:
    """See that what editions hold is in the book, also if the book lists none of them (`render` saw to those)."""
    problems = Problems()
    held = [Held(edition.name, key, ONLY) for edition in wanted for key in edition.holds]
    offprint.check(held, rendered.sections, rendered.titles, problems)
    problems.raise_any()


def _is_made(wish: Order, known: dict[str, Item]) -> bool:
    """Say whether a finished file was made from just what it would be made from now."""
    return wish.file in known and known[wish.file].made_from == wish.made_from


def _made(
    rendered: Rendered, orders: list[Order], stock: Stock, tell: Tell, jobs: int
) -> Iterator[tuple[Order, Finished]]:
    """Make editions, and give each. BookError with the problems of all."""
    formes = dict.fromkeys(forme for wish in orders for forme in wish.formes.values())
    pdfs = run_all(list(formes), stock.files, jobs, tell)
    problems, room, lines = Problems(), Pressroom(stock.files), Lines(stock.styles.book)
    for wish in orders:
        try:
            check_promises(rendered, wish, pdfs, room, lines)
        except BookError as error:
            problems.found.extend(error.problems)
    problems.raise_any()
    for wish in orders:
        tell(wish.edition.name)
        yield wish, finish(rendered, wish, pdfs, stock, lines)


__all__ = ["BookError", "Made", "Problem", "build"]
