"""The feeds: read as feed readers do, held to RFC 4287 and RFC 4151, with ids that outlive any move."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import feedparser
import pytest

from tandem.flow import House, build
from tests.built import Built

ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9._~!$&'()*+,;=:@%/?-]+")
ONCE = {"id", "title", "updated", "subtitle", "rights", "generator", "published", "summary", "logo", "icon"}
FEED = ONCE - {"published", "summary"} | {"author", "contributor", "category", "link", "entry"}
ENTRY = ONCE - {"subtitle", "generator", "logo", "icon"} | {"author", "contributor", "category", "link", "content"}


def made(content: Path, folder: Path, base_url: str = "https://example.org/repo/") -> Built:
    result = build(House(content, folder / "_site", cache=folder / ".cache"), base_url)
    assert result.written, result.problems
    return Built(folder / "_site", base_url)


def feeds(built: Built) -> dict[str, ET.Element]:
    paths = sorted(built.folder.rglob("feed.xml"))
    return {path.relative_to(built.folder).as_posix(): ET.parse(path).getroot() for path in paths}


def entries(built: Built, path: str) -> list[ET.Element]:
    return feeds(built)[path].findall(f"{ATOM}entry")


def one(node: ET.Element, name: str) -> str:
    return node.findtext(ATOM + name) or ""


def links(node: ET.Element, rel: str) -> list[dict[str, str]]:
    return [dict(link.attrib) for link in node.findall(f"{ATOM}link") if link.get("rel", "alternate") == rel]


def faults(node: ET.Element, known: set[str]) -> list[str]:
    """What RFC 4287, 4.1, forbids in a feed or an entry."""
    names = Counter(child.tag.removeprefix(ATOM) for child in node)
    found = [f"unknown {name}" for name in names if name not in known]
    found += [f"{name} twice" for name in names if name in ONCE and names[name] > 1]
    found += [f"no {name}" for name in ("id", "title", "updated") if not one(node, name).strip()]
    found += [f"not a time: {child.text}" for child in node if child.tag in (f"{ATOM}updated", f"{ATOM}published")
              and not TIME.fullmatch(child.text or "")]  # fmt: skip
    found += [] if TAG.fullmatch(one(node, "id")) else [f"no tag: {one(node, 'id')}"]
    found += ["link without href" for link in node.findall(f"{ATOM}link") if not link.get("href")]
    ways = Counter((link.get("type"), link.get("hreflang")) for link in links(node, "alternate"))
    found += [f"two alternates {way}" for way, count in ways.items() if count > 1]
    found += ["no alternate"] if not ways else []
    found += ["category without term" for one in node.findall(f"{ATOM}category") if not one.get("term")]
    return found + [
        f"author without name {author}" for author in node.findall(f"{ATOM}author") if not one(author, "name")
    ]


def test_every_feed_keeps_the_rules(register: Built) -> None:
    found = feeds(register)
    assert len(found) > 100
    for path, feed in found.items():
        assert feed.tag == f"{ATOM}feed"
        assert faults(feed, FEED) == [], path
        assert feed.find(f"{ATOM}author") is not None
        assert feed.get(f"{XML}lang") == path[:2]
        assert [link["href"] for link in links(feed, "self")] == [register.base_url + path]
        listed = feed.findall(f"{ATOM}entry")
        assert 0 < len(listed) <= 50
        for entry in listed:
            assert faults(entry, ENTRY) == [], path
        days = [one(entry, "updated") for entry in listed]
        assert days == sorted(days, reverse=True)
        assert one(feed, "updated") == days[0]
        ids = [one(entry, "id") for entry in listed]
        assert len(set(ids)) == len(ids)
    assert len({one(feed, "id") for feed in found.values()}) == len(found)


def test_a_feed_reader_has_nothing_to_complain_of_and_finds_the_page_in_the_feeds_language(register: Built) -> None:
    for path in feeds(register):
        read = feedparser.parse((register.folder / path).read_bytes())
        assert (read.bozo, read.version) == (False, "atom10"), path
        assert read.feed.language == path[:2]
        assert register.pages[register.path(read.feed.link)].lang == path[:2]
        for entry in read.entries:
            page = register.pages[register.path(entry.link)]
            assert (page.lang, page.kind) == (path[:2], "article" if ":article/" in entry.id else "project")
            assert " ".join(entry.title.split()) in page.text
            assert entry.links[0].href == entry.link


def test_a_feed_and_each_of_its_entries_know_their_other_language(register: Built) -> None:
    for path, feed in feeds(register).items():
        other = {"fi": "sv", "sv": "fi"}[path[:2]]
        twins = [link for link in links(feed, "alternate") if link["type"] == "application/atom+xml"]
        assert [link["hreflang"] for link in twins] == [other]
        twin = feeds_at(register, twins[0]["href"])
        back = [link["href"] for link in links(twin, "alternate") if link["type"] == "application/atom+xml"]
        assert back == [register.base_url + path]
        for entry in feed.findall(f"{ATOM}entry"):
            ways = {link["hreflang"]: register.pages[register.path(link["href"])] for link in links(entry, "alternate")}
            assert {code: page.lang for code, page in ways.items()} == {"fi": "fi", "sv": "sv"}
            assert ways["fi"].switch[0][1].endswith(links(entry, "alternate")[0 if other == "fi" else 1]["href"][-9:])


def feeds_at(built: Built, url: str) -> ET.Element:
    return ET.parse(built.folder / built.path(url)).getroot()


def test_pages_lead_to_their_feeds_in_the_head_and_in_sight(register: Built) -> None:
    for path, page in register.pages.items():
        offered = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)"', page.source
        )
        wanted = [f"/some/path/{page.lang}/feed.xml"]
        own = register.folder / path.replace("index.html", "feed.xml")
        if own.is_file() and page.kind != "home":
            wanted = ["/some/path/" + path.replace("index.html", "feed.xml"), *wanted]
        if page.kind == "choice":
            wanted = [f"/some/path/{code}/feed.xml" for code in ("fi", "sv")]
        assert offered == ([] if page.kind in ("notfound", "redirect") else wanted), path
        in_sight = page.source.count(f'<a href="{wanted[0]}"')
        if page.kind not in ("choice", "notfound", "redirect"):
            assert in_sight >= 1, path
    for kind in ("municipality", "theme"):
        for path in register.of_kind(kind):
            file = (register.folder / path).with_name("feed.xml")
            assert file.is_file() or kind == "theme", path


def test_a_municipalitys_feed_has_its_projects_and_its_news(register: Built) -> None:
    read = feedparser.parse((register.folder / "sv/kommuner/borga/feed.xml").read_bytes())
    assert read.feed.title == "Kommunernas digiprojekt – Borgå"
    kinds = Counter(re.findall(r":(article|project)/", " ".join(entry.id for entry in read.entries)))
    rows = (register.folder / "data/municipalities/638/projects.csv").read_text("utf-8-sig").count("\n")
    assert kinds["project"] == rows - 1
    assert kinds["article"] >= 1


def test_ids_survive_a_move_of_the_site_and_a_change_of_name_and_address(base: Path, tmp_path: Path) -> None:
    def ids(built: Built) -> dict[str, str]:
        return {
            one(entry, "id"): links(entry, "alternate")[0]["href"]
            for path in ("fi/feed.xml", "sv/feed.xml")
            for entry in entries(built, path)
        }

    before = ids(made(base, tmp_path / "a"))
    project = base / "projects" / "helmi.yaml"
    text = project.read_text("utf-8").replace("fi: Helmi", "fi: Aivan uusi nimi").replace("fi: helmi", "fi: uusi-nimi")
    project.write_text(text, "utf-8")
    after = ids(made(base, tmp_path / "b", "https://digi.example.com/"))
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert {id.rpartition("/")[2] for id in before} == {"fi", "sv"}
    assert len(before) == 2 * 3
    site = base / "site.yaml"
    moved = site.read_text("utf-8").replace("https://example.github.io/register/", "https://digi.example.com/")
    site.write_text(moved + "tag: example.github.io,2026\n", "utf-8")
    assert ids(made(base, tmp_path / "c")).keys() == before.keys()


def test_a_changed_project_comes_first_and_a_day_is_never_later_than_the_site(base: Path, tmp_path: Path) -> None:
    project = base / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8").replace("updated: 2021-02-05", "updated: 2026-11-20"), "utf-8")
    words = "{fi: Tuleva, sv: Kommande}"
    text = f"name: {words}\nsummary: {words}\nlead: Lahti\nperiod: {{start: 2031-01}}\n"
    (base / "projects" / "tuleva.yaml").write_text(text, "utf-8")
    found = entries(made(base, tmp_path), "fi/feed.xml")
    days = {one(entry, "id").split("/")[1]: one(entry, "updated")[:10] for entry in found}
    assert days == {"rutiinit": "2026-11-21", "tuleva": "2026-11-21", "helmi": "2026-11-20", "avustus": "2020-12-11"}


def test_a_text_that_exists_in_one_language_stands_in_both_feeds_under_its_own(base: Path, tmp_path: Path) -> None:
    words = 'untranslated: [sv]\nname: {fi: "Vain <suomeksi> & ]]>"}\nsummary: {fi: Tiivistelmä.}\nlead: Porvoo\n'
    (base / "projects" / "vain.yaml").write_text(words, "utf-8")
    built = made(base, tmp_path)
    for path, marked in (("fi/feed.xml", None), ("sv/feed.xml", "fi"), ("sv/kommuner/borga/feed.xml", "fi")):
        (entry,) = [entry for entry in entries(built, path) if "/vain/" in one(entry, "id")]
        title, summary = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}summary")
        assert title is not None
        assert summary is not None
        assert (title.text, title.get(f"{XML}lang")) == ("Vain <suomeksi> & ]]>", marked)
        assert (summary.text, summary.get(f"{XML}lang")) == ("Tiivistelmä.", marked)
        assert built.path(links(entry, "alternate")[0]["href"]).startswith(path[:3])
    read = feedparser.parse((built.folder / "sv/feed.xml").read_bytes())
    assert not read.bozo
    assert {entry.title_detail.language for entry in read.entries} == {"fi", "sv"}


def test_a_feed_has_the_fifty_newest_and_one_of_an_empty_site_none(base: Path, tmp_path: Path) -> None:
    for number in range(60):
        words = f"{{fi: Hanke {number}, sv: Projekt {number}}}"
        text = (
            f"name: {words}\nsummary: {words}\nlead: Porvoo\nupdated: 2025-{number % 12 + 1:02}-{number // 12 + 1:02}\n"
        )
        (base / "projects" / f"hanke-{number}.yaml").write_text(text, "utf-8")
    built = made(base, tmp_path)
    for path in ("fi/feed.xml", "fi/kunnat/porvoo/feed.xml"):
        found = entries(built, path)
        assert len(found) == 50
        assert one(found[-1], "updated") > "2025-02"
    for file in [*base.glob("projects/*"), *base.glob("*/news/*")]:
        file.unlink()
    for file in base.glob("*/tietoa.md"):
        file.write_text("---\ntitle: Tietoa – Info\n---\nTietoa – Info\n", "utf-8")
    built = made(base, tmp_path)
    assert list(feeds(built)) == ["fi/feed.xml", "sv/feed.xml"]
    assert one(feeds(built)["fi/feed.xml"], "updated") == "2026-11-21T00:00:00Z"
    assert faults(feeds(built)["fi/feed.xml"], FEED) == []


@pytest.mark.parametrize("path", ["fi/feed.xml", "sv/feed.xml"])
def test_no_feed_names_a_contact(register: Built, path: str) -> None:
    assert "hurmola-remmi@" not in (register.folder / path).read_text("utf-8")
