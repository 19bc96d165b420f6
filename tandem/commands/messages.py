"""messages: every catalog brought up to date with what asks for its words."""

from __future__ import annotations

import argparse

from tandem.house import House
from tandem.messages import renew, told
from tandem.problem import Speech
from tandem.tidy import languages_of


def add(command: argparse.ArgumentParser) -> None:
    command.description = "Adds new words to the catalogs, marks likely translations fuzzy, takes unused words out."


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    print(
        "".join(f"{line}\n" for line in told(renew(house.content, house.templates, languages_of(house.content)))),
        end="",
    )
    return 0
