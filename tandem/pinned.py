"""Programs of others that a site may publish with it: pinned by version and digest, fetched once by one command.

A package lies as npm gives it in ``.cache/packages/``. What is read of it has been held against its digest, so that the
same site is made of the same bytes wherever it is built, and a build asks no network.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = "packages"


class NotFetched(Exception):
    """A package is not there, or is not what it should be: ``build.py editor`` fetches it."""


@dataclass(frozen=True)
class Package:
    """A package of npm's registry. ``integrity``: its SHA-512 in base64, as ``npm view`` tells it."""

    name: str
    version: str
    integrity: str

    @property
    def file(self) -> str:
        """What ``npm pack`` calls it."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"

    def read(self, cache: Path) -> bytes:
        """The package as it was pinned. Raises NotFetched."""
        try:
            data = (cache / FOLDER / self.file).read_bytes()
        except OSError:
            raise NotFetched(self.file) from None
        if base64.b64encode(hashlib.sha512(data).digest()).decode() != self.integrity:
            raise NotFetched(self.file)
        return data

    def files(self, cache: Path) -> Mapping[str, bytes]:
        """Its files by their path in the package. Raises NotFetched."""
        with tarfile.open(fileobj=io.BytesIO(self.read(cache)), mode="r:gz") as packed:
            return {one.name.partition("/")[2]: _data(packed, one) for one in packed if _wanted(one)}

    def fetch(self, cache: Path) -> bool:
        """Has npm bring it, where it is not there yet; whether it did. Raises NotFetched where npm cannot."""
        try:
            self.read(cache)
        except NotFetched:
            folder = cache / FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            command = ["npm", "pack", "--silent", "--ignore-scripts", f"{self.name}@{self.version}"]
            try:
                subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603 - words of ours alone
            except (OSError, subprocess.CalledProcessError):
                raise NotFetched(self.file) from None
            self.read(cache)
            return True
        return False


def _wanted(entry: tarfile.TarInfo) -> bool:
    """A file that is no map for debuggers: those are four fifths of what is packed."""
    return entry.isfile() and not entry.name.endswith(".map")


def _data(packed: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    stream = packed.extractfile(entry)
    assert stream is not None
    return stream.read()
