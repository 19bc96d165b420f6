"""How long each stage of a build took: on the wall, and of processors, those of child processes included."""

from __future__ import annotations

import os
from typing import NamedTuple


class Taken(NamedTuple):
    """A stage by its name, and its seconds: on the wall, and of processors."""

    name: str
    wall: float
    processors: float


class Stages:
    """A build's stages, one after another. What a child does counts where it is waited for."""

    def __init__(self) -> None:
        self.taken: tuple[Taken, ...] = ()
        self._last = _now()

    def end(self, name: str) -> None:
        """The stage that has been under way since the last one ended is over."""
        now = _now()
        self.taken += (Taken(name, *(new - old for new, old in zip(now, self._last, strict=True))),)
        self._last = now


def _now() -> tuple[float, float]:
    times = os.times()
    return times.elapsed, times.user + times.system + times.children_user + times.children_system
