"""How far long work has come, for a person at a terminal; a pipe is told nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
LONG = 1.0  # seconds; shorter work is over before a bar could be read


def shown(items: Iterable[T], total: int) -> Iterator[T]:
    """``items`` as they come. Once they have taken a second, a bar on standard error tells how many of ``total``."""
    begun = time.monotonic()
    left = iter(items)
    done = 0
    for item in left:
        yield item
        done += 1
        if sys.stderr.isatty() and time.monotonic() - begun > LONG:
            break
    else:
        return
    from rich.console import Console  # not for the builds that never get here
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=done)
        for item in left:
            yield item
            bar.advance(task)
