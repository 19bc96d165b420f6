"""Links in Markdown lead somewhere."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tandem.address import ROOT_FOLDERS
from tandem.checks.facts import Facts, writings
from tandem.fields import web_address
from tandem.markup import Marked, mark, may_link
from tandem.model import Project
from tandem.problem import Problem, Where

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True)
class _Map:
    """What can be linked to: addresses, and the anchors of the Markdown pages among them."""

    facts: Facts

    @cached_property
    def broken(self) -> frozenset[str]:
        """Files that could not be understood: a link to one is not at fault."""
        site = self.facts.addresses.site  # the whole of it, where only a share is judged
        found = {(kind, id) for kind in ("project", "page", "article") for id in site.broken(kind)}
        return frozenset(origin.document.file for key, origin in site.origins.items() if key[:2] in found)

    @cached_property
    def anchors(self) -> dict[str, tuple[str, ...]]:
        addresses = self.facts.addresses
        site, found = addresses.site, {}  # the whole of it, where only a share is judged
        for kind, id, language, text, _ in writings(site):
            page = addresses.page(site.pages[id], language) if kind == "page" else addresses.article(id, language)
            found[page] = mark(text).anchors
        return found


def links_lead_somewhere(facts: Facts) -> Iterator[Problem]:
    site, places = facts.site, _Map(facts)
    for _, _, language, text, origin in writings(site):
        folder = posixpath.dirname(origin.document.file.removeprefix(f"{site.folder}/"))
        yield from _judged(places, mark(text), folder, language, origin.document.where_in_body)
    for id, project in site.projects.items():
        origin = site.origin("project", id)
        for name in ("description", "results"):
            for language, text in getattr(project, name):
                if not may_link(text):
                    continue

                def where(needle: str, at: tuple[str, str] = (name, language)) -> Where:
                    return origin.where_in(at, needle)  # noqa: B023 - used before the loop goes on

                yield from _judged(places, mark(text), "projects", language, where)


def lead_elsewhere(project: Project) -> bool:
    """Whether all links of a project's texts are good ones out of the site, which no other record can break."""
    texts = [text for words in (project.description, project.results) for _, text in words]
    found = [mark(text) for text in texts if may_link(text)]
    return all(not marked.images and all(map(_outward, marked.links)) for marked in found)


def _outward(link: str) -> bool:
    return link.startswith(("mailto:", "tel:")) or (bool(_SCHEME.match(link)) and web_address(link))


def _judged(
    places: _Map, marked: Marked, folder: str, language: str, where: Callable[[str], Where]
) -> Iterator[Problem]:
    for link in marked.links:
        problem = _link(places, marked, link, folder, language)
        if problem:
            code, values, hint, level = problem
            yield Problem(code, where(link or "()"), {"value": link, **values}, hint, "warning" if level else "error")
    for image in marked.images:
        if not (image.startswith("/static/") and places.facts.addresses.resolve(image, folder, language)):
            yield Problem("image.missing", where(image), {"value": image}, "image.missing")


def _link(
    places: _Map, marked: Marked, link: str, folder: str, language: str
) -> tuple[str, dict[str, str], str, bool] | None:
    """What is wrong with a link: (code, values, hint, only a warning)."""
    if _SCHEME.match(link):
        if _outward(link):
            return None
        code = "url.invalid" if link.lower().startswith(("http:", "https:")) else "link.scheme"
        return code, {}, code, False
    path, _, fragment = link.partition("#")
    address = places.facts.addresses.resolve(path.partition("?")[0], folder, language)
    if link.startswith("#"):
        known = marked.anchors
    elif address in places.facts.addresses.claimed or address.startswith(ROOT_FOLDERS):
        if address[1:].partition("/")[0] in set(places.facts.site.languages) - {language}:
            return "link.language", {"language": language}, "link.language", True
        known = places.anchors.get(address, ())
    elif f"{places.facts.site.folder}/{posixpath.normpath(posixpath.join(folder, path))}" in places.broken:
        return None
    else:
        near = difflib.get_close_matches(link, sorted(places.facts.addresses.claimed), n=1, cutoff=0.6)
        if near and link.startswith("/"):
            return "link.broken", {"suggestion": near[0]}, "link.broken.suggest", False
        return "link.broken", {}, "link.broken", False
    if fragment and fragment not in known:
        return "anchor.broken", {"fragment": fragment, "known": ", ".join(known) or "–"}, "anchor.broken", False
    return None
