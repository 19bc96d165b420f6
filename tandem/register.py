"""municipalities.csv and regions.csv to the register of places."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from tandem.language import Words
from tandem.places import Municipality, Places, Region, fold
from tandem.problem import Problem, Where
from tandem.sheet import Table

CODE = re.compile(r"[0-9]{3}")
_LOCATIVE = re.compile(r".+(?:ss[aä]|ll[aä])(?: [A-Z][a-z]?l)?")  # Porvoossa, Koskella Tl
T = TypeVar("T")


def load_places(municipalities: Table, regions: Table, languages: tuple[str, ...]) -> tuple[Places, list[Problem]]:
    """The register and what is wrong with it: bad cells, doubled codes and names, mergers that lead nowhere."""
    problems = [*_columns(municipalities, ("code", "region_code")), *_columns(regions, ("code",))]
    if problems:
        return Places(), problems
    found_regions = _regions(regions, languages, problems)
    found: dict[str, Municipality] = {}
    rows: dict[str, int] = {}
    for number, row in enumerate(municipalities.rows):
        cells = _Cells(municipalities, number, problems)
        code = cells.code()
        if code in found:
            problems.append(_twice(municipalities, number, "code", rows[code]))
        elif code:
            found[code], rows[code] = cells.municipality(code, languages), number
            if row["region_code"] not in found_regions:
                problems.append(_cell(municipalities, number, "region_code", "csv.region"))
    places = Places(found, found_regions)
    problems += _names_twice(places, municipalities, rows)
    problems += _mergers(places, municipalities, rows)
    return places, problems


def _regions(table: Table, languages: tuple[str, ...], problems: list[Problem]) -> dict[str, Region]:
    found: dict[str, Region] = {}
    rows: dict[str, int] = {}
    for number, row in enumerate(table.rows):
        code = row["code"]
        if code in found:
            problems.append(_twice(table, number, "code", rows[code]))
            continue
        name = _words(row, "name", languages)
        if not code or not name:
            problems.append(_cell(table, number, f"name_{languages[0]}" if code else "code", "csv.empty"))
        found[code], rows[code] = Region(code, name, _Cells(table, number, problems).locative(languages)), number
    return found


def _columns(table: Table, needed: tuple[str, ...]) -> Iterator[Problem]:
    for column in needed:
        if column not in table.columns:
            yield Problem("csv.column", Where(table.file), {"column": column}, "csv.column")


def _words(row: dict[str, str], stem: str, languages: tuple[str, ...]) -> Words:
    return Words.of({code: text for code in languages if (text := row.get(f"{stem}_{code}", ""))}, languages)


def _cell(table: Table, row: int, column: str, code: str) -> Problem:
    values = {"column": column, "value": table.rows[row].get(column, "")}
    return Problem(code, table.where(row, column), values, code)


def _twice(table: Table, row: int, column: str, first: int) -> Problem:
    values = {"value": table.rows[row].get(column, ""), "line": str(table.lines[first])}
    return Problem("csv.twice", table.where(row, column), values, "csv.twice")


def _degrees(most: int, text: str) -> float:
    """Degrees as the register writes them: no ``nan``, no ``1e309``, nothing off the globe."""
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", text) or abs(float(text)) > most:
        raise ValueError(text)
    return float(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> datetime.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def _locative(text: str) -> str:
    """A Finnish name in the inessive or the adessive; the letters that tell two of one name apart may follow."""
    if not _LOCATIVE.fullmatch(text):
        raise ValueError(text)
    return text


class _Cells:
    """The cells of one row, typed; a cell that cannot be is a Problem and counts as empty."""

    def __init__(self, table: Table, number: int, problems: list[Problem]) -> None:
        self.table, self.number, self.problems = table, number, problems
        self.row = table.rows[number]

    def code(self) -> str:
        if CODE.fullmatch(self.row["code"]):
            return self.row["code"]
        self.problems.append(_cell(self.table, self.number, "code", "csv.code"))
        return ""

    def read(self, column: str, kind: Callable[[str], T]) -> T | None:
        text = self.row.get(column, "")
        if not text:
            return None
        try:
            return kind(text)
        except ValueError:
            self.problems.append(_cell(self.table, self.number, column, "csv.value"))
            return None

    def locative(self, languages: tuple[str, ...]) -> Words:
        finnish = self.read("locative_fi", _locative) or ""
        return _words({**self.row, "locative_fi": finnish}, "locative", languages)

    def municipality(self, code: str, languages: tuple[str, ...]) -> Municipality:
        row = self.row
        name = _words(row, "name", languages)
        if not name:
            self.problems.append(_cell(self.table, self.number, f"name_{languages[0]}", "csv.empty"))
        return Municipality(
            code=code,
            name=name,
            region=row["region_code"],
            type=_words(row, "type", languages),
            languages=tuple(part for part in re.split(r"[ ,;/-]+", row.get("languages", "")) if part),
            genitive=_words(row, "genitive", languages),
            locative=self.locative(languages),
            lat=self.read("lat", partial(_degrees, 90)),
            lon=self.read("lon", partial(_degrees, 180)),
            population=self.read("population", _whole),
            population_year=self.read("population_year", _whole),
            valid_from=self.read("valid_from", _day),
            valid_to=self.read("valid_to", _day),
            merged_into=row.get("merged_into", ""),
        )


def _names_twice(places: Places, table: Table, rows: dict[str, int]) -> Iterator[Problem]:
    """A name that two municipalities share could not be resolved."""
    owner: dict[str, str] = {}
    for code, municipality in places.municipalities.items():
        for language, name in municipality.name:
            if owner.setdefault(fold(name), code) != code:
                yield _twice(table, rows[code], f"name_{language}", rows[owner[fold(name)]])


def _mergers(places: Places, table: Table, rows: dict[str, int]) -> Iterator[Problem]:
    for code, municipality in places.municipalities.items():
        into = municipality.merged_into
        if into and (into not in places.municipalities or places.municipalities[places.current(code)].merged_into):
            yield _cell(table, rows[code], "merged_into", "csv.merged")
