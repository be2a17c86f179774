"""Work for several processes at a time. They leave Ctrl-C to this one, which stops them when it stops itself."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

Result = TypeVar("Result")


@contextmanager
def at_work(
    work: Callable[..., Result],
    calls: Sequence[tuple[Any, ...]],
    jobs: int,
    set_up: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
) -> Iterator[list[Future[Result]]]:
    """Have at most `jobs` processes call `work` with each tuple of arguments; give the results to come, in order.

    Each process first calls `set_up` with what is `given`.
    """
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(calls)), spawn, set_up, given) as pool:
        with deaf_children():
            futures = [pool.submit(work, *call) for call in calls]
        try:
            yield futures
        except BaseException:
            for child in multiprocessing.active_children():
                child.terminate()
            raise


@contextmanager
def deaf_children() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C. What comes meanwhile is heard after."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
