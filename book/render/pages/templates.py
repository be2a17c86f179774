"""Templates: the engine that fills them, and what they are filled with everywhere."""

from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from book.model.book import Book
from book.model.fields import html_id
from book.model.labels import Labels
from book.render import markdown
from book.render.tree import Tree

ROOM = Path(__file__).parents[1]
KINDS = ROOM.parent / "kinds"  # a kind's own templates are named with their folder, as in "exercise/page.html"


@cache
def templates() -> Environment:
    """Give the template engine: everything escaped, nothing undefined let through."""
    loader = FileSystemLoader([ROOM / "templates", KINDS])
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters["inline"] = _inline
    made.filters["html_id"] = html_id
    made.globals["row"] = made.get_template("row.html").make_module().row  # type: ignore[attr-defined]
    return made


def fill(template: str, **values: Any) -> Tree:
    """Fill a template and give it as a tree."""
    return etree.fromstring(templates().get_template(template).render(values))


def facts(book: Book) -> dict[str, str]:
    """Give what a chapter may ask of the edition as {{ name }}."""
    about = book.manifest
    return {
        "title": about.title,
        "version": about.version,
        "date": long_date(book),
        "review": str(about.review),
        "publisher": about.publisher,
    }


def long_date(book: Book, day: date | None = None) -> str:
    """Write the edition's date, or another, so that nobody mistakes the month: by its name."""
    day, labels = day or book.manifest.date, book.manifest.labels
    return labels.date.format(day=day.day, month=labels.months[day.month - 1], year=day.year)


def days(labels: Labels) -> list[tuple[str, str]]:
    """Give the days of a week as (short name, full name); the short one stands in where a book gives no other."""
    return [(short, full or short) for short, full in zip_longest(labels.days, labels.weekdays[: len(labels.days)])]


def _inline(text: str) -> Markup:
    return Markup(inner(markdown.inline(text)))  # noqa: S704 - the tree was parsed and is written out again


def inner(tree: Tree) -> Markup:
    """Write what is inside an element, as markup that templates take as it is."""
    text = Markup.escape(tree.text or "")
    return text + Markup("").join(Markup(etree.tostring(part, encoding="unicode")) for part in tree)  # noqa: S704


def _join(found: list[Tree]) -> Tree:
    """Put elements into one holder, as copies."""
    holder = etree.Element("div")
    for element in found:
        holder.append(etree.fromstring(etree.tostring(element)))
    return holder
