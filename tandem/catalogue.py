"""What the files of open data are, for programs: a table schema, and the metadata that data portals collect.

``datapackage.json``: a Data Package (v2) with a table schema for each CSV file. Another language's title and
description stand beside the first's as ``title@sv``, by the standard's recipe for languages.
``dcat.jsonld``: DCAT-AP 3, the European profile that avoindata.fi and data.europa.eu read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tandem.address import Addresses
from tandem.columns import FILES, KEYWORDS, MEDIA, TABLES
from tandem.columns.column import MOMENT, SEPARATOR, Field, Glossary, Table
from tandem.language import Words, slugify

PACKAGE, METADATA = "datapackage.json", "dcat.jsonld"
_TYPES = {
    "text": "string",
    "whole": "integer",
    "number": "number",
    "day": "date",
    "moment": "string",
    "address": "string",
}
_EU = "http://publications.europa.eu/resource/authority/"
_LANGUAGES = {"fi": "FIN", "sv": "SWE", "en": "ENG", "se": "SME"}  # of the EU's authority list
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Catalogue:
    """Describes the open data of a site."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses, self.settings = addresses, addresses.site.settings
        self.languages = addresses.site.languages
        self.glossaries = {code: Glossary(code) for code in self.languages}

    def files(self) -> dict[str, bytes]:
        """The files below /data/."""
        return {PACKAGE: _written(self.datapackage()), METADATA: _written(self.dcat())}

    def _in_each(self, english: str) -> Words:
        return Words.of({code: glossary.say(english) for code, glossary in self.glossaries.items()})

    def _title(self, table: Table) -> Words:
        """``Kuntien digihankkeet: Hankkeet`` in each language."""
        title = self.settings.title
        return Words.of(
            {code: f"{title.own(code)}: {glossary.say(table.title)}" for code, glossary in self.glossaries.items()}
        )

    def datapackage(self) -> dict[str, Any]:
        settings = self.settings
        publisher = {"title": settings.publisher.name.text(self.languages[0]).text, "roles": ["publisher"]}
        return {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": slugify(settings.title.text(self.languages[0]).text),
            **_told("title", settings.title),
            **_told("description", settings.description),
            "homepage": self.addresses.base_url,
            "version": settings.as_of.isoformat(),
            "keywords": [word for english in KEYWORDS for _, word in self._in_each(english)],
            "licenses": [{"title": settings.licence.name, "path": settings.licence.url}],
            "contributors": [publisher | ({"email": settings.publisher.email} if settings.publisher.email else {})],
            "resources": [self._resource(table, form) for table, form in FILES],
        }

    def _resource(self, table: Table, form: str) -> dict[str, Any]:
        resource = {
            "name": table.name if form == "csv" else f"{table.name}-{form}",
            **_told("title", self._in_each(table.title)),
            **_told("description", self._in_each(table.about)),
            "path": f"{table.name}.{form}",
            "format": form,
            "mediatype": MEDIA[form],
        }
        if form != "csv":
            return resource
        dialect = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
        return resource | {"type": "table", "dialect": dialect, "schema": self._schema(table)}

    def _schema(self, table: Table) -> dict[str, Any]:
        schema: dict[str, Any] = {
            "fields": [self._field(field, table) for field in table.fields(self.languages)],
            "primaryKey": [table.key],
            "missingValues": [""],
        }
        keys = [
            {"fields": [name], "reference": {"resource": other.name, "fields": [other.key]}}
            for name, other in table.references
        ]
        return schema | ({"foreignKeys": keys} if keys else {})

    def _field(self, field: Field, table: Table) -> dict[str, Any]:
        column = field.column
        told: dict[str, Any] = {"name": field.name, "type": "list" if column.many else _TYPES[column.kind]}
        if column.many:
            told |= {"delimiter": SEPARATOR, "itemType": "string"}
        elif column.kind == "address":
            told["format"] = "uri"
        told |= _told("title", Words.of({code: one.label(field) for code, one in self.glossaries.items()}))
        told |= _told("description", self._in_each(column.meaning))
        if column.values:
            told["categories"] = [
                {"value": value, **_told("label", self._in_each(english))} for value, english in column.values
            ]
        constraints: dict[str, Any] = {}
        if column.name == table.key:
            constraints |= {"required": True, "unique": True}
        if column.kind == "moment":
            constraints["pattern"] = f"^{MOMENT}$"
        return told | ({"constraints": constraints} if constraints else {})

    def dcat(self) -> dict[str, Any]:
        settings, addresses = self.settings, self.addresses
        return {
            "@context": _CONTEXT,
            "@id": self._node("catalog"),
            "@type": "dcat:Catalog",
            "dct:title": _tagged(settings.title),
            "dct:description": _tagged(settings.description),
            "dct:publisher": self._publisher(),
            "dct:language": self._spoken(),
            "dct:license": self._licence(),
            "dct:modified": self._day(),
            "foaf:homepage": {"@id": addresses.base_url, "@type": "foaf:Document"},
            "dcat:dataset": [self._dataset(table) for table in TABLES],
        }

    def _dataset(self, table: Table) -> dict[str, Any]:
        pages = [self.addresses.url(self.addresses.standing("data", code)) for code in self.languages]
        return {
            "@id": self._node(table.name),
            "@type": "dcat:Dataset",
            "dct:identifier": self._node(table.name),
            "dct:title": _tagged(self._title(table)),
            "dct:description": _tagged(self._in_each(table.about)),
            "dct:publisher": {"@id": self._node("publisher")},
            "dcat:contactPoint": self._contact(),
            "dct:language": self._spoken(),
            "dcat:keyword": [word for english in KEYWORDS for word in _tagged(self._in_each(english))],
            "dcat:theme": {"@id": f"{_EU}data-theme/GOVE"},
            "dct:spatial": {"@id": f"{_EU}country/FIN"},
            "dct:accrualPeriodicity": {"@id": f"{_EU}frequency/IRREG"},
            "dct:accessRights": {"@id": f"{_EU}access-right/PUBLIC"},
            "dct:modified": self._day(),
            "dcat:landingPage": [{"@id": page, "@type": "foaf:Document"} for page in pages],
            "dcat:distribution": [self._distribution(one, form) for one, form in FILES if one is table],
        }

    def _distribution(self, table: Table, form: str) -> dict[str, Any]:
        url = {"@id": self.addresses.url(f"/data/{table.name}.{form}")}
        title = Words.of({code: f"{text} ({form.upper()})" for code, text in self._title(table)})
        schema = {"@id": self.addresses.url(f"/data/{PACKAGE}"), "@type": "dct:Standard"}
        return {
            "@id": self._node(f"{table.name}-{form}"),
            "@type": "dcat:Distribution",
            "dct:title": _tagged(title),
            "dcat:accessURL": url,
            "dcat:downloadURL": url,
            "dct:format": {"@id": f"{_EU}file-type/{form.upper()}"},
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{MEDIA[form]}"},
            "dct:license": {"@id": self.settings.licence.url},
            "dct:language": self._spoken(),
            "dct:modified": self._day(),
            "dcat:availability": {"@id": f"{_EU}planned-availability/STABLE"},
            "dct:conformsTo": schema,
        }

    def _node(self, name: str) -> str:
        return self.addresses.url(f"/data/{METADATA}#{name}")

    def _publisher(self) -> dict[str, Any]:
        publisher = self.settings.publisher
        site = {"foaf:homepage": {"@id": publisher.url}} if publisher.url else {}
        return {"@id": self._node("publisher"), "@type": "foaf:Agent", "foaf:name": _tagged(publisher.name), **site}

    def _contact(self) -> dict[str, Any]:
        publisher = self.settings.publisher
        way = {"vcard:hasEmail": {"@id": f"mailto:{publisher.email}"}} if publisher.email else {}
        page = {} if publisher.email else {"vcard:hasURL": {"@id": publisher.url or self.addresses.base_url}}
        return {"@type": "vcard:Organization", "vcard:fn": _tagged(publisher.name), **way, **page}

    def _licence(self) -> dict[str, Any]:
        return {
            "@id": self.settings.licence.url,
            "@type": "dct:LicenseDocument",
            "dct:title": self.settings.licence.name,
        }

    def _spoken(self) -> list[dict[str, str]]:
        return [{"@id": f"{_EU}language/{_LANGUAGES[code]}"} for code in self.languages if code in _LANGUAGES]

    def _day(self) -> dict[str, str]:
        return {"@type": "xsd:date", "@value": self.settings.as_of.isoformat()}


def _told(key: str, words: Words) -> dict[str, str]:
    """``title``, ``title@sv``: the first language plain, the others marked."""
    return {(f"{key}@{code}" if number else key): text for number, (code, text) in enumerate(words)}


def _tagged(words: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"@language": code, "@value": text} for code, text in words]


def _written(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
