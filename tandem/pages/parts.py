"""What several kinds of page show: rows of projects, sums, people, news. All of it ready for a template."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from tandem.address import Addresses
from tandem.formats import PartialDate
from tandem.index import Index, State, Total, qualifier
from tandem.language import NO_TEXT, Text, Words, native_name, sort_key
from tandem.linked import Linked, Node
from tandem.model import Article, Grant, Project, Qualifier, Reference
from tandem.page import Feed, Link, Page, Rows, Twin, Versions
from tandem.pages.prose import Prose, prose
from tandem.site import Site

if TYPE_CHECKING:  # only the language page shows it
    from tandem.coverage import Coverage


class Amount(Struct, frozen=True):
    """Whole euros, and how sure they are."""

    euros: int
    qualifier: Qualifier = "exact"


class Sum(Struct, frozen=True):
    """Grants added up, each once; ``unknown`` counts those without a published amount."""

    amount: Amount
    known: int
    unknown: int

    @classmethod
    def of(cls, total: Total) -> Sum:
        return cls(Amount(total.euros, total.qualifier), total.known, total.unknown)


class Facets(Struct, frozen=True):
    """What a project is found by in a list: codes (municipalities of today, their regions) and ids, a space between."""

    municipality: str
    region: str
    theme: str
    round: str


class Row(Struct, frozen=True):
    """A project in a list. ``amount`` is None where no sum is published; ``sharers`` share it.

    ``role`` is the part the municipality of the page plays: lead, partner, or empty elsewhere.
    """

    name: Text
    href: str
    summary: Text
    unofficial: bool
    lead: Link | None
    sharers: int
    amount: Amount | None
    start: PartialDate | None
    end: PartialDate | None
    state: State
    rounds: tuple[Link, ...]
    themes: tuple[Link, ...]
    facets: Facets
    role: str = ""

    @property
    def interval(self) -> str:
        """The period as ISO 8601 has it, ``2021-01/2022-10``; empty where neither end is known."""
        return f"{self.start or ''}/{self.end or ''}" if self.start or self.end else ""


class NewsRow(Struct, frozen=True):
    title: Text
    href: str
    summary: Text
    date: datetime.date


class SourceRow(Struct, frozen=True):
    title: Text
    url: str
    date: PartialDate | None


def nothing() -> Iterable[Node]:
    return ()


class Maker:
    """Makes the parts of pages from a site: links, rows, sums and the pages themselves."""

    def __init__(
        self, site: Site, index: Index, addresses: Addresses, coverage: Coverage | None = None, search: bool = True
    ) -> None:
        self.site, self.index, self.addresses, self.coverage, self.search = site, index, addresses, coverage, search
        self.linked = Linked(addresses)
        self._row = cache(self._make_row)
        self._facets = cache(self._make_facets)
        self.municipality_link = cache(self._municipality_link)
        self.region_link = cache(self._region_link)
        self.theme_link = cache(self._theme_link)
        self.round_link = cache(self._round_link)
        self.related = cache(index.related)
        self.trail = cache(self._trail)
        self.choice = ("x-default", addresses.url("/"))
        self._among, self._tell = self._versions, self._told  # one of each for all pages

    def page(
        self,
        kind: str,
        language: str,
        addresses: Mapping[str, str],
        view: Callable[[], object],
        *,
        trail: tuple[Link, ...] = (),
        section: str = "",
        untranslated: tuple[str, ...] = (),
        source: str = "",
        modified: datetime.date | None = None,
        feed: Feed | None = None,
        rows: Rows | None = None,
        linked: Callable[[], Iterable[Node]] = nothing,
        id: str = "",
        part: int = 1,
    ) -> Page:
        """One language's page of a family whose ``addresses`` are given for every language.

        ``view`` and ``linked`` are asked when the page is rendered: for its view, and for what the page is about, as
        nodes of linked data, the main one first.
        """
        return Page(
            kind=kind,
            language=language,
            address=addresses[language],
            make=view,
            among=self._among,
            addresses=addresses,
            lacking=untranslated,
            trail=trail,
            section=section,
            source=source,
            modified=modified,
            feed=feed,
            rows=rows,
            tell=self._tell,
            about=linked,
            id=id,
            part=part,
        )

    def _versions(self, page: Page) -> Versions:
        make, addresses, language = self.addresses, page.addresses, page.language
        complete = [code for code in addresses if code not in page.lacking]
        shown = complete[0] if page.untranslated and complete else language
        urls = {code: make.url(address) for code, address in addresses.items()}
        twins = {
            code: Twin(code, native_name(code), make.href(address))
            for code, address in addresses.items()
            if code != language
        }
        alternates = () if page.untranslated else (*((code, urls[code]) for code in complete), self.choice)
        return Versions(urls[shown], tuple(twins.values()), alternates, twins.get(shown))

    def _told(self, page: Page) -> Mapping[str, object]:
        return self.linked.page(page.kind, page.language, self.addresses.url(page.address), page.modified, page.about)

    def family(self, address: str, *names: object) -> dict[str, str]:
        """The addresses of one page in every language: ``family("project", id)``."""
        find = getattr(self.addresses, address)
        return {code: find(*names, code) for code in self.site.languages}

    def _trail(self, language: str, *sections: str) -> tuple[Link, ...]:
        """Breadcrumbs: the front page, then index pages of sections."""
        links = [Link(NO_TEXT, self.addresses.href(self.addresses.home(language)), "home")]
        links += [self.section(name, language) for name in sections]
        return tuple(links)

    def section(self, name: str, language: str) -> Link:
        return Link(NO_TEXT, self.addresses.href(self.addresses.section(name, language)), name)

    def project_link(self, id: str, language: str) -> Link:
        text = self.site.projects[id].name.text(language)
        return Link(text, self.addresses.href(self.addresses.project(id, language)))

    def _municipality_link(self, code: str, language: str) -> Link:
        name = self.site.places.municipalities[code].called(language)
        return Link(Text(name), self.addresses.href(self.addresses.municipality(code, language)))

    def _region_link(self, code: str, language: str) -> Link:
        region = self.site.places.regions[code]
        return Link(region.name.text(language), self.addresses.href(self.addresses.region(code, language)))

    def _theme_link(self, id: str, language: str) -> Link:
        return Link(self.site.themes[id].name.text(language), self.addresses.href(self.addresses.theme(id, language)))

    def _round_link(self, id: str, language: str) -> Link:
        return Link(self.site.rounds[id].name.text(language), self.addresses.href(self.addresses.round(id, language)))

    def rounds_of(self, project: Project, language: str) -> tuple[Link, ...]:
        ids = dict.fromkeys(grant.round for grant in project.funding if grant.round)
        return tuple(self.round_link(id, language) for id in ids)

    def rows(self, ids: Iterable[str], language: str) -> tuple[Row, ...]:
        return tuple(self._row(id, language) for id in ids)

    def _make_row(self, id: str, language: str) -> Row:
        project = self.site.projects[id]
        link = self.project_link(id, language)
        return Row(
            name=link.text,
            href=link.href,
            summary=project.summary.text(language),
            unofficial=language in project.name_unofficial,
            lead=self.lead(project, language),
            sharers=self.index.participants(project),
            amount=amount_of(project.funding),
            start=project.period.start,
            end=project.period.end,
            state=self.index.state(project),
            rounds=self.rounds_of(project, language),
            themes=tuple(self.theme_link(theme, language) for theme in project.themes),
            facets=self._facets(id),
        )

    def _make_facets(self, id: str) -> Facets:
        project, municipalities = self.site.projects[id], self.site.places.municipalities
        codes = self.index.today(project)
        return Facets(
            municipality=" ".join(codes),
            region=" ".join(dict.fromkeys(municipalities[code].region for code in codes)),
            theme=" ".join(project.themes),
            round=" ".join(dict.fromkeys(grant.round for grant in project.funding if grant.round)),
        )

    def lead(self, project: Project, language: str) -> Link | None:
        """The municipality or other body that leads, if the sources say which."""
        if project.lead:
            return self.municipality_link(project.lead, language)
        leading = [body for body in project.organisations if body.lead]
        return Link(leading[0].name.text(language)) if leading else None

    def news(self, articles: Iterable[Article], language: str) -> tuple[NewsRow, ...]:
        return tuple(
            NewsRow(
                article.title.text(language),
                self.addresses.href(self.addresses.article(article.id, language)),
                article.summary.text(language),
                article.date,
            )
            for article in articles
        )

    def prose(self, words: Words, language: str, folder: str, prefix: str = "") -> Prose:
        """Markdown in the page's language, else in the one there is; its links made ready."""
        return prose(self.addresses, words.text(language), language, folder, prefix)


def amount_of(grants: tuple[Grant, ...]) -> Amount | None:
    """A project's grants as one amount, or None where no sum is published."""
    known = [grant for grant in grants if grant.amount is not None]
    if not known:
        return None
    return Amount(sum(grant.amount or 0 for grant in known), qualifier(grant.amount_is for grant in known))


def sources(references: Iterable[Reference], language: str) -> tuple[SourceRow, ...]:
    return tuple(SourceRow(source.title.text(language), source.url, source.date) for source in references)


def by_name(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links in alphabetical order."""
    return tuple(sorted(links, key=lambda link: sort_key(link.text.text)))
