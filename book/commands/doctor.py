"""`book doctor`."""

import sys
from pathlib import Path

import click

from book.commands.options import ROOT


@click.command()
@ROOT
def doctor(root: Path) -> None:
    """Say what of this machine a build and a check need, what is missing, and how to get it.

    Exits with 1 if a book cannot be built here.

    \b
    Example:
      book doctor
    """  # noqa: D301 - click keeps the lines after \b as they are
    from book.commands import machine

    found = machine.examine(root)
    for line in machine.told(found, machine.system()):
        click.echo(line)
    if any(item.fatal for item in found):
        sys.exit(1)
