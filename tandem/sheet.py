"""CSV to rows of text, and the place of every cell."""

from __future__ import annotations

import csv
import io

from msgspec import Struct

from tandem.problem import Problem, Where
from tandem.read import Source


class Table(Struct, frozen=True):
    """A CSV file: its columns, its rows as dicts of text, and the line each row starts on."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]
    text: str

    def where(self, row: int, column: str = "") -> Where:
        """The place of a cell (its first occurrence on the row's line), or of the row."""
        line = self.lines[row]
        written = self.text.split("\n")[line - 1]
        value = self.rows[row].get(column, "")
        before = sum(len(self.rows[row].get(name, "")) + 1 for name in self.columns[: self._index(column)])
        found = written.find(value, min(before, len(written))) if value else before
        return Where(self.file, line, max(found, 0) + 1, max(1, len(value)))

    def _index(self, column: str) -> int:
        return self.columns.index(column) if column in self.columns else 0


def read_csv(source: Source) -> tuple[Table, tuple[Problem, ...]]:
    """CSV with a header. Rows of another width than the header are Problems and left out."""
    problems: list[Problem] = []
    columns: tuple[str, ...] = ()
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(source.text), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells and not columns:
                columns = tuple(cell.strip() for cell in cells)
            elif cells and len(cells) != len(columns):
                values = {"found": str(len(cells)), "expected": str(len(columns))}
                problems.append(Problem("csv.width", Where(source.file, line), values, "csv.width"))
            elif cells:
                rows.append(dict(zip(columns, (cell.strip() for cell in cells), strict=True)))
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        problems.append(Problem("csv.syntax", Where(source.file, line), hint="csv.syntax"))
    return Table(source.file, columns, tuple(rows), tuple(lines), source.text), tuple(problems)
