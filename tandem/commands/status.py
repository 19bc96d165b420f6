"""status: the state of the two languages, field by field, and whether it is good enough."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from tandem.commands import refuse
from tandem.examined import examine, survey
from tandem.house import House, shown
from tandem.problem import Problem, Speech, errors
from tandem.report import as_json, document
from tandem.status import Unkept, as_table, verdict


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--fail-under", type=_percent, metavar="N", help="percent of texts complete and in step")
    command.add_argument("--ratchet", type=Path, metavar="FILE", help="fail when worse than FILE says; else renew it")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    examined = examine(house)
    if examined.site is None:
        return _faulty(examined.problems, speech)
    coverage = survey(house, examined)
    if options.format == "json":
        print(as_json(document(coverage, examined.site)), end="")
    else:
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 100
        print(as_table(coverage, speech, shown(house.content), columns), end="")
    if errors(examined.problems):
        return _faulty(examined.problems, speech)
    try:
        found = verdict(coverage, options.fail_under, options.ratchet, speech)
    except Unkept as reason:
        return refuse(str(reason))
    for sentence in found:
        print(sentence, file=sys.stderr)
    return int(bool(found))


def _faulty(problems: Sequence[Problem], speech: Speech) -> int:
    print(speech.say("word", "errors_first", {"count": speech.count(problems)}), file=sys.stderr)
    return 1


def _percent(text: str) -> Decimal:
    """A share from 0 to 100, with a point or a comma."""
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]+)?", text) or Decimal(text.replace(",", ".")) > 100:
        raise argparse.ArgumentTypeError(f"not a number from 0 to 100: {text!r}")
    return Decimal(text.replace(",", "."))
