"""serve: the site on one's own machine, rebuilt on every save."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from tandem.commands.build import tell
from tandem.house import House
from tandem.problem import Speech
from tandem.serve import address, serve


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8000, metavar="N")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    url = address(house, options.port)
    print(speech.say("word", "serving", {"url": url}), file=sys.stderr)
    stopped = speech.say("word", "stopped.preview", {})
    serve(
        house,
        options.port,
        speech,
        lambda built, begun: tell(built, speech, begun, stopped),
        partial(print, file=sys.stderr, flush=True),
    )
    return 0
