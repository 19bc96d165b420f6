#!/usr/bin/env python3
"""A register of any size, the same bytes for the same number: content for benchmarks.

    python benchmarks/corpus.py 5000 DIR

Writes DIR/content: this site's settings, words, themes, rounds, pages and municipalities, and N projects of one to six
municipalities with the texts, grants and sources a real one has, in both languages.
"""

from __future__ import annotations

import csv
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Sentences in pairs, so that the two languages say the same.
SENTENCES = (
    ("Hankkeessa uudistetaan kunnan palveluja yhdessä asukkaiden kanssa.", "I projektet förnyas kommunens tjänster tillsammans med invånarna."),
    ("Tulokset jaetaan avoimesti muille kunnille.", "Resultaten delas öppet med andra kommuner."),
    ("Tietoa kootaan järjestelmistä, jotka eivät ole ennen keskustelleet keskenään.", "Information samlas från system som tidigare inte har kommunicerat med varandra."),
    ("Henkilöstö koulutetaan uuteen toimintatapaan ennen käyttöönottoa.", "Personalen utbildas i det nya arbetssättet före ibruktagandet."),
    ("Asiointi siirtyy verkkoon, mutta puhelinpalvelu säilyy sen rinnalla.", "Ärendena sköts på nätet, men telefontjänsten finns kvar vid sidan av."),
    ("Toistuvat työvaiheet automatisoidaan, ja aikaa vapautuu asiakkaille.", "Återkommande arbetsmoment automatiseras, och tid frigörs för kunderna."),
    ("Hankinnat tehdään yhdessä, jolloin kustannukset pysyvät kurissa.", "Upphandlingarna görs gemensamt, så att kostnaderna hålls under kontroll."),
    ("Kokeilun hyödyt ja haitat arvioidaan ennen päätöstä jatkosta.", "Försökets nytta och nackdelar bedöms före beslutet om en fortsättning."),
    ("Päätösten valmistelu nopeutuu, ja asukas näkee missä asia etenee.", "Beredningen av beslut går snabbare, och invånaren ser hur ärendet framskrider."),
    ("Tietosuoja ja saavutettavuus otetaan huomioon alusta alkaen.", "Dataskyddet och tillgängligheten beaktas från första början."),
    ("Palvelu toimii suomeksi ja ruotsiksi.", "Tjänsten fungerar på finska och på svenska."),
    ("Rajapinnat kuvataan niin, että muutkin voivat rakentaa niiden päälle.", "Gränssnitten beskrivs så att även andra kan bygga vidare på dem."),
)  # fmt: skip
SUBJECTS = (
    ("Päätösrutiinien automatisointi", "Automatisering av beslutsrutiner"),
    ("Varhaiskasvatuksen sähköinen asiointi", "Elektronisk ärendehantering inom småbarnspedagogiken"),
    ("Kunnan tietojohtamisen mallit", "Modeller för kommunens ledning genom information"),
    ("Rakennusvalvonnan arkisto verkkoon", "Byggnadstillsynens arkiv på nätet"),
    ("Yhteinen asiakaspalvelun alusta", "En gemensam plattform för kundservice"),
    ("Osallistuvan budjetoinnin työkalut", "Verktyg för medborgarbudgetering"),
    ("Ohjelmistorobotiikka taloushallinnossa", "Programvarurobotik inom ekonomiförvaltningen"),
    ("Avoin paikkatieto pienille kunnille", "Öppen geografisk information för små kommuner"),
)
ROUNDS = ("2017", "2018", "2019-1", "2019-2", "2020")
THEMES = 17


def write(count: int, folder: Path) -> Path:
    """The content folder, made anew below ``folder``."""
    content = folder / "content"
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("projects", "news"))
    (content / "projects").mkdir()
    with (content / "municipalities.csv").open(encoding="utf-8-sig", newline="") as file:
        places = [row["name_fi"] for row in csv.DictReader(file) if not row["merged_into"]]
    themes = [
        line.removeprefix("- id: ")
        for line in (content / "themes.yaml").read_text("utf-8").splitlines()
        if line.startswith("- id: ")
    ]
    chance = random.Random(count)
    for number in range(count):
        text = "\n".join(project(number, chance, places, themes)) + "\n"
        (content / "projects" / f"hanke-{number:06}.yaml").write_text(text, "utf-8")
    return content


def project(number: int, chance: random.Random, places: list[str], themes: list[str]) -> Iterator[str]:
    """The lines of one project file."""
    here = chance.sample(places, chance.randint(1, 6))
    finnish, swedish = chance.choice(SUBJECTS)
    year = chance.randint(2017, 2024)
    summary = chance.sample(SENTENCES, 3)
    yield f"name: {{fi: {finnish} {number + 1}, sv: {swedish} {number + 1}}}"
    yield f"slug: {{fi: hanke-{number + 1}, sv: projekt-{number + 1}}}"
    yield "summary:"
    yield from (f"  {code}: {' '.join(pair[n] for pair in summary)}" for n, code in enumerate(("fi", "sv")))
    yield "goals:"
    for pair in chance.sample(SENTENCES, 3):
        yield f"  - {{fi: '{pair[0]}', sv: '{pair[1]}'}}"
    for field, paragraphs in (("description", 4), ("results", 2)):
        parts = [chance.sample(SENTENCES, 4) for _ in range(paragraphs)]
        points = chance.sample(SENTENCES, 3)
        yield f"{field}:"
        for n, code in enumerate(("fi", "sv")):
            yield f"  {code}: |"
            for part in parts:
                yield f"    {' '.join(pair[n] for pair in part)}"
                yield ""
            for pair in points:
                word, _, rest = pair[n].partition(" ")
                yield f"    - *{word}* {rest}"
    yield f"lead: {here[0]}"
    yield f"partners: [{', '.join(here[1:])}]"
    yield "funding:"
    yield f'  - round: "{chance.choice(ROUNDS)}"'
    yield f"    amount: {chance.randint(10, 900) * 1000}"
    yield f"period: {{start: {year}-{chance.randint(1, 12):02}, end: {year + chance.randint(1, 3)}-12}}"
    yield f"themes: [{', '.join(chance.sample(themes, 2))}]"
    yield "sources:"
    for part in range(2):
        yield f"  - url: https://example.org/lahde/{number + 1}/{part + 1}"
        yield "    title: {fi: Kunnan tiedote, sv: Kommunens meddelande}"
        yield f"    date: {year}-05-0{part + 1}"
    yield "updated: 2026-01-15"


if __name__ == "__main__":
    print(write(int(sys.argv[1]), Path(sys.argv[2])))
