"""What the last build knew of the site, kept for the next: all that a page may show but the texts of its own project.

Of a project that is its outline. So when nothing changed but what one project's page alone shows, no other file need
even be read: its record, the pages' addresses, the compiled templates are here as they were. Each outline is unpickled
when it is asked for.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tandem.memory import Memory
from tandem.mentions import Lexicon
from tandem.model import Project
from tandem.page import Frame
from tandem.shelf import Shelf
from tandem.site import Site
from tandem.texts import gist

_DIGEST = hashlib.sha256().digest_size
_LENGTH = 8  # bytes of the number that says where the outlines begin


class Outlines(Mapping[str, Project]):
    """Outlines by id. ``spans``: where each stands in ``data``."""

    def __init__(self, data: memoryview, spans: Mapping[str, tuple[int, int]]) -> None:
        self.data, self.spans = data, spans
        self._made: dict[str, Project] = {}

    def __getitem__(self, id: str) -> Project:
        if id not in self._made:
            start, end = self.spans[id]
            self._made[id] = pickle.loads(self.data[start:end])  # noqa: S301 - our own file, whole
        return self._made[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)

    def __contains__(self, id: object) -> bool:
        return id in self.spans


@dataclass(frozen=True)
class Known:
    """``site``: its projects are outlines. ``told``: for each, the digest of what its file tells the rest of the site.

    ``groups``: of its index. ``claimed``: every address. ``assets``: the published name of each file below static/.
    ``templates``, ``words``: compiled. ``frames``: what stands around the pages of each language.
    """

    site: Site
    told: Mapping[str, str]
    groups: Mapping[str, Any]
    claimed: frozenset[str]
    assets: Mapping[str, str]
    lexicon: Lexicon
    templates: bytes
    words: Mapping[str, bytes]
    frames: Mapping[str, Frame]


def keep(memory: Memory, known: Known) -> Memory:
    """The memory of a build, with the name of what is known; that is kept beside it."""
    blobs = {
        id: pickle.dumps(project.outline(), pickle.HIGHEST_PROTOCOL) for id, project in known.site.projects.items()
    }
    spans, end = {}, 0
    for id, blob in blobs.items():
        spans[id], end = (end, end + len(blob)), end + len(blob)
    origins = {key: origin for key, origin in known.site.origins.items() if key[0] != "project"}
    site = replace(known.site, projects={}, origins=origins, catalogs={}, gists={}, shelf=Shelf())
    bare = replace(known, site=site)
    head = pickle.dumps((bare, spans), pickle.HIGHEST_PROTOCOL)
    data = b"".join([len(head).to_bytes(_LENGTH, "big"), head, *blobs.values()])
    name = hashlib.sha256(data)
    with suppress(OSError):
        _file(memory).write_bytes(name.digest() + data)
    return replace(memory, known=name.hexdigest())


def recalled(memory: Memory) -> Known | None:
    """What the last build left; None where it is lost or damaged."""
    if not memory.known:
        return None
    try:
        kept = memoryview(_file(memory).read_bytes())
        data = kept[_DIGEST:]
        if hashlib.sha256(data).hexdigest() != memory.known or kept[:_DIGEST].hex() != memory.known:
            return None
        start = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
        known, spans = pickle.loads(data[_LENGTH:start])  # noqa: S301 - our own file, whole, from this very program
    except Exception:  # a pickle can fail in any way it likes
        return None
    assert isinstance(known, Known)
    return replace(known, site=replace(known.site, projects=Outlines(data[start:], spans)))


def all_told(site: Site) -> Mapping[str, str]:
    """What ``told`` tells of every project."""
    return {id: told(site, id) for id in site.projects}


def told(site: Site, id: str) -> str:
    """The digest of what a project's file tells the rest of the site: its outline, and which texts it has at all."""
    found = site.gists.get(id) or gist(site.origin("project", id).document.data, site.languages)
    return found.told


def _file(memory: Memory) -> Path:
    return memory.file.with_name(memory.file.name.replace("memory", "known")).with_suffix(".pickle")
