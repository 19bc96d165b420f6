"""The folders a build reads and writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class House:
    """``name``: what to call the content folder, where its path is no name."""

    content: Path
    out: Path
    templates: Path = ROOT / "templates"
    static: Path = ROOT / "static"
    cache: Path = ROOT / ".cache"
    name: str = ""

    @property
    def sources(self) -> tuple[Path, ...]:
        """The folders everything is made from, which are never written into."""
        return self.content, self.templates, self.static, ROOT / "tandem"


def shown(folder: Path) -> str:
    """How a folder is named to people: relative to where they stand, when it is below."""
    name = os.path.relpath(folder)
    return folder.as_posix() if name.startswith("..") else Path(name).as_posix()


def below(root: Path, folder: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below ``root`` that is not hidden, by its path with forward slashes, in the order of those paths."""
    with suppress(NotADirectoryError, FileNotFoundError, PermissionError), os.scandir(root / folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.name.startswith("."):
                yield folder + entry.name, entry
            if entry.is_dir(follow_symlinks=False):
                yield from below(root, f"{folder}{entry.name}/")
