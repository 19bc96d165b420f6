"""Pages → records: what each page is about, what it is called, and by what it can be narrowed down."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from tandem.formats import date, period
from tandem.index import Index
from tandem.language import Text
from tandem.model import Project
from tandem.page import Page
from tandem.pages.prose import Prose
from tandem.pages.search import FOUND_AS
from tandem.search.words import Compounds, bases, forms
from tandem.site import Site

# Kinds of page that are found, in the order in which pages of one rank are listed; those after ``page`` as pages.
ORDER = (
    *FOUND_AS, "home", "projects", "municipalities", "regions", "themes", "rounds", "news", "data", "parity",
)  # fmt: skip
FORMATS = ("CSV", "JSON", "XLSX", "Excel", "API", "DCAT", "Atom")  # what people look for who look for open data


class Record(Struct, frozen=True):
    """A page as the search sees it.

    ``title`` and ``text`` are shown, with their language where it is not the page's; ``facts`` stand between them;
    ``names`` are what the page's place or list is called, in any form or language; ``words`` are further words it is
    found by. ``facets``: what it can be narrowed down by, as ids that no language changes.
    """

    address: str
    language: str
    title: Text
    text: Text
    facts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def meta(self) -> Iterator[tuple[str, str]]:
        """What travels with the record besides its text, by the names search.js knows.

        Names of one word weigh most. Those of several do not: *Österbotten* is a region of its own before it is a
        part of *Södra Österbotten*.
        """
        yield "title", self.title.text
        yield "title_lang", self.title.lang
        yield "text_lang", self.text.lang
        yield "facts", " · ".join(fact for fact in self.facts if fact)
        whole = dict.fromkeys(name for name in self.names if name.isalnum())
        yield "names", " ".join(whole)
        yield "words", " ".join(dict.fromkeys(word for word in (*self.names, *self.words) if word not in whole))


def listed(index: Index, pages: Iterable[Page], found: Mapping[str, Record]) -> dict[str, tuple[Record, ...]]:
    """The records of each language, in the order in which pages that fit a query equally well are listed.

    ``found``: records by the path of their page.
    """
    newest = {id: place for place, id in enumerate((*index.newest, *(article.id for article in index.news)))}
    all_: dict[str, list[Record]] = {}
    for page in sorted(filter(_worth, pages), key=lambda page: (ORDER.index(page.kind), newest.get(page.id, 0))):
        all_.setdefault(page.language, []).append(found[page.path])
    return {language: tuple(records) for language, records in all_.items()}


def _worth(page: Page) -> bool:
    """Whether a page is found by search: one of a known kind, and not a further part of a long list."""
    return page.kind in ORDER and page.part == 1


def enriched(plain: Sequence[Record], language: str) -> Iterator[Record]:
    """The records of one language with the parts of compounds told apart and basic forms added."""
    compounds = Compounds((f"{record.title} {record.text}" for record in plain), language)
    for record in plain:
        said = f"{record.title} {record.text}"
        yield structs.replace(
            record,
            title=Text(compounds.parted(record.title.text), record.title.lang),
            text=Text(compounds.parted(record.text.text), record.text.lang),
            words=(*record.words, *(bases(said) if language == "fi" else ())),
        )


class Writer:
    """Writes the record of a page from its view, its HTML (``source``), and the site where the view lacks ids."""

    def __init__(self, site: Site, index: Index) -> None:
        self.site, self.index = site, index

    def record(self, page: Page, source: bytes) -> Record | None:
        """The record of a page just rendered; None where nobody looks for it."""
        if not _worth(page):
            return None
        kinds: Mapping[str, Callable[[Page, bytes], Record]] = {
            "municipality": self._municipality,
            "region": self._region,
            "theme": self._theme,
            "round": self._round,
            "project": self._project,
            "article": self._article,
            "page": self._page,
        }
        record = kinds.get(page.kind, self._other)(page, source)
        kind = page.kind if page.kind in FOUND_AS else "page"
        return structs.replace(record, facets=(("kind", (kind,)), *record.facets))

    def _other(self, page: Page, source: bytes) -> Record:
        """A page that is found by its title and the sentence it gives to search engines."""
        title = _head(source, "title")
        words = FORMATS if page.kind == "data" else ()
        return Record(page.address, page.language, Text(title), _described(source), names=(title,), words=words)

    def _municipality(self, page: Page, source: bytes) -> Record:
        view = page.view
        code, places = view.code, self.site.places
        municipality = places.municipalities[code]
        former = [m for m in places.municipalities.values() if m.code != code and places.current(m.code) == code]
        return Record(
            page.address,
            page.language,
            view.name,
            _described(source, *(row.name for row in view.listing.rows)),
            facts=(view.type.text, view.region.text.text),
            names=tuple(word for m in (municipality, *former) for word in (*forms(m), m.code)),
            words=(*forms(places.regions[municipality.region]), *(word for _, word in municipality.type)),
            facets=(("municipality", (code,)), ("region", (municipality.region,))),
        )

    def _region(self, page: Page, source: bytes) -> Record:
        """A region is also where those municipalities are found that take part in nothing yet."""
        view, places = page.view, self.site.places
        idle = (m for m in places.in_force() if m.region == view.code and m.code not in self.index.by_municipality)
        return Record(
            page.address,
            page.language,
            view.name,
            _described(source, *(link.text for link, _ in view.active)),
            names=tuple(forms(places.regions[view.code])),
            words=tuple(word for m in idle for word in (*forms(m), m.code)),
            facets=(("region", (view.code,)),),
        )

    def _theme(self, page: Page, source: bytes) -> Record:
        view = page.view
        text = _described(source, *(row.name for row in view.listing.rows))
        return Record(page.address, page.language, view.name, text, facets=(("theme", (view.id,)),))

    def _round(self, page: Page, source: bytes) -> Record:
        view = page.view
        text = _described(source, view.summary, *(row.name for row in view.listing.rows))
        return Record(
            page.address, page.language, view.name, text, facts=(view.funder.text,), facets=(("round", (view.id,)),)
        )

    def _project(self, page: Page, _: bytes) -> Record:
        view = page.view
        project = self.site.whole(view.id)
        named = [people.link.text for people in (view.lead, *view.partners) if people]
        lead = named[0].text if view.lead else view.leading_body.text
        time = period(view.start, view.end, page.language) if view.start or view.end else ""
        about = (view.summary, *view.goals, view.description, view.results)
        around = (*named, view.leading_body, *view.bodies, *(theme.text for theme in view.themes))
        return Record(
            page.address,
            page.language,
            view.name,
            Text(_sentences(*about, *around), view.summary.lang),
            facts=(lead, time),
            words=(*self._places(project.municipalities), *(str(name) for name in view.other_names), *_people(project)),
            facets=self._facets(project),
        )

    def _facets(self, project: Project) -> tuple[tuple[str, tuple[str, ...]], ...]:
        today = self.index.today(project)
        regions = dict.fromkeys(self.site.places.municipalities[code].region for code in today)
        rounds = dict.fromkeys(grant.round for grant in project.funding if grant.round)
        state = self.index.state(project)
        return (
            ("municipality", today),
            ("region", tuple(regions)),
            ("theme", project.themes),
            ("round", tuple(rounds)),
            ("state", () if state == "unknown" else (state,)),
        )

    def _places(self, codes: Iterable[str]) -> Iterator[str]:
        """What the municipalities, those they merged into, and their regions are called."""
        places = self.site.places
        for code in codes:
            for number in dict.fromkeys((code, places.current(code))):
                yield from forms(places.municipalities[number])
                yield number
            yield from forms(places.regions[places.municipalities[code].region])

    def _article(self, page: Page, _: bytes) -> Record:
        view = page.view
        article = self.site.articles[view.id]
        today = dict.fromkeys(map(self.site.places.current, article.municipalities))
        return Record(
            page.address,
            page.language,
            view.title,
            Text(_sentences(view.summary, view.body), view.body.lang),
            facts=(date(view.date, page.language),),
            words=tuple(self._places(article.municipalities)),
            facets=(("municipality", tuple(today)),),
        )

    def _page(self, page: Page, _: bytes) -> Record:
        view = page.view
        text = Text(_sentences(view.summary, view.body), view.body.lang)
        return Record(page.address, page.language, view.title, text)


def _described(source: bytes, *more: object) -> Text:
    """The sentence a page gives to search engines, and more."""
    return Text(_sentences(_head(source, "description"), *more))


def _head(source: bytes, name: str) -> str:
    found = re.search(rb'<meta property="og:%s" content="([^"]*)">' % name.encode(), source)
    return html.unescape(found[1].decode()) if found else ""


def _people(project: Project) -> Iterator[str]:
    return (contact.name for contact in project.contacts)


def _sentences(*parts: object) -> str:
    """Texts and prose one after another, each ending as a sentence does."""
    plain = (_plain(part.html) if isinstance(part, Prose) else " ".join(str(part).split()) for part in parts)
    return " ".join(text if text[-1] in ".!?:;" else f"{text}." for text in plain if text)


def _plain(prose: str) -> str:
    """HTML of ours as text."""
    text = re.sub(r"</(?:p|li|h\d|td|th|tr|pre)>", ". ", prose)
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return re.sub(r"([.!?:;,–])(?:\s*\.)+", r"\1", " ".join(text.split()))
