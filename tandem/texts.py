"""Texts as written: where each stands in a tree, what it says in each language, which of two versions' is which.

A tree is what a content file says, valid or not, of today or of any day before; so nothing here asks the model.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from tandem.kept import digest
from tandem.model import OWN
from tandem.read import Document, Loc, Tree
from tandem.shelf import Gist, Standing
from tandem.site import Key, Site

NOT_TEXTS = frozenset({"slug", "sections", "checked"})  # parts of addresses; days
HALVES = ("title", "summary", "body")  # texts that stand in a file of their own for each language
_ANCHORS = ("url", "id", "name")


class Leaf(Struct, frozen=True):
    """One text of a record in the languages it has. ``anchor``: what else tells its item of a list from the others."""

    loc: Loc
    texts: Mapping[str, str]
    anchor: str = ""

    @property
    def family(self) -> str:
        return family(self.loc)


def family(loc: Loc) -> str:
    """The field without its place in a list: ``sources.title``."""
    return ".".join(step for step in loc if isinstance(step, str))


def dotted(loc: Loc) -> str:
    """The field as a person counts it: ``goals.1`` is the first goal."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in loc)


def meaning(text: str) -> str:
    """``text`` without what does not change its meaning: composition, line breaks, kinds and amounts of white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def leaves(tree: Tree, languages: frozenset[str]) -> list[Leaf]:
    """Every text below ``tree``: a mapping whose keys are all languages, and whose values are all texts."""
    found: list[Leaf] = []
    _walk(tree, languages, (), "", found)
    return found


def _walk(tree: Tree, languages: frozenset[str], loc: Loc, anchor: str, found: list[Leaf]) -> None:
    if isinstance(tree, dict):
        if tree and tree.keys() <= languages:
            texts = {code: text for code, text in tree.items() if isinstance(text, str)}
            if loc and len(texts) == len(tree):
                found.append(Leaf(loc, {code: text for code, text in texts.items() if text.strip()}, anchor))
                return
        if loc and isinstance(loc[-1], int):
            anchor = next((tree[key] for key in _ANCHORS if isinstance(tree.get(key), str)), "")
        for key, value in tree.items():
            if not isinstance(value, str) and key not in NOT_TEXTS:
                _walk(value, languages, (*loc, key), anchor, found)
    elif isinstance(tree, list):
        for number, item in enumerate(tree):
            if not isinstance(item, str):
                _walk(item, languages, (*loc, number), anchor, found)


def gist(tree: Tree, languages: Sequence[str]) -> Gist:
    """What later stages ask of a project's file; of a faulty one as much as can be told."""
    fields = tree if isinstance(tree, dict) else {}
    texts = _standing(leaves(fields, frozenset(languages)))
    rest = {key: value for key, value in fields.items() if key not in OWN}
    return Gist(digest(json.dumps([rest, texts], sort_keys=True)), texts)


def half(document: Document, language: str, languages: frozenset[str]) -> list[Leaf]:
    """The texts of one language's file of a page or article; its sources have titles in every language."""
    front = document.data if isinstance(document.data, dict) else {}
    written = {"title": front.get("title"), "summary": front.get("summary"), "body": document.body}
    own = [Leaf((name,), {language: text}) for name, text in written.items() if isinstance(text, str) and text.strip()]
    return own + leaves(front, languages)


def by_record(file: str, document: Document, languages: Sequence[str]) -> dict[Key, list[Leaf]]:
    """The texts of each record in a content file. ``file``: its path below the content folder."""
    folder, _, name = file.rpartition("/")
    first = folder.partition("/")[0]
    every = frozenset(languages)
    if name.endswith(".md"):
        id = file.removeprefix(f"{first}/").removesuffix(".md")
        key = ("article", id.removeprefix("news/")) if id.startswith("news/") else ("page", id)
        return {key: half(document, first, every)}
    if folder == "projects":
        return {("project", name.removesuffix(".yaml")): leaves(document.data, every)}
    if isinstance(document.data, list):
        kind = name.removesuffix("s.yaml")
        items = [item for item in document.data if isinstance(item, dict) and isinstance(item.get("id"), str)]
        return {(kind, item["id"]): leaves(item, every) for item in reversed(items)}
    return {("site",): leaves(document.data, every)}


def standing(site: Site) -> Iterator[tuple[Key, Sequence[Standing]]]:
    """Which texts every record of the site has today and in which languages, in the site's own order."""
    yield ("site",), _standing(of_record(site, ("site",)))
    for kind, ids in (
        ("project", tuple(site.projects)),
        ("round", tuple(site.rounds)),
        ("theme", tuple(site.themes)),
        ("page", tuple(site.pages)),
        ("article", tuple(site.articles)),
    ):
        for id in ids:
            known = site.gists.get(id) if kind == "project" else None
            yield (kind, id), known.texts if known else _standing(of_record(site, (kind, id)))


def _standing(leaves: Iterable[Leaf]) -> tuple[Standing, ...]:
    return tuple((leaf.loc, tuple(sorted(leaf.texts))) for leaf in leaves)


def of_record(site: Site, key: Key) -> list[Leaf]:
    """The texts of one record as written today."""
    every = frozenset(site.languages)
    if key[0] in ("page", "article"):
        return _whole(site, key[0], key[1], every)
    return leaves(site.origin(*key).tree, every)


def _whole(site: Site, kind: str, id: str, every: frozenset[str]) -> list[Leaf]:
    """A page's or article's texts, its halves joined; a list that stands in both files is taken from the first."""
    found: dict[Loc, dict[str, str]] = {}
    for code in site.languages:
        if (kind, id, code) in site.origins:
            for leaf in half(site.origins[kind, id, code].document, code, every):
                found[leaf.loc] = {**leaf.texts, **found.get(leaf.loc, {})}
    return [Leaf(loc, texts) for loc, texts in found.items()]


def twins(newer: Iterable[Leaf], older: Iterable[Leaf]) -> dict[Loc, Leaf]:
    """Which text of the older version each of the newer one was: newer place → older text; new ones are left out.

    A text outside lists is known by its place. An item of a list may have moved: it is the one with the same texts,
    else the one of the same anchor that still shares a language's text; where several are alike, that in its place.
    """
    free = {leaf.loc: leaf for leaf in older}
    found: dict[Loc, Leaf] = {}
    rest = []
    for leaf in newer:
        same = free.get(leaf.loc)
        if same is not None and (same.texts == leaf.texts or not any(isinstance(step, int) for step in leaf.loc)):
            found[leaf.loc] = free.pop(leaf.loc)
        else:
            rest.append(leaf)
    for marks in (_whole_marks, _shared_marks):
        if rest and free:
            rest = _matched(rest, free, found, marks)
    return found


Marks = tuple[object, ...]


def _whole_marks(leaf: Leaf) -> Marks:
    return ((leaf.family, tuple(sorted(leaf.texts.items()))),)


def _shared_marks(leaf: Leaf) -> Marks:
    return tuple((leaf.family, leaf.anchor, code, text) for code, text in leaf.texts.items())


def _matched(
    rest: list[Leaf], free: dict[Loc, Leaf], found: dict[Loc, Leaf], marks: Callable[[Leaf], Marks]
) -> list[Leaf]:
    """Pairs what shares a mark; returns what is still without its twin."""
    marked: dict[object, deque[Leaf]] = defaultdict(deque)
    for leaf in free.values():
        for mark in marks(leaf):
            marked[mark].append(leaf)
    left = []
    for leaf in rest:
        same = free.get(leaf.loc)
        if same is None or not set(marks(same)) & set(marks(leaf)):
            same = next((one for mark in marks(leaf) if (one := _first(marked[mark], free))), None)
        if same is None:
            left.append(leaf)
        else:
            found[leaf.loc] = free.pop(same.loc)
    return left


def _first(queue: deque[Leaf], free: Mapping[Loc, Leaf]) -> Leaf | None:
    while queue and queue[0].loc not in free:
        queue.popleft()
    return queue[0] if queue else None


def kinship(one: Iterable[Leaf], other: Iterable[Leaf]) -> float:
    """How much of two records is the same, from 0 to 1: the share of texts that both have."""
    ours, theirs = (
        {(leaf.family, code, meaning(text)) for leaf in record for code, text in leaf.texts.items()}
        for record in (one, other)
    )
    return len(ours & theirs) / max(len(ours), len(theirs), 1)
