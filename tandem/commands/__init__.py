"""The commands: each file says how its command is called and does it.

``add`` puts a command's options on the door's parser; ``run`` does it and returns the exit code (0, 1 or 2). A file is
read only when its command is called: a build of nothing new should be over before that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, cast

from tandem.house import House
from tandem.problem import Speech

Run = Callable[[argparse.Namespace, House, Speech], int]

# What a command is called → the file here that does it, and what it is for.
COMMANDS = {
    "build": ("build", "content/ → _site/ (the default)"),
    "check": ("check", "say what is wrong, write nothing"),
    "serve": ("serve", "build, serve, reload the browser on every save"),
    "status": ("status", "the state of the languages, field by field"),
    "review": ("review", "changed records side by side: review BASE..HEAD"),
    "new": ("new", "a valid file to fill in: new project NAME"),
    "fmt": ("fmt", "set the typography of every text in its file"),
    "schema": ("schema", "JSON Schema of the content files"),
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


def refuse(sentence: str) -> int:
    """Says why a command was called wrongly, or cannot be done."""
    print(sentence, file=sys.stderr)
    return 2
