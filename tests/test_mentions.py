"""Mentions: figures, dates, places, contacts and links as both languages write them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from tandem.language import Words
from tandem.load import load
from tandem.mentions import Lexicon, differences, read
from tandem.mentions.mention import Mention
from tandem.mentions.nouns import finnish_forms
from tandem.typography import typeset

ROOT = Path(__file__).parent.parent
TERMS = (
    ("vm", Words.of({"fi": "valtiovarainministeriö", "sv": "finansministeriet"})),
    ("stm", Words.of({"fi": "sosiaali- ja terveysministeriö", "sv": "social- och hälsovårdsministeriet"})),
    ("okm", Words.of({"fi": "opetus- ja kulttuuriministeriö", "sv": "undervisnings- och kulturministeriet"})),
    ("kl", Words.of({"fi": "Kuntaliitto", "sv": "Kommunförbundet"})),
)


@cache
def lexicon() -> Lexicon:
    site = load(ROOT / "content").site
    assert site
    return Lexicon(site.places, TERMS)


def mentioned(text: str, language: str, kind: str = "") -> list[Mention]:
    return [m for m in read(text, language, lexicon()).mentions if not kind or m.kind == kind]


def values(text: str, language: str, kind: str) -> list[tuple[str | int, ...]]:
    return [mention.value for mention in mentioned(text, language, kind)]


def apart(finnish: str, swedish: str) -> list[tuple[str, str, str]]:
    """The differences of two texts: kind, Finnish words, Swedish words."""
    left, right = read(finnish, "fi", lexicon()), read(swedish, "sv", lexicon())

    def words(text: str, mention: Mention | None) -> str:
        return text[mention.start : mention.end] if mention else ""

    return [(d.kind, words(finnish, d.left), words(swedish, d.right)) for d in differences(left, right, lexicon())]


SAME = [
    ("890 000 euroa", "890\u00a0000 euro"),
    ("890\u202f000 euroa", "890 000 €"),
    ("9,69 miljoonaa euroa", "9,69 miljoner euro"),
    ("9,69 milj. euroa", "9 690 000 euro"),
    ("50 tuhatta euroa", "50 000 euro"),
    ("runsas miljoona euroa", "en dryg miljon euro"),
    ("runsaalla miljoonalla eurolla", "med drygt 1 000 000 euro"),
    ("kaksi miljoonaa asukasta", "två miljoner invånare"),
    ("puoli miljoonaa euroa", "en halv miljon euro"),
    ("puolitoista miljoonaa", "1,5 miljoner"),
    ("1,2 miljardin euron", "1,2 miljarder euro"),
    ("enintään 85 prosenttia", "högst 85 procent"),
    ("85 %", "85 procent"),
    ("10–20 prosenttia", "från 10 procent till 20 procent"),
    ("26.3.2018", "den 26 mars 2018"),
    ("26. maaliskuuta 2018", "26 mars 2018"),
    ("maaliskuun 26. päivänä 2018", "den 26 mars 2018"),
    ("26.3.2018", "den 26 mars"),
    ("26.–27.3.2018", "den 26–27 mars 2018"),
    ("26. ja 27. maaliskuuta", "den 26 och 27 mars"),
    ("1.3.–5.4.2018", "den 1 mars–5 april 2018"),
    ("2018-03-26", "26.3.2018"),
    ("tammikuusta 2021 lokakuuhun 2022", "från januari 2021 till oktober 2022"),
    ("vuoden 2018 maaliskuussa", "i mars 2018"),
    ("maaliskuussa vuonna 2018", "i mars månad 2018"),
    ("elo–syyskuussa 2019", "i augusti–september 2019"),
    ("lokakuun 2022 loppuun mennessä", "före utgången av oktober 2022"),
    ("3/2020–11/2021", "3/2020–11/2021"),
    ("3/2020", "mars 2020"),
    ("vuosina 2021–2022", "åren 2021–2022"),
    ("2010-luvulla", "på 2010-talet"),
    ("klo 15", "kl. 15.00"),
    ("klo 16.15 saakka", "fram till kl. 16.15."),
    ("klo 10.10 alkaen", "från kl. 10.10."),
    ("1.8.–5.9.2019", "1.8–5.9.2019"),
    ("asetus (893/2019)", "förordningen (893/2019)"),
    ("12 kuntaa", "tolv kommuner"),
    ("kahdentoista kunnan", "12 kommuner"),
    ("kuusitoista kuntaa", "16 kommuner"),
    ("kahdella kunnalla", "2 kommuner"),
    ("kolmeen kuntaan", "3 kommuner"),
    ("toinen vaihe", "fas 2"),
    ("2. vaihe", "den andra fasen"),
    ("molemmat kunnat", "de 2 kommunerna"),
    ("yksi kunta ja yhteinen työ", "gemensamt arbete"),
    ("1. Ei tuurilla vaan tiedolla", "Med kunskap"),
    ("puh. 040 1447 637", "tfn +358 40 144 7637"),
    ("heikki.heikkila(at)vm.fi", "Heikki.Heikkila@vm.fi"),
    ("Porvoon kaupunki, Porvoossa, Porvoosta ja Porvooseen", "Borgå stad, Borgås"),
    ("Uudessakaupungissa ja Isonkyrön kunnassa", "i Nystad och Storkyro kommun"),
    ("Pedersöressä ja Koskella Tl", "i Pedersöre och Koskis"),
    ("Mikkeliin ja Marttilaan", "S:t Michel och S:t Mårtens"),
    ("Uudellamaalla ja Pohjois-Savossa", "i Nyland och Norra Savolax"),
    ("Uudenmaan kunnat", "de nyländska kommunerna"),
    ("porvoolaiset ja lahtelaisten", "Borgåborna och invånarna i Lahtis"),
    ("Tampereen kaupunkiseutu", "Tammerforsregionen"),
    ("kertoo Matti Lahti Porvoosta", "säger Matti Lahti från Borgå"),
    ("projektipäällikkö Salla Salminen", "projektledaren Salla Salminen"),
    ("Åbo Akademi tutki asiaa", "Åbo Akademi undersökte saken"),
    ("Valtiovarainministeriö myönsi", "Finansministeriet beviljade"),
    ("valtiovarainministeriön avustus", "ministeriets understöd"),
    ("https://vm.fi/kuntien-digihankkeet", "https://vm.fi/sv/kommunernas-digiprojekt"),
    ("https://www.porvoo.fi/fi/haku", "https://porvoo.fi/sv/haku"),
    ("`allow: [43 000]` ja [ohje](ohje.md)", "`allow: []` och [anvisning](ohje.md)"),
    ("avustusta 42 000 ja taas 42 000 euroa", "42 000 euro i understöd"),
    ("890.000 euroa", "890 000 euro"),
    ("200 keur ja 9,69 Meur", "200 000 euro och 9,69 mn euro"),
    ("50-prosenttisesti", "till 50 procent"),
    ("30 %", "trettio procent"),
    ("sata kuntaa, tuhat ihmistä", "100 kommuner, 1 000 människor"),
    ("vuosina 2021–22", "åren 2021–2022"),
    ("kolmivuotinen, kaksikielinen hanke", "ett 3-årigt projekt på 2 språk"),
    ("Uusikaarlepyykin", "även Nykarleby"),
    ("kolmannen vaiheen", "den 3:e fasen"),
    ("3. vaihe", "den 3:e fasen"),
    ("toinen vaihe", "det andra skedet"),
    ("toinen niistä", "en annan av dem"),
    ("www.porvoo.fi/haku", "www.borga.fi/ansokan"),
    ("lisää: porvoo.fi", "mer: https://www.borga.fi"),
    ("Suomi.fi-viestit", "meddelanden i Suomi.fi"),
    ("etunimi.sukunimi@vm.fi", "förnamn.efternamn@vm.fi"),
    ("Uuteenkaarlepyyhyn", "till Nykarleby"),
    ("Nokian kaupunki", "Nokia stad"),
    ("viisikielinen palvelu, jota tehdään yhdessä", "service på fem språk"),
    ("kertoo Liisa Salo, Lahti", "berättar Liisa Svensson, Lahtis"),
    ("puh. +358 40 123 456 (3/2020–11/2021)", "tfn 040 123 456 (mars 2020–november 2021)"),
]


@pytest.mark.parametrize(("finnish", "swedish"), SAME)
def test_what_both_languages_say_in_their_own_way_is_no_difference(finnish: str, swedish: str) -> None:
    assert apart(finnish, swedish) == []


DIFFERENT = [
    ("42 000 euroa", "43 000 euro", ("number", "42 000", "43 000")),
    ("9,69 miljoonaa", "96,9 miljoner", ("number", "9,69 miljoonaa", "96,9 miljoner")),
    ("runsas miljoona", "en dryg miljard", ("number", "miljoona", "miljard")),
    ("85 prosenttia", "58 procent", ("number", "85 prosenttia", "58 procent")),
    ("12 kuntaa", "elva kommuner", ("number", "12", "elva")),
    ("kolme kuntaa", "fyra kommuner", ("number", "kolme", "fyra")),
    ("26.3.2018", "den 26 maj 2018", ("date", "26.3.2018", "26 maj 2018")),
    ("26.3.2018", "den 27 mars", ("date", "26.3.2018", "27 mars")),
    ("tammikuussa 2021", "i januari 2022", ("date", "tammikuussa 2021", "januari 2022")),
    ("maaliskuussa 2018", "år 2018", ("date", "maaliskuussa 2018", "")),
    ("2021–2022", "2021–2023", ("date", "2022", "2023")),
    ("klo 15.30", "kl. 15", ("number", "15.30", "15")),
    ("puh. 040 1447 637", "tfn 040 1447 638", ("contact", "040 1447 637", "040 1447 638")),
    ("a.b@vm.fi", "a.c@vm.fi", ("contact", "a.b@vm.fi", "a.c@vm.fi")),
    ("https://vm.fi/a", "https://vm.fi/b", ("link", "https://vm.fi/a", "https://vm.fi/b")),
    ("https://vm.fi/hanke", "https://vm.se/hanke", ("link", "https://vm.fi/hanke", "https://vm.se/hanke")),
    ("Porvoossa", "i Lahtis", ("place", "Porvoossa", "Lahtis")),
    ("Porvoo ja Lahti", "Borgå", ("place", "Lahti", "")),
    ("Myös Lahti on mukana", "Även Nokia deltar", ("place", "Lahti", "Nokia")),
    ("Satakunnassa", "i Birkaland", ("place", "Satakunnassa", "Birkaland")),
    ("Kuntaliitto kertoi", "Finansministeriet berättade", ("term", "Kuntaliitto", "Finansministeriet")),
    ("Porvoo, Porvoo ja Lahti", "Borgå, Lahtis och Lahtis", ("place", "Porvoo", "Lahtis")),
    ("12 ja 12 ja 30", "12 och 30 och 30", ("number", "12", "30")),
    ("kolmas kierros", "den fjärde omgången", ("number", "kolmas", "fjärde")),
    ("toinen vaihe", "den tredje fasen", ("number", "toinen", "tredje")),
    ("molemmat kunnat", "de tre kommunerna", ("number", "molemmat", "tre")),
    ("2021–22", "2021–2023", ("date", "22", "2023")),
    ("30 %", "fyrtio procent", ("number", "30 %", "")),
    ("lahti.fi/haku", "porvoo.fi/haku", ("link", "lahti.fi/haku", "porvoo.fi/haku")),
    (
        "sosiaali- ja terveysministeriöltä",
        "av undervisnings- och kulturministeriet",
        ("term", "sosiaali- ja terveysministeriöltä", "undervisnings- och kulturministeriet"),
    ),
    ("Turku ja Kotka", "Åbo", ("place", "Kotka", "")),
    ("Nokian kaupunki", "staden", ("place", "Nokian", "")),
]


@pytest.mark.parametrize(("finnish", "swedish", "told"), DIFFERENT)
def test_a_difference_is_told_with_both_values(finnish: str, swedish: str, told: tuple[str, str, str]) -> None:
    assert told in apart(finnish, swedish)


with (ROOT / "content" / "municipalities.csv").open(encoding="utf-8") as _file:
    MUNICIPALITIES = list(csv.DictReader(_file))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_form_in_the_register_is_known(language: str) -> None:
    for row in MUNICIPALITIES:
        for column in ("name", "genitive", "locative"):
            form = row[f"{column}_{language}"].removeprefix("i ").removeprefix("på ")
            assert values(form, language, "place") == [(f"place:{row['code']}",)], form


@pytest.mark.parametrize(
    "form",
    [
        *(
            "Porvoolle",
            "Porvoolta",
            "Porvooseen",
            "Porvoota",
            "Porvookin",
            "Lahteen",
            "Lahtea",
            "Turkuun",
            "Tamperetta",
        ),
        *("Jyväskylää", "Kemijärveen", "Paraisille", "Virtoihin", "Uuteenkaupunkiin", "Kangasalle", "Muhokseen"),
        *("Varkautta", "Pihtiputaalle", "Maarianhaminasta", "Helsinkiin", "Vantaata", "Seinäjokea", "Iihin"),
    ],
)
def test_finnish_cases_that_no_register_lists_are_known(form: str) -> None:
    assert len(values(form, "fi", "place")) == 1


@pytest.mark.parametrize("locative", ["Lahdessa.", "Lahdella (FI)", "X"])
def test_a_slip_in_a_locative_leaves_the_name_its_other_forms(locative: str) -> None:
    assert {"Lahti", "Lahden", "Lahdessa", "Lahteen"} <= set(finnish_forms("Lahti", "Lahden", locative))


def test_a_personal_identity_code_is_repeated_nowhere() -> None:
    assert mentioned("Tunnus 131052-308T.", "fi") == []


def test_what_is_no_prose_mentions_nothing_but_addresses() -> None:
    text = 'Katso `Porvoo 42 000`, [ohje](https://vm.fi/12 "Lahti") ja\n\n```yaml\nlead: Lahti\n```\n'
    assert [(m.kind, m.value) for m in mentioned(text, "fi")] == [("link", ("https://vm.fi/12",))]


HOSTILE = [
    *("`", "``x`", "`a``b", "```x\n", "~~~\n", "<!--", "<a ", "](", "[", "![a](", "http://[", "https://a", "www."),
    *("a@", "a.b", "aaaa", "1 ", "1 000 ", "12345678901234567890", "1/", "1/2020", "0", "+358", "1-", "26.3.2018 "),
    *("”", "*a", "\n\n", "- a\n", "# \n", "mars ", "miljoonaa ", "Porvoo ", "Porvoo-", "2020–", "(at)", "lais", "%"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long_or_fails(piece: str) -> None:
    """Content comes from strangers: every rule must stay near the length of a text."""
    text = piece * (60_000 // len(piece))
    apart(text, text)
    apart(text, "x")
    for language in ("fi", "sv"):
        typeset(text, language, block=True)
    read(text, "en", lexicon())
