"""Work spread over processes: the same results in the same order for any number of them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
CHUNK = 100  # items handed to a process at a time: small enough to share evenly, large enough to be worth the way
WORTH = 4 * CHUNK  # fewer items are done sooner than processes are started

_work: Callable[[int], object] = lambda number: None  # noqa: E731 - set before the fork, read by the children


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """``work`` done on each item by up to ``jobs`` processes, in the items' order.

    The children are forked, so that neither ``work`` nor the items are copied; results travel back pickled. Without
    fork, with one job or little work everything happens here.
    """
    if jobs <= 1 or len(items) < WORTH or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return

    def chunk(number: int) -> list[R]:
        return [work(item) for item in items[number : number + CHUNK]]

    global _work
    _work = chunk
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for results in pool.imap(_called, range(0, len(items), CHUNK)):
            yield from results  # type: ignore[misc]


def _called(number: int) -> object:
    return _work(number)
