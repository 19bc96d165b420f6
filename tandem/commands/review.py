"""review BASE..HEAD: what changed between two commits, the languages side by side, as one page."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from tandem.commands import refuse
from tandem.git import NoHistory
from tandem.house import House
from tandem.problem import Speech
from tandem.review import Range, review


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("range", metavar="BASE..HEAD", help="two commits; BASE.. for the files as they are now")
    command.add_argument("--out", default="review.html", metavar="FILE", help="the page to write (review.html)")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    asked = Range.parse(options.range)
    if asked is None:
        return refuse(speech.say("word", "range", {}))
    try:
        page = review(house, asked, speech)
        Path(options.out).write_bytes(page)
    except NoHistory as why:
        if why.reason in ("no_such", "incomplete"):
            return refuse(speech.say("word", "no_such", {"range": options.range}))
        reason = speech.say("status", f"history_{why.reason}", {})
        return refuse(speech.say("word", "history_unknown", {"reason": reason}))
    except OSError as error:
        values = {"file": options.out, "reason": os.strerror(error.errno or 0)}
        return refuse(speech.say("word", "unwritten", values))
    print(speech.say("word", "reviewed", {"file": options.out}))
    return 0
