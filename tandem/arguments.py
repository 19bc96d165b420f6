"""The commands of the door and their arguments, and the language its user reads."""

from __future__ import annotations

import argparse
import io
import locale
import os
import sys

from tandem.commands import COMMANDS, loaded
from tandem.house import ROOT
from tandem.problem import LANGUAGES


def parser(asked: str = "") -> argparse.ArgumentParser:
    """The commands and what each may be told. ``asked``: the one that was called, whose options are all there."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--content", default=str(ROOT / "content"), metavar="DIR", help="the content folder")
    common.add_argument("--lang", choices=LANGUAGES, help="language of the messages")
    parser = argparse.ArgumentParser(prog="build.py", description="Tandem: a bilingual static site generator.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    for name, (_, about) in COMMANDS.items():
        command = commands.add_parser(name, parents=[common], help=about)
        if name == asked:
            loaded(name).add(command)
    return parser


def language(asked: str | None) -> str:
    """The reader's language: the flag, else TANDEM_LANG, else the locale, else English."""
    spoken = locale.getlocale(locale.LC_MESSAGES)[0] if hasattr(locale, "LC_MESSAGES") else None
    for wish in (asked, os.environ.get("TANDEM_LANG"), *_environment(), spoken):
        if wish and wish[:2].lower() in LANGUAGES:
            return wish[:2].lower()
    return "en"


def speakable() -> None:
    """A letter the terminal has no code for becomes a question mark, not the end of the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _environment() -> list[str]:
    return [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
