"""`book list`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from book.commands import tell
from book.commands.options import ROOT

if TYPE_CHECKING:
    from book.load.files import Shelf
    from book.model.manifest import Manifest


@click.command("list")
@ROOT
@click.option(
    "--statements", "is_counted", is_flag=True, help="List instead its statements, and how many places use each."
)
@click.option("--reading", "is_measured", is_flag=True, help="List instead how the prose of each chapter reads.")
def list_editions(root: Path, *, is_counted: bool, is_measured: bool) -> None:
    """List the editions of the book, and what is in it, by a look at book.yaml alone.

    \b
    Example:
      book list --root my-book
      book list --statements
      book list --reading
    """  # noqa: D301 - click keeps the lines after \b as they are
    with tell.problems_told():
        if is_counted:
            _list_statements(root)
        if is_measured:
            _list_reading(root)
        if not is_counted and not is_measured:
            _list_editions(root)


def _list_editions(root: Path) -> None:
    """List the editions, then the parts of the book in reading order."""
    from book.load.files import Shelf
    from book.load.outline import outline
    from book.model.editions import editions_of, listed

    shelf = Shelf(root)
    manifest = outline(shelf) or _manifest(shelf)
    click.echo(f"{manifest.title}, version {manifest.version}")
    editions = editions_of(manifest)
    width = max(map(len, editions))
    for name, edition in editions.items():
        mark = "*" if name in listed(manifest) else " "
        click.echo(f" {mark} {name:<{width}} {edition.says}: {edition.file(manifest.file_name)}")
    click.echo("(* built when no edition is named)")
    for wanted in manifest.contents:
        click.echo(f"   {wanted}")


def _manifest(shelf: "Shelf") -> "Manifest":
    """Read all of book.yaml, where a glance does not tell; BookError with what is wrong with it."""
    from book.load.book_yaml import load_manifest

    return load_manifest(shelf)


def _list_statements(root: Path) -> None:
    """List the statements of the book, each with the number of places that use it."""
    from book.load.files import Shelf
    from book.load.loader import load

    statements = load(Shelf(root)).statements
    counts = statements.counts()
    click.echo("(statements, and how many places use each)" if counts else "(the book has no statements)")
    width = max(map(len, counts), default=0)
    for name, count in counts.items():
        click.echo(f"   {name:<{width}} {count:>3}  {statements.texts[name]}")


def _list_reading(root: Path) -> None:
    """List how the prose of each chapter reads: a line a chapter, and what the columns are."""
    from book.load.book_files import BookFiles
    from book.load.files import Shelf
    from book.load.loader import load
    from book.render.renderer import render
    from book.render.words import fluency

    shelf = Shelf(root)
    book = load(shelf)
    found = render(book, BookFiles(shelf))
    for line in fluency.as_table(found.prose, book.manifest.reading):
        click.echo(line)
    click.echo("(paragraphs alone: words in a sentence, the spread of their lengths, sentences under five words")
    click.echo(" in 100, joining words in a sentence, Flesch-Kincaid grade; * misses what reading.prose promises)")
