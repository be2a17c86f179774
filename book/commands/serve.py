"""`book serve`."""

import threading
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from book.commands import tell
from book.commands.options import ROOT


@click.command()
@ROOT
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Where the editions are that the site offers.  [default: dist/ in the book's folder]",
)  # fmt: skip
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where; 0 for any free port."
)
@click.option("--open/--no-open", "is_opened", help="Also open it in your browser.  [default: no-open]")
def serve(root: Path, out: Path | None, port: int, is_opened: bool) -> None:
    """Show the web edition on this machine, and make it anew when a file of the book changes.

    The page in your browser follows. It offers the editions that lie in dist/; `book build` makes them.
    A preview for you alone, never for the public. Ctrl-C ends it.

    \b
    Example:
      book serve --root my-book
    """  # noqa: D301 - click keeps the lines after \b as they are
    from book.build.builder import preview
    from book.commands import server, watch

    try:
        served = server.Server(port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        said = f"port {port} cannot be had ({reason}). End what has it, or take any free one: book serve --port 0"
        raise click.ClickException(said) from None
    click.echo(f"{served.address}  a preview for this machine alone, never for the public; Ctrl-C ends it")
    if is_opened:
        threading.Thread(target=webbrowser.open, args=(served.address,), daemon=True).start()

    def make() -> Mapping[str, bytes]:
        return preview(root, out or root / "dist", lambda _: None)

    with suppress(KeyboardInterrupt):
        server.serve(
            served, make, watch.changes(root), click.echo,
            lambda error: tell.problems(error, "The preview stays as it was."),
        )  # fmt: skip
    click.echo("Stopped.")
