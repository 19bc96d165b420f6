"""The bytes of a content file to its text."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from msgspec import Struct

from tandem.problem import Problem, Where

MAX_BYTES = 1024 * 1024

# Control characters; what YAML or Babel would take for the end of a line where no editor shows one; what turns the
# direction of writing, so that a line is not what it looks like (CVE-2021-42574).
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


class Source(Struct, frozen=True):
    """The text of one file: NFC, line feeds only, no byte order mark. ``file`` is its name as shown to people."""

    file: str
    text: str


def read_source(path: Path, file: str) -> Source | Problem:
    """Reads ``path``; a link, a file over 1 MiB, one that is not UTF-8 or holds control characters is a Problem."""
    raw = read_bytes(path, file)
    return decoded(raw, file) if isinstance(raw, bytes) else raw


def read_bytes(path: Path, file: str) -> bytes | Problem:
    """The bytes of ``path``, one more than there may be at most; a link is a Problem."""
    if path.is_symlink():
        return Problem("file.symlink", Where(file), hint="file.symlink")
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        return Problem("file.unreadable", Where(file), {"reason": os.strerror(error.errno or 0)})


def decoded(raw: bytes, file: str) -> Source | Problem:
    """The same judgement on bytes that are read already."""
    if len(raw) > MAX_BYTES:
        return Problem("file.too_large", Where(file), {"limit": "1 MiB"}, "file.too_large")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return Problem("file.encoding", located(file, before, len(before)), hint="file.encoding")
    bad = None if text.replace("\n", "").isprintable() else FORBIDDEN.search(text)  # which takes ten times as long
    if bad:
        code = f"U+{ord(bad[0]):04X}"
        return Problem("file.character", located(file, text, bad.start()), {"character": code}, "file.character")
    return Source(file, unicodedata.normalize("NFC", text))


def located(file: str, text: str, offset: int, length: int = 1) -> Where:
    start = text.rfind("\n", 0, offset) + 1
    return Where(file, text.count("\n", 0, offset) + 1, offset - start + 1, length)
