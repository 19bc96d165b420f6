"""Two versions of the content, record by record: what was added, changed, removed or renamed, down to the words.

Versions are read as files, so that content with faults can be compared too. A file that cannot be read in one of the
versions is one broken record: that it changed is known, how is not.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from msgspec import Struct

from tandem.diff import Piece, marked
from tandem.read import Loc, Tree
from tandem.site import Key
from tandem.texts import Leaf, dotted, kinship, twins
from tandem.versions import Version, shown

RENAMED = ("project", "round", "theme", "page", "article")  # kinds whose ids may change
_KIN = 0.5  # share of texts two records must have in common to be one under two names, as git has it for files


class Side(Struct, frozen=True):
    """A text in one language: its words, marked where they changed."""

    language: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.mark for piece in self.pieces)


class TextChange(Struct, frozen=True):
    """A field whose text changed in some language; the others stand beside it as they are."""

    loc: Loc
    sides: tuple[Side, ...]

    @property
    def field(self) -> str:
        return dotted(self.loc)


class FactChange(Struct, frozen=True):
    """A fact, before and after; empty where it was or is absent."""

    field: str
    old: str
    new: str


class Changed(Struct, frozen=True):
    """One record that is not what it was. ``how``: added, changed, removed, renamed; ``was``: its id before.

    ``broken``: in one of the versions it could not be read.
    """

    key: Key
    how: str
    file: str
    texts: tuple[TextChange, ...] = ()
    facts: tuple[FactChange, ...] = ()
    was: str = ""
    broken: bool = False


def compare(old: Mapping[Key, Version], new: Mapping[Key, Version], languages: Sequence[str]) -> tuple[Changed, ...]:
    """Every record that differs, by kind and id."""
    old, new = _readable(old, new), _readable(new, old)
    former = _renamed(old, new)
    found = []
    for key in sorted({*old, *new} - set(former.values()), key=_order):
        before, after = old.get(former.get(key, key)), new.get(key)
        change = _changed(key, before, after, languages)
        if change:
            found.append(change)
    return tuple(found)


_KINDS = ("site", "project", "round", "theme", "page", "article", "municipality", "region")


def _order(key: Key) -> tuple[int, Key]:
    return (_KINDS.index(key[0]) if key[0] in _KINDS else len(_KINDS)), key


def _readable(records: Mapping[Key, Version], others: Mapping[Key, Version]) -> dict[Key, Version]:
    """Without the items of lists that cannot be read in the other version: the list stands in their place."""
    unread = {one.covers: one for one in others.values() if one.covers}
    lists = {unread[key[0]].key: replace(unread[key[0]], raw=b"") for key in records if key[0] in unread}
    return lists | {key: record for key, record in records.items() if key[0] not in unread}


def _renamed(old: Mapping[Key, Version], new: Mapping[Key, Version]) -> dict[Key, Key]:
    """New key → old key of the records that only changed their id, or mostly so; the nearest first."""
    gone = [key for key in old if key not in new and key[0] in RENAMED]
    come = [key for key in new if key not in old and key[0] in RENAMED]
    near = [
        (-kinship(old[one].leaves, new[other].leaves), other, one)
        for one in gone
        for other in come
        if one[0] == other[0]
    ]
    found: dict[Key, Key] = {}
    for kin, other, one in sorted(near):
        if -kin >= _KIN and other not in found and one not in found.values():
            found[other] = one
    return found


def _changed(key: Key, old: Version | None, new: Version | None, languages: Sequence[str]) -> Changed | None:
    file = ", ".join((new or old or _NOTHING).files)
    if (old and old.broken) or (new and new.broken):
        how = "added" if old is None else "removed" if new is None else "changed"
        same = old and new and (old.raw, old.leaves, old.facts) == (new.raw, new.leaves, new.facts)
        return None if same else Changed(key, how, file, broken=True)
    if old and new and old.key == new.key and (old.leaves, old.facts) == (new.leaves, new.facts):
        return None
    texts = tuple(_texts(old.leaves if old else (), new.leaves if new else (), languages))
    facts = tuple(_facts(old.facts if old else {}, new.facts if new else {}, ()))
    facts += tuple(_order_of(old.leaves, new.leaves)) if old and new else ()
    if old is None or new is None:
        return Changed(key, "removed" if new is None else "added", file, texts, facts)
    if old.key != new.key:
        return Changed(key, "renamed", file, texts, facts, was=old.key[-1])
    return Changed(key, "changed", file, texts, facts) if texts or facts else None


_NOTHING = Version(())


def _texts(old: Sequence[Leaf], new: Sequence[Leaf], languages: Sequence[str]) -> Iterator[TextChange]:
    ours, theirs = _as_shown(old), _as_shown(new)
    before = twins(theirs, ours)
    kept = {leaf.loc for leaf in before.values()}
    gone = {leaf.loc: leaf for leaf in ours if leaf.loc not in kept}
    for leaf in theirs:
        was = before.get(leaf.loc) or gone.pop(leaf.loc, None)  # one in the place of the other
        if was is None or was.texts != leaf.texts:
            yield _text(leaf.loc, was.texts if was else {}, leaf.texts, languages)
    for leaf in gone.values():
        yield _text(leaf.loc, leaf.texts, {}, languages)


def _as_shown(leaves: Iterable[Leaf]) -> list[Leaf]:
    return [
        Leaf(leaf.loc, {code: shown(text, leaf.loc) for code, text in leaf.texts.items()}, leaf.anchor)
        for leaf in leaves
    ]


def _text(loc: Loc, old: Mapping[str, str], new: Mapping[str, str], languages: Sequence[str]) -> TextChange:
    return TextChange(loc, tuple(Side(code, marked(old.get(code, ""), new.get(code, ""))) for code in languages))


def _order_of(old: Sequence[Leaf], new: Sequence[Leaf]) -> Iterator[FactChange]:
    """Lists whose items stay and change places."""
    before = twins(_as_shown(new), _as_shown(old))
    for family in dict.fromkeys(leaf.family for leaf in new):
        places = [before[leaf.loc].loc for leaf in new if leaf.family == family and leaf.loc in before]
        numbers = [next((step for step in loc if isinstance(step, int)), 0) + 1 for loc in places]
        if places != sorted(places, key=lambda loc: [step for step in loc if isinstance(step, int)]):
            yield FactChange(family, ", ".join(map(str, sorted(numbers))), ", ".join(map(str, numbers)))


def _facts(old: Tree, new: Tree, loc: Loc) -> Iterator[FactChange]:
    """Facts that differ. Items of a list are paired as a diff pairs lines, so that one more is one more."""
    if isinstance(old, dict | None) and isinstance(new, dict | None) and (old or new):
        for key in dict.fromkeys((*(old or {}), *(new or {}))):
            yield from _facts((old or {}).get(key), (new or {}).get(key), (*loc, key))
    elif _items(old) and _items(new):
        yield from _lists(old or [], new or [], loc)
    elif _said(old) != _said(new):
        yield FactChange(dotted(loc), _said(old), _said(new))


def _items(tree: Tree) -> bool:
    return tree is None or (isinstance(tree, list) and all(isinstance(item, dict) for item in tree))


def _lists(old: list[Tree], new: list[Tree], loc: Loc) -> Iterator[FactChange]:
    matcher = difflib.SequenceMatcher(
        None, [_canonical(item) for item in old], [_canonical(item) for item in new], False
    )
    for what, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if what != "equal":
            pairs = zip_longest(old[from_old:to_old], new[from_new:to_new])
            for number, (before, after) in enumerate(pairs, start=from_new):
                yield from _facts(before, after, (*loc, number))


def _canonical(tree: Tree) -> str:
    return json.dumps(tree, sort_keys=True, ensure_ascii=False)


def _said(tree: Tree) -> str:
    """A fact as one line."""
    if isinstance(tree, list):
        return ", ".join(_said(item) for item in tree)
    if isinstance(tree, dict):
        return _canonical(tree) if tree else ""
    return " ".join(tree.split()) if isinstance(tree, str) else ""
