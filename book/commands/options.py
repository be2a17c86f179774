"""Options that several commands have, and how the names of editions are completed and refused."""

import os
from pathlib import Path

import click

ROOT = click.option(
    "--root", default=".", show_default=True, metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the book: where book.yaml stands.",
)  # fmt: skip
JOBS = click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count, help="How many editions to lay out at a time."
)


def refuse_unknown(root: Path, names: tuple[str, ...]) -> None:
    """Refuse unknown editions as wrong usage, by a look at book.yaml alone; what is broken there, loading tells."""
    from book.load.files import Shelf
    from book.load.outline import edition_names
    from book.model.editions import unknown

    known = edition_names(Shelf(root))
    for name in names:
        if known is not None and name not in known:
            raise click.BadParameter(unknown(name, known), param_hint="'[EDITION]...'")


def complete(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:
    """Give the names of editions that begin as typed."""
    from book.load.files import Shelf
    from book.load.outline import edition_names
    from book.model.editions import EDITIONS

    del parameter
    known = edition_names(Shelf(Path(context.params.get("root") or ".")))
    return [name for name in known or EDITIONS if name.startswith(start)]
