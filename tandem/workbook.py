"""The open data as one spreadsheet: a sheet of projects in each language, and a sheet of explanations.

The only room with XlsxWriter. Numbers are numbers, days are days, text is text and never a formula; what a sheet says
with a code elsewhere (``running``) it says with a word. Same rows, same bytes: the day of making is ``as_of``.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tandem.columns import PROJECTS, SHEET
from tandem.columns.column import Column, Field, Glossary, Row, joined
from tandem.tables import Tables

WORKBOOK = "data/projects.xlsx"
_WIDTHS = {"text": 18, "whole": 12, "number": 12, "day": 12, "moment": 12, "address": 30}
_WIDE = {"name": 45, "summary": 60}
_NAMES = (31, str.maketrans("", "", "[]:*?/\\'"))  # what Excel allows in the name of a sheet


def workbook(tables: Tables) -> bytes:
    """The .xlsx file."""
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
    for code, glossary in glossaries.items():
        kept = [(number, field) for number, field in enumerate(fields) if field.language in ("", code)]
        sheet = book.add_worksheet(_sheet_name([glossary.say(PROJECTS.title)], book))
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


def _projects(
    sheet: Worksheet,
    fields: list[tuple[int, Field]],
    rows: Iterable[Row],
    glossary: Glossary,
    formats: Mapping[str, Format],
) -> None:
    for place, (_, field) in enumerate(fields):
        _write_text(sheet, 0, place, glossary.label(field, bare=True), formats["heading"])
        sheet.set_column(place, place, _WIDE.get(field.column.name) or _WIDTHS[field.column.kind])
    sheet.freeze_panes(1, 2)
    count = 0
    for count, row in enumerate(rows, 1):
        for place, (number, field) in enumerate(fields):
            value = row[number]
            if value is None or value == ():
                continue
            if isinstance(value, int | float):
                sheet.write_number(count, place, value, formats["whole"])
            elif isinstance(value, datetime.date):
                sheet.write_datetime(count, place, value, formats["day"])
            elif isinstance(value, tuple):
                _write_text(sheet, count, place, joined(value))
            else:
                text = str(value)
                _write_text(sheet, count, place, glossary.word(field.column, text) if field.column.values else text)
    sheet.autofilter(0, 0, count, len(fields) - 1)


def _write_text(sheet: Worksheet, row: int, place: int, text: str, format: Format | None = None) -> None:
    """A text cell. XlsxWriter takes a text between <r> and </r> for markup of its own; a space keeps it text."""
    sheet.write_string(row, place, f"{text} " if text.startswith("<r>") else text, format)


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
