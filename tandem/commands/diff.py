"""diff OLD_SITE NEW_SITE: the pages that appear, change and disappear between two built sites."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tandem.house import House
from tandem.problem import Speech
from tandem.sitediff import as_json, as_text, sitediff


def add(command: argparse.ArgumentParser) -> None:
    command.description = "Pages that appear, change and disappear between two built sites."
    command.add_argument("old", type=Path, metavar="OLD_SITE")
    command.add_argument("new", type=Path, metavar="NEW_SITE")
    command.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    for folder in (options.old, options.new):
        if not (folder / "index.html").is_file():
            print(speech.say("word", "no_site", {"folder": str(folder)}), file=sys.stderr)
            return 2
    diff = sitediff(options.old, options.new)
    print(as_json(diff) if options.format == "json" else as_text(diff, speech).rstrip())
    return 0
