"""The whole line for some editions: load, render, write recipes, lay out, finish, save. What the command calls."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book.build import manifest_json
from book.build.frames import check_frames
from book.build.glyphs import placed
from book.build.layouts import run_all
from book.build.manifest_json import Item
from book.build.page_limits import check_promises
from book.build.recipes import finish, recipe_for, recipes_for
from book.build.save import save
from book.build.trial import try_out
from book.formats.format import Offer
from book.formats.recipe import Assets, Recipe
from book.formats.registry import format_of
from book.layout.engine import Pdf
from book.layout.jobs import Engines, LayoutJob
from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.ledger import unconfirmed
from book.load.loader import load
from book.load.styles import Styles
from book.model import editions
from book.model.book import Held, kinds_in
from book.model.editions import ALONE, Edition, editions_of, listed
from book.model.manifest import Manifest
from book.model.place import Files, Place
from book.model.problems import BookError, Problem, Problems
from book.render import held
from book.render.rendered import Rendered
from book.render.renderer import render

Tell = Callable[[str], None]
ONLY = Place("--only")


@dataclass(frozen=True)
class Made:
    """An edition on disk: where, what `manifest.json` says of it, and whether this build made it anew."""

    edition: Edition
    path: Path
    item: Item
    anew: bool


def build(  # noqa: PLR0913 - one parameter an option
    root: Path,
    out: Path,
    names: Sequence[str],
    tell: Tell,
    *,
    only: Sequence[str] = (),
    jobs: int = 1,
    strict: bool = False,
    note: Tell = lambda _: None,
    warn: Tell = lambda _: None,
) -> list[Made]:
    """Build editions (all that book.yaml lists, if none is named) and save them together.

    `names` are of editions that the book has; `only` are typed ids, for editions of just these parts. At most
    `jobs` are laid out at a time. What lies in `out` and would come out the same is not made again. `tell` hears
    what is being done, `note` what whoever releases the book must know, `warn` what only a draft may have; if
    `strict`, that is an error. Raises BookError; then nothing on disk has changed.
    """
    shelf, problems = Shelf(root), Problems(strict=strict)
    tell("reading")
    book = load(shelf, problems)
    wanted = _chosen(book.manifest, names, only, problems)
    tell("rendering")
    count = unconfirmed(book.manifest, Shelf(root))  # no source of an edition
    rendered = render(book, BookFiles(shelf), problems)
    if problems.any:
        tell("looking at the pages of what is broken")
        try_out(rendered, shelf, wanted, problems)
    problems.raise_any()
    made = make(rendered, shelf, wanted, out, tell, jobs)
    for warning in problems.warnings:
        warn(str(warning))
    if count:
        sentences = "sentence waits" if count == 1 else "sentences wait"
        note(f"{count} {sentences} for the author to confirm; `book check --only S20` lists them")
    return made


def make(
    rendered: Rendered, shelf: Shelf, wanted: Sequence[Edition], out: Path, tell: Tell, jobs: int
) -> list[Made]:
    """Make editions of a rendered book and save them together, as `build` does. BookError; nothing has changed."""
    book = rendered.book
    _check_held(rendered, wanted)
    assets = Assets.of(rendered, Styles(shelf, kinds_in(book)))
    recipes, known = recipes_for(rendered, wanted, assets), manifest_json.read(out)
    stale = [recipe for recipe in recipes if not _is_made(recipe, known)]
    pdfs = _laid_out(rendered, stale, assets, tell, jobs)
    files: dict[str, bytes | Files] = {}
    for recipe in stale:
        tell(recipe.edition.name)
        offered = [_offer(one, known[one.file], files, out) for one in recipe.offers]
        made = finish(rendered, recipe, pdfs, assets, offered)
        files[recipe.file] = made.data
        known[recipe.file] = manifest_json.item(book.manifest, recipe, made)
    sources = shelf.digest()
    known |= {recipe.file: replace(known[recipe.file], sources_sha256=sources) for recipe in recipes}
    tell("saving")
    save(out, files | {manifest_json.FILE: manifest_json.listing(book.manifest, known.values())})
    return [Made(recipe.edition, out / recipe.file, known[recipe.file], recipe.file in files) for recipe in recipes]


def preview(root: Path, out: Path, tell: Tell) -> Files:
    """Give the files of a book's site as they would come out, with the finished editions that lie in `out`.

    Nothing is saved. Raises BookError.
    """
    shelf = Shelf(root)
    tell("reading")
    book = load(shelf)
    tell("rendering")
    rendered = render(book, BookFiles(shelf))
    assets, known = Assets.of(rendered, Styles(shelf, kinds_in(book))), manifest_json.read(out)
    rows = [editions_of(book.manifest)[name] for name in listed(book.manifest)]
    site = next((row for row in rows if format_of(row).offers), editions.EDITIONS["web"])
    here = [(row, known.get(row.file(book.manifest.file_name))) for row in rows if not format_of(row).offers]
    offered = [_offer_of(row, item, (out / item.file).read_bytes()) for row, item in here if item]
    recipe = recipe_for(rendered, site, assets)
    pdfs = run_all(list(recipe.layout_jobs.values()), assets.files, 1, tell)
    return finish(rendered, recipe, pdfs, assets, offered).files


def choose(manifest: Manifest, names: Sequence[str], only: Sequence[str]) -> list[Edition]:
    """Give the editions that are asked for by name, or all that the book lists. BookError for what cannot be."""
    known = editions_of(manifest)
    asked = names or ((ALONE,) if only else listed(manifest))
    if any(format_of(known[name]).offers for name in asked) and not only:
        asked = [*listed(manifest), *asked]  # it offers them all
    chosen = [known[name] for name in dict.fromkeys(asked)]
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


def _chosen(manifest: Manifest, names: Sequence[str], only: Sequence[str], problems: Problems) -> list[Edition]:
    """Choose as `choose` does; in a book whose editions may be what is broken, what cannot be is not told."""
    try:
        return choose(manifest, names, only)
    except BookError:
        if not problems.any:
            raise
        return []


def _check_held(rendered: Rendered, wanted: Iterable[Edition]) -> None:
    """See that what editions hold is in the book, also if the book lists none of them (`render` saw to those)."""
    problems = Problems()
    wanted_parts = [Held(edition.name, key, ONLY) for edition in wanted for key in edition.holds]
    held.check(wanted_parts, rendered.sections, rendered.titles, problems)
    problems.raise_any()


def _is_made(recipe: Recipe, known: dict[str, Item]) -> bool:
    """Say whether a finished file was made from just what it would be made from now."""
    return recipe.file in known and known[recipe.file].made_from == recipe.made_from


def _offer(recipe: Recipe, item: Item, made: Mapping[str, bytes | Files], out: Path) -> Offer:
    """Give a finished edition to be offered: as it was just made, or as it lies in the folder."""
    data = made.get(recipe.file)
    whole = data if isinstance(data, bytes) else (out / recipe.file).read_bytes()
    return _offer_of(recipe.edition, item, whole)


def _offer_of(edition: Edition, item: Item, data: bytes) -> Offer:
    return Offer(edition, format_of(edition), item.file, item.pages, data)


def _laid_out(
    rendered: Rendered, recipes: list[Recipe], assets: Assets, tell: Tell, jobs: int
) -> dict[LayoutJob, Pdf]:
    """Lay out all that recipes need, and see that pages keep their promises. BookError with all problems."""
    layout_jobs = dict.fromkeys(layout_job for recipe in recipes for layout_job in recipe.layout_jobs.values())
    try:
        pdfs = run_all(list(layout_jobs), assets.files, jobs, tell)
    except BookError as error:
        raise BookError(placed(error.problems, rendered.book.lines)) from None
    problems, engines = Problems(), Engines(assets.files)
    for recipe in recipes:
        check_promises(rendered, recipe, pdfs, engines, problems)
        check_frames(rendered, recipe, pdfs, problems)
    problems.raise_any()
    return pdfs


__all__ = ["BookError", "Made", "Problem", "build"]
