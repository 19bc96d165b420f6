"""What a spreadsheet holds, and what in it is doubtful."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from tandem.cells import Cell
from tandem.headings import Meaning
from tandem.problem import Problem, Speech
from tandem.read import Loc


class Doubt(Struct, frozen=True):
    """What is doubtful and where. ``key``: a sentence of the catalogs (context ``import``), or else ``problem``."""

    cell: Cell
    written: str
    key: str = ""
    values: Mapping[str, str] = {}
    problem: Problem | None = None
    blocks: bool = True

    def said(self, speech: Speech) -> tuple[str, str]:
        """The sentence and the hint."""
        if self.problem:
            return speech.message(self.problem), speech.hint(self.problem)
        return speech.say("import", self.key, self.values), ""


class Taken(Struct, frozen=True):
    """A project as a row has it. ``cells``: where each part of it stands."""

    id: str
    tree: Mapping[str, Any]
    cells: Mapping[Loc, Cell]


@dataclass
class Intake:
    """What a spreadsheet holds: new projects, how many are here already just so, and what is doubtful."""

    new: list[Taken] = field(default_factory=list)
    same: int = 0
    doubts: list[Doubt] = field(default_factory=list)


Cells = dict[Meaning, tuple[str, Cell]]
"""The cells of one project by what they mean: what each says and where."""


def items(text: str, separators: str = "|;,\n") -> list[str]:
    return [item.strip() for item in re.split(f"[{separators}]", text) if item.strip()]


def whole(text: str) -> str:
    """``42 000 €`` as digits; what is anything but a whole number stays as it is, for the model to judge."""
    bare = re.sub(r"[\s\u00a0\u202f]|€", "", text)
    return bare if bare.isdecimal() and re.fullmatch(r"[0-9 \u00a0\u202f€]+", text) else text
