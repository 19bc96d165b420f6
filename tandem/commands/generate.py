"""generate: writes anew the files of the repository that are made from the model."""

from __future__ import annotations

import argparse

from tandem.generated import generate, outdated
from tandem.house import ROOT, House
from tandem.problem import Speech


def add(command: argparse.ArgumentParser) -> None:
    command.description = "Writes issue forms, schemas and editor settings anew from the model."
    command.add_argument("--check", action="store_true", help="write nothing; exit code 1 where a file is outdated")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    todo = outdated(ROOT) if options.check else generate(ROOT)
    print("".join(f"{path}\n" for path in todo), end="")
    return int(options.check and bool(todo))
