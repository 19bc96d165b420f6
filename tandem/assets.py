"""static/ as it is published: every file under a name that changes with its bytes, so that caches never lie."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_URL = re.compile(rb"url\((['\"]?)([^'\")]+)\1\)")


@dataclass(frozen=True)
class Assets:
    """``names``: file below static/ → published name below /static/. ``files``: published path → bytes."""

    names: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_assets(folder: Path) -> Assets:
    """All files below ``folder``; ``url()`` in style sheets follows the new names. Hidden files and links stay out."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name in sorted(found, key=lambda name: (name.endswith(".css"), name)):
        data = _relinked(name, found[name], names) if name.endswith(".css") else found[name]
        names[name] = _fingerprinted(name, data)
        files[f"static/{names[name]}"] = data
    return Assets(names, files)


def _fingerprinted(name: str, data: bytes) -> str:
    path = PurePosixPath(name)
    return path.with_name(f"{path.stem}.{hashlib.sha256(data).hexdigest()[:10]}{path.suffix}").as_posix()


def _relinked(sheet: str, data: bytes, names: Mapping[str, str]) -> bytes:
    folder = posixpath.dirname(sheet)

    def replaced(match: re.Match[bytes]) -> bytes:
        target = names.get(posixpath.normpath(posixpath.join(folder, match[2].decode())))
        return b"url(" + posixpath.relpath(target, folder).encode() + b")" if target else match[0]

    return _URL.sub(replaced, data)
