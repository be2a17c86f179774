"""The command `book`: its group, and what is typed after it, a file each.

Exit codes: 0 done, 1 the book has problems, 2 wrong usage, 130 stopped. What a command needs is imported when it
runs, so that help and completion answer at once.
"""

import click

from book import __version__
from book.commands.build import build
from book.commands.check import check
from book.commands.doctor import doctor
from book.commands.draw import draw
from book.commands.list import list_editions
from book.commands.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="book")
def main() -> None:
    """Build a book's printable and e-book editions from its chapters.

    \b
    Example:
      book build            all editions of the book in this folder
      book build letter     only the PDF on US Letter paper
    """  # noqa: D301 - click keeps the lines after \b as they are


for command in (build, check, doctor, draw, list_editions, serve):
    main.add_command(command)
