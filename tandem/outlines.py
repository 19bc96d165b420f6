"""Outlines of projects, kept from build to build: all that any page but a project's own may know of it.

So when nothing changed but what one project's page alone shows, the other files need not even be read again.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tandem.memory import CONTENT, Memory, Past
from tandem.model import Project
from tandem.site import Site
from tandem.texts import gist

_PROJECTS = f"{CONTENT}/projects/"


def outlined(memory: Memory, site: Site, outlines: Mapping[str, str]) -> Memory:
    """The memory with ``outlines``, and the outlines themselves beside it."""
    data = pickle.dumps({id: project.outline() for id, project in site.projects.items()}, pickle.HIGHEST_PROTOCOL)
    with suppress(OSError):
        _file(memory).write_bytes(hashlib.sha256(data).digest() + data)
    return replace(memory, outlines=outlines)


def all_told(site: Site) -> Mapping[str, str]:
    """What ``told`` tells of every project."""
    return {id: told(site, id) for id in site.projects}


def told(site: Site, id: str) -> str:
    """The digest of what a project's file tells the rest of the site: its outline, and which texts it has at all."""
    found = site.gists.get(id) or gist(site.origin("project", id).document.data, site.languages)
    return found.told


def recalled(memory: Memory) -> Mapping[str, Project]:
    """The outlines the last build left; none where they are lost or damaged."""
    try:
        kept = _file(memory).read_bytes()
        if kept[:32] != hashlib.sha256(kept[32:]).digest():
            return {}
        found = pickle.loads(kept[32:])  # noqa: S301 - our own file, whole, from this very program
    except Exception:  # a pickle can fail in any way it likes
        return {}
    return found if isinstance(found, dict) and found.keys() == memory.outlines.keys() else {}


def touched(past: Past) -> frozenset[str]:
    """The ids of the projects whose files changed, where nothing else did; empty otherwise."""
    ids = {path.removeprefix(_PROJECTS).removesuffix(".yaml") for path in past.changed}
    known = past.last.outlines.keys() & {id for id in ids if f"{_PROJECTS}{id}.yaml" in past.now.inputs}
    return frozenset(ids) if ids == known and all(path.startswith(_PROJECTS) for path in past.changed) else frozenset()


def _file(memory: Memory) -> Path:
    return memory.file.with_name(memory.file.name.replace("memory", "outlines")).with_suffix(".pickle")
