"""Why a page is made anew, in one of eight reasons; where there is none, it stands as it was left."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tandem.house import House, shown
from tandem.imprint import Imprints
from tandem.kept import digest, program, surroundings
from tandem.page import Frame, Page
from tandem.site import Site
from tandem.spoken import ANY, Templates

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Grounds = Mapping[tuple[str, str], str]
"""What pages are made from besides what they say, by digest: ("program", ""), ("template", file), ("words", language),
("frame", language), ("asset", file below static/)."""
_ORDER = ("program", "template", "words", "frame", "asset")


class Why(Struct, frozen=True):
    """Why a page was made.

    ``first``: nothing was known of the last build. ``new``: it had no such page. ``lost``: somebody else changed or
    removed its file. ``program``, ``template``, ``words``, ``frame``: that is another. ``says``: what it says is.
    ``files``: those that changed.
    """

    reason: str
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Before:
    """The last build, as far as pages are concerned. ``imprints``: by path. ``kept``: files that stand as we left them.

    Without ``grounds`` nothing is known.
    """

    grounds: Grounds = field(default_factory=dict)
    imprints: Mapping[str, bytes] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()


class Reasons:
    """Tells why each page has to be made. ``changed``: the files that changed since the last build."""

    def __init__(
        self, before: Before, grounds: Grounds, house: House, templates: Templates, changed: frozenset[str]
    ) -> None:
        self.before, self.grounds, self.templates = before, grounds, templates
        self.languages = [name for kind, name in grounds if kind == "words"]
        self.content = shown(house.content)
        self.says = Why("says", frozenset(path for path in changed if path.startswith(("content/", "static/"))))
        self.other = cache(self._other)

    def of(self, page: Page, imprint: bytes) -> Why | None:
        """Why a page of this imprint is to be made; None where its file holds it."""
        if not self.before.grounds:
            return Why("first")
        path = page.path
        known = self.before.imprints.get(path)
        if known is None:
            return Why("new")
        if path not in self.before.kept:
            return Why("lost")
        if why := self.other(page.kind, page.language):
            return why
        return self.says if known != imprint or not imprint else None

    def _other(self, kind: str, language: str) -> Why | None:
        """Why all pages of a kind in a language are to be made."""
        family = self.templates.families[f"{kind}.html"]
        languages = [language] if language and not family.halves else self.languages
        needed = [("program", ""), *(("template", file) for file in family.files)]
        needed += [(ground, code) for ground in ("words", "frame") for code in languages]
        assets = [name for kind, name in self.grounds if kind == "asset"]
        needed += [("asset", name) for name in (assets if ANY in family.assets else family.assets)]
        others = [key for key in needed if self.before.grounds.get(key) != self.grounds.get(key)]
        if not others:
            return None
        first = min((ground for ground, _ in others), key=_ORDER.index)
        names = frozenset(self._called(ground, name) for ground, name in others if ground == first and name)
        return Why("frame" if first == "asset" else first, names)

    def _called(self, ground: str, name: str) -> str:
        return {"words": f"{self.content}/{name}/messages.po", "asset": f"static/{name}"}.get(
            ground, f"templates/{name}"
        )


def grounds(
    house: House, site: Site, templates: Templates, frames: Mapping[str, Frame], assets: Mapping[str, str]
) -> Grounds:
    """What every page of this build is made from."""
    imprints = Imprints()
    return {
        ("program", ""): digest(program(), *surroundings()),
        **{("template", name): _digest(house.templates / name) for name in templates.names()},
        **{("words", code): _words(catalog) for code, catalog in site.catalogs.items()},
        **{("frame", code): imprints.digest(frame).hex() for code, frame in frames.items()},
        **{("asset", name): published for name, published in assets.items()},
    }


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _words(catalog: Catalog) -> str:
    """What a catalog says, whatever else stands in it."""
    said = [repr((one.context, one.id, one.string)) for one in catalog if one.id and not one.fuzzy]
    return digest(catalog.plural_expr, *sorted(said))
