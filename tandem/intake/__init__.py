"""Rows of a spreadsheet to projects: what each cell means, and which cells are in doubt.

Nothing is guessed: a place, a round or a theme that is not known, an amount that is no whole number, a date that could
be two, is a Doubt at its cell. Text of one language only makes a project that says so (``untranslated``); a project
without a summary becomes a draft, which is never published. A project that exists is compared, never written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tandem.address import Addresses
from tandem.cells import Cell, Sheet
from tandem.columns import PROJECTS
from tandem.columns.column import Glossary, Row, Value
from tandem.fields import Knowledge
from tandem.formats import day_suggested
from tandem.headings import Meaning
from tandem.intake.doubt import Cells, Doubt, Intake, Taken, items, whole
from tandem.intake.rows import rows
from tandem.intake.tree import Tree
from tandem.language import slugify
from tandem.model import Project
from tandem.places import fold
from tandem.problem import Where
from tandem.read import Document
from tandem.shape import shape
from tandem.site import Origin
from tandem.tables import cell as as_cell

__all__ = ["Doubt", "Intake", "Taken", "take_in"]


def take_in(sheets: Sequence[Sheet], addresses: Addresses) -> Intake:
    """Judges every row of every sheet that has a column of names or ids."""
    intake = Intake()
    reader = _Judge(addresses, intake)
    for cells, place in rows(sheets, addresses.site.languages, intake):
        reader.row(cells, place)
    intake.doubts.sort(key=lambda doubt: doubt.cell)
    return intake


class _Judge:
    def __init__(self, addresses: Addresses, intake: Intake) -> None:
        self.site, self.intake = addresses.site, intake
        self.knowledge = Knowledge(self.site.languages, self.site.places)
        self.fields = PROJECTS.fields(self.site.languages)
        self.here: Mapping[str, Row] = PROJECTS.rows(addresses)
        self.words = [Glossary(code) for code in self.site.languages]
        self.ids: dict[str, Cell] = {}
        names = [(id, one.name) for id, one in self.site.rounds.items()]
        names += [(id, one.name) for id, one in self.site.themes.items()]
        self.named = {fold(name): id for id, words in names for name in (id, *dict(words).values())}

    def doubt(self, cell: tuple[str, Cell], key: str, **values: str) -> None:
        self.intake.doubts.append(Doubt(cell[1], cell[0], key, values))

    def row(self, cells: Cells, place: Cell) -> None:
        names = {code: cells.get(Meaning("name", code), ("", place)) for code in self.site.languages}
        first = next((text for text, _ in names.values() if text), "")
        given = cells.get(Meaning("id"), ("", place))
        id = given[0] or slugify(first)
        if not id:
            self.doubt(given, "no_name")
        elif id in self.ids:
            self.doubt(given if given[0] else names[self.site.languages[0]], "twice", row=str(self.ids[id].row))
        elif id in self.here:
            self.ids[id] = place
            self.compare(cells, self.here[id])
        else:
            self.ids[id] = place
            self.new(id, cells, place)

    def compare(self, cells: Cells, row: Row) -> None:
        """A project that is here already: each cell says what the register says, or is in doubt."""
        before = len(self.intake.doubts)
        lead = next(str(row[number]) for number, one in enumerate(self.fields) if one.name == "lead_code")
        for number, one in enumerate(self.fields):
            cell = cells.get(Meaning(one.column.name, one.language))
            if cell is None or one.column.name in ("url", "grants"):
                continue
            has = self.plain(one.column.name, str(as_cell(row[number])), row[number], lead)
            if self.plain(one.column.name, cell[0], row[number], lead) != has:
                self.doubt(cell, "differs", value=cell[0] or "–", here=has or "–")
        self.intake.same += len(self.intake.doubts) == before

    def plain(self, column: str, text: str, value: Value, lead: str) -> str:
        """What a cell says, whichever way it is written."""
        if column == "amount_is":
            return self.qualifier(text)
        if column in ("lead", "municipalities", "municipality_codes", "lead_code"):
            codes = [self.site.places.code(item) or item for item in items(text)]
            return " | ".join(code for code in codes if code != lead or column.startswith("lead"))
        if column in ("rounds", "themes"):
            return " | ".join(self.named.get(fold(item), item) for item in items(text, "|;\n"))
        if isinstance(value, tuple):
            return " | ".join(items(text, "|"))
        if column in ("amount", "shared_by"):
            return whole(text)
        if column in ("decided", "period_start", "period_end", "updated"):
            return day_suggested(text) or text
        return " ".join(text.split())

    def qualifier(self, text: str) -> str:
        column = next(one.column for one in self.fields if one.column.name == "amount_is")
        for value, _ in column.values:
            if text.casefold() in {value, *(words.word(column, value).casefold() for words in self.words)}:
                return value
        return text

    def new(self, id: str, cells: Cells, place: Cell) -> None:
        tree = Tree(self.site, cells, place, self.doubt, self.qualifier)
        tree.fill(id)
        found = {loc: (Where("", cell.row, cell.column),) * 2 for loc, cell in tree.cells.items()}
        found.setdefault((), (Where("", place.row, place.column),) * 2)
        document = Document("", tree.data, _found=found)
        before = len(self.intake.doubts)
        for problem in shape(Project, tree.data, Origin(document), self.knowledge)[1]:
            cell = Cell(place.sheet, problem.where.line, problem.where.column)
            written = next((text for text, one in cells.values() if one == cell), "")
            self.intake.doubts.append(Doubt(cell, written, problem=problem))
        if len(self.intake.doubts) == before and not tree.doubtful:
            self.intake.new.append(Taken(id, tree.data, tree.cells))
