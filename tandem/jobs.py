"""Work spread over processes: the same results in the same order for any number of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
LOAD = 50  # items handed to a process at a time: small enough to share evenly, large enough to be worth the way
WORTH = 100  # fewer items are done sooner than processes are started

_work: Callable[[int], object] = lambda number: None  # noqa: E731 - set before the fork, read by the children


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int, alone: int = 0, weight: int = 1) -> Iterator[R]:
    """``work`` done on each item by up to ``jobs`` processes, in the items' order.

    The children are forked, so that neither ``work`` nor the items are copied; results travel back pickled. Without
    fork, with one job or little work everything happens here. ``alone``: how many items, at the beginning, are long
    work and go one by one. ``weight``: how many usual items one of these is worth.
    """
    if jobs <= 1 or len(items) * weight < WORTH or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    loads = [slice(n, n + 1) for n in range(alone)] + [slice(n, n + LOAD) for n in range(alone, len(items), LOAD)]

    def load(number: int) -> list[R]:
        return [work(item) for item in items[loads[number]]]

    global _work
    _work = load
    gc.freeze()  # what is there already is never looked through by the children, and so never copied
    try:
        with multiprocessing.get_context("fork").Pool(jobs, gc.enable) as pool:
            for results in pool.imap(_called, range(len(loads))):
                yield from results  # type: ignore[misc]
    finally:
        gc.unfreeze()


@contextmanager
def aside(work: Callable[[], bytes], jobs: int) -> Iterator[Callable[[], bytes]]:
    """``work`` begun in a process beside this one, where there may be two. Gives what waits for its result.

    Where there is no such process, or it fails, the work is done here, so that an exception is raised where it counts.
    """
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_sent, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()

    @cache
    def result() -> bytes:
        try:
            return ours.recv_bytes()
        except EOFError:
            return work()

    try:
        yield result
    finally:
        process.terminate()
        process.join()
        ours.close()


def _sent(work: Callable[[], bytes], theirs: Connection) -> None:
    with suppress(BaseException):  # the process that waits does the work itself, and sees what fails
        theirs.send_bytes(work())


def _called(number: int) -> object:
    return _work(number)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without Python's search for rings of garbage, which costs much and finds nothing while a site is read."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
