"""Spreadsheets to cells of text with their places: XLSX and CSV alike. The only room with openpyxl.

Numbers and days come as a content file has them (200000, 2020-12-11), whatever the sheet shows. Nothing is calculated:
a formula is its last value. A file is read whole or not at all.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from msgspec import Struct

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024  # bytes of an .xlsx file, which is a zip: a thousand zeros weigh one byte there
MAX_ROWS = 50_000
MAX_COLUMNS = 200  # with anything in them; empty ones may be many, within MAX_CELLS
MAX_CELLS = 10_000_000
_DEFUSED = re.compile(r"(?:^|(?<=;))'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")  # what our export puts before


class Unreadable(Exception):
    """The file is no spreadsheet this room can read. The message is a key of the catalogs (context ``import``)."""


class Cell(Struct, frozen=True, order=True):
    """A place in a spreadsheet. ``row`` and ``column`` count from 1; ``sheet`` is empty in a CSV file."""

    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """As spreadsheet programs write it: ``G14``."""
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"


class Sheet(Struct, frozen=True):
    """A sheet's rows of text; row 1 first, blank cells empty."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_sheets(file: Path) -> tuple[Sheet, ...]:
    """Every sheet of an .xlsx file, or the one of a .csv file. Raises Unreadable, OSError."""
    if file.stat().st_size > MAX_BYTES:
        raise Unreadable("too_large")
    return sheets_of(file.read_bytes())


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """The same of a file's bytes."""
    return _xlsx(data) if data.startswith(b"PK") else (_csv(data),)


def _csv(data: bytes) -> Sheet:
    """CSV with commas, semicolons or tabs, whichever its first lines have most of; UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
    if "\0" in text:
        raise Unreadable("no_spreadsheet")
    head = "\n".join(text.split("\n", 20)[:20])
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Unreadable("csv") from None
    return _sheet("", ([_DEFUSED.sub("", cell) for cell in row] for row in rows))


def _xlsx(data: bytes) -> tuple[Sheet, ...]:
    import openpyxl  # a third of a second, for this command alone

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())  # no more than this is ever unpacked
        if unpacked > MAX_UNPACKED:
            raise Unreadable("too_large")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return tuple(_sheet(sheet.title, sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    except Unreadable:
        raise
    except Exception:  # openpyxl and zipfile raise whatever a torn or hostile file makes them stumble over
        raise Unreadable("no_spreadsheet") from None


def _sheet(name: str, rows: Any) -> Sheet:
    found = []
    seen = 0
    for number, row in enumerate(rows, 1):
        seen += len(row)
        if number > MAX_ROWS or seen > MAX_CELLS or any(row[MAX_COLUMNS:]):
            raise Unreadable("too_large")
        found.append(tuple(_text(value) for value in row[:MAX_COLUMNS]))
    while found and not any(found[-1]):
        found.pop()
    return Sheet(name, tuple(found))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
