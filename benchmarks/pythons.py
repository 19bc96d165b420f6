#!/usr/bin/env python3
"""Builds this site with other versions of Python, each with the pinned libraries, and compares the bytes.

    python benchmarks/pythons.py /usr/bin/python3.12 /usr/bin/python3.13

Fetches the libraries from PyPI into environments of their own, below a temporary folder.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def built(python: str, folder: Path) -> dict[str, bytes]:
    out = folder / "_site"
    subprocess.run(
        [python, str(ROOT / "build.py"), "--clean", "--out", str(out)], check=True, stdout=subprocess.DEVNULL
    )
    return tree(out)


def environment(python: str, folder: Path) -> str:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    inside = str(folder / "bin" / "python")
    subprocess.run([inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], check=True)
    return inside


def main() -> int:
    differing = False
    with tempfile.TemporaryDirectory() as place:
        ours = built(sys.executable, Path(place, "ours"))
        print(f"{sys.version.split()[0]}: {len(ours)} files")
        for number, python in enumerate(sys.argv[1:]):
            folder = Path(place, str(number))
            theirs = built(environment(python, folder / "env"), folder)
            wrong = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
            version = subprocess.run([python, "-V"], check=True, capture_output=True, text=True).stdout.strip()
            print(f"{version}: {'the same, byte for byte' if not wrong else wrong[:20]}")
            differing = differing or bool(wrong)
    return int(differing)


if __name__ == "__main__":
    sys.exit(main())
