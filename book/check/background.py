"""Work done in a second process while this one goes on: for what reads much, where there is a core to spare."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from book.build.workers import deaf_children

Answer = TypeVar("Answer")
PATIENCE = 1  # seconds, for a process that has answered to end


def begin(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """Begin some work aside; give the function that waits for its result.

    The other process begins as this one is, so nothing is read twice, and only the result comes back. Where no
    process can be split off, or the other one is lost, the work is done when it is waited for.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return work
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_do, args=(work, there), daemon=True)
    with deaf_children():
        child.start()
    there.close()

    def wait() -> Answer:
        try:
            answer: Answer = here.recv()
        except EOFError:
            return work()
        finally:
            here.close()
            child.join(PATIENCE)
            child.kill()  # it may hang on a lock that another thread of this process held as it began
        return answer

    return wait


def _do(work: Callable[[], Answer], there: Connection) -> None:
    """Do the work in the other process. What goes wrong is left to this one, which does it again and tells."""
    try:
        there.send(work())
    finally:
        there.close()
