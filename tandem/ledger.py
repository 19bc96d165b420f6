"""What we wrote into an output folder, so that only that is ever removed. Kept in .cache/, outside the site."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FORMAT = 1


@dataclass(frozen=True)
class Ledger:
    """The ledger of one output folder."""

    file: Path

    @classmethod
    def of(cls, out: Path, cache: Path) -> Ledger:
        name = hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]
        return cls(cache / f"ledger-{name}.json")

    def read(self) -> frozenset[str] | None:
        """The paths we wrote, or None where that is not known."""
        try:
            kept = json.loads(self.file.read_text("utf-8"))
            paths = kept["paths"] if kept["format"] == FORMAT else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return frozenset(paths) if isinstance(paths, list) and all(isinstance(p, str) for p in paths) else None

    def write(self, paths: Iterable[str]) -> None:
        """Replaces the ledger in one step."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps({"format": FORMAT, "paths": sorted(paths)}), "utf-8")
        new.replace(self.file)
