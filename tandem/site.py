"""The whole site in one frozen value: every record, and where each one was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from msgspec import Struct

from tandem.language import Words
from tandem.model import Article, Project, Round, Settings, Term, Theme, Writing
from tandem.places import Places
from tandem.problem import Where
from tandem.read import Document, Loc, Tree
from tandem.shelf import Gist, Shelf

if TYPE_CHECKING:  # a small change needs no catalog, only what was compiled from it
    from babel.messages.catalog import Catalog

Key = tuple[str, ...]  # ("project", "helmi"), ("page", "tietoa", "fi"), ("site",)


class Origin(Struct, frozen=True):
    """Where a record stands: its document, and the way into it (a round is one item of a list)."""

    document: Document
    prefix: Loc = ()

    @property
    def tree(self) -> Tree:
        """The record as written."""
        tree = self.document.data
        for step in self.prefix:
            tree = tree[step]
        return tree

    def where(self, *loc: str | int, key: bool = False) -> Where:
        return self.document.where(*self.prefix, *loc, key=key)

    def listed(self, key: str) -> tuple[str, ...]:
        """The texts of the list ``key`` as written, each on one line; empty where it is no list of texts."""
        data = self.document.data
        found = data.get(key) if isinstance(data, dict) else None
        items = found if isinstance(found, list) else []
        return tuple(" ".join(item.split()) if isinstance(item, str) else "" for item in items)

    def where_in(self, loc: Loc, needle: str) -> Where:
        return self.document.where_in((*self.prefix, *loc), needle)


@dataclass(frozen=True)
class Site:
    """Everything the pages are made of. Mappings are in a fixed order: ids sorted, rounds and themes as written.

    ``gists``: of projects that were found sound and laid by. ``projects`` has their outlines; ``whole`` gives all.
    """

    settings: Settings
    places: Places
    projects: Mapping[str, Project]
    rounds: Mapping[str, Round]
    themes: Mapping[str, Theme]
    pages: Mapping[str, Writing]
    articles: Mapping[str, Article]
    catalogs: Mapping[str, Catalog]
    origins: Mapping[Key, Origin] = field(repr=False)
    folder: str = "content"
    terms: tuple[Term, ...] = ()
    gists: Mapping[str, Gist] = field(default_factory=dict, repr=False)
    shelf: Shelf = field(default_factory=Shelf, repr=False)

    def whole(self, id: str) -> Project:
        """The project with the texts that only its own page shows."""
        project = self.projects[id]
        return project.model_copy(update=self.shelf.own(id)) if id in self.gists else project

    @property
    def languages(self) -> tuple[str, ...]:
        return self.settings.languages

    def origin(self, *key: str) -> Origin:
        """Where the record ``key`` was written; an unknown one stands at the top of site.yaml."""
        return self.origins.get(key) or Origin(Document(f"{self.folder}/site.yaml", {}))

    def writing_origin(self, kind: str, id: str, language: str = "") -> Origin:
        """The origin of a page or article in ``language``, else in the first language that has it."""
        for code in (language, *self.languages):
            if (kind, id, code) in self.origins:
                return self.origins[kind, id, code]
        return self.origin()

    def origin_of(self, kind: str, id: str, key: str) -> Origin:
        """The origin of the page's or article's file that has ``key``; of its first file when none has."""
        origins = [self.writing_origin(kind, id, code) for code in self.languages]
        return next((origin for origin in origins if key in origin.document.data), origins[0])

    def broken(self, kind: str) -> frozenset[str]:
        """Ids of the projects, pages or articles that are written, are no drafts, and could not be understood."""
        understood = {"project": self.projects, "page": self.pages, "article": self.articles}[kind]
        missing = [key for key in self.origins if key[0] == kind and key[1] not in understood]
        written = {key: self.origins[key].document.data for key in missing}
        drafts = {key[1] for key, data in written.items() if isinstance(data, dict) and data.get("draft") == "true"}
        return frozenset(key[1] for key in missing) - drafts

    def lighter(self) -> Site:
        """The same without what its files hold besides the records: half of the memory, and of no use to pages."""
        nothing: Tree = {}
        named = {key: Origin(Document(one.document.file, nothing), one.prefix) for key, one in self.origins.items()}
        return replace(self, origins=named)

    def lacking(self, words: Words) -> tuple[str, ...]:
        """The languages of the site that ``words`` do not have."""
        languages = self.languages
        if tuple([code for code, text in words.pairs if text]) == languages:  # nearly always
            return ()
        return tuple(code for code in languages if not words.own(code))
