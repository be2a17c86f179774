"""Layout jobs to PDFs: all that recipes want, each laid out once, several at a time in processes of their own."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import as_completed

from book.build.workers import at_work
from book.layout.engine import Pdf
from book.layout.jobs import Files, Forme, Pressroom
from book.model.problems import BookError, Problem


def run_all(formes: Collection[Forme], files: Files, jobs: int, tell: Callable[[str], None]) -> dict[Forme, Pdf]:
    """Lay out different formes, at most `jobs` at a time, the longest first; `tell` hears how far it is.

    Raises BookError with the problems of all.
    """
    done: dict[Forme, Pdf] = {}
    problems: list[Problem] = []
    longest_first = sorted(formes, key=lambda forme: -len(forme.html))
    for number, (forme, run) in enumerate(_runs(longest_first, files, jobs), 1):
        try:
            done[forme] = run()
        except BookError as error:
            problems += error.problems
        tell(f"laying out, {number} of {len(formes)} done")
    if problems:
        raise BookError(problems)
    return done


def _runs(formes: list[Forme], files: Files, jobs: int) -> Iterator[tuple[Forme, Callable[[], Pdf]]]:
    """Give formes with what fetches their pages, as soon as they are there."""
    if min(jobs, len(formes)) < 2:
        room = Pressroom(files)
        yield from ((forme, lambda forme=forme: room.run(forme)) for forme in formes)
        return
    with at_work(_run_there, [(forme,) for forme in formes], jobs, _open_room, (files,)) as futures:
        asked = dict(zip(futures, formes, strict=True))
        yield from ((asked[future], future.result) for future in as_completed(futures))


_rooms: list[Pressroom] = []  # the one pressroom of a process that works for another


def _open_room(files: Files) -> None:
    _rooms[:] = [Pressroom(files)]


def _run_there(forme: Forme) -> Pdf:
    return _rooms[0].run(forme)
