"""The commands of the door and their arguments, and the language its user reads."""

from __future__ import annotations

import argparse
import io
import locale
import os
import re
import sys
from decimal import Decimal
from pathlib import Path

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

    command = commands.add_parser("build", parents=[common], help="content/ → _site/ (the default)")
    command.add_argument("--out", default=None, metavar="DIR", help="the output folder (_site)")
    command.add_argument(
        "--base-url", default="", metavar="URL", help="serve under this address instead of site.yaml's"
    )
    command.add_argument("--strict", action="store_true", help="warnings stop the build too")
    command.add_argument("--no-search", action="store_true", help="leave the search index out")
    command.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="processes to render with (default: the cores)"
    )
    command.add_argument("--clean", action="store_true", help="forget what is known of the last build")
    command.add_argument("--why", action="store_true", help="say for each page why it was made anew")
    command.add_argument("--history", action="store_true", help="the language page tells from git what is behind")
    command.add_argument(
        "--checksums", type=Path, metavar="FILE", help="write the SHA-256 of every file, and the commit"
    )

    command = commands.add_parser("check", parents=[common], help="say what is wrong, write nothing")
    command.add_argument("--format", choices=("text", "github", "json"), default="text")
    command.add_argument("--strict", action="store_true", help="warnings count as errors")
    command.add_argument("--since", metavar="COMMIT", default="", help="github: files changed since come first")
    command.add_argument("--bilingual", action="store_true", help="github: every message in Finnish and in Swedish")

    command = commands.add_parser("serve", parents=[common], help="build, serve, reload the browser on every save")
    command.add_argument("--port", type=int, default=8000, metavar="N")

    command = commands.add_parser("status", parents=[common], help="the state of the languages, field by field")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--fail-under", type=_percent, metavar="N", help="percent of texts complete and in step")
    command.add_argument("--ratchet", type=Path, metavar="FILE", help="fail when worse than FILE says; else renew it")

    command = commands.add_parser("review", parents=[common], help="changed records side by side: review BASE..HEAD")
    command.add_argument("range", metavar="BASE..HEAD", help="two commits; BASE.. for the files as they are now")
    command.add_argument("--out", default="review.html", metavar="FILE", help="the page to write (review.html)")

    command = commands.add_parser("new", parents=[common], help="a valid file to fill in: new project NAME")
    command.add_argument("kind", choices=("project",))
    command.add_argument("name")

    command = commands.add_parser("fmt", parents=[common], help="set the typography of every text in its file")
    command.add_argument("--check", action="store_true", help="write nothing; exit code 1 where a file would change")

    command = commands.add_parser("schema", parents=[common], help="JSON Schema of the content files")
    command.add_argument("kind", nargs="?", type=_kind, default="project")
    for name, (_, about) in COMMANDS.items():
        command = commands.add_parser(name, parents=[common], help=about)
        if name == asked:
            loaded(name).add(command)
    return parser


def _percent(text: str) -> Decimal:
    """A share from 0 to 100, with a point or a comma."""
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]+)?", text) or Decimal(text.replace(",", ".")) > 100:
        raise argparse.ArgumentTypeError(f"not a number from 0 to 100: {text!r}")
    return Decimal(text.replace(",", "."))


def _kind(name: str) -> str:
    """A kind of record that has a schema."""
    from tandem.schema import KINDS

    if name not in KINDS:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(KINDS)}")
    return name


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
