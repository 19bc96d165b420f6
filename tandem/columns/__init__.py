"""The tables of the open data. To add a column: a line in its table, its words in ``tandem/catalogs/columns.*.po``."""

from __future__ import annotations

from tandem.columns.grant import GRANTS
from tandem.columns.municipality import MUNICIPALITIES
from tandem.columns.project import PROJECTS

__all__ = ["FILES", "GRANTS", "KEYWORDS", "MEDIA", "MUNICIPALITIES", "PROJECTS", "SHEET", "TABLES"]

TABLES = (PROJECTS, GRANTS, MUNICIPALITIES)
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILES = tuple((table, form) for table in TABLES for form in MEDIA if form != "xlsx" or table is PROJECTS)
"""The files below /data/ that hold a whole table: the table, and the form that ends the file's name."""

KEYWORDS = ("digitalisation", "state grants", "local government")
SHEET = ("Explanations", "Column", "Label", "Kind of value", "Unit", "Meaning", "Values")  # words of the spreadsheet
