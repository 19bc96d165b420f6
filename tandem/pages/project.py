"""The list of projects and a page for each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct, structs

from tandem.address import in_parts
from tandem.columns import FILES, PROJECTS
from tandem.formats import PartialDate
from tandem.index import State
from tandem.language import NO_TEXT, Text, sort_key
from tandem.linked import Node
from tandem.model import Contact, Grant, Project
from tandem.page import Link, Page
from tandem.pages import rows as all_rows
from tandem.pages.charts import Timeline, timeline
from tandem.pages.listing import Listing, Part, parts
from tandem.pages.maps import Sketch, sketch
from tandem.pages.offers import latest
from tandem.pages.parts import Amount, Maker, NewsRow, Row, SourceRow, Sum, sources
from tandem.pages.prose import Prose


class Projects(Struct, frozen=True):
    """The list of projects. ``files``: the open data of the whole list."""

    listing: Listing
    total: Sum
    files: tuple[Link, ...]


class Participant(Struct, frozen=True):
    """A municipality under the name it took part with; ``now`` is the one it has since merged into."""

    link: Link
    type: Text
    now: Link | None = None


class Funding(Struct, frozen=True):
    amount: Amount | None
    round: Link | None
    funder: Text
    decided: datetime.date | None
    announced: datetime.date | None
    recipient: Link | None


class Person(Struct, frozen=True):
    name: str
    role: Text
    place: Link | None
    phone: str
    tel: str
    email: str
    published: PartialDate | None


class ProjectView(Struct, frozen=True):
    id: str
    name: Text
    unofficial: bool
    other_names: tuple[Text, ...]
    summary: Text
    goals: tuple[Text, ...]
    description: Prose
    results: Prose
    lead: Participant | None
    leading_body: Text
    partners: tuple[Participant, ...]
    bodies: tuple[Text, ...]
    municipality_count: int
    named: int
    funding: tuple[Funding, ...]
    start: PartialDate | None
    end: PartialDate | None
    state: State
    timeline: Timeline | None
    map: Sketch | None
    themes: tuple[Link, ...]
    contacts: tuple[Person, ...]
    links: tuple[SourceRow, ...]
    sources: tuple[SourceRow, ...]
    news: tuple[NewsRow, ...]
    related: tuple[Row, ...]
    updated: datetime.date | None
    data: str
    draft: bool


def pages(maker: Maker) -> Iterator[Page]:
    families = {id: maker.family("project", id) for id in maker.site.projects}
    for code in maker.site.languages:
        yield from _lists(maker, code)
        for id, family in families.items():
            yield page(maker, id, code, family)


def _lists(maker: Maker, code: str) -> Iterator[Page]:
    newest = maker.index.newest
    modified = latest(maker, newest)
    total = Sum.of(maker.index.total(newest))
    files = tuple(
        Link(Text(form.upper()), maker.addresses.href(f"/data/projects.{form}"))
        for table, form in FILES
        if table is PROJECTS
    )
    if in_parts(len(newest)) > 1:
        yield all_rows.page(maker, code)

    def _list(part: Part) -> Projects:
        return Projects(part.listing(), total, files)

    for part in parts(maker, code, maker.family("section", "projects"), newest):
        yield maker.page(
            "projects",
            code,
            part.family,
            partial(_list, part),
            trail=maker.trail(code),
            section="projects",
            modified=modified,
            linked=partial(part.linked, maker, code),
            part=part.number,
        )


def page(maker: Maker, id: str, code: str, family: Mapping[str, str]) -> Page:
    """A project's page in a language; ``family``: its addresses in all of them."""
    project = maker.site.projects[id]
    return maker.page(
        "project",
        code,
        family,
        partial(_view, maker, id, code),
        trail=maker.trail(code, "projects"),
        section="projects",
        untranslated=project.untranslated,
        source=f"content/projects/{id}.yaml",
        modified=project.updated,
        linked=partial(_linked, maker, id, code),
        id=id,
    )


def _linked(maker: Maker, id: str, code: str) -> Iterable[Node]:
    return maker.linked.project(maker.site.projects[id], code)


def _view(maker: Maker, id: str, code: str) -> ProjectView:
    site, index = maker.site, maker.index
    project = site.whole(id)
    leading = next((body.name.text(code) for body in project.organisations if body.lead), NO_TEXT)
    return ProjectView(
        id=id,
        name=project.name.text(code),
        unofficial=code in project.name_unofficial,
        other_names=tuple(
            Text(name, other)
            for other, name in project.name
            if other != code and other not in project.name_unofficial and name != project.name.own(code)
        ),
        summary=project.summary.text(code),
        goals=tuple(goal.text(code) for goal in project.goals),
        description=maker.prose(project.description, code, "projects"),
        results=maker.prose(project.results, code, "projects", "results-"),
        lead=_participant(maker, project.lead, code) if project.lead else None,
        leading_body=leading,
        partners=_partners(maker, project, code),
        bodies=tuple(body.name.text(code) for body in project.organisations if not body.lead),
        municipality_count=project.municipality_count or 0,
        named=len(project.municipalities),
        funding=tuple(_funding(maker, project, grant, code) for grant in project.funding),
        start=project.period.start,
        end=project.period.end,
        state=index.state(project),
        timeline=timeline(project.period, site.settings.as_of),
        map=sketch(maker, index.today(project), site.places.current(project.lead) if project.lead else "", code),
        themes=tuple(maker.theme_link(theme, code) for theme in project.themes),
        contacts=tuple(_person(maker, contact, code) for contact in project.contacts),
        links=tuple(SourceRow(link.title.text(code), link.url, None) for link in project.links),
        sources=sources(project.sources, code),
        news=maker.news(index.news_of_project.get(id, ()), code),
        related=maker.rows(maker.related(id), code),
        updated=project.updated,
        data=maker.addresses.href(f"/data/projects/{id}.json"),
        draft=project.draft,
    )


def _partners(maker: Maker, project: Project, code: str) -> tuple[Participant, ...]:
    """The partners by name, in the alphabet of the page's language."""
    partners = (_participant(maker, number, code) for number in project.partners)
    return tuple(sorted(partners, key=lambda one: sort_key(one.link.text.text)))


def _participant(maker: Maker, number: str, code: str) -> Participant:
    municipality = maker.site.places.municipalities[number]
    today = maker.site.places.current(number)
    now = maker.municipality_link(today, code) if today != number else None
    link = maker.municipality_link(number, code)
    return Participant(structs.replace(link, href="") if now else link, municipality.type.text(code), now)


def _funding(maker: Maker, project: Project, grant: Grant, code: str) -> Funding:
    round_ = maker.site.rounds.get(grant.round or "")
    recipient = grant.recipient or project.lead
    return Funding(
        amount=Amount(grant.amount, grant.amount_is) if grant.amount is not None else None,
        round=maker.round_link(round_.id, code) if round_ else None,
        funder=round_.funder.text(code) if round_ else NO_TEXT,
        decided=grant.decided or (round_.decided if round_ else None),
        announced=round_.announced if round_ else None,
        recipient=maker.municipality_link(recipient, code) if recipient else None,
    )


def _person(maker: Maker, contact: Contact, code: str) -> Person:
    place = Link(contact.organisation.text(code)) if contact.organisation else None
    if contact.place:
        place = maker.municipality_link(contact.place, code)
    phone = contact.phone or ""
    return Person(
        name=contact.name,
        role=contact.role.text(code),
        place=place,
        phone=phone,
        tel="".join(c for c in phone if c in "+0123456789"),
        email=contact.email or "",
        published=contact.published,
    )
