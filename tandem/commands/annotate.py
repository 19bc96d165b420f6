"""check --format github: problems as GitHub's workflow commands, those in changed files first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tandem.git import NoHistory, Repository
from tandem.github import annotate
from tandem.house import House
from tandem.load import shown
from tandem.problem import Problem, Speech, errors

SITE = ("fi", "sv")  # what every editor reads one of


def changed(house: House, since: str) -> frozenset[str]:
    """The content files that changed since a commit, as problems name them. Raises NoHistory."""
    if not since:
        return frozenset()
    return frozenset(f"{shown(house.content)}/{name}" for name in Repository.around(house.content).changed(since))


def run(options: argparse.Namespace, house: House, speech: Speech, problems: Sequence[Problem]) -> int:
    speeches = [Speech(code) for code in SITE] if options.bilingual else [speech]
    try:
        first = changed(house, options.since)
    except NoHistory:
        print(speech.say("word", "no_such", {"range": options.since}), file=sys.stderr)
        return 2
    print("".join(f"{line}\n" for line in annotate(problems, first, speeches)), end="")
    print(speech.count(problems), file=sys.stderr)
    return int(errors(problems, options.strict))
