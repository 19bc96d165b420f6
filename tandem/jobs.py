"""Work spread over processes: the same results in the same order for any number of them.

Children are forked, so that neither the work nor what it is done on is copied. The process that waits works too. What
a child does not bring, because it was killed or failed, is done here, so that an exception is raised where it counts.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache, partial
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")
LOAD = 50  # items taken at a time: few enough to share evenly, enough to be worth the way
LIVES = 3  # lives; less work is done by processes that stay
WORTH = 100  # fewer items are done sooner than processes are started
_TICKETS = 2000  # at most: that many fit into a pipe on every system
_TICKET = struct.Struct("i")
_MORE = "more"


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[T], R], items: Sequence[T], jobs: int, alone: int = 0, weight: int = 1, life: int = 0
) -> Iterator[R]:
    """``work`` done on each item by up to ``jobs`` processes, in the items' order.

    Results travel back pickled. Without fork, with one job or little work everything happens here. ``alone``: how many
    items, at the beginning, are long work and go one by one. ``weight``: how many usual items one of these is worth.
    The other items are parted among the processes as they stand, so that like items, which stand together, are done
    by one process; who has done its part helps the others. ``life``: after how many items a process makes room for a
    fresh one, where there are many times more, so that what it remembers does not grow with the work; the process that
    waits then only waits, for it could not be replaced.
    """
    if jobs <= 1 or len(items) * weight < WORTH or not _forks():
        yield from map(work, items)
        return
    size = max(LOAD, -(-len(items) // (_TICKETS - alone)))
    loads = [slice(n, n + 1) for n in range(alone)] + [slice(n, n + size) for n in range(alone, len(items), size)]

    def done(number: int) -> list[R]:
        return [work(item) for item in items[loads[number]]]

    workers = min(jobs, len(loads))
    queues = _queues(alone, len(loads), workers)
    if life and len(items) > LIVES * life:
        yield from _relayed(done, queues, alone, len(loads), max(1, life // size))
        return
    with _frozen():
        children = [_Child(partial(_brought, done, _order(queues, n))) for n in range(1, workers)]
        try:
            yield from _gathered(done, _order(queues, 0), len(loads), children)
        finally:
            for queue in queues:
                os.close(queue)
            for child in children:
                child.end()


def _gathered(
    done: Callable[[int], list[R]], queues: Sequence[int], count: int, children: Sequence[_Child]
) -> Iterator[R]:
    """The results of all loads in order: what is done here, and what children bring."""
    found: dict[int, list[R]] = {}
    readers = [Thread(target=lambda child=child: found.update(child.brings()), daemon=True) for child in children]
    for reader in readers:
        reader.start()
    next_ = 0
    for number in _taken(queues):
        found[number] = done(number)
        while next_ in found:
            yield from found.pop(next_)
            next_ += 1
    for reader in readers:
        reader.join()
    for number in range(next_, count):
        yield from found.pop(number) if number in found else done(number)


def _relayed(done: Callable[[int], list[R]], queues: Sequence[int], alone: int, count: int, loads: int) -> Iterator[R]:
    """The results of all loads in order, each process making room for a fresh one after ``loads`` of them."""

    def begun(worker: int) -> _Child:
        return _Child(partial(_leg, done, _order(queues, worker), alone, loads))

    found: dict[int, list[R]] = {}
    next_ = 0
    with _frozen():
        running = {child.ours: (child, worker) for worker in range(len(queues) - 1) for child in [begun(worker)]}
        try:
            while running:
                for ours in cast(list[Connection], wait(list(running))):
                    child, worker = running[ours]
                    brought = next(child.brings(), None)
                    if brought is not None and brought != _MORE:
                        found[brought[0]] = brought[1]
                        continue
                    del running[ours]
                    child.end()
                    if brought:
                        child = begun(worker)
                        running[child.ours] = child, worker
                while next_ in found:
                    yield from found.pop(next_)
                    next_ += 1
        finally:
            for queue in queues:
                os.close(queue)
            for child, _ in running.values():
                child.end()
    for number in range(next_, count):
        yield from found.pop(number) if number in found else done(number)


def _leg(
    done: Callable[[int], list[R]], queues: Sequence[int], alone: int, loads: int, send: Callable[[object], None]
) -> None:
    """What one process does: some loads, or one that is long; then it says whether there may be more."""
    parent = os.getppid()
    for nth, number in enumerate(_taken(queues), 1):
        if os.getppid() != parent:  # nobody waits any more
            return
        send((number, done(number)))
        if number < alone or nth == loads:
            send(_MORE)
            return


def _brought(done: Callable[[int], list[R]], queues: Sequence[int], send: Callable[[object], None]) -> None:
    parent = os.getppid()
    for number in _taken(queues):
        if os.getppid() != parent:  # nobody waits any more
            return
        send((number, done(number)))


def _queues(alone: int, count: int, workers: int) -> list[int]:
    """Pipes that hold the numbers below ``count``, each for whoever takes it first: the long work, then a part each."""
    ends = [0, *(alone + (count - alone) * n // workers for n in range(workers + 1))]
    return [_queue(range(first, last)) for first, last in pairwise(ends)]


def _queue(numbers: range) -> int:
    ours, theirs = os.pipe()
    os.write(theirs, b"".join(map(_TICKET.pack, numbers)))
    os.close(theirs)
    return ours


def _order(queues: Sequence[int], worker: int) -> list[int]:
    """The queues as a worker takes from them: the long work, its own part, then the parts of the others."""
    first, *parts = queues
    return [first, *parts[worker:], *parts[:worker]]


def _taken(queues: Sequence[int]) -> Iterator[int]:
    for queue in queues:
        while ticket := os.read(queue, _TICKET.size):
            yield _TICKET.unpack(ticket)[0]


class _Child:
    """A forked process that does some work and sends what comes of it."""

    def __init__(self, work: Callable[[Callable[[object], None]], None]) -> None:
        self.ours, theirs = multiprocessing.Pipe(duplex=False)
        given = (work, theirs, self.ours)
        self.process = multiprocessing.get_context("fork").Process(target=_alone, args=given, daemon=True)
        self.process.start()
        theirs.close()

    def brings(self) -> Iterator[Any]:
        """What it sends, until it ends."""
        with suppress(EOFError, OSError, pickle.UnpicklingError):
            while True:
                yield self.ours.recv()

    def end(self) -> None:
        self.process.terminate()
        self.process.join()
        self.ours.close()


def _alone(work: Callable[[Callable[[object], None]], None], theirs: Connection, ours: Connection) -> None:
    ours.close()  # else an orphan would wait for itself to read what it sends, and keep the folder's lock
    gc.enable()
    with suppress(BaseException):  # the process that waits does the work itself, and sees what fails
        work(theirs.send)


@contextmanager
def aside(jobs: int, *works: Callable[[], bytes]) -> Iterator[tuple[Callable[[], bytes], ...]]:
    """``works`` done one after another in a process beside this one, where there may be two, until they are no longer
    asked for. Gives for each what waits for its result.
    """
    if jobs <= 1 or not _forks():
        yield tuple(map(cache, works))
        return

    def do_all(send: Callable[[object], None]) -> None:
        for work in works:
            send(work())

    child, found = _Child(do_all), list[bytes]()
    brought = child.brings()

    def result(number: int) -> bytes:
        while len(found) <= number:
            found.append(next(brought, None) or works[len(found)]())
        return found[number]

    try:
        yield tuple(partial(result, number) for number in range(len(works)))
    finally:
        child.end()


def _forks() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


@contextmanager
def _frozen() -> Iterator[None]:
    """What is there already is never looked through for garbage, and so never copied into the children; the rest is."""
    was = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was:
            gc.disable()


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
