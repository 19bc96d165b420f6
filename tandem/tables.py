"""The open data as CSV and JSON. Each row is made once, and stands in every file that has it.

CSV: RFC 4180, so comma and CRLF. UTF-8 with a byte order mark, without which Excel takes å for Ã¥. Lists have `` | ``
between their items: a Finnish Excel, which splits at semicolons, would tear them apart at those.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any

from tandem.address import Addresses
from tandem.columns import GRANTS, MUNICIPALITIES, PROJECTS
from tandem.columns.column import Row, Table, Value, joined

BOM = b"\xef\xbb\xbf"
# What a spreadsheet would run: at the start of a cell (OWASP's list), and after a semicolon where it splits at those.
_FORMULA = re.compile(r"(?:^|(?<=;))(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class Tables:
    """Every row of every table, and the files made of them."""

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self.languages = addresses.site.languages
        self.rows = cache(self._rows)

    def _rows(self, table: Table) -> Mapping[str, Row]:
        return table.rows(self.addresses)

    @cached_property
    def _projects(self) -> Mapping[str, tuple[bytes, bytes]]:
        """(CSV, JSON) of each project's row. The rows themselves are let go: from here on nobody needs them."""
        rows = self.rows(PROJECTS)
        self.rows.cache_clear()
        return dict(zip(rows, zip(self._csv(PROJECTS, rows), self._json(PROJECTS, rows), strict=True), strict=True))

    def projects_csv(self, ids: Iterable[str]) -> bytes:
        """The rows of these projects, in this order."""
        return self._whole_csv(PROJECTS, (self._projects[id][0] for id in ids))

    def projects_json(self, ids: Iterable[str]) -> bytes:
        return self._whole_json(PROJECTS, (self._projects[id][1] for id in ids))

    def project(self, id: str) -> bytes:
        """One project's own file: its row, and its grants one by one."""
        row = self._projects[id][1]
        return b"".join([row[:-1], b',"grant_decisions":[', b",".join(self._grants_of.get(id, ())), b"]}\n"])

    @cached_property
    def _grants_of(self) -> Mapping[str, list[bytes]]:
        found: dict[str, list[bytes]] = {}
        rows = self.rows(GRANTS)
        for id, row in zip(rows, self._json(GRANTS, rows), strict=True):
            found.setdefault(id.rpartition("/")[0], []).append(row)
        return found

    def files(self) -> dict[str, bytes]:
        """The files below /data/ that have whole tables."""
        files = {"projects.csv": self.projects_csv(self._projects), "projects.json": self.projects_json(self._projects)}
        for table in (GRANTS, MUNICIPALITIES):
            rows = self.rows(table)
            files[f"{table.name}.csv"] = self._whole_csv(table, self._csv(table, rows))
            files[f"{table.name}.json"] = self._whole_json(table, self._json(table, rows))
        return files

    def _csv(self, table: Table, rows: Mapping[str, Row]) -> list[bytes]:
        lines = _Lines()
        csv.writer(lines, lineterminator="\r\n").writerows([cell(value) for value in row] for row in rows.values())
        return lines

    def _json(self, table: Table, rows: Mapping[str, Row]) -> list[bytes]:
        names = [field.name for field in table.fields(self.languages)]
        return [_dumps(dict(zip(names, row, strict=True))).encode() for row in rows.values()]

    def _whole_csv(self, table: Table, lines: Iterable[bytes]) -> bytes:
        names = ",".join(field.name for field in table.fields(self.languages))
        return b"".join([BOM, names.encode(), b"\r\n", *lines])

    def _whole_json(self, table: Table, rows: Iterable[bytes]) -> bytes:
        """An object: what the data is, and its rows, one a line."""
        settings, url = self.addresses.site.settings, self.addresses.url
        head: dict[str, Any] = {
            "title": dict(settings.title),
            "publisher": dict(settings.publisher.name),
            "licence": {"name": settings.licence.name, "url": settings.licence.url},
            "as_of": settings.as_of,
            "columns": url("/data/datapackage.json"),
        }
        start = f'{_dumps(head)[:-1]},"{table.name}":[\n'.encode()
        return b"".join([start, b",\n".join(rows), b"\n]}\n"])


class _Lines(list[bytes]):
    """What csv.writer writes, a row at a time."""

    def write(self, line: str) -> int:
        self.append(line.encode())
        return len(line)


def cell(value: Value) -> str | int | float:
    """A value as a CSV cell: numbers as they are, days in ISO form, lists joined, formulas defused."""
    if isinstance(value, str):
        return defused(value)
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    return defused(joined(value) if isinstance(value, tuple) else str(value))


def defused(text: str) -> str:
    """``text`` with an apostrophe before what a spreadsheet program would run as a formula."""
    if text[:1].isalnum() and ";" not in text:
        return text  # nearly all
    return _FORMULA.sub(r"'\1", text)
