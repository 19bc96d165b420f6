"""import FILE: projects from a spreadsheet into YAML, all or none; every doubtful cell with its row and column."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tandem.cells import Cell, Unreadable, read_sheets
from tandem.draft import write_new
from tandem.examined import examine
from tandem.house import House
from tandem.intake import Doubt, Taken, take_in
from tandem.load import shown
from tandem.problem import Speech, errors, printable
from tandem.schema import modeline
from tandem.scribe import scribe
from tandem.trial import trial


def add(command: argparse.ArgumentParser) -> None:
    command.description = "Projects from a spreadsheet (XLSX, CSV). Files that exist are compared, never written."
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--partial", action="store_true", help="write the rows that are in no doubt")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    """0: all is well and written. 1: something is in doubt; nothing is written, unless ``--partial``."""
    examined = examine(house)
    if examined.site is None or examined.addresses is None or errors(examined.problems):
        print(speech.say("word", "errors_first", {"count": speech.count(examined.problems)}), file=sys.stderr)
        return 1
    try:
        intake = take_in(read_sheets(options.file), examined.addresses)
    except Unreadable as why:
        return _refuse(speech, "unreadable", options.file, speech.say("import", str(why), {}))
    except OSError as error:
        return _refuse(speech, "unreadable", options.file, os.strerror(error.errno or 0))
    doubts = [*intake.doubts, *_in_company(house, intake.new)]
    for doubt in doubts:
        print(_told(doubt, options.file, speech))
    blocked = [doubt for doubt in doubts if doubt.blocks]
    suspect = {(doubt.cell.sheet, doubt.cell.row) for doubt in blocked}
    good = [one for one in intake.new if not suspect & {(cell.sheet, cell.row) for cell in one.cells.values()}]
    written = _write(house, good, speech) if options.partial or not blocked else 0
    values = {"new": str(written), "same": str(intake.same), "doubts": str(len(blocked))}
    print(speech.say("import", "done" if written or not blocked else "stopped", values), file=sys.stderr)
    return int(bool(blocked))


def _refuse(speech: Speech, key: str, file: Path, reason: str) -> int:
    print(speech.say("import", key, {"file": str(file), "reason": reason}), file=sys.stderr)
    return 2


def _in_company(house: House, new: Sequence[Taken]) -> list[Doubt]:
    """What the rules over the whole site have to say of the new projects, as if they were there already."""
    if not new:
        return []
    by_file = {f"{shown(house.content)}/projects/{one.id}.yaml": one for one in new}
    doubts = []
    for problem in trial(house, {f"projects/{one.id}.yaml": _text(one) for one in new}):
        taken = by_file[problem.where.file]
        cell = min(taken.cells.values(), default=Cell("", 1, 1))
        doubts.append(Doubt(cell, taken.id, problem=problem, blocks=problem.level == "error"))
    return doubts


def _told(doubt: Doubt, file: Path, speech: Speech) -> str:
    """``list.xlsx, Sheet1, G14: error: unknown municipality … [place.unknown]``, what the cell says, and the hint."""
    sentence, hint = doubt.said(speech)
    place = ", ".join(printable(part) for part in (file.name, doubt.cell.sheet, doubt.cell.name) if part)
    level = speech.say("word", "error" if doubt.blocks else "warning", {})
    code = doubt.problem.code if doubt.problem else f"import.{doubt.key}"
    lines = [f"{place}: {level}: {sentence} [{code}]"]
    if doubt.written:
        text = printable(doubt.written)
        lines.append(f"   | {text[:97] + '…' if len(text) > 98 else text}")
    if hint:
        lines.append(f"   {speech.say('word', 'hint', {})}: {hint}")
    return "\n".join(lines)


def _text(one: Taken) -> str:
    return f"{modeline('project')}\n{scribe(one.tree)}"


def _write(house: House, new: Sequence[Taken], speech: Speech) -> int:
    written = 0
    for one in new:
        file = house.content / "projects" / f"{one.id}.yaml"
        if write_new(file, _text(one)):
            written += 1
            print(speech.say("word", "created", {"file": f"{shown(house.content)}/projects/{one.id}.yaml"}))
        else:
            print(speech.say("word", "exists", {"file": f"{shown(house.content)}/projects/{one.id}.yaml"}))
    return written
