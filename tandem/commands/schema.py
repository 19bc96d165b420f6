"""schema: JSON Schema of the content files."""

from __future__ import annotations

import argparse
import json

from tandem.examined import examine
from tandem.house import House
from tandem.problem import Speech
from tandem.schema import KINDS, schema


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", nargs="?", type=_kind, default="project")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    site = examine(house).site
    languages = site.languages if site else ("fi", "sv")
    print(json.dumps(schema(options.kind, languages), ensure_ascii=False, indent=1))
    return 0


def _kind(name: str) -> str:
    """A kind of record that has a schema."""
    if name not in KINDS:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(KINDS)}")
    return name
