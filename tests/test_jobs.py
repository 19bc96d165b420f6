"""Work over processes: the same results whatever becomes of a child, and no child outlives the work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections import Counter
from functools import partial

import pytest

from tandem.jobs import aside, spread

ITEMS = range(1000)


@pytest.mark.parametrize("jobs", [1, 2, 5, 100])
def test_results_come_in_order_for_any_number_of_processes(jobs: int) -> None:
    assert list(spread(lambda n: n * n, ITEMS, jobs, alone=3)) == [n * n for n in ITEMS]


def test_several_processes_share_the_work() -> None:
    busy = list(spread(lambda n: (os.getpid(), sum(range(20_000)))[0], ITEMS, 2))
    assert os.getpid() in busy
    assert len(set(busy)) == 2


def test_processes_make_room_for_fresh_ones_where_there_is_much_to_do() -> None:
    """None does more than its share, and the one that waits does nothing: it could not be replaced."""
    found = list(spread(lambda n: (n, os.getpid()), range(2000), 2, alone=2, life=100))
    assert [n for n, _ in found] == list(range(2000))
    shares = Counter(pid for _, pid in found)
    assert os.getpid() not in shares
    assert len(shares) > 2000 / 100
    assert max(shares.values()) <= 100
    assert {shares[found[0][1]], shares[found[1][1]]} == {1}  # long work is a share of its own
    assert multiprocessing.active_children() == []


def test_a_fresh_process_that_dies_does_not_stop_the_others() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here and number in (333, 1500):
            os.kill(os.getpid(), signal.SIGKILL)
        return -number

    assert list(spread(work, range(2000), 3, life=100)) == [-n for n in range(2000)]
    assert multiprocessing.active_children() == []


def test_what_a_killed_child_does_not_bring_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here and number % 100 == 99:
            os.kill(os.getpid(), signal.SIGKILL)
        return -number

    assert list(spread(work, ITEMS, 3)) == [-n for n in ITEMS]


def test_an_exception_is_raised_where_somebody_sees_it() -> None:
    def work(number: int) -> int:
        if number == 777:
            raise ValueError("seven")
        return number

    with pytest.raises(ValueError, match="seven"):
        list(spread(work, ITEMS, 2))
    assert multiprocessing.active_children() == []


def test_who_stops_early_leaves_no_process_behind() -> None:
    results = spread(lambda n: n, ITEMS, 4)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


ORPHAN = """
import os, sys
from tandem.jobs import spread
here = os.getpid()

def work(number):
    if os.getpid() != here:
        print(os.getpid(), flush=True)
        return "x" * 1_000_000  # more than a pipe holds
    while True:
        pass

list(spread(work, range(1000), 2))
"""


def test_a_child_whose_parent_is_killed_ends() -> None:
    """Else it would keep what it inherited: the lock of the folder that is built into."""
    with subprocess.Popen([sys.executable, "-c", ORPHAN], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        assert int(parent.stdout.readline()) != parent.pid
        parent.kill()
        parent.communicate(timeout=60)  # the end of what both could write to: the child is gone too


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("dies", ["first", "second", "never"])
def test_work_aside_is_done_here_where_its_process_dies(jobs: int, dies: str) -> None:
    here = os.getpid()

    def work(name: str) -> bytes:
        if name == dies and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return name.encode()

    with aside(jobs, partial(work, "first"), partial(work, "second")) as (first, second):
        assert second() == second() == b"second"
        assert first() == b"first"
    assert multiprocessing.active_children() == []
