"""The page of a recipe."""

from collections.abc import Mapping

from book.kinds.recipe.model import Recipe
from book.model.book import Book
from book.model.document import line_of
from book.model.key_lines import KeyLines
from book.model.picture import Picture
from book.model.problems import Problems
from book.render.body_parts import body_parts, steps_of
from book.render.pages.templates import fill as filled
from book.render.pages.templates import inner, join, long_date
from book.render.tree import Tree


def fill(book: Book, part: Recipe, number: int | None, body: Tree, pictures: Mapping[str, Picture]) -> Tree:
    """Fill a recipe's page."""
    del pictures
    pieces = {name: inner(join(found)) for name, found in body_parts(part, body).items()}
    areas = [book.body_map.parts[area].name for area in part.areas]
    return filled(
        "recipe/page.html", key=part.key, name=part.name, head=part.head, number=number, areas=areas,
        labels=book.manifest.labels, book=book.manifest, date=long_date(book), **pieces,
    )  # fmt: skip


def check_body(part: Recipe, tree: Tree, lines: KeyLines, problems: Problems) -> None:
    """See that a recipe has numbered steps."""
    del lines
    if body_parts(part, tree).get("steps") and not steps_of(part, tree):
        said = "number the steps of a recipe (1. 2. 3.), so that cooks find their place again."
        problems.add(part.file, line_of(part, "## Steps"), said)
