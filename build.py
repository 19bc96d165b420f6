#!/usr/bin/env python3
"""The door of Tandem: commands, printing, exit codes.

0: good. 1: the content has errors. 2: called wrongly, or the disk refuses. 130: Ctrl-C. 141: our reader went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tandem.arguments import language, parser, speakable
from tandem.commands import loaded, refuse
from tandem.house import House
from tandem.problem import Speech


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    speakable()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    options = parser(words[0]).parse_args(words)
    house = House(Path(options.content), Path(getattr(options, "out", None) or "_site"), cache=Path(".cache").resolve())
    there = house.content.is_dir()
    cache = house.cache if there and options.command == "build" else None
    speech = Speech(language(getattr(options, "lang", None)), cache)
    if not there:
        return refuse(speech.say("word", "no_content", {"folder": options.content}))
    try:
        code = loaded(options.command).run(options, house, speech)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130
    except Exception as failure:
        known = _failed(failure, house, speech, options.command == "build")
        if known is None:
            raise
        return known


def _failed(failure: Exception, house: House, speech: Speech, writes: bool) -> int | None:
    """Says what a command stumbled over; None where that is a fault of ours."""
    from tandem.failures import told

    sentence, code = told(failure, house, speech, writes)
    print(sentence, file=sys.stderr)
    return code


def leave(code: int) -> NoReturn:
    """Ends the process at once: taking apart what it knows of a site would take longer than building a page of it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
