"""The real register, built: every page has its twin, no link is broken, every fact of the sources is there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tandem.index import Index
from tandem.load import load
from tandem.site import Site
from tests.built import Built

ROOT = Path(__file__).parent.parent
BASE = "https://example.org/some/path/"
KINDS = {
    "choice", "home", "projects", "project", "municipalities", "municipality", "regions", "region", "themes", "theme",
    "rounds", "round", "news", "article", "page", "data", "parity", "search", "notfound",
}  # fmt: skip


@pytest.fixture(scope="module")
def site() -> Site:
    loaded = load(ROOT / "content")
    assert loaded.site is not None
    return loaded.site


@pytest.fixture(scope="module")
def built(register: Built) -> Built:
    return register


def test_every_kind_of_page_is_there(built: Built) -> None:
    assert {page.kind for page in built.pages.values()} == KINDS


def test_each_project_and_each_participating_municipality_has_one_page_a_language(built: Built, site: Site) -> None:
    for language in site.languages:
        assert len(built.of_kind("project", f"{language}/")) == len(site.projects)
        assert len(built.of_kind("municipality", f"{language}/")) == len(Index(site).by_municipality)
    assert len(built.of_kind("project")) == 2 * len(site.projects)


def test_the_register_holds_what_the_facts_say(site: Site) -> None:
    drafts = load(ROOT / "content", drafts=True).site
    assert drafts is not None
    assert len(drafts.projects) == 48
    assert len(site.rounds) == 5
    assert len(site.places.municipalities) == 311
    assert len(site.places.regions) == 19
    assert len(site.articles) == 4


def test_every_page_and_its_twin_lead_to_each_other(built: Built) -> None:
    for path, page in built.pages.items():
        if page.kind in ("choice", "notfound"):
            continue
        other = {"fi": "sv", "sv": "fi"}[page.lang]
        assert path.startswith(f"{page.lang}/")
        assert [code for code, _, _ in page.switch] == [other], path
        assert page.switch[0][2] == {"fi": "Suomi", "sv": "Svenska"}[other]
        twin_path = built.path(built.base_url + page.switch[0][1].removeprefix("/some/path/"))
        twin = built.pages[twin_path]
        assert twin.lang == other
        assert twin.kind == page.kind
        assert built.path(built.base_url + twin.switch[0][1].removeprefix("/some/path/")) == path
        assert page.alternates == {page.lang: built.url(path), other: built.url(twin_path), "x-default": BASE}
        assert page.canonical == built.url(path)


def test_no_link_and_no_anchor_is_broken_and_none_leaves_the_base(built: Built) -> None:
    assert list(built.broken()) == []
    for path, page in built.pages.items():
        for link in page.links:
            assert not link.startswith("/") or link.startswith("/some/path/"), (path, link)
            assert not link.startswith("http:"), (path, link)


def test_every_page_can_be_reached_from_the_front_door(built: Built) -> None:
    seen, queue = set(), ["index.html"]
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        for link in built.pages[path].links:
            target = built.path("https://example.org" + link) if link.startswith("/") else ""
            if target in built.pages:
                queue.append(target)
    assert set(built.pages) - seen == {"404.html"}


def test_every_page_has_one_title_and_one_heading_and_no_id_twice(built: Built) -> None:
    titles: dict[str, str] = {}
    for path, page in built.pages.items():
        title = "".join(page.titles).strip()
        assert title, path
        assert titles.setdefault(title, path) == path, f"{path} and {titles[title]}: {title}"
        assert page.source.count("<h1") == 1, path
        assert len(page.ids) == len(set(page.ids)), path


def test_the_sitemap_lists_every_page_with_its_twin(built: Built) -> None:
    root = ET.parse(built.folder / "sitemap.xml").getroot()
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    listed = {}
    for url in root.findall("s:url", space):
        links = url.findall("x:link", space)
        listed[url.findtext("s:loc", "", space)] = {link.get("hreflang"): link.get("href") for link in links}
    expected = {p.canonical: p.alternates for p in built.pages.values() if p.kind not in ("choice", "notfound")}
    assert listed == expected
    assert f"Sitemap: {BASE}sitemap.xml" in (built.folder / "robots.txt").read_text()


def test_text_in_the_other_language_is_marked(built: Built) -> None:
    """A page's visible text is in its own language or inside an element that says otherwise."""
    assert all(lang in ("fi", "sv") for page in built.pages.values() for lang, _ in page.texts)
    page = built.at("/fi/hankkeet/verkkomaksaminen-helle-kirjastoissa/")
    assert ("sv", "Effekt genom samarbete – Gemensamt införande av nätbetalning") in page.texts


def test_names_stand_in_the_alphabet_of_each_language(built: Built) -> None:
    """Partners of a project and companions of a municipality, though the Swedish names come in another order."""
    project = built.at("/sv/projekt/helmi-programvarurobotik/").text
    partners = ["Birkala", "Heinola", "Hollola", "Kajana", "Kangasala", "Kemijärvi", "Lahtis", "Lempäälä", "Nokia"]
    assert " ".join(partners) in project
    heinola = built.at("/sv/kommuner/heinola/").text
    places = [heinola.rindex(f" {name} 1 ") for name in ("Asikkala", "Birkala", "Borgå", "Ylöjärvi")]
    assert places == sorted(places)


def test_amounts_read_as_finland_writes_them(built: Built) -> None:
    """No amount on any page can break over two lines."""
    for path, page in built.pages.items():
        for _, text in page.texts:
            assert not re.search(r"\d [€\d]{1,3}(?=\D|$) ?€", text), (path, text)


PORVOO, LAHTI = "verkkomaksaminen-helle-kirjastoissa", "paatosvalmistelurutiinien-automatisointi"

# (address of the Finnish page, what the sources say, as it stands there in Finnish, and in Swedish on its twin)
FACTS = [
    # Porvoo and Borgå (000, 001)
    (f"/fi/hankkeet/{PORVOO}/", "grant", "42 000 €", "42 000 €"),
    (f"/fi/hankkeet/{PORVOO}/", "name", "Yhteistyöstä tehoa – Verkkomaksamisen käyttöönotto",
     "Effekt genom samarbete – Gemensamt införande av nätbetalning"),
    (f"/fi/hankkeet/{PORVOO}/", "network", "Helle-kirjastoverkosto", "Helle-biblioteksnätverket"),
    (f"/fi/hankkeet/{PORVOO}/", "participants", "12 kuntaa", "12 kommuner"),
    (f"/fi/hankkeet/{PORVOO}/", "goal", "kaikissa Helle-kirjastoissa", "alla Helle-bibliotek"),
    (f"/fi/hankkeet/{PORVOO}/", "period", "2021–2022", "2021–2022"),
    (f"/fi/hankkeet/{PORVOO}/", "contact", "Malin Hollmén", "Malin Hollmén"),
    (f"/fi/hankkeet/{PORVOO}/", "title", "kirjastopalveluiden päällikkö", "chef för bibliotekstjänster"),
    (f"/fi/hankkeet/{PORVOO}/", "phone", "+358 40 1447 637", "+358 40 1447 637"),
    (f"/fi/hankkeet/{PORVOO}/", "contact", "Charlotta Grönqvist", "Charlotta Grönqvist"),
    (f"/fi/hankkeet/{PORVOO}/", "phone", "+358 50 4821 411", "+358 50 4821 411"),
    ("/fi/hankkeet/sahkoisen-asiakaspalvelun-kehittaminen/", "grant", "890 000 €", "890 000 €"),
    ("/fi/hankkeet/sahkoisen-asiakaspalvelun-kehittaminen/", "lead", "Tampere", "Tammerfors"),
    ("/fi/hankkeet/sahkoisen-asiakaspalvelun-kehittaminen/", "participants", "Turku", "Åbo"),
    ("/fi/hankkeet/sahkoisen-asiakaspalvelun-kehittaminen/", "participants", "Lahti", "Lahtis"),
    ("/fi/hankkeet/sahkoisen-asiakaspalvelun-kehittaminen/", "participants", "Porvoo", "Borgå"),
    (f"/fi/hankkeet/{LAHTI}/", "grant", "200 000 €", "200 000 €"),
    (f"/fi/hankkeet/{LAHTI}/", "lead", "Lahti", "Lahtis"),
    (f"/fi/hankkeet/{LAHTI}/", "participants", "Heinola", "Heinola"),
    (f"/fi/hankkeet/{LAHTI}/", "participants", "Porvoo", "Borgå"),
    ("/fi/uutiset/porvoo-digiavustukset/", "units", "kirjasto", "biblioteket"),
    ("/fi/uutiset/porvoo-digiavustukset/", "grant", "890 000", "890 000"),
    ("/fi/uutiset/porvoo-digiavustukset/", "participants", "12 kuntaa", "12 kommuner"),
    # the ministry (002)
    ("/fi/hakukierrokset/2018/", "applications", "57", "57"),
    ("/fi/hakukierrokset/2018/", "grants", "14", "14"),
    ("/fi/hakukierrokset/2018/", "decision", "23.3.2018", "23.3.2018"),
    ("/fi/hakukierrokset/2018/", "release", "26.3.2018", "26.3.2018"),
    *[("/fi/hakukierrokset/2018/", "grantee", fi, sv) for fi, sv in (
        ("Hollola", "Hollola"), ("Janakkala", "Janakkala"), ("Pirkkala", "Birkala"), ("Jämsä", "Jämsä"),
        ("Lappeenranta", "Villmanstrand"), ("Pori", "Björneborg"), ("Rovaniemi", "Rovaniemi"), ("Vantaa", "Vanda"),
        ("Ähtäri", "Etseri"), ("Nokia", "Nokia"), ("Lempäälä", "Lempäälä"), ("Kangasniem", "Kangasniemi"),
        ("Seinäjo", "Seinäjoki"))],
    ("/fi/uutiset/palvelujen-digitalisointi-2018/", "applications", "57", "57"),
    ("/fi/uutiset/palvelujen-digitalisointi-2018/", "contact", "Maria Vuorensola", "Maria Vuorensola"),
    ("/fi/uutiset/palvelujen-digitalisointi-2018/", "phone", "02955 30205", "02955 30205"),
    ("/fi/uutiset/palvelujen-digitalisointi-2018/", "e-mail", "maria.vuorensola@vm.fi", "maria.vuorensola@vm.fi"),
    ("/fi/uutiset/palvelujen-digitalisointi-2018/", "condition", "Digikuntakokeilu", "ommunförsöket"),
    ("/fi/uutiset/palvelujen-digitalisointi-2018/", "object", "kuljetusten", "transporter"),
    ("/fi/uutiset/palvelujen-digitalisointi-2018/", "object", "varhaiskasvatus", "småbarnspedagogik"),
    # Kristinestad (003)
    ("/fi/hankkeet/avoin-kunta/", "grant", "yli 1 000 000 €", "över 1 000 000 €"),
    ("/fi/hankkeet/avoin-kunta/", "name", "Avoin kunta: toiminnan strateginen uudistaminen asukas keskiössä",
     "Den transparenta kommunen, en strategisk reform av verksamheten med invånaren i centrum"),
    ("/fi/hankkeet/avoin-kunta/", "period", "1/2021–10/2022", "1/2021–10/2022"),
    *[("/fi/hankkeet/avoin-kunta/", "participant", fi, sv) for fi, sv in (
        ("Kristiinankaupunki", "Kristinestad"), ("Riihimäki", "Riihimäki"), ("Hämeenlinna", "Tavastehus"),
        ("Vaasa", "Vasa"), ("Pedersör", "Pedersöre"))],
    *[("/fi/hankkeet/avoin-kunta/", "contact", name, name) for name in (
        "Anna-Kajsa Blomqvist-Liljeblad", "Suvi Aho", "Mika Järvinen", "Kari Ora", "Jouni Jäkkö", "+358 40 675 5011",
        "+358 50 326 8877", "+358 44 755 7603", "+358 50 500 1945", "+358 50 465 8242")],
    ("/fi/hakukierrokset/2020/", "grants", "29", "29"),
    ("/fi/uutiset/kristiinankaupunki-avoin-kunta/", "projects", "29", "29"),
    ("/fi/uutiset/kristiinankaupunki-avoin-kunta/", "earlier news", "11.12.2020", "11 december 2020"),
    # Heinola (004)
    ("/fi/hankkeet/ei-tuurilla-vaan-tiedolla/", "period", "3/2020–11/2021", "3/2020–11/2021"),
    *[("/fi/hankkeet/ei-tuurilla-vaan-tiedolla/", "participant", name, name)
      for name in ("Asikkala", "Heinola", "Hollola", "Orimattila")],
    ("/fi/hankkeet/ei-tuurilla-vaan-tiedolla/", "pilot", "työkykyjohtaminen", "arbetsförmåga"),
    (f"/fi/hankkeet/{LAHTI}/", "period", "1/2021–10/2022", "1/2021–10/2022"),
    (f"/fi/hankkeet/{LAHTI}/", "system", "Dynasty10", "Dynasty10"),
    ("/fi/hankkeet/helmi-ohjelmistorobotiikka/", "period", "12/2020–6/2022", "12/2020–6/2022"),
    *[("/fi/hankkeet/helmi-ohjelmistorobotiikka/", "participant", fi, sv) for fi, sv in (
        ("Kemijärvi", "Kemijärvi"), ("Riihimäki", "Riihimäki"), ("Kokkola", "Karleby"), ("Nokia", "Nokia"),
        ("Hollola", "Hollola"), ("Uusikaupunki", "Nystad"), ("Pirkkala", "Birkala"), ("Kajaani", "Kajana"),
        ("Lempäälä", "Lempäälä"), ("Heinola", "Heinola"), ("Lahti", "Lahtis"), ("Rauma", "Raumo"),
        ("Ylöjärvi", "Ylöjärvi"), ("Raasepori", "Raseborg"), ("Kangasala", "Kangasala"), ("Uurainen", "Uurainen"))],
    ("/fi/hankkeet/helmi-ohjelmistorobotiikka/", "contact", "Hanna Hurmola-Remmi", "Hanna Hurmola-Remmi"),
    ("/fi/hankkeet/helmi-ohjelmistorobotiikka/", "phone", "+358 44 780 1420", "+358 44 780 1420"),
    ("/fi/hankkeet/helmi-ohjelmistorobotiikka/", "e-mail", "hanna.hurmola-remmi@heinola.fi",
     "hanna.hurmola-remmi@heinola.fi"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "what", "finnish", "swedish"), FACTS)
def test_a_fact_of_the_sources_stands_in_both_languages(
    built: Built, address: str, what: str, finnish: str, swedish: str
) -> None:
    page = built.at(address)
    twin = built.pages[built.path("https://example.org" + page.switch[0][1])]
    assert finnish in page.text
    assert swedish in twin.text
