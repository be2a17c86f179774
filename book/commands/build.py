"""`book build`."""

from pathlib import Path

import click

from book.commands import tell
from book.commands.options import JOBS, ROOT, complete, refuse_unknown
from book.model.file_size import in_words


@click.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...", shell_complete=complete)
@ROOT
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Where the editions go.  [default: dist/ in the book's folder]",
)  # fmt: skip
@click.option(
    "--only",
    multiple=True,
    metavar="ID",
    help="Just this part of the book, such as exercise:NAME or chapter:NAME; more than once for more parts.",
)
@JOBS
@click.option("--strict", is_flag=True, help="Take warnings for errors, as a book does that says release: true.")
@click.option("--verbose", "-v", is_flag=True, help="Say what is being done, step by step.")
def build(  # noqa: PLR0913 - one parameter an option
    editions: tuple[str, ...],
    root: Path,
    out: Path | None,
    only: tuple[str, ...],
    jobs: int,
    strict: bool,
    verbose: bool,
) -> None:
    """Build editions: those named, or all that book.yaml lists.

    Prints each file with its pages and size, and lists them in manifest.json beside them. An edition
    that would come out the same is not made again. When something is wrong, it says what and where,
    and leaves the editions of the last good build as they are.

    \b
    Example:
      book build a4 epub --root my-book --out ~/Desktop
      book build handout --only page:log --root my-book
    """  # noqa: D301 - click keeps the lines after \b as they are
    refuse_unknown(root, editions)
    with tell.problems_told(), tell.progress(verbose=verbose) as say:
        from book.build import builder

        notes: list[str] = []
        warnings: list[str] = []
        made = builder.build(
            root,
            out or root / "dist",
            editions,
            say,
            only=only,
            jobs=jobs,
            strict=strict,
            note=notes.append,
            warn=warnings.append,
        )
    for found in made:
        item = found.item
        unit = item.unit.removesuffix("s") if item.pages == 1 else item.unit
        after = "" if found.anew else "  unchanged"
        click.echo(f"{click.format_filename(found.path)}  {item.pages} {unit}  {in_words(item.bytes)}{after}")
        for note in item.notes:
            click.echo(f"  note: {note}.")
    for warning in warnings:
        click.echo(warning, err=True)
    for note in notes:
        click.echo(f"note: {note}.", err=True)
