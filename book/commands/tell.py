"""What is said to a person while a command works: what is being done, and what is wrong with the book."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from book.model.problems import BookError


def problems(error: BookError, so: str) -> None:
    """Print an author's mistakes, a line each, and what follows from them."""
    for problem in sorted(error.problems):
        click.echo(str(problem), err=True)
    warnings = sum(problem.level == "warning" for problem in error.problems)
    count = len(error.problems) - warnings
    beside = f", {warnings} warning{'s' if warnings > 1 else ''}" if warnings else ""
    click.echo(f"{count} problem{'s' if count > 1 else ''}{beside}. {so}", err=True)


@contextmanager
def problems_told() -> Iterator[None]:
    """Print an author's mistakes as lines, without a traceback, and end with the right code."""
    try:
        yield
    except BookError as error:
        problems(error, "Nothing was written.")
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was written.", err=True)
        sys.exit(130)


@contextmanager
def progress(*, verbose: bool) -> Iterator[Callable[[str], None]]:
    """Show what is being done: lines with --verbose, a passing line where a person waits, else nothing."""
    if verbose:
        yield lambda step: click.echo(f"… {step}", err=True)
    elif sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("starting") as status:
            yield status.update
    else:
        yield lambda _: None
