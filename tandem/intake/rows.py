"""Sheets to the cells of each project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tandem.cells import Cell, Sheet
from tandem.headings import Known, Meaning, known, read_headings
from tandem.intake.doubt import Cells, Doubt, Intake


def rows(sheets: Sequence[Sheet], languages: Sequence[str], intake: Intake) -> Iterator[tuple[Cells, Cell]]:
    """Each project's cells, those of one id on several sheets put together; and where its first row begins."""
    headings = known(languages)
    found: dict[object, tuple[Cells, Cell]] = {}
    for sheet in sheets:
        for cells, place in _of_sheet(sheet, headings, intake):
            id, at = cells.get(Meaning("id"), ("", place))
            kept, first = found.setdefault(id or place, ({}, place))
            if id and first.sheet == sheet.name and first != place:
                intake.doubts.append(Doubt(at, id, "twice", {"row": str(first.row)}))
            for meaning, cell in cells.items():
                kept.setdefault(meaning, cell)
    if not found and not intake.doubts:
        intake.doubts.append(Doubt(Cell(sheets[0].name if sheets else "", 1, 1), "", "no_head"))
    yield from found.values()


def _of_sheet(sheet: Sheet, headings: Known, intake: Intake) -> Iterator[tuple[Cells, Cell]]:
    top = next((n for n, row in enumerate(sheet.rows[:20]) if _is_head(read_headings(row, headings))), None)
    if top is None:
        return
    meanings = read_headings(sheet.rows[top], headings)
    for number, (text, meaning) in enumerate(zip(sheet.rows[top], meanings, strict=True), 1):
        if text and meaning is None:
            intake.doubts.append(Doubt(Cell(sheet.name, top + 1, number), text, "column", blocks=False))
    for line, row in enumerate(sheet.rows[top + 1 :], top + 2):
        cells: Cells = {}
        for number, (text, meaning) in enumerate(zip(row, meanings, strict=False), 1):
            if meaning and not meaning.ours:
                cells.setdefault(meaning, (text, Cell(sheet.name, line, number)))
        if any(text for text, _ in cells.values()):
            yield cells, Cell(sheet.name, line, 1)


def _is_head(meanings: Sequence[Meaning | None]) -> bool:
    columns = {meaning.column for meaning in meanings if meaning}
    return bool(columns & {"id", "name"}) and len(columns) >= 2
