"""What is worked out once and kept for the next run. Disposable: lost, damaged or of another format, it is empty."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import ItemsView, Iterable
from functools import cache
from pathlib import Path
from typing import Any


def digest(*parts: str) -> str:
    """A name for exactly these texts."""
    return hashlib.sha256("\0".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "replace")).hexdigest()


class Kept:
    """Values of JSON by digest, in one file of ``.cache/``: a line with its format and its own digest, then the rest.

    ``format`` is raised when what is kept would mean something else. Values come back as JSON has them: lists for
    tuples.
    """

    def __init__(self, file: Path, format: int) -> None:
        self.file, self.format = file, format
        self._values: dict[str, Any] = self._read()
        self._before = frozenset(self._values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def items(self) -> ItemsView[str, Any]:
        return self._values.items()

    def __setitem__(self, key: str, value: Any) -> None:
        self._values[key] = value

    def keep(self, keys: Iterable[str]) -> None:
        """Writes these values and forgets the others. A folder that cannot be written to is no fault."""
        self._values = {key: self._values[key] for key in dict.fromkeys(keys)}
        if self._values.keys() == self._before:
            return
        body = json.dumps(self._values, ensure_ascii=False, separators=(",", ":"))
        new = self.file.with_suffix(f".{os.getpid()}.new")
        with contextlib.suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(f"{self._head(body)}\n{body}", "utf-8")
            new.replace(self.file)

    def _head(self, body: str) -> str:
        return f"{self.format} {digest(body)}"

    def _read(self) -> dict[str, Any]:
        try:
            head, _, body = self.file.read_text("utf-8").partition("\n")
            values = json.loads(body) if head == self._head(body) else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return values if isinstance(values, dict) else {}


def surroundings() -> list[str]:
    """Python and every library that is installed, by their names and versions."""
    folders = [Path(path) for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    names = sorted(path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info"))
    return [sys.version, *names]


@cache
def program() -> str:
    """The digest of Tandem's own code, asked of the disk once: a process goes on with the code it began with."""
    root = Path(__file__).parent
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    return digest(*(text for file in files for text in (file, (root / file).read_text("utf-8"))))
