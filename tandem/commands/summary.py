"""summary: all that is known of a change, as Markdown for GitHub's job summary, in Finnish and in Swedish."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tandem.commands.annotate import SITE, changed
from tandem.examined import examine, survey
from tandem.git import NoHistory
from tandem.github import Judged, summary
from tandem.house import House
from tandem.load import shown
from tandem.problem import Speech
from tandem.sitediff import sitediff


def add(command: argparse.ArgumentParser) -> None:
    command.description = "A change for GitHub's job summary: problems, the two languages, pages. Markdown."
    command.add_argument("--since", metavar="COMMIT", default="", help="files changed since this commit come first")
    command.add_argument("--old", type=Path, metavar="SITE", help="the site built without the change")
    command.add_argument("--new", type=Path, metavar="SITE", help="the site built with the change")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    """Always 0 where it can be told: what is wrong with the content is for ``check`` to fail on."""
    examined = examine(house)
    try:
        first = changed(house, options.since)
    except NoHistory:
        print(speech.say("word", "no_such", {"range": options.since}), file=sys.stderr)
        return 2
    built = all(site and (site / "index.html").is_file() for site in (options.old, options.new))
    judged = Judged(
        examined.problems,
        first,
        survey(house, examined) if examined.site else None,
        sitediff(options.old, options.new) if built else None,
        shown(house.content),
    )
    languages = [options.lang] if options.lang else SITE
    print(summary(judged, [Speech(code) for code in languages]), end="")
    return 0
