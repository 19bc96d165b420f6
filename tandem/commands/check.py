"""check: everything that is wrong, and nothing written."""

from __future__ import annotations

import argparse

from tandem.commands import annotate
from tandem.examined import examine
from tandem.house import House
from tandem.jobs import cores
from tandem.problem import Speech, as_json, as_text, errors
from tandem.shelf import Shelf


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("text", "github", "json"), default="text")
    command.add_argument("--strict", action="store_true", help="warnings count as errors")
    command.add_argument("--since", metavar="COMMIT", default="", help="github: files changed since come first")
    command.add_argument("--bilingual", action="store_true", help="github: every message in Finnish and in Swedish")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    problems = examine(house, jobs=cores(), shelf=Shelf.of(house, lent=True)).problems
    if options.format == "github":
        return annotate.run(options, house, speech, problems)
    if options.format == "json":
        print(as_json(problems, speech))
    else:
        print("".join(f"{as_text(problem, speech)}\n" for problem in problems) + speech.count(problems))
    return int(errors(problems, options.strict))
