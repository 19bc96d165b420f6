"""What a process that goes on need not look up again between builds; so ``serve`` builds as quickly as one saves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tandem.house import House
from tandem.ledger import UNKNOWN, Ledger, Stamp, stamp
from tandem.memory import Memory, Past
from tandem.outlines import Known, recalled
from tandem.render import Renderer
from tandem.spare import Standing


@dataclass(frozen=True)
class Running:
    """The last build's memory, what it knew, how its site stands. ``renderer``: of a build of the same outlines.

    ``noted``: the ledger as that build left it: who finds another knows that somebody else has built meanwhile.
    """

    memory: Memory
    known: Known
    standing: Standing
    renderer: Renderer | None
    noted: Stamp

    @classmethod
    def of(
        cls, house: House, memory: Memory, known: Known, standing: Standing, renderer: Renderer | None = None
    ) -> Running:
        return cls(memory, known, standing, renderer, _noted(house))

    @classmethod
    def after(cls, house: House, past: Past) -> Running | None:
        """After a build that ``past`` finds standing; None where it does not, or left too little."""
        known = recalled(past.last) if past.stands else None
        return cls.of(house, replace(past.last, seen=past.now.seen), known, past.standing) if known else None

    def past(self, house: House, changed: frozenset[str]) -> Past | None:
        """The last build seen from now, where nothing but these inputs can have changed; None where it is not ours."""
        if _noted(house) != self.noted:
            return None
        now = self.memory.later(house, changed)
        unsure = {path for path, one in self.memory.inputs.items() if not one}
        return Past(now, self.memory, now.changed(self.memory, changed | unsure), lambda: self.standing)


def _noted(house: House) -> Stamp:
    try:
        return stamp(Ledger.of(house.out, house.cache).file.stat())
    except FileNotFoundError:
        return UNKNOWN
