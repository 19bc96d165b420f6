"""What the columns of a spreadsheet mean: by the names of our own export, by its labels, and as people call them.

The names of the export and their labels in each language come from the columns themselves; the habits of those who
keep such lists stand here. Letter case, spaces and what stands in brackets do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from tandem.columns import PROJECTS
from tandem.columns.column import Glossary

# Column → what Finnish and Swedish lists call it, besides our own label.
_HABITS: Mapping[str, tuple[str, str]] = {
    "name": ("hanke|hankkeen nimi|projekti|projektin nimi", "projekt|projektets namn|projektnamn"),
    "summary": ("tiivistelmä|hankkeen kuvaus|kuvaus lyhyesti", "sammanfattning|projektbeskrivning"),
    "description": ("kuvaus|hankkeen sisältö", "beskrivning|projektets innehåll"),
    "results": ("tulokset", "resultat"),
    "lead": ("lead|hakija|kunta|johtava kunta|vastuukunta|hakijakunta|avustuksen saaja|hakijaorganisaatio",
             "sökande|kommun|ledande kommun|ansvarig kommun|mottagare|understödsmottagare"),
    "municipalities": ("partners|muut kunnat|osallistuvat kunnat|osallistujat|kumppanit|yhteistyökunnat",
                       "övriga kommuner|deltagande kommuner|deltagare|partner|samarbetskommuner"),
    "organisations": ("muut osallistujat|organisaatiot", "övriga deltagare|organisationer"),
    "amount": ("avustus|avustuksen määrä|myönnetty avustus|myönnetty|summa|euroa|avustus €|myönnetty €",
               "understöd|understödsbelopp|beviljat understöd|beviljat|belopp|summa|euro|understöd €"),
    "rounds": ("hakukierros|kierros|haku", "ansökningsomgång|omgång"),
    "decided": ("päätös|päätöspäivä|myönnetty pvm", "beslut|beslutsdatum|beslutsdag"),
    "period_start": ("alkaa|alku|alkamisaika|aloitus", "börjar|start|startdatum|inleds"),
    "period_end": ("päättyy|loppu|päättymisaika|päättymispäivä", "slutar|slut|slutdatum|avslutas"),
    "themes": ("teema|teemat", "tema|teman"),
    "sources": ("lähde|lähteet|linkki", "källa|källor|länk"),
}  # fmt: skip
_EACH = frozenset(
    {"name", "summary", "description", "results", "organisations", "lead", "municipalities", "rounds", "themes"}
)  # columns with a text in each language
_OURS = frozenset(
    {"current_municipality_codes", "region_codes", "regions", "funders", "announced", "state", "as_of", "licence"}
    | {"grants_unknown"}
)  # worked out by us: nothing to take in


class Meaning(Struct, frozen=True):
    """A column of the export, and the language of its texts where it has one for each."""

    column: str
    language: str = ""

    @property
    def ours(self) -> bool:
        return self.column in _OURS


Known = Mapping[
    str, tuple[tuple[Meaning, str], ...]
]  # folded heading → meanings, each with the language it was said in


def known(languages: Sequence[str]) -> Known:
    """Every heading that is understood."""
    found: dict[str, dict[tuple[Meaning, str], None]] = {}
    for text, meaning, spoken in _headings(languages):
        found.setdefault(fold(text), {})[meaning, spoken] = None
    return {text: tuple(meanings) for text, meanings in found.items()}


def _headings(languages: Sequence[str]) -> Iterator[tuple[str, Meaning, str]]:
    glossaries = {code: Glossary(code) for code in languages}
    for field in PROJECTS.fields(tuple(languages)):
        meaning = Meaning(field.column.name, field.language)
        yield field.name, meaning, ""
        for code, glossary in glossaries.items():
            yield glossary.label(field), meaning, ""
            if field.language in ("", code):
                yield glossary.label(field, bare=True), meaning, code if field.language else ""
    for column in ("description", "results"):
        for code in languages:
            yield f"{column}_{code}", Meaning(column, code), ""
    for column, habits in _HABITS.items():
        for code, names in zip(("fi", "sv"), habits, strict=True):
            for name in names.split("|") if code in languages else ():
                yield from _habit(name, column, code, languages)


def _habit(name: str, column: str, code: str, languages: Sequence[str]) -> Iterator[tuple[str, Meaning, str]]:
    """A name people use in the language ``code``; where each language has a text, also ``Hanke (ruotsiksi)``."""
    if column not in _EACH:
        yield name, Meaning(column), ""
        return
    yield name, Meaning(column, code), code
    for other in languages:
        yield f"{name} ({Glossary(code).in_language(other)})", Meaning(column, other), ""
        yield f"{name} {other}", Meaning(column, other), ""


def fold(heading: str) -> str:
    return re.sub(r"[\s_]+", " ", heading.casefold()).strip(" *:.")


def read_headings(row: Sequence[str], known: Known) -> tuple[Meaning | None, ...]:
    """What each column of a sheet means; None for one that is not understood.

    A heading of both languages (``Projekti`` is not one, ``Id`` is) takes the language that most others speak.
    """
    candidates = [known.get(fold(text), ()) for text in row]
    speech = Counter(spoken for options in candidates for _, spoken in options if spoken and len(options) == 1)
    main = max(speech, key=lambda code: (speech[code], code)) if speech else ""
    return tuple(_chosen(options, main) for options in candidates)


def _chosen(options: Sequence[tuple[Meaning, str]], main: str) -> Meaning | None:
    if not options:
        return None
    return next((meaning for meaning, spoken in options if spoken == main), options[0][0])
