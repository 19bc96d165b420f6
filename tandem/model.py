"""The records of a site: what content files may hold, typed, frozen and documented. JSON Schema comes from here.

Words are one value in each language; facts stand once. Every key an editor may write is a field below, and each
field's description is the help an editor reads.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from tandem.fields import (
    Address,
    BaseUrl,
    Day,
    Email,
    Id,
    Language,
    LanguageCode,
    Line,
    LineWords,
    Moment,
    Ours,
    Phone,
    Place,
    ProseWords,
    SlugWords,
    SummaryWords,
    Tag,
    Truth,
    Url,
    Whole,
)
from tandem.language import NO_WORDS, Words
from tandem.packed import Packed

Qualifier = Literal["exact", "at_most", "at_least", "about"]
Checked = Annotated[dict[str, Day], Field(description="Field name and the day its two languages were last compared.")]


class Record(Packed, BaseModel):
    """A mapping in a content file. Keys outside the model are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)  # a small change judges projects alone


class Link(Record):
    """A web page worth reading."""

    url: Url = Field(description="Web address, https:// or http://.")
    title: LineWords = Field(description="What the page is, in each language.")


class Reference(Link):
    """A public source the facts come from."""

    date: Moment | None = Field(None, description="When the source was published: YYYY, YYYY-MM or YYYY-MM-DD.")


class Contact(Record):
    """An official's work contact, as published in the sources."""

    name: Line = Field(description="First and last name.")
    role: LineWords = Field(NO_WORDS, description="Title of office, lower case.")
    place: Place | None = Field(None, description="Municipality where the official works.")
    organisation: LineWords = Field(NO_WORDS, description="Employer, where it is not a municipality.")
    phone: Phone | None = Field(None, description="Work phone: +358 40 123 4567.")
    email: Email | None = Field(None, description="Work e-mail.")
    published: Moment | None = Field(None, description="When the contact was published; people change jobs.")


class Organisation(Record):
    """A participant that is not a municipality."""

    name: LineWords = Field(description="Name in each language.")
    lead: Truth = Field(False, description="true when it leads the project.")


class Grant(Record):
    """One grant decision for the project."""

    round: Id | None = Field(None, description="Id of the funding round in rounds.yaml.")
    amount: Whole | None = Field(None, description="Whole euros, digits only: 200000. Leave out when not known.")
    amount_is: Qualifier = Field("exact", description="exact, at_most, at_least or about.")
    decided: Day | None = Field(None, description="Day of the decision: YYYY-MM-DD.")
    recipient: Place | None = Field(None, description="Municipality the grant was paid to; default: the lead.")


class Period(Record):
    """When the project runs. Either end may be left out."""

    alike: ClassVar[bool] = True

    start: Moment | None = Field(None, description="YYYY, YYYY-MM or YYYY-MM-DD.")
    end: Moment | None = Field(None, description="YYYY, YYYY-MM or YYYY-MM-DD.")


OWN = ("description", "results", "goals", "contacts", "links")  # what a project's own page alone shows


class Project(Record):
    """A digitalisation project of one or more municipalities. One file in content/projects/ each."""

    name: LineWords = Field(description="Name of the project in each language.")
    name_unofficial: tuple[Language, ...] = Field(
        (), description="Languages in which the name is ours (a translation, a label), not an official one."
    )
    slug: SlugWords = Field(NO_WORDS, description="Last part of the page's address; default: the file's name.")
    summary: SummaryWords = Field(description="Plain text, one paragraph, at most 300 characters.")
    goals: tuple[LineWords, ...] = Field((), description="A list of goals, each in both languages.")
    description: ProseWords = Field(NO_WORDS, description="Longer text in Markdown, as block text (|).")
    results: ProseWords = Field(NO_WORDS, description="What came out of the project, in Markdown.")
    lead: Place | None = Field(None, description="The municipality that leads: Finnish name, Swedish name or code.")
    partners: tuple[Place, ...] = Field((), description="The other municipalities that take part.")
    organisations: tuple[Organisation, ...] = Field((), description="Participants that are not municipalities.")
    municipality_count: Whole | None = Field(
        None, description="How many municipalities take part, where not all are known by name."
    )
    funding: tuple[Grant, ...] = Field((), description="State grants to the project.")
    period: Period = Field(Period(), description="When the project runs.")
    themes: tuple[Id, ...] = Field((), description="Ids of themes in themes.yaml.")
    contacts: tuple[Contact, ...] = Field((), description="Officials' work contacts, as published.")
    links: tuple[Link, ...] = Field((), description="Further reading.")
    sources: tuple[Reference, ...] = Field((), description="Public sources of the facts.")
    updated: Day | None = Field(None, description="When a person last checked the facts: YYYY-MM-DD.")
    aliases: tuple[Address, ...] = Field((), description="Former addresses: each becomes a redirect.")
    untranslated: tuple[Language, ...] = Field((), description="Languages in which words may be lacking.")
    checked: Checked = {}
    allow: tuple[Line, ...] = Field(
        (), description="What may differ between the languages here, as the check quotes it."
    )
    draft: Truth = Field(False, description="true: shown by serve, never published by build.")
    id: Ours = Field("", exclude=True, json_schema_extra={"ours": True})

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes of the municipalities known by name, the lead first."""
        return tuple(dict.fromkeys([*([self.lead] if self.lead else []), *self.partners]))

    def outline(self) -> Project:
        """The project without what its own page alone shows: all that any other page or file may know of it."""
        return self.model_copy(update={name: type(self).model_fields[name].get_default() for name in OWN})

    @property
    def known_total(self) -> int:
        """Euros of all grants whose amount is known."""
        return sum(grant.amount or 0 for grant in self.funding)


class Round(Record):
    """A funding round: a call for applications and its grants."""

    id: Id = Field(description='Id, quoted when it is digits: "2020".')
    name: LineWords = Field(description="Name in each language.")
    funder: LineWords = Field(NO_WORDS, description="Who grants the money.")
    summary: LineWords = Field(NO_WORDS, description="What the round was for, in one paragraph.")
    applications: Whole | None = Field(None, description="Applications received.")
    granted: Whole | None = Field(None, description="Projects that got a grant.")
    total: Whole | None = Field(None, description="Euros granted in all.")
    total_is: Qualifier = Field("exact", description="exact, at_most, at_least or about.")
    decided: Day | None = Field(None, description="Day of the ministry's decision.")
    announced: Day | None = Field(None, description="Day of the press release.")
    sources: tuple[Reference, ...] = Field((), description="Public sources of the facts.")
    checked: Checked = {}
    allow: tuple[Line, ...] = Field(
        (), description="What may differ between the languages here, as the check quotes it."
    )


class Theme(Record):
    """A subject that projects share."""

    id: Id = Field(description="Id used in project files.")
    name: LineWords = Field(description="Name in each language.")
    slug: SlugWords = Field(NO_WORDS, description="Last part of the page's address; default: the id.")
    checked: Checked = {}


class Term(Record):
    """A word of the field, the same everywhere in each language. One item of terms.yaml."""

    term: LineWords = Field(description="The word to use in each language.")
    official: Truth = Field(False, description="true: the name of an authority, which may not turn into another's.")
    paired: Truth = Field(False, description="true: a text that has the word in one language has it in the other too.")
    avoid: dict[Language, tuple[Line, ...]] = Field(
        default_factory=dict, description="Words not to use in its place, in any form, by language."
    )


class Publisher(Record):
    """Who answers for the site."""

    name: LineWords = Field(description="Name in each language.")
    email: Email | None = Field(None, description="Where readers write.")
    url: Url | None = Field(None, description="The publisher's own site.")


class Licence(Record):
    """Under which terms the data may be used."""

    name: Line = Field(description="Name of the licence.")
    url: Url = Field(description="Text of the licence.")


class Sections(Record):
    """Words in addresses: /fi/hankkeet/, /sv/projekt/."""

    projects: SlugWords = Field(description="First part of the addresses of projects.")
    municipalities: SlugWords = Field(description="First part of the addresses of municipalities.")
    regions: SlugWords = Field(description="First part of the addresses of regions.")
    themes: SlugWords = Field(description="First part of the addresses of themes.")
    rounds: SlugWords = Field(description="First part of the addresses of funding rounds.")
    news: SlugWords = Field(description="First part of the addresses of news.")


SECTIONS = ("projects", "municipalities", "regions", "themes", "rounds", "news")


class Editor(Record):
    """The form editor at /admin/ (docs/editor.md). It is off unless this is written."""

    review: Truth = Field(True, description="true: each change becomes a pull request; false: it goes to main at once.")
    sign_in: Url | None = Field(None, description="Service that signs in with GitHub. Without it editors use a token.")


class Settings(Record):
    """content/site.yaml."""

    title: LineWords = Field(description="The site's name.")
    description: SummaryWords = Field(description="What the site is, in one sentence.")
    base_url: BaseUrl = Field(description="Scheme, host and path under which the site is served; ends in /.")
    tag: Tag | None = Field(
        None,
        description="Who gives the ids in feeds, and since when: example.org,2026. Default: the host of base_url and "
        "2026. Write the old host here when the site moves, so that feed readers do not show everything as new.",
    )
    languages: tuple[LanguageCode, ...] = Field(description="Languages of the site, in order.")
    as_of: Day = Field(description="The day the site speaks of: which projects are running, which have ended.")
    publisher: Publisher = Field(description="Who answers for the site.")
    repository: Url | None = Field(None, description="Repository on GitHub, for 'suggest a correction' links.")
    editor: Editor | None = Field(None, description="The form editor at /admin/. Off unless this is written.")
    licence: Licence = Field(description="Terms of use of the data.")
    sections: Sections = Field(description="Words in addresses.")
    navigation: tuple[Id, ...] = Field((), description="Sections and page ids in the main navigation.")
    checked: Checked = {}
    allow: tuple[Line, ...] = Field((), description="What may differ between the languages anywhere on the site.")


class PageFront(Record):
    """Front matter of a Markdown page (one file a language)."""

    title: Line = Field(description="The page's heading.")
    summary: Line | None = Field(None, description="What the page says, in a sentence.")
    slug: Id | None = Field(None, description="Last part of the address; default: the file's name.")
    aliases: tuple[Address, ...] = Field((), description="Former addresses: each becomes a redirect.")
    untranslated: tuple[Language, ...] = Field((), description="Languages in which this text does not exist.")
    checked: Checked = {}
    allow: tuple[Line, ...] = Field(
        (), description="What may differ between the languages here, as the check quotes it."
    )
    draft: Truth = Field(False, description="true: shown by serve, never published by build.")


class ArticleFront(PageFront):
    """Front matter of a news article. Facts may stand in either language's file; in both, they must be equal."""

    date: Day | None = Field(None, description="Day of the news: YYYY-MM-DD. Required in one of the files.")
    projects: tuple[Id, ...] | None = Field(None, description="Ids of projects the article is about.")
    municipalities: tuple[Place, ...] | None = Field(None, description="Municipalities the article is about.")
    sources: tuple[Reference, ...] | None = Field(None, description="Public sources of the facts.")


@dataclass(frozen=True, slots=True)
class Writing:
    """A Markdown page, its languages paired into one record. ``body``: Markdown. ``id``: path without ``.md``."""

    id: str
    title: Words
    slug: Words
    body: Words
    summary: Words = NO_WORDS
    aliases: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    checked: Mapping[str, datetime.date] = field(default_factory=dict, hash=False)
    allow: tuple[str, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Article(Writing):
    """A news article. ``projects``: ids; ``municipalities``: codes."""

    date: datetime.date = datetime.date.min
    projects: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()
