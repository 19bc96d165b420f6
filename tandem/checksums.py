"""Proof of what is published: the SHA-256 of every file of a site, in the form sha256sum(1) writes and checks.

Above the sums stand lines that sha256sum passes over, with the commit and the address the site was built from and for.
They are kept beside the site, never in it: the same content gives the same site, whatever git knows of it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from tandem.git import NoHistory, Repository
from tandem.ledger import files

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r"})
UNKNOWN = "unknown"


def checksums(site: Path) -> dict[str, str]:
    """Every file below ``site`` by its path, and its SHA-256; of a symbolic link, that of where it leads."""
    found = {}
    for path in sorted(files(site)):
        file = site / path
        data = os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
        found[path] = hashlib.sha256(data).hexdigest()
    return found


def as_text(sums: Mapping[str, str], about: Mapping[str, str]) -> bytes:
    """``# key: value`` lines, then a line for each file; `sha256sum --check` in the site's folder reads it."""
    lines = [f"# {key}: {value}" for key, value in about.items()]
    lines += [_line(path, sum) for path, sum in sums.items()]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def write(file: Path, site: Path, content: Path, asked: Mapping[str, str | bool]) -> None:
    """Writes the sums of ``site``, the commit of ``content`` and what was ``asked`` of the build. Raises OSError."""
    about = {"commit": commit(content)}
    for key, value in asked.items():
        about[key] = (value or "as in site.yaml") if isinstance(value, str) else "yes" if value else "no"
    file.write_bytes(as_text(checksums(site), about))


def _line(path: str, sum: str) -> str:
    escaped = path.translate(_ESCAPES)
    return f"{'' if escaped == path else chr(92)}{sum}  {escaped}"


def commit(folder: Path) -> str:
    """The commit a folder is of: its full id, with ``+`` where any file is not as committed; or ``unknown``."""
    try:
        repository = Repository.around(folder)
        return repository.commit("HEAD") + ("" if repository.untouched() else "+")
    except NoHistory:
        return UNKNOWN


def differing(expected: Iterable[str], there: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """Paths that only ``there`` has, that it lacks, and that both have; each in order."""
    wanted, found = frozenset(expected), frozenset(there)
    return sorted(found - wanted), sorted(wanted - found), sorted(wanted & found)
