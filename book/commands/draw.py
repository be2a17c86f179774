"""`book draw`."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from book.build.install import install
from book.commands import tell
from book.commands.options import ROOT
from book.model.file_size import in_words
from book.model.problems import Problem


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@ROOT
@click.option("--all", "everything", is_flag=True, help="Draw every figure anew, also those that are up to date.")
@click.option(
    "--check", is_flag=True, help="Draw nothing; list the stale figures and exit with 1 if there are any."
)
@click.option(
    "--sheet", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Also show all figures with their names on one sheet: a .pdf or .png file.",
)  # fmt: skip
@click.option(
    "--sketch", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Draw into another folder, also poses with faults: to look at while you look for a pose.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count, help="How many figures to draw at a time.")
def draw(  # noqa: PLR0913 - one parameter an option
    names: tuple[str, ...],
    root: Path,
    everything: bool,
    check: bool,
    sheet: Path | None,
    sketch: Path | None,
    jobs: int,
) -> None:
    """Draw figures into images/: those named, or all that are new or have changed.

    A name is that of a figure in images/figures.yaml, of an exercise, or of one of its pictures.
    Needs the extra "draw"; building a book does not.

    \b
    Example:
      book draw band-row
      book draw --all --sheet figures.png
    """  # noqa: D301 - click keeps the lines after \b as they are
    try:
        from book.build import figures
    except ImportError as error:
        raise click.ClickException(f"{error}. Drawing needs more: {install('draw')}") from None
    with tell.problems_told():
        found = figures.open_figures(root)
        if check:
            _tell_stale([file for group in found.stale() for file in group.files] + found.forgotten())
            return
        chosen = figures.choose(found, names) if names else list(found.groups) if everything else found.stale()
        if sketch:
            _tell_sketched(*figures.sketch(found, chosen, sketch, jobs))
            return
        with tell.progress(verbose=False) as say:
            drawn = figures.draw(found, chosen, jobs, say)
        for path, size in drawn:
            click.echo(f"{click.format_filename(path)}  {in_words(size)}")
        if not chosen:
            click.echo("All figures are up to date.")
        if sheet:
            click.echo(click.format_filename(figures.save_sheet(found, sheet)))


def _tell_stale(files: list[str]) -> None:
    """List figures that are not as the book wants them, and end with 1 if there are any."""
    for file in files:
        click.echo(f"images/{file} is stale. Run: book draw", err=True)
    if files:
        sys.exit(1)
    click.echo("All figures are up to date.")


def _tell_sketched(paths: Iterable[Path], faults: Iterable[Problem]) -> None:
    """List what was drawn to be looked at, then all faults in it."""
    for path in paths:
        click.echo(click.format_filename(path))
    for fault in sorted(faults):
        click.echo(str(fault))
