"""fmt: the typography of every text, set in the content files themselves."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tandem.commands import refuse
from tandem.house import House, shown
from tandem.problem import Speech
from tandem.tidy import languages_of, tidy


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--check", action="store_true", help="write nothing; exit code 1 where a file would change")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    try:
        changed = tidy(house.content, languages_of(house.content), write=not options.check)
    except OSError as error:
        values = {"file": shown(Path(error.filename or house.content)), "reason": os.strerror(error.errno or 0)}
        return refuse(speech.say("word", "unwritten", values))
    for path in changed:
        print(f"{shown(house.content)}/{path.relative_to(house.content).as_posix()}")
    key = ("fmt.todo" if options.check else "fmt.done") if changed else "fmt.none"
    print(speech.say("word", key, {"n": str(len(changed))}), file=sys.stderr)
    return int(options.check and bool(changed))
