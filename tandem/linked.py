"""What a page says to machines: JSON-LD in the words of schema.org, with the very figures the reader sees.

A record's ``@id`` is the address of its data, which both languages' pages share and no renaming changes. A fact that
is not known is left out; a text in another language than the page's is marked with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from tandem.address import Addresses
from tandem.columns import FILES, MEDIA
from tandem.columns.shared import round_of
from tandem.language import Text, locale
from tandem.model import Article, Grant, Project
from tandem.places import Municipality

Node = dict[str, Any]

LISTED = 20  # items an ItemList names; numberOfItems counts all (schema.org allows it)
_LISTS = frozenset({"projects", "municipalities", "regions", "themes", "rounds", "news", "region", "theme", "round"})


class Linked:
    """Makes the nodes of a site's pages."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses, self.site, self.index = addresses, addresses.site, addresses.index
        self._place = cache(self._member)
        self.home = {code: addresses.url(addresses.home(code)) for code in self.site.languages}

    def page(
        self, kind: str, language: str, url: str, modified: datetime.date | None, about: Callable[[], Iterable[Node]]
    ) -> Mapping[str, Any]:
        """The whole of what the page at ``url`` says: the page itself, and what it is about."""
        nodes = tuple({"@id": f"{url}#main", **node} for node in about())
        page: Node = {
            "@type": "CollectionPage" if kind in _LISTS else "WebPage",
            "@id": url,
            "url": url,
            "inLanguage": language,
            "isPartOf": {"@id": f"{self.home[language]}#site"},
        }
        if modified:
            page["dateModified"] = modified.isoformat()
        if kind != "home":
            page["breadcrumb"] = {"@id": f"{url}#breadcrumb"}
        if nodes:
            page["mainEntity"] = {"@id": nodes[0]["@id"]}
        return {"@context": "https://schema.org", "@graph": [page, *nodes]}

    def website(self, code: str) -> tuple[Node, Node]:
        settings = self.site.settings
        publisher: Node = {
            "@type": "Organization",
            "@id": self.addresses.url("/#publisher"),
            "name": _said(settings.publisher.name.text(code)),
            "url": settings.publisher.url or self.home[code],
        }
        if settings.publisher.email:
            publisher["email"] = settings.publisher.email
        site: Node = {
            "@type": "WebSite",
            "@id": f"{self.home[code]}#site",
            "url": self.home[code],
            "name": _said(settings.title.text(code)),
            "alternateName": [text for other, text in settings.title if other != code],
            "description": _said(settings.description.text(code)),
            "inLanguage": code,
            "license": settings.licence.url,
            "publisher": {"@id": publisher["@id"]},
        }
        return site, publisher

    def items(self, urls: Iterable[str]) -> Node:
        """A list of pages, by their addresses."""
        all_ = tuple(urls)
        listed = [{"@type": "ListItem", "position": n, "url": url} for n, url in enumerate(all_[:LISTED], 1)]
        node: Node = {"@type": "ItemList", "numberOfItems": len(all_)}
        return node | ({"itemListElement": listed} if listed else {})

    def projects(self, ids: Iterable[str], code: str) -> Node:
        all_ = tuple(ids)
        first = self.items(self.addresses.url(self.addresses.project(id, code)) for id in all_[:LISTED])
        return first | {"numberOfItems": len(all_)}

    def project(self, project: Project, code: str) -> tuple[Node, ...]:
        """The project and its grants. One whose grant no source gives has a grant of which nothing is known."""
        id = self.addresses.url(f"/data/projects/{project.id}.json")
        node: Node = {
            "@type": "Project",
            "@id": id,
            "identifier": project.id,
            "name": _said(project.name.text(code)),
            "description": _said(project.summary.text(code)),
            "url": self.addresses.url(self.addresses.project(project.id, code)),
        }
        if project.period.start:
            node["foundingDate"] = str(project.period.start)
        if project.period.end:
            node["dissolutionDate"] = str(project.period.end)
        members = [self._place(number, code) for number in project.municipalities]
        members += [{"@type": "Organization", "name": _said(one.name.text(code))} for one in project.organisations]
        if members:
            node["member"] = members
        grants = [self._grant(grant, id, n, code) for n, grant in enumerate(project.funding, 1)]
        grants = grants or [{"@type": "MonetaryGrant", "@id": f"{id}#grant-1", "fundedItem": {"@id": id}}]
        node["funding"] = [{"@id": grant["@id"]} for grant in grants]
        return node, *grants

    def _grant(self, grant: Grant, project: str, number: int, code: str) -> Node:
        node: Node = {"@type": "MonetaryGrant", "@id": f"{project}#grant-{number}", "fundedItem": {"@id": project}}
        round_ = round_of(self.addresses, grant)
        if round_ and round_.funder:
            node["funder"] = {"@type": "GovernmentOrganization", "name": _said(round_.funder.text(code))}
        if round_:
            node["name"] = _said(round_.name.text(code))
            node["url"] = self.addresses.url(self.addresses.round(round_.id, code))
        if grant.amount is not None:
            bound = {"at_most": "maxValue", "at_least": "minValue"}.get(grant.amount_is, "value")
            node["amount"] = {"@type": "MonetaryAmount", "currency": "EUR", bound: grant.amount}
        return node

    def _member(self, number: str, code: str) -> Node:
        """A municipality as a member of a project: an organisation that has a page."""
        name = self.site.places.municipalities[number].called(code)
        page = self.addresses.municipality(number, code)
        node: Node = {"@type": "GovernmentOrganization", "name": name, "identifier": number}
        return node | ({"url": self.addresses.url(page)} if page else {})

    def municipality(self, municipality: Municipality, code: str) -> Node:
        name = municipality.called(code)
        others = [text for _, text in municipality.name if text != name]
        node: Node = {
            "@type": "AdministrativeArea",
            "@id": self.addresses.url(f"/data/municipalities.json#{municipality.code}"),
            "identifier": municipality.code,
            "name": name,
            "url": self.addresses.url(self.addresses.municipality(municipality.code, code)),
        }
        if others:
            node["alternateName"] = others
        region = self.site.places.regions.get(municipality.region)
        if region:
            page = self.addresses.url(self.addresses.region(region.code, code))
            area = {"@type": "AdministrativeArea", "name": _said(region.name.text(code)), "url": page}
            node["containedInPlace"] = area
        if municipality.lat is not None and municipality.lon is not None:
            place = {"latitude": municipality.lat, "longitude": municipality.lon}
            node["geo"] = {"@type": "GeoCoordinates", **place}
        return node

    def article(self, article: Article, code: str) -> Node:
        url = self.addresses.url(self.addresses.article(article.id, code))
        title = article.title.text(code)
        node: Node = {
            "@type": "NewsArticle",
            "@id": f"{url}#article",
            "headline": _said(title),
            "datePublished": article.date.isoformat(),
            "inLanguage": title.lang or code,
            "url": url,
            "publisher": {"@id": self.addresses.url("/#publisher")},
        }
        if article.summary.text(code):
            node["description"] = _said(article.summary.text(code))
        if article.sources:
            node["isBasedOn"] = [source.url for source in article.sources]
        about = [{"@id": self.addresses.url(f"/data/projects/{id}.json")} for id in article.projects]
        return node | ({"about": about} if about else {})

    def dataset(self, code: str) -> Node:
        settings, url = self.site.settings, self.addresses.url
        page = url(self.addresses.standing("data", code))
        files = [url(f"/data/{table.name}.{form}") for table, form in FILES]
        forms = [MEDIA[form] for _, form in FILES]
        return {
            "@type": "Dataset",
            "@id": url("/data/dcat.jsonld"),
            "name": _said(settings.title.text(code)),
            "description": _said(settings.description.text(code)),
            "url": page,
            "inLanguage": list(self.site.languages),
            "license": settings.licence.url,
            "isAccessibleForFree": True,
            "dateModified": settings.as_of.isoformat(),
            "creator": {"@type": "Organization", "name": _said(settings.publisher.name.text(code))},
            "spatialCoverage": {"@type": "Country", "name": locale(code).territories["FI"]},
            "distribution": [
                {"@type": "DataDownload", "contentUrl": file, "encodingFormat": form}
                for file, form in zip(files, forms, strict=True)
            ],
        }


def _said(text: Text) -> str | dict[str, str]:
    return {"@value": text.text, "@language": text.lang} if text.lang else text.text
