"""The open data as one spreadsheet: a sheet of projects in each language, and a sheet of explanations.

The only room with XlsxWriter. Numbers are numbers, days are days, text is text and never a formula; what a sheet says
with a code elsewhere (``running``) it says with a word. Same rows, same bytes: the day of making is ``as_of``.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from tandem.columns import PROJECTS, SHEET
from tandem.columns.column import Column, Field, Glossary, Row, joined
from tandem.tables import Tables

WORKBOOK = "data/projects.xlsx"
_WIDTHS = {"text": 18, "whole": 12, "number": 12, "day": 12, "moment": 12, "address": 30}
_WIDE = {"name": 45, "summary": 60}
_LONGEST = 32767  # UTF-16 units: what Excel allows in a cell
Fields = Sequence[tuple[int, Field]]  # places in a row, and what stands there
_NAMES = (31, str.maketrans("", "", "[]:*?/\\'"))  # what Excel allows in the name of a sheet


def workbook(tables: Tables, kind: type[Sheet] | None = None) -> bytes:
    """The .xlsx file. ``kind``: how its rows are written."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    site = tables.addresses.site
    first = site.languages[0]
    book.set_properties(
        {
            "title": site.settings.title.text(first).text,
            "author": site.settings.publisher.name.text(first).text,
            "comments": f"{site.settings.licence.name} {site.settings.licence.url}",
            "created": datetime.datetime.combine(site.settings.as_of, datetime.time(), datetime.UTC),
        }
    )
    fields = PROJECTS.fields(site.languages)
    glossaries = {code: Glossary(code) for code in site.languages}
    formats = {
        "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "d.m.yyyy"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    formats["heading"]._get_xf_index()  # the formats are numbered in the order in which the sheets use them
    for code, glossary in glossaries.items():
        kept = [(number, field) for number, field in enumerate(fields) if field.language in ("", code)]
        sheet = book.add_worksheet(_sheet_name([glossary.say(PROJECTS.title)], book), kind or Sheet)
        _projects(sheet, kept, tables.rows(PROJECTS).values(), glossary, formats)
    sheet = book.add_worksheet(_sheet_name([one.say(SHEET[0]) for one in glossaries.values()], book))
    _explanations(sheet, fields, tuple(glossaries.values()), formats)
    book.close()
    return buffer.getvalue()


def _sheet_name(words: Iterable[str], book: xlsxwriter.Workbook) -> str:
    """A name no other sheet has, whatever the letter case."""
    longest, forbidden = _NAMES
    name = " – ".join(words).translate(forbidden)[:longest]
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    return name if name.lower() not in taken else f"{name[: longest - 3]} {len(taken) + 1}"


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose rows are handed over as XML: the same bytes as XlsxWriter makes of them cell by cell, in a fraction
    of its time and memory. ``tests/test_tables.py`` holds them to be the same.
    """

    below: Sequence[str] = ()

    def put_rows(self, fields: Fields, rows: Collection[Row], glossary: Glossary, whole: Format, day: Format) -> None:
        """Rows from the second on. First and last value of each are never empty."""
        if rows:
            self.dim_rowmax = len(rows)
            self.below = list(self._lines(fields, rows, glossary, whole._get_xf_index(), day._get_xf_index()))

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.writelines(self.below)
        self.below = ()  # that is much, and nobody needs it twice

    def _lines(self, fields: Fields, rows: Iterable[Row], glossary: Glossary, whole: int, day: int) -> Iterator[str]:
        shared, counted = self.str_table._get_shared_string_index, cache(self._convert_date_time)
        columns = [
            (
                number,
                f'<c r="{xl_col_to_name(place)}',
                {code: glossary.say(english) for code, english in field.column.values},
            )
            for place, (number, field) in enumerate(fields)
        ]
        for count, row in enumerate(rows, 2):
            cells = [f'<row r="{count}" spans="1:{len(fields)}">']
            for number, start, words in columns:
                value = row[number]
                if value is None or value == ():
                    continue
                if isinstance(value, int | float):
                    cells.append(f'{start}{count}" s="{whole}"><v>{value:.16G}</v></c>')
                elif isinstance(value, datetime.date):
                    cells.append(f'{start}{count}" s="{day}"><v>{counted(value):.16G}</v></c>')
                else:
                    text = (
                        value if isinstance(value, str) else joined(value) if isinstance(value, tuple) else str(value)
                    )
                    cells.append(f'{start}{count}" t="s"><v>{shared(plain(words.get(text, text)))}</v></c>')
            cells.append("</row>")
            yield "".join(cells)


def _projects(
    sheet: Sheet, fields: Fields, rows: Collection[Row], glossary: Glossary, formats: Mapping[str, Format]
) -> None:
    for place, (_, field) in enumerate(fields):
        _write_text(sheet, 0, place, glossary.label(field, bare=True), formats["heading"])
        sheet.set_column(place, place, _WIDE.get(field.column.name) or _WIDTHS[field.column.kind])
    sheet.freeze_panes(1, 2)
    sheet.put_rows(fields, rows, glossary, formats["whole"], formats["day"])
    sheet.autofilter(0, 0, len(rows), len(fields) - 1)


def _write_text(sheet: Worksheet, row: int, place: int, text: str, format: Format | None = None) -> None:
    sheet.write_string(row, place, plain(text), format)


def plain(text: str) -> str:
    """A text for a cell. XlsxWriter takes a text between <r> and </r> for markup of its own; a space keeps it text."""
    if text.startswith("<r>"):
        text += " "
    if len(text) > _LONGEST // 2:
        return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
    return text


def _explanations(
    sheet: Worksheet, fields: Iterable[Field], glossaries: tuple[Glossary, ...], formats: Mapping[str, Format]
) -> None:
    """Each column with its label, kind, unit, meaning and values, in every language side by side."""
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 5 * len(glossaries), 30, formats["wrap"])
    _write_text(sheet, 0, 0, " / ".join(dict.fromkeys(one.say(SHEET[1]) for one in glossaries)), formats["heading"])
    for part, glossary in enumerate(glossaries):
        for number, word in enumerate(SHEET[2:]):
            _write_text(sheet, 0, 1 + 5 * part + number, glossary.say(word), formats["heading"])
    for row, field in enumerate(fields, 1):
        _write_text(sheet, row, 0, field.name)
        for part, glossary in enumerate(glossaries):
            column = field.column
            told = (
                glossary.label(field),
                glossary.kind(column),
                glossary.say(column.unit) if column.unit else "",
                glossary.say(column.meaning),
                _values(column, glossary),
            )
            for number, text in enumerate(told):
                if text:
                    _write_text(sheet, row, 1 + 5 * part + number, text)


def _values(column: Column, glossary: Glossary) -> str:
    return ", ".join(f"{value} = {glossary.say(english)}" for value, english in column.values)
