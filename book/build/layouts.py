"""Layout jobs to PDFs: all that recipes want, each laid out once, several at a time in processes of their own."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import as_completed
from functools import partial

from book.build.workers import at_work
from book.layout.engine import Pdf
from book.layout.jobs import Engines, Files, LayoutJob
from book.model.problems import BookError, Problem


def run_all(
    layout_jobs: Collection[LayoutJob], files: Files, jobs: int, tell: Callable[[str], None]
) -> dict[LayoutJob, Pdf]:
    """Lay out different jobs, at most `jobs` at a time, the longest first; `tell` hears how far it is.

    Raises BookError with the problems of all.
    """
    done: dict[LayoutJob, Pdf] = {}
    problems: list[Problem] = []
    longest_first = sorted(layout_jobs, key=lambda layout_job: -len(layout_job.html))
    for number, (layout_job, run) in enumerate(_runs(longest_first, files, jobs), 1):
        try:
            done[layout_job] = run()
        except BookError as error:
            problems += error.problems
        tell(f"laying out, {number} of {len(layout_jobs)} done")
    if problems:
        raise BookError(problems)
    return done


def _runs(layout_jobs: list[LayoutJob], files: Files, jobs: int) -> Iterator[tuple[LayoutJob, Callable[[], Pdf]]]:
    """Give jobs with what fetches their pages, as soon as they are there."""
    if min(jobs, len(layout_jobs)) < 2:
        engines = Engines(files)
        yield from ((job, partial(engines.run, job)) for job in layout_jobs)
        return
    with at_work(
        _run_there, [(layout_job,) for layout_job in layout_jobs], jobs, _start_engines, (files,)
    ) as futures:
        asked = dict(zip(futures, layout_jobs, strict=True))
        yield from ((asked[future], future.result) for future in as_completed(futures))


_engines: list[Engines] = []  # the one set of engines of a process that works for another


def _start_engines(files: Files) -> None:
    _engines[:] = [Engines(files)]


def _run_there(layout_job: LayoutJob) -> Pdf:
    return _engines[0].run(layout_job)
