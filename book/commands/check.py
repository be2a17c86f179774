"""`book check`."""

import sys
from pathlib import Path

import click

from book.commands import tell
from book.commands.options import JOBS, ROOT, complete, refuse_unknown
from book.model.problems import nearest


@click.command()
@ROOT
@click.option(
    "--edition", "editions", multiple=True, metavar="NAME", shell_complete=complete,
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
@JOBS
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
    from book.check import report, run
    from book.check.rule import RULES

    refuse_unknown(root, editions)
    for code in (*only, *explain):
        if code not in RULES and (code != "ALL" or code in only):
            raise click.BadParameter(f'there is no rule "{code}".{nearest(code, RULES)}')
    if explain:
        for code in sorted(RULES) if "ALL" in explain else explain:
            click.echo(report.explain(RULES[code]))
        return
    with tell.problems_told(), tell.progress(verbose=False) as say:
        found = run.check(root, out or root / "dist", editions, say, only=only, jobs=jobs, online=online)
    click.echo(report.FORMATS[form](found))
    if found.count("error") or (strict and found.findings):
        sys.exit(1)
