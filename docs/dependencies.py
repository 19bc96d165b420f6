"""Writes the tables of docs/dependencies.md: what is locked, its version, its licence, and why it is here.

usage: python docs/dependencies.py        (``make lock`` runs it)

Reasons stand in pyproject.toml, versions and who needs what in locks/, licences in the packages themselves: one that
is not installed here keeps the licence the paper already tells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAPER = ROOT / "docs" / "dependencies.md"
LOCKS = {
    "site": "To build the site: `make` (`locks/site.txt`)",
    "dev": "To test it: `make test` (`locks/dev.txt`)",
    "care": "To keep the locks and to audit them: `make lock`, `make audit` (`locks/care.txt`)",
    "bench": "To measure, draw and fuzz by hand: `benchmarks/`, `docs/pictures.py` (`locks/bench.txt`)",
}
NODE = ("tests/tools", "tests/browser")
BEGIN = "<!-- written by docs/dependencies.py: begin -->\n"
END = "<!-- written by docs/dependencies.py: end -->\n"

# What packages say in words of their own, as SPDX writes it.
SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0-Perl",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "UNKNOWN": "",
}


@dataclass
class Locked:
    """One package as a lock has it. ``needed``: by which packages; ours is not among them."""

    name: str
    version: str
    needed: list[str] = field(default_factory=list)


def locked(lock: str) -> dict[str, Locked]:
    found: dict[str, Locked] = {}
    last = None
    for line in (ROOT / "locks" / f"{lock}.txt").read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+)==([^ ]+)", line):
            last = found[match[1]] = Locked(match[1], match[2])
        elif last and (match := re.match(r"    #(?: via)? +([a-z0-9-]+)$", line)) and match[1] != "via":
            last.needed.append(match[1])
    return found


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def reasons() -> dict[str, str]:
    """The comment beside each dependency of pyproject.toml."""
    source = (ROOT / "pyproject.toml").read_text("utf-8").partition("[build-system]")[0]
    found: dict[str, str] = {}
    for name, why in re.findall(r'^    "([\w-]+)==[^"]*",\s+# (.+)$', source, re.MULTILINE):
        found.setdefault(plain(name), why)
    return found


def licence(package: Locked) -> str | None:
    """In SPDX's words; nothing for a package that is not installed in the version that is locked."""
    try:
        told = metadata(package.name)
    except PackageNotFoundError:
        return None
    if told["Version"] != package.version:
        return None
    return " OR ".join(dict.fromkeys(SPDX.get(word, word) for word in _words(told)))


def _words(told: PackageMetadata) -> list[str]:
    classes = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    short = told["License"] or ""
    if told["License-Expression"]:
        return [told["License-Expression"]]
    if short and len(short) < 30 and "\n" not in short and short not in ("BSD", "UNKNOWN", "Artistic License"):
        return [short]
    if not classes and "Permission is hereby granted, free of charge" in short:
        return ["MIT"]
    return [word for word in classes if word != "GNU General Public License (GPL)"] or [short]


def rows(lock: str, above: Mapping[str, Locked], before: Mapping[str, str]) -> Iterator[str]:
    why = reasons()
    for name, package in locked(lock).items():
        if name in above:
            continue
        reason = why.get(name) or "for " + ", ".join(package.needed)
        terms = licence(package) or before.get(name) or ""
        yield f"| {name} | {package.version} | {terms} | {reason} |"


def written(paper: str) -> str:
    """The paper with its tables as they should be."""
    before = {row[0]: row[2] for row in re.findall(r"^\| (\S+) \| (\S+) \| (\S.*?) \|", paper, re.MULTILINE)}
    parts = []
    above: dict[str, Locked] = {}
    for lock, title in LOCKS.items():
        parts += [f"### {title}", "", "| package | version | licence | why |", "|---|---|---|---|"]
        parts += [*rows(lock, above, before), ""]
        above |= locked(lock)
    parts += ["### From npm, for tests alone", "", "| package | version | licence | whence |", "|---|---|---|---|"]
    for folder in NODE:
        packages = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
        for path, one in sorted(packages.items()):
            if path:
                name = path.rpartition("node_modules/")[2]
                parts.append(f"| {name} | {one['version']} | {one.get('license', '')} | `{folder}` |")
    head, _, rest = paper.partition(BEGIN)
    return head + BEGIN + "\n" + "\n".join(parts) + "\n\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAPER.write_text(written(PAPER.read_text("utf-8")), "utf-8")
