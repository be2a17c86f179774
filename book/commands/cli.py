"""The command `book`: reads the command line, shows what is being done, prints results and problems.

The only module that knows click. Exit codes: 0 done, 1 the book has problems, 2 wrong usage, 130 stopped.
"""

import os
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from rich.console import Console

from book import __version__
from book.build.install import install
from book.load.book_files import BookFiles
from book.load.files import Shelf
from book.load.loader import edition_names, load
from book.model.editions import EDITIONS, editions_of, listed, unknown
from book.model.file_size import in_words
from book.model.problems import BookError, nearest

ROOT = click.option(
    "--root", default=".", show_default=True, metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the book: where book.yaml stands.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="book")
def main() -> None:
    """Build a book's printable and e-book editions from its chapters.

    \b
    Example:
      book build            all editions of the book in this folder
      book build letter     only the PDF on US Letter paper
    """  # noqa: D301 - click keeps the lines after \b as they are


def _refuse_unknown(root: Path, names: tuple[str, ...]) -> None:
    """Refuse unknown editions as wrong usage, by a look at book.yaml alone; what is broken there, loading tells."""
    known = edition_names(Shelf(root))
    for name in names:
        if known is not None and name not in known:
            raise click.BadParameter(unknown(name, known), param_hint="'[EDITION]...'")


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:
    del parameter
    known = edition_names(Shelf(Path(context.params.get("root") or ".")))
    return [name for name in known or EDITIONS if name.startswith(start)]


@main.command()
@click.argument("editions", nargs=-1, metavar="[EDITION]...", shell_complete=_complete)
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
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count, help="How many editions to lay out at a time."
)
@click.option("--verbose", "-v", is_flag=True, help="Say what is being done, step by step.")
def build(
    editions: tuple[str, ...], root: Path, out: Path | None, only: tuple[str, ...], jobs: int, verbose: bool
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
    _refuse_unknown(root, editions)
    with _problems_told(), _progress(verbose=verbose) as tell:
        from book.build.builder import build as build_editions  # noqa: PLC0415 - `book list` need not wait for engines

        notes: list[str] = []
        made = build_editions(root, out or root / "dist", editions, tell, only=only, jobs=jobs, note=notes.append)
    for found in made:
        item = found.item
        unit = item.unit.removesuffix("s") if item.pages == 1 else item.unit
        after = "" if found.anew else "  unchanged"
        click.echo(f"{click.format_filename(found.path)}  {item.pages} {unit}  {in_words(item.bytes)}{after}")
        for note in item.notes:
            click.echo(f"  note: {note}.")
    for note in notes:
        click.echo(f"note: {note}.", err=True)


@main.command()
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
        from book.build import figures  # noqa: PLC0415 - only this command needs numpy
    except ImportError as error:
        raise click.ClickException(f"{error}. Drawing needs more: {install('draw')}") from None
    with _problems_told():
        figure_set = figures.open_figures(root)
        if check:
            _tell_stale([file for group in figure_set.stale() for file in group.files] + figure_set.forgotten())
            return
        groups = (
            figures.choose(figure_set, names)
            if names
            else list(figure_set.groups)
            if everything
            else figure_set.stale()
        )
        if sketch:
            paths, faults = figures.sketch(figure_set, groups, sketch, jobs)
            for path in paths:
                click.echo(click.format_filename(path))
            for fault in sorted(faults):
                click.echo(str(fault))
            return
        with _progress(verbose=False) as tell:
            drawn = figures.draw(figure_set, groups, jobs, tell)
        for path, size in drawn:
            click.echo(f"{click.format_filename(path)}  {in_words(size)}")
        if not groups:
            click.echo("All figures are up to date.")
        if sheet:
            click.echo(click.format_filename(figures.save_sheet(figure_set, sheet)))


def _tell_stale(files: list[str]) -> None:
    """List figures that are not as the book wants them, and end with 1 if there are any."""
    for file in files:
        click.echo(f"images/{file} is stale. Run: book draw", err=True)
    if files:
        sys.exit(1)
    click.echo("All figures are up to date.")


@main.command()
@ROOT
@click.option(
    "--edition", "editions", multiple=True, metavar="NAME", shell_complete=_complete,
    help="Check the files of this edition alone; more than once for more editions.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True,
    help="How findings are told: to you, to a script, to a code scanner, in GitHub's log.",
)  # fmt: skip
@click.option("--only", multiple=True, metavar="CODE", help="Ask this rule alone; more than once for more rules.")
@click.option(
    "--explain", multiple=True, metavar="CODE", help="Tell all of a rule, and check nothing; ALL for all."
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@click.option("--online", is_flag=True, help="Also ask the web whether links to it still lead somewhere.")
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Where the editions are.  [default: dist/ in the book's folder]",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), default=os.cpu_count, help="How many editions to lay out at a time."
)
def check(  # noqa: PLR0913 - one parameter an option
    root: Path,
    editions: tuple[str, ...],
    form: str,
    only: tuple[str, ...],
    explain: tuple[str, ...],
    strict: bool,
    online: bool,
    out: Path | None,
    jobs: int,
) -> None:
    """Check the book: its words, safety, pictures, structure, pages, and the finished PDF and EPUB files.

    Builds what is stale first, as `book build` does. Each finding says where in your files it is, what
    is wrong, and how to mend it; what to mend first comes first. Exits with 1 if there are errors.

    \b
    Example:
      book check --edition letter --only P03
      book check --format sarif > findings.sarif
      book check --explain S02
    """  # noqa: D301 - click keeps the lines after \b as they are
    from book.check import report as told  # noqa: PLC0415 - `book list` need not wait for engines
    from book.check import run  # noqa: PLC0415
    from book.check.rule import RULES  # noqa: PLC0415

    _refuse_unknown(root, editions)
    for code in (*only, *explain):
        if code not in RULES and (code != "ALL" or code in only):
            raise click.BadParameter(f'there is no rule "{code}".{nearest(code, RULES)}')
    if explain:
        for code in sorted(RULES) if "ALL" in explain else explain:
            click.echo(told.explain(RULES[code]))
        return
    with _problems_told(), _progress(verbose=False) as tell:
        found = run.check(root, out or root / "dist", editions, tell, only=only, jobs=jobs, online=online)
    click.echo(told.FORMATS[form](found))
    if found.count("error") or (strict and found.findings):
        sys.exit(1)


@main.command()
@ROOT
def doctor(root: Path) -> None:
    """Say what of this machine a build and a check need, what is missing, and how to get it.

    Exits with 1 if a book cannot be built here.

    \b
    Example:
      book doctor
    """  # noqa: D301 - click keeps the lines after \b as they are
    from book.commands import doctor as practice  # noqa: PLC0415 - `book list` need not wait for it

    found = practice.examine(root)
    for line in practice.told(found, practice.system()):
        click.echo(line)
    if any(item.fatal for item in found):
        sys.exit(1)


@main.command()
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
    from book.build.builder import preview  # noqa: PLC0415
    from book.commands import server as window  # noqa: PLC0415 - `book list` need not wait for it
    from book.commands import watch  # noqa: PLC0415

    try:
        server = window.Server(port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        said = f"port {port} cannot be had ({reason}). End what has it, or take any free one: book serve --port 0"
        raise click.ClickException(said) from None
    click.echo(f"{server.address}  a preview for this machine alone, never for the public; Ctrl-C ends it")
    if is_opened:
        threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()

    def make() -> Mapping[str, bytes]:
        return preview(root, out or root / "dist", lambda _: None)

    with suppress(KeyboardInterrupt):
        window.serve(
            server, make, watch.changes(root), click.echo,
            lambda error: _tell_problems(error, "The preview stays as it was."),
        )  # fmt: skip
    click.echo("Stopped.")


@main.command("list")
@ROOT
@click.option("--reading", "is_measured", is_flag=True, help="List instead how the prose of each chapter reads.")
def list_editions(root: Path, *, is_measured: bool) -> None:
    """List the editions of the book, what is in it, and its statements.

    \b
    Example:
      book list --root my-book
      book list --reading
    """  # noqa: D301 - click keeps the lines after \b as they are
    if is_measured:
        _list_reading(root)
        return
    with _problems_told():
        book = load(Shelf(root))
    click.echo(f"{book.manifest.title}, version {book.manifest.version}")
    editions = editions_of(book.manifest)
    width = max(map(len, editions))
    for name, edition in editions.items():
        mark = "*" if name in listed(book.manifest) else " "
        click.echo(f" {mark} {name:<{width}} {edition.says}: {edition.file(book.manifest.file_name)}")
    click.echo("(* built when no edition is named)")
    for wanted in book.manifest.contents:
        click.echo(f"   {wanted}")
    counts = book.statements.counts()
    if counts:
        click.echo("(statements, and how many places use each)")
    width = max(map(len, counts), default=0)
    for name, count in counts.items():
        click.echo(f"   {name:<{width}} {count:>3}  {book.statements.texts[name]}")


def _list_reading(root: Path) -> None:
    """List how the prose of each chapter reads: a line a chapter, and what the columns are."""
    from book.render.renderer import render  # noqa: PLC0415
    from book.render.words import fluency  # noqa: PLC0415 - `book list` need not wait for it

    with _problems_told():
        shelf = Shelf(root)
        book = load(shelf)
        found = render(book, BookFiles(shelf))
    for line in fluency.as_table(found.prose, book.manifest.reading):
        click.echo(line)
    click.echo("(paragraphs alone: words in a sentence, the spread of their lengths, sentences under five words")
    click.echo(" in 100, joining words in a sentence, Flesch-Kincaid grade; * misses what reading.prose promises)")


def _tell_problems(error: BookError, so: str) -> None:
    """Print an author's mistakes, a line each, and what follows from them."""
    for problem in sorted(error.problems):
        click.echo(str(problem), err=True)
    count = len(error.problems)
    click.echo(f"{count} problem{'s' if count > 1 else ''}. {so}", err=True)


@contextmanager
def _problems_told() -> Iterator[None]:
    """Print an author's mistakes as lines, without a traceback, and end with the right code."""
    try:
        yield
    except BookError as error:
        _tell_problems(error, "Nothing was written.")
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was written.", err=True)
        sys.exit(130)


@contextmanager
def _progress(*, verbose: bool) -> Iterator[Callable[[str], None]]:
    """Show what is being done: lines with --verbose, a passing line where a person waits, else nothing."""
    console = Console(stderr=True)
    if verbose:
        yield lambda step: click.echo(f"… {step}", err=True)
    elif console.is_terminal:
        with console.status("starting") as status:
            yield status.update
    else:
        yield lambda _: None
