"""The language page: how far the two languages are one, for citizens and editors alike."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from tandem.coverage import Coverage, Tally, tenths
from tandem.language import language_name, native_name, sort_key
from tandem.page import Link, Page
from tandem.pages.parts import Maker
from tandem.site import Key

NOWHERE = Link()
MOST = 200  # records in a list on the page; the rest stand in the data


class Language(Struct, frozen=True):
    """A language of the site, by its own name and code, and how many texts it has of all."""

    name: str
    code: str
    present: int
    untranslated: int
    behind: int
    tenths: int


class Covered(Struct, frozen=True):
    """A row: a field of one kind of record (``kind``, ``field``) or a municipality (``link``)."""

    texts: int
    complete: int
    tenths: int
    in_step: int
    kind: str = ""
    field: str = ""
    link: Link = NOWHERE
    projects: int = 0


class Gap(Struct, frozen=True):
    """A record and the fields of it that lack a language (called as the reader calls it), by declaration."""

    link: Link
    kind: str
    language: str
    fields: tuple[str, ...]


class Lag(Struct, frozen=True):
    """A text of which a language is behind. ``day`` is None and ``commit`` empty for what is not committed yet."""

    link: Link
    kind: str
    field: str
    language: str
    day: datetime.date | None
    commit: str
    href: str


class ParityView(Struct, frozen=True):
    """``tenths``: share of texts that stand in every language, in tenths of a percent, never rounded up.

    ``history``: not_read, known, or why not; ``more_gaps`` and ``more_lags`` count what the lists leave out.
    """

    texts: int
    complete: int
    tenths: int
    in_step: int
    step_tenths: int
    history: str
    differing: int
    languages: tuple[Language, ...]
    fields: tuple[Covered, ...]
    municipalities: tuple[Covered, ...]
    gaps: tuple[Gap, ...]
    more_gaps: int
    lags: tuple[Lag, ...]
    more_lags: int
    data: str
    badge: str


def pages(maker: Maker) -> Iterator[Page]:
    for code in maker.site.languages:
        family = maker.family("standing", "parity")
        assert maker.coverage is not None
        yield maker.page("parity", code, family, partial(_view, maker, maker.coverage, code), trail=maker.trail(code))


def _view(maker: Maker, coverage: Coverage, code: str) -> ParityView:
    total = coverage.total
    gaps, lags = _gaps(maker, coverage, code), _lags(maker, coverage, code)
    return ParityView(
        texts=total.texts,
        complete=total.complete,
        tenths=tenths(total.complete, total.texts),
        in_step=total.in_step,
        step_tenths=tenths(total.in_step, total.texts),
        history=coverage.history,
        differing=len(coverage.differing),
        languages=tuple(_language(total, one) for one in coverage.languages),
        fields=tuple(_covered(tally, kind=kind, field=field) for (kind, field), tally in coverage.fields.items()),
        municipalities=_municipalities(maker, coverage, code),
        gaps=gaps[:MOST],
        more_gaps=len(gaps[MOST:]),
        lags=lags[:MOST],
        more_lags=len(lags[MOST:]),
        data=maker.addresses.href("/data/parity.json"),
        badge=maker.addresses.href("/data/parity.svg"),
    )


def _language(total: Tally, code: str) -> Language:
    present = total.present(code)
    return Language(
        name=native_name(code),
        code=code,
        present=present,
        untranslated=total.untranslated.get(code, 0),
        behind=total.behind.get(code, 0),
        tenths=tenths(present, total.texts),
    )


def _covered(tally: Tally, kind: str = "", field: str = "", link: Link = NOWHERE, projects: int = 0) -> Covered:
    return Covered(
        texts=tally.texts,
        complete=tally.complete,
        tenths=tenths(tally.complete, tally.texts),
        in_step=tally.in_step,
        kind=kind,
        field=field,
        link=link,
        projects=projects,
    )


def _municipalities(maker: Maker, coverage: Coverage, code: str) -> tuple[Covered, ...]:
    rows = [
        _covered(place.tally, link=maker.municipality_link(place.code, code), projects=place.projects)
        for place in coverage.places
    ]
    return tuple(sorted(rows, key=lambda row: sort_key(row.link.text.text)))


def _gaps(maker: Maker, coverage: Coverage, code: str) -> tuple[Gap, ...]:
    """What is declared untranslated, by record and language."""
    found: dict[tuple[Key, str], dict[str, None]] = {}
    for work in coverage.work:
        for language in work.untranslated:
            found.setdefault((work.key, language), {})[work.family] = None
    return tuple(
        Gap(_link(maker, key, code), key[0], language_name(language, code), tuple(fields))
        for (key, language), fields in found.items()
    )


def _lags(maker: Maker, coverage: Coverage, code: str) -> tuple[Lag, ...]:
    repository = maker.site.settings.repository
    return tuple(
        Lag(
            link=_link(maker, work.key, code),
            kind=work.key[0],
            field=work.family,
            language=language_name(behind.language, code),
            day=behind.since.day,
            commit=behind.since.commit[:7],
            href=f"{repository}/commit/{behind.since.commit}" if repository and behind.since.commit else "",
        )
        for work in coverage.work
        for behind in work.behind
    )


def _link(maker: Maker, key: Key, code: str) -> Link:
    """The way to the page of a record, under its name."""
    site, addresses = maker.site, maker.addresses
    if key[0] == "project":
        return maker.project_link(key[1], code)
    if key[0] == "round":
        return maker.round_link(key[1], code)
    if key[0] == "theme":
        return maker.theme_link(key[1], code)
    if key[0] == "article":
        title = site.articles[key[1]].title.text(code)
        return Link(title, addresses.href(addresses.article(key[1], code)))
    if key[0] == "page":
        page = site.pages[key[1]]
        return Link(page.title.text(code), addresses.href(addresses.page(page, code)))
    return Link(site.settings.title.text(code), addresses.href(addresses.home(code)))
