"""Content as it would be with some files changed: what every rule says of them, before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tandem.examined import examine
from tandem.house import House
from tandem.load import shown
from tandem.problem import Problem


def trial(house: House, files: Mapping[str, str]) -> list[Problem]:
    """The problems in ``files`` (path below the content folder → text) among everything that is there."""
    names = {f"{shown(house.content)}/{path}" for path in files}
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder, "content")
        shutil.copytree(house.content, content, symlinks=True)
        for path, text in files.items():
            (content / path).parent.mkdir(parents=True, exist_ok=True)
            (content / path).write_text(text, "utf-8")
        found = examine(replace(house, content=content, name=shown(house.content))).problems
    return [problem for problem in found if problem.where.file in names]
