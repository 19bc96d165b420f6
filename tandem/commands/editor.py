"""editor: fetches the program of the form editor, so that builds can publish it without a network."""

from __future__ import annotations

import argparse
import sys

from tandem.editor import PACKAGES
from tandem.house import House
from tandem.load import load
from tandem.pinned import NotFetched
from tandem.problem import Speech


def add(command: argparse.ArgumentParser) -> None:
    command.description = "Fetches the pinned program of the form editor with npm, where site.yaml asks for it."
    command.add_argument("--anyway", action="store_true", help="also where site.yaml has no key editor")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    """Exit code 1 where npm is missing, or brings anything but what was pinned."""
    site = None if options.anyway else load(house.content).site
    if not options.anyway and not (site and site.settings.editor):
        print(speech.say("word", "editor_off", {}))
        return 0
    try:
        fetched = [package.file for package in PACKAGES if package.fetch(house.cache)]
    except NotFetched as failure:
        print(speech.say("word", "editor_missing", {"file": str(failure)}), file=sys.stderr)
        return 1
    for file in fetched:
        print(speech.say("word", "editor_fetched", {"file": file}))
    if not fetched:
        print(speech.say("word", "editor_there", {}))
    return 0
