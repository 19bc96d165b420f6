"""Commands for whoever judges or carries in a change: each file says how it is called and does it.

``add`` puts a command's options on the door's parser; ``run`` does it and returns the exit code (0, 1 or 2). A file is
read only when its command is called: a build of nothing new should be over before that.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from tandem.house import House
from tandem.problem import Speech

Run = Callable[[argparse.Namespace, House, Speech], int]

# What a command is called → the file here that does it, and what it is for.
COMMANDS = {
    "diff": ("diff", "pages that two built sites do not share: diff OLD_SITE NEW_SITE"),
    "editor": ("editor", "fetch the program of the form editor (npm), once"),
    "from-issue": ("petition", "a filled issue form into a content file"),
    "generate": ("generate", "write anew what is made from the model: forms, schemas"),
    "import": ("intake", "projects from a spreadsheet (CSV, XLSX) into YAML"),
    "messages": ("messages", "bring the catalogs of words up to date with what asks for them"),
    "summary": ("summary", "a change for GitHub's job summary, in Finnish and in Swedish"),
    "verify": ("verify", "a published site, compared with one built anew: verify DIR|URL"),
}


class Command(Protocol):
    """What the door needs of a command."""

    def add(self, command: argparse.ArgumentParser, /) -> None: ...

    def run(self, options: argparse.Namespace, house: House, speech: Speech, /) -> int: ...


def loaded(name: str) -> Command:
    return cast(Command, import_module(f"tandem.commands.{COMMANDS[name][0]}"))
