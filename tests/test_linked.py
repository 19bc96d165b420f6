"""What pages and files say to machines: JSON-LD in every page, DCAT for data portals, days in the sitemap."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, FOAF, RDF, Graph, URIRef
from rdflib.namespace import Namespace

from tandem import formats
from tandem.flow import House, build
from tests.built import Built, Html

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's word to itself
SCHEMA, DCAT = Namespace("https://schema.org/"), Namespace("http://www.w3.org/ns/dcat#")
LISTS = ("projects", "municipalities", "regions", "themes", "rounds", "news", "region", "theme", "round")
KIND = {
    "home": {"WebSite", "Organization"},
    "project": {"Project", "MonetaryGrant"},
    "municipality": {"AdministrativeArea"},
    "article": {"NewsArticle"},
    "data": {"Dataset"},
    **{kind: {"CollectionPage", "ItemList"} for kind in LISTS},
}


def blocks(page: Html) -> list[dict[str, Any]]:
    """Every JSON-LD block, refused where it holds a key twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(dict(pairs)) == len(pairs), pairs
        return dict(pairs)

    texts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.source, re.DOTALL)
    assert not [text for text in texts if "<" in text]
    return [json.loads(text, object_pairs_hook=once) for text in texts]


def nodes(page: Html) -> list[dict[str, Any]]:
    return [node for block in blocks(page) for node in block.get("@graph", [block])]


def inside(value: Any) -> list[Any]:
    """Every value at any depth."""
    if isinstance(value, dict):
        return [value, *(one for part in value.values() for one in inside(part))]
    return [value, *(one for part in value for one in inside(part))] if isinstance(value, list) else [value]


def of_type(page: Html, name: str) -> list[dict[str, Any]]:
    return [node for node in nodes(page) if node["@type"] == name]


def test_every_page_says_what_it_is_in_its_own_language(register: Built) -> None:
    for path, page in register.pages.items():
        if page.kind in ("choice", "notfound", "redirect"):
            continue
        found = nodes(page)
        assert KIND.get(page.kind, set()) <= {node["@type"] for node in found}, path
        (itself,) = [node for node in found if node.get("@id") == register.url(path)]
        assert itself["inLanguage"] == page.lang
        ids = [node["@id"] for node in found]
        assert len(set(ids)) == len(ids)
        for value in inside(found):
            assert value not in (None, "", [], {}), path


def test_every_address_in_it_is_there(register: Built) -> None:
    for page in register.pages.values():
        for value in inside(nodes(page)):
            if isinstance(value, str) and value.startswith(register.base_url):
                assert (register.folder / register.path(value)).is_file(), value


def test_the_breadcrumbs_are_those_the_reader_sees(register: Built) -> None:
    for path, page in register.pages.items():
        trail = re.search(r'<nav class="trail.*?</nav>', page.source, re.DOTALL)
        lists = of_type(page, "BreadcrumbList")
        if trail is None:
            assert lists == []
            continue
        items = lists[0]["itemListElement"]
        names = [" ".join(str(item["name"]).split()) for item in items]
        assert " ".join(names[:-1]) == " ".join(Html(trail[0]).text.split())
        assert names[-1], "the page itself, which its heading names to the reader"
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert items[-1]["item"] == register.url(path)


def test_a_projects_figures_are_those_of_the_page_and_of_the_files(register: Built) -> None:
    listed = {
        row["id"]: row for row in json.loads((register.folder / "data/projects.json").read_text("utf-8"))["projects"]
    }
    for page in register.of_kind("project").values():
        (project,) = of_type(page, "Project")
        row = listed[project["identifier"]]
        grants = of_type(page, "MonetaryGrant")
        amounts = [value for grant in grants for value in grant.get("amount", {}).values() if isinstance(value, int)]
        assert sum(amounts) == (row["amount"] or 0)
        assert all(formats.money(amount, page.lang) in page.source for amount in amounts)
        assert all(grant["fundedItem"] == {"@id": project["@id"]} for grant in grants)
        bound = {"exact": "value", "about": "value", "at_most": "maxValue", "at_least": "minValue"}
        assert [bound[row["amount_is"]] in grant["amount"] for grant in grants if "amount" in grant] == [True] * len(
            amounts
        )
        assert [grant["funder"]["name"] for grant in grants if "funder" in grant] == row[f"funders_{page.lang}"]
        assert project["name"] == row[f"name_{page.lang}"]
        assert project.get("foundingDate") == row["period_start"]
        assert [one["name"] for one in project.get("member", [])] == (
            row[f"municipalities_{page.lang}"] + row[f"organisations_{page.lang}"]
        )


def test_a_text_in_another_language_is_marked_with_it(base: Path, tmp_path: Path) -> None:
    words = (
        'untranslated: [sv]\nname: {fi: "Vain </script><!-- & suomeksi"}\nsummary: {fi: Tiivistelmä.}\nlead: Porvoo\n'
    )
    (base / "projects" / "vain.yaml").write_text(words, "utf-8")
    assert build(House(base, tmp_path / "_site", cache=tmp_path / ".cache"), "https://example.org/").written
    built = Built(tmp_path / "_site", "https://example.org/")
    name = "Vain </script><!-- & suomeksi"
    assert of_type(built.at("/fi/hankkeet/vain/"), "Project")[0]["name"] == name
    swedish = built.at("/sv/projekt/vain/")
    assert of_type(swedish, "Project")[0]["name"] == {"@value": name, "@language": "fi"}
    assert of_type(swedish, "BreadcrumbList")[0]["itemListElement"][-1]["name"] == name
    assert of_type(swedish, "WebPage")[0]["url"] == "https://example.org/sv/projekt/vain/"


def test_pages_are_linked_data_that_joins_up_over_both_languages(register: Built) -> None:
    graph = Graph()
    for page in register.pages.values():
        for block in blocks(page):
            local = block | {"@context": {"@vocab": str(SCHEMA)}}
            graph.parse(data=json.dumps(local), format="json-ld")
    projects = set(graph.subjects(RDF.type, SCHEMA.Project))
    assert len(projects) == len(register.of_kind("project", "fi/"))
    assert {len(list(graph.objects(project, SCHEMA.url))) for project in projects} == {2}
    for grant in graph.subjects(RDF.type, SCHEMA.MonetaryGrant):
        assert set(graph.objects(grant, SCHEMA.fundedItem)) <= projects
    areas = set(graph.subjects(RDF.type, SCHEMA.AdministrativeArea))
    assert len(areas & {URIRef(f"{register.base_url}data/municipalities.json#638")}) == 1


@pytest.fixture(scope="module")
def dcat(register: Built) -> Graph:
    return Graph().parse(register.folder / "data/dcat.jsonld", format="json-ld")


def test_data_portals_find_all_that_dcat_ap_demands(dcat: Graph, register: Built) -> None:
    """DCAT-AP 3: the mandatory properties, and titles in both languages."""
    (catalog,) = dcat.subjects(RDF.type, DCAT.Catalog)
    datasets = set(dcat.objects(catalog, DCAT.dataset))
    assert len(datasets) == 3
    for thing in (catalog, *datasets):
        for told in (DCTERMS.title, DCTERMS.description):
            assert {text.language for text in dcat.objects(thing, told)} == {"fi", "sv"}  # type: ignore[attr-defined]
        (publisher,) = dcat.objects(thing, DCTERMS.publisher)
        assert (publisher, RDF.type, FOAF.Agent) in dcat
        assert {name.language for name in dcat.objects(publisher, FOAF.name)} == {"fi", "sv"}  # type: ignore[attr-defined]
    found = set()
    for dataset in datasets:
        assert list(dcat.objects(dataset, DCAT.contactPoint))
        assert list(dcat.objects(dataset, DCAT.theme))
        for distribution in dcat.objects(dataset, DCAT.distribution):
            assert (distribution, RDF.type, DCAT.Distribution) in dcat
            (url,) = dcat.objects(distribution, DCAT.accessURL)
            (form,) = dcat.objects(distribution, DCTERMS.format)
            (licence,) = dcat.objects(distribution, DCTERMS.license)
            assert (register.folder / register.path(str(url))).is_file()
            assert str(form).rpartition("/")[2].lower() == str(url).rpartition(".")[2]
            assert str(licence).startswith("https://creativecommons.org/licenses/by/4.0/")
            found.add(register.path(str(url)))
    assert found == {
        f"data/{name}" for name in (
            "projects.csv", "projects.json", "projects.xlsx", "grants.csv", "grants.json",
            "municipalities.csv", "municipalities.json")
    }  # fmt: skip


def test_the_data_page_and_the_catalogue_name_the_same_files(register: Built, dcat: Graph) -> None:
    files = {str(url) for url in dcat.objects(None, DCAT.accessURL)}
    for page in register.of_kind("data").values():
        (dataset,) = of_type(page, "Dataset")
        assert {one["contentUrl"] for one in dataset["distribution"]} == files
        assert dataset["license"].startswith("https://creativecommons.org/")
        assert {link for link in page.links if link.endswith((".csv", ".xlsx"))} <= {
            url.removeprefix("https://example.org") for url in files
        }


def test_the_published_json_schema_is_that_of_the_command(register: Built) -> None:
    schema = json.loads((register.folder / "schema/project.json").read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "amount" in json.dumps(schema)


def test_the_sitemap_tells_when_a_list_last_changed(register: Built) -> None:
    """A list is as new as the newest of its rows."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    days = {
        register.path(url.findtext("s:loc", "", space)): url.findtext("s:lastmod", "", space)
        for url in ET.parse(register.folder / "sitemap.xml").getroot().findall("s:url", space)
    }
    rows = json.loads((register.folder / "data/projects.json").read_text("utf-8"))["projects"]
    newest = max(row["updated"] for row in rows)
    for path, page in register.pages.items():
        if page.kind in ("projects", "municipalities", "regions", "themes", "rounds"):
            assert days[path] == newest, path
        offered = [link for link in page.links if link.endswith("/projects.json")]
        if offered and page.kind in ("region", "round"):
            file = register.folder / offered[0].removeprefix("/some/path/")
            listed = json.loads(file.read_text("utf-8"))["projects"]
            assert days[path] == max(row["updated"] for row in listed)
        if page.kind == "project":
            (project,) = of_type(page, "Project")
            assert days[path] == next(row["updated"] for row in rows if row["id"] == project["identifier"])
