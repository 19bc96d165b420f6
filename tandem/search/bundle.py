"""Records → the files of a Pagefind index: the same records, the same bytes.

Pagefind is driven as its own wrappers for Node and Python drive it: ``pagefind --service`` reads requests from standard
input and answers on standard output, each a JSON object in base64 followed by a comma. (Its Python wrapper waits a
tenth of a second for every answer, half a minute for this site.) Nothing touches the disk.

Pagefind 1.5 writes the values of a filter, and the list of filters, in an order that changes from run to run, and
names files after their content. Both are put into alphabetical order here, and the files named anew. Later versions
sort by themselves: then ``_settled`` can go.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from threading import Timer
from typing import Any

import cbor2
from msgspec import Struct

from tandem.kept import digest
from tandem.search.records import Record

FOLDER = "pagefind"
ENTRY = "pagefind-entry.json"  # the file that tells what languages there are
OWN = tuple(f"{FOLDER}/{folder}/" for folder in ("fragment", "index", "filter"))  # whose names begin with the language
TIMEOUT = 300  # seconds; far more than the largest site needs
_SIGNATURE = b"pagefind_dcd"  # what every packed file begins with once unpacked


class SearchFailed(Exception):
    """Pagefind is missing or did not do its work. The message is Pagefind's own or the system's."""


class Bundle(Struct, frozen=True):
    """An index. ``entry``: what its entry file says; ``files``: the others by their path below the output."""

    entry: Mapping[str, Any]
    files: Mapping[str, bytes]


def program() -> str:
    """What makes an index besides the records: this room, Pagefind, and the library its files are packed with.

    Raises SearchFailed.
    """
    try:
        from pagefind_bin import get_executable

        size = get_executable().stat().st_size
        sources = [file.read_text("utf-8") for file in sorted(Path(__file__).parent.glob("*.py"))]
        return digest(version("pagefind_bin"), str(size), version("cbor2"), *sources)
    except (ImportError, OSError) as error:
        raise SearchFailed(str(error)) from error


def bundle(records: Iterable[Record]) -> Bundle:
    """The index of these records, without Pagefind's own user interface."""
    try:
        with _Service() as service:
            service.ask(type="NewIndex", config=None)
            for record in records:
                service.ask(type="AddRecord", index_id=0, **_request(record))
            reply = service.ask(type="GetFiles", index_id=0)
        return _settled({file["path"]: base64.b64decode(file["content"]) for file in reply["files"]})
    except (ImportError, OSError, EOFError, ValueError, LookupError) as error:
        raise SearchFailed(str(error)) from error


def _request(record: Record) -> dict[str, Any]:
    return {
        "url": record.address,
        "content": record.text.text,
        "language": record.language,
        "meta": {name: value for name, value in record.meta if value},
        "filters": {name: list(values) for name, values in record.facets if values},
        "sort": None,
    }


class _Service:
    """A running Pagefind that answers requests."""

    def __enter__(self) -> _Service:
        from pagefind_bin import get_executable  # where there is none for this machine, only the search fails

        binary = get_executable()
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(  # noqa: S603 - the pinned package's own program
            [binary, "--service"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={}, cwd=binary.parent
        )
        self.watch = Timer(TIMEOUT, self.process.kill)
        self.watch.daemon = True
        self.watch.start()
        self.asked = 0
        return self

    def __exit__(self, *_: object) -> None:
        self.watch.cancel()
        self.process.kill()
        self.process.communicate()

    def ask(self, **payload: Any) -> dict[str, Any]:
        """One request and its answer, in step, so that records keep their order."""
        assert self.process.stdin
        assert self.process.stdout
        self.asked += 1
        request = json.dumps({"message_id": self.asked, "payload": payload})
        with suppress(BrokenPipeError):  # then there is no answer either
            self.process.stdin.write(base64.b64encode(request.encode()) + b",")
            self.process.stdin.flush()
        parts: list[bytes] = []
        while not parts or not parts[-1].endswith(b","):
            parts.append(os.read(self.process.stdout.fileno(), 1 << 20))
            if not parts[-1]:
                raise OSError(f"Pagefind ended with code {self.process.wait()}")
        reply: dict[str, Any] = json.loads(base64.b64decode(b"".join(parts)[:-1]))["payload"]
        if reply["type"] == "Error":
            raise OSError(reply["message"])
        return reply


def joined(entries: Iterable[Mapping[str, Any]]) -> bytes:
    """The entry file of the indexes of several languages. ``entries``: what the one of each says."""
    entry: dict[str, Any] = {}
    for one in entries:
        entry = {**one, "languages": {**entry.get("languages", {}), **one["languages"]}}
    return json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()


def _settled(files: Mapping[str, bytes]) -> Bundle:
    """What a reader's browser loads, with filters in order and the files that hold them named by their content."""
    entry = json.loads(files[ENTRY])
    kept = {path: data for path, data in files.items() if path.startswith(("fragment/", "index/"))}
    kept["pagefind.js"] = files["pagefind.js"]
    for language, about in sorted(entry["languages"].items()):
        wasm = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
        kept[wasm] = files[wasm]
        meta = _unpacked(files[f"pagefind.{about['hash']}.pf_meta"])
        filters = []
        for name, hash in sorted(meta[3]):
            _, values = _unpacked(files[f"filter/{hash}.pf_filter"])
            data = _packed([name, sorted(values)])
            filters.append([name, _named(language, data)])
            kept[f"filter/{filters[-1][1]}.pf_filter"] = data
        data = _packed([*meta[:3], filters, *meta[4:]])
        about["hash"] = _named(language, data)
        kept[f"pagefind.{about['hash']}.pf_meta"] = data
    return Bundle(entry, {f"{FOLDER}/{path}": data for path, data in sorted(kept.items())})


def _unpacked(data: bytes) -> list[Any]:
    plain = gzip.decompress(data)
    if not plain.startswith(_SIGNATURE):
        raise ValueError("Pagefind's files have an unknown form")
    value: list[Any] = cbor2.loads(plain.removeprefix(_SIGNATURE))
    return value


def _packed(value: list[Any]) -> bytes:
    """Not compressed, which Pagefind's browser half accepts: compressed bytes differ between versions of zlib."""
    return _SIGNATURE + cbor2.dumps(value)


def _named(language: str, data: bytes) -> str:
    return f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
