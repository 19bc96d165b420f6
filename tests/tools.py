"""The programs from npm that tests run for real; `make test` fetches them (tests/tools/package.json)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "tools"
BIN = Path(sys.executable).parent
TOOLS = BIN.parent / "tools"  # beside the programs of the virtual environment


def node(script: str, *arguments: str) -> Any:
    """What a script of tests/tools prints, as JSON."""
    assert (TOOLS / "node_modules").is_dir(), "the programs from npm are missing: make test fetches them"
    done = subprocess.run(
        [str(BIN / "node"), str(HERE / script), *arguments],
        env={**os.environ, "TOOLS": str(TOOLS)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
