"""What an edition takes to be made: the layout jobs that it needs, and what finishes them.

A recipe also knows a hash of all that has a say in the finished file, so a file with that hash need not be made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from book.build.versions import tools
from book.formats.format import Material, Offer
from book.formats.recipe import Assets, Finished, Recipe
from book.formats.registry import format_of
from book.layout.engine import Pdf
from book.layout.jobs import LayoutJob
from book.model.editions import Edition, listed
from book.render.rendered import Rendered


def recipes_for(rendered: Rendered, wanted: Iterable[Edition], assets: Assets) -> list[Recipe]:
    """Say what editions of a rendered book take to be made; last comes what offers those that the book lists."""
    rows = list(wanted)
    found = [recipe_for(rendered, row, assets) for row in rows if not format_of(row).offers]
    offered = tuple(one for one in found if one.edition.name in listed(rendered.book.manifest))
    return found + [recipe_for(rendered, row, assets, offered) for row in rows if format_of(row).offers]


def recipe_for(rendered: Rendered, edition: Edition, assets: Assets, offers: tuple[Recipe, ...] = ()) -> Recipe:
    """Say what an edition of a rendered book takes to be made, and to offer others."""
    maker = format_of(edition)
    layout_jobs = maker.jobs(rendered, edition, assets)
    own = [tools(edition.kind.name), repr(replace(edition, take="")), *maker.depends_on(rendered, assets)]
    own += [f"{one.edition} {one.made_from}" for one in offers]
    file = edition.file(rendered.book.manifest.file_name)
    return Recipe(edition, file, layout_jobs, _hash(own, layout_jobs, assets), offers)


def _hash(own: list[str], layout_jobs: Mapping[str, LayoutJob], assets: Assets) -> str:
    return sha256(
        "\n".join([*own, *(one.fingerprint(assets.files) for one in layout_jobs.values())]).encode()
    ).hexdigest()


def finish(
    rendered: Rendered,
    recipe: Recipe,
    pdfs: Mapping[LayoutJob, Pdf],
    assets: Assets,
    offered: Sequence[Offer] = (),
) -> Finished:
    """Make the finished file of a recipe from what was laid out, and from the editions that it offers.

    BookError for a claim that does not hold.
    """
    laid_out = {use: pdfs[layout_job] for use, layout_job in recipe.layout_jobs.items()}
    material = Material(rendered, recipe.edition, assets, laid_out, offered)
    return format_of(recipe.edition).finish(material)
