"""from-issue: a filled issue form into a content file, and the answer to whoever filled it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tandem.house import House
from tandem.load import shown
from tandem.petition import answer, reply
from tandem.problem import Speech


def add(command: argparse.ArgumentParser) -> None:
    command.description = "A filled issue form (Markdown, from FILE or standard input) into a content file."
    command.add_argument("file", nargs="?", type=Path, metavar="FILE")
    command.add_argument("--event", type=Path, metavar="FILE", help="take the text from GitHub's event file instead")
    command.add_argument("--answer", type=Path, metavar="FILE", help="where to write the answer")
    command.add_argument("--branch-url", default="", metavar="URL", help="for the answer: where the proposal is opened")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    """0: a file was written, or the text is no form of ours (then nothing is said). 1: the answer tells the faults."""
    try:
        body = _body(options)
    except (OSError, ValueError):
        print(speech.say("word", "unread", {"file": str(options.event or options.file)}), file=sys.stderr)
        return 2
    found = reply(house, body)
    if found is None:
        return 0
    told = answer(found, house.content, options.branch_url)
    if options.answer:
        options.answer.write_text(told, "utf-8")
    else:
        print(told, end="", file=sys.stderr)
    if found.faults:
        return 1
    file = house.content / found.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(found.text, "utf-8", newline="\n")
    print(f"{shown(house.content)}/{found.path}")
    return 0


def _body(options: argparse.Namespace) -> str:
    if options.event:
        event: Any = json.loads(options.event.read_text("utf-8"))
        issue = event.get("issue") if isinstance(event, dict) else None
        return str((issue or {}).get("body") or "")
    if options.file:
        return str(options.file.read_text("utf-8", "replace"))
    return sys.stdin.buffer.read().decode("utf-8", "replace")
