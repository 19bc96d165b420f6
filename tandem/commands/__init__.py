"""Commands for whoever judges or carries in a change: each file says how it is called and does it.

``add`` puts a command's options on the door's parser; ``run`` does it and returns the exit code (0, 1 or 2).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

from tandem.commands import annotate, diff, generate, intake, messages, petition, summary
from tandem.flow import House
from tandem.problem import Speech

Run = Callable[[argparse.Namespace, House, Speech], int]


class Command(NamedTuple):
    """What the door needs of a command: how to call it, what to do, and what it is for."""

    add: Callable[[argparse.ArgumentParser], None]
    run: Run
    about: str


COMMANDS = {
    "diff": Command(diff.add, diff.run, "pages that two built sites do not share: diff OLD_SITE NEW_SITE"),
    "from-issue": Command(petition.add, petition.run, "a filled issue form into a content file"),
    "generate": Command(generate.add, generate.run, "write anew what is made from the model: forms, schemas"),
    "import": Command(intake.add, intake.run, "projects from a spreadsheet (CSV, XLSX) into YAML"),
    "messages": Command(messages.add, messages.run, "bring the catalogs of words up to date with what asks for them"),
    "summary": Command(summary.add, summary.run, "a change for GitHub's job summary, in Finnish and in Swedish"),
}

__all__ = ["COMMANDS", "Command", "Run", "annotate"]
