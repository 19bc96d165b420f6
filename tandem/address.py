"""Addresses: the path of every page in every language, rooted at the site (``/fi/hankkeet/helmi/``).

An address becomes an ``href`` by adding the path under which the site is served, a URL by adding its host.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from urllib.parse import urlsplit

from msgspec import Struct

from tandem.fields import web_address
from tandem.index import Index
from tandem.language import Words, slugify
from tandem.model import SECTIONS, Writing
from tandem.problem import Where
from tandem.read import Document, Loc
from tandem.site import Origin, Site

# Pages that stand once in each language; English where a further language has no word of its own here.
STANDING = {
    "search": {"fi": "haku", "sv": "sok", "": "search"},
    "data": {"": "data"},
    "parity": {"fi": "kielet", "sv": "sprak", "": "languages"},
}
FEED = "feed.xml"  # beside a page whose news can be followed
PAGES = "/pages.json"  # every record's page, for the page that tells an address is missing
ROOT_FILES = ("/", "/404.html", "/sitemap.xml", "/robots.txt", PAGES)
PER_PAGE = 200  # rows; a longer list goes on at 2/ below its address
GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9._-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?")  # its repository
ROOT_FOLDERS = ("/static/", "/data/", "/schema/")


class Claim(Struct, frozen=True):
    """Who wants an address; the place in the file is looked up only when somebody asks."""

    origin: Origin
    loc: Loc = ()

    def where(self) -> Where:
        return self.origin.where(*self.loc)


class Addresses:
    """Where each page of ``site`` lives, given the URL it is served under (``https://x.github.io/repo/``).

    ``base``: the path of that URL; ``origin``: what stands before it. ``assets``: the published name of each file
    below static/ (``css/site.css`` → ``css/site.1a2b3c4d.css``). ``claimed``: every address, where that is known.
    """

    def __init__(
        self,
        site: Site,
        index: Index,
        base_url: str,
        assets: Mapping[str, str] = MappingProxyType({}),
        claimed: frozenset[str] = frozenset(),
    ) -> None:
        self.site, self.index, self.base_url, self.assets = site, index, base_url, assets
        parts = urlsplit(base_url)
        self.base = parts.path or "/"
        self.origin = f"{parts.scheme}://{parts.netloc}"
        if claimed:
            self.__dict__["claimed"] = claimed

    def href(self, address: str) -> str:
        """The address as a link inside the site; empty stays empty."""
        return self.base + address.removeprefix("/") if address else ""

    def url(self, address: str) -> str:
        """The address as an absolute URL."""
        return self.base_url + address.removeprefix("/")

    def home(self, language: str) -> str:
        return f"/{language}/"

    @cached_property
    def _sections(self) -> Mapping[tuple[str, str], str]:
        sections = self.site.settings.sections
        return {
            (name, language): f"/{language}/{getattr(sections, name).text(language)}/"
            for name in type(sections).model_fields
            for language in self.site.languages
        }

    def section(self, name: str, language: str) -> str:
        """The index page of ``projects``, ``municipalities``, ``regions``, ``themes``, ``rounds`` or ``news``."""
        return self._sections[name, language]

    def project(self, id: str, language: str) -> str:
        return f"{self.section('projects', language)}{_slug(self.site.projects[id].slug, language, id)}/"

    def municipality(self, code: str, language: str) -> str:
        """The page of the municipality ``code`` belongs to today; empty where it takes part in no project."""
        code = self.site.places.current(code)
        if code not in self.index.by_municipality:
            return ""
        name = self.site.places.municipalities[code].called(language)
        return f"{self.section('municipalities', language)}{slugify(name)}/"

    def region(self, code: str, language: str) -> str:
        name = self.site.places.regions[code].name.text(language).text
        return f"{self.section('regions', language)}{slugify(name)}/"

    def theme(self, id: str, language: str) -> str:
        return f"{self.section('themes', language)}{_slug(self.site.themes[id].slug, language, id)}/"

    def round(self, id: str, language: str) -> str:
        return f"{self.section('rounds', language)}{id}/"

    def article(self, id: str, language: str) -> str:
        return f"{self.section('news', language)}{_slug(self.site.articles[id].slug, language, id)}/"

    def page(self, page: Writing, language: str) -> str:
        folder, _, last = page.id.rpartition("/")
        path = f"{folder}/" if folder else ""
        return f"/{language}/{path}{_slug(page.slug, language, last)}/"

    def standing(self, name: str, language: str) -> str:
        """The address of the search, data or parity page."""
        words = STANDING[name]
        return f"/{language}/{words.get(language, words[''])}/"

    def asset(self, name: str) -> str:
        """The address of a file below static/; empty when there is none."""
        return f"/static/{self.assets[name]}" if name in self.assets else ""

    @cached_property
    def claimed(self) -> frozenset[str]:
        """Every address, but for aliases."""
        return frozenset(address for address, _ in self.claims())

    def claims(self) -> Iterator[tuple[str, Claim]]:
        """Every address and who claims it, but for aliases."""
        site = self.site
        settings = Claim(site.origin("site"))
        yield from ((address, settings) for address in ROOT_FILES)
        for code in site.languages:
            yield self.home(code), settings
            for name in SECTIONS:
                count = len(site.projects) if name == "projects" else 0
                yield from _parts(self.section(name, code), count, Claim(site.origin("site"), ("sections", name)))
            yield from ((self.standing(name, code), settings) for name in STANDING)
            yield from self._claims_of_records(code)

    def _claims_of_records(self, code: str) -> Iterator[tuple[str, Claim]]:
        site = self.site
        for id in site.projects:
            yield self.project(id, code), Claim(site.origin("project", id), ("slug", code))
        municipalities = Claim(Origin(Document(f"{site.folder}/municipalities.csv", {})))
        regions = Claim(Origin(Document(f"{site.folder}/regions.csv", {})))
        for number, ids in self.index.by_municipality.items():
            yield from _parts(self.municipality(number, code), len(ids), municipalities)
        for number in site.places.regions:
            yield from _parts(self.region(number, code), len(self.index.by_region.get(number, ())), regions)
        for id in site.themes:
            ids = self.index.by_theme.get(id, ())
            yield from _parts(self.theme(id, code), len(ids), Claim(site.origin("theme", id), ("slug", code)))
        for id in site.rounds:
            ids = self.index.by_round.get(id, ())
            yield from _parts(self.round(id, code), len(ids), Claim(site.origin("round", id), ("id",)))
        for id in site.articles:
            yield self.article(id, code), Claim(site.writing_origin("article", id, code), ("slug",))
        for id, page in site.pages.items():
            yield self.page(page, code), Claim(site.writing_origin("page", id, code), ("slug",))

    def _of_file(self, path: str, language: str) -> str:
        """The address of what a content file holds, for links written as paths between them; empty where none does."""
        folder, _, name = path.partition("/")
        if folder == "projects":
            id = name.removesuffix(".yaml")
            return self.project(id, language) if id != name and id in self.site.projects else ""
        id = name.removesuffix(".md")
        if id == name or folder not in self.site.languages:
            return ""
        if id in self.site.pages:
            return self.page(self.site.pages[id], folder)
        article = id.removeprefix("news/")
        return self.article(article, folder) if article != id and article in self.site.articles else ""

    def resolve(self, link: str, folder: str, language: str) -> str:
        """The address (fragment and all) a link inside the site means; empty where it leads nowhere by form.

        ``link`` is rooted at the site (``/fi/kunnat/``) or a path from ``folder`` to a content file
        (``../projects/helmi.yaml``, ``tietoa.md``).
        """
        path, mark, fragment = link.partition("#")
        if path.startswith("/static/"):
            return self.asset(path.removeprefix("/static/"))
        if not path or path.startswith("/"):
            return path + mark + fragment
        address = self._of_file(posixpath.normpath(posixpath.join(folder, path)), language)
        return address + mark + fragment if address else ""


def in_parts(count: int) -> int:
    """How many pages a list of ``count`` rows takes."""
    return max(1, -(-count // PER_PAGE))


def of_part(address: str, part: int) -> str:
    """Where a page of the list at ``address`` lives."""
    return f"{address}{part}/" if part > 1 else address


def _parts(address: str, count: int, claim: Claim) -> Iterator[tuple[str, Claim]]:
    """The pages of a list, all claimed by whoever claims the first."""
    return ((of_part(address, part), claim) for part in range(1, in_parts(count) + 1))


def _slug(slug: Words, language: str, default: str) -> str:
    return slug.own(language) or default


def served_under(url: str) -> bool:
    """Whether a site can be built for this address."""
    return bool(web_address(url)) and url.endswith("/")
