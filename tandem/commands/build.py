"""build: content/ → _site/, and how it went."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from tandem.commands import refuse
from tandem.house import House, shown
from tandem.jobs import aside, cores, undisturbed
from tandem.lock import held
from tandem.memory import Past, Request
from tandem.problem import Problem, Speech, as_text, recall
from tandem.spare import Standing

LARGEST, LONGEST = 10**9, 600  # bytes and seconds: docs.github.com/pages, "GitHub Pages limits"

if TYPE_CHECKING:  # a build of nothing new is over before these are read
    from tandem.lay import Built


def add(command: argparse.ArgumentParser) -> None:
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
    command.add_argument("--profile", action="store_true", help="say how long each stage took")
    command.add_argument("--history", action="store_true", help="the language page tells from git what is behind")
    command.add_argument(
        "--checksums", type=Path, metavar="FILE", help="write the SHA-256 of every file, and the commit"
    )


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    if options.jobs < 0:
        return refuse(speech.say("problem", "number.invalid", {"value": str(options.jobs)}))
    if options.base_url:
        from tandem.address import served_under

        if not served_under(options.base_url):
            return refuse(speech.say("problem", "url.base", {"value": options.base_url}))
    file = options.checksums
    if file and any(folder.resolve() in file.resolve().parents for folder in (house.out, *house.sources)):
        return refuse(speech.say("word", "inside", {"file": str(file), "out": shown(house.out)}))
    waiting = speech.say("word", "waiting", {"out": shown(house.out)})
    with held(house.out, house.cache, lambda: print(waiting, file=sys.stderr, flush=True)):
        code = _alone(options, house, speech)
        return _checksums(file, options, house, speech) if file and code == 0 else code


def _checksums(file: Path, options: argparse.Namespace, house: House, speech: Speech) -> int:
    """Says what is published, and what it was built from."""
    from tandem.checksums import write

    asked = {"base-url": options.base_url, "history": options.history, "search": not options.no_search}
    try:
        write(file, house.out, house.content, asked)
    except OSError as error:
        return refuse(speech.say("word", "unwritten", {"file": str(file), "reason": os.strerror(error.errno or 0)}))
    return 0


def _alone(options: argparse.Namespace, house: House, speech: Speech) -> int:
    """A build while nobody else builds into the folder. How that stands is looked at in a process beside this one."""
    begun = time.monotonic()
    standing = cache(lambda: Standing.of(house.out, house.cache))
    works = (lambda: bytes([standing().intact])), (lambda: standing().packed())
    with undisturbed(), aside(options.jobs or cores(), *works) as (intact, looked):
        return _looking(options, house, speech, begun, lambda: intact() == b"\1", lambda: Standing.unpacked(looked()))


def _looking(
    options: argparse.Namespace,
    house: House,
    speech: Speech,
    begun: float,
    sound: Callable[[], bool],
    look: Callable[[], Standing],
) -> int:
    search = not options.no_search
    request = Request(options.base_url, options.strict, history=options.history, search=search)
    past = Past.of(house, request, look, sound)
    if options.clean:
        from tandem.marked import forget
        from tandem.shelf import Shelf

        past = past.forgotten()
        Shelf.of(house).forget()
        forget(house.cache)
    if past.stands:
        told = past.last.told
        _problems(recall(told), speech)
        _count(speech, "unchanged", begun, pages=str(told["pages"]), languages=str(told["languages"]))
        return 0
    built = _amended(house, past) if past.projects and not search else None
    built = built or _all(options, house, past)
    if options.history and built.written and built.history != "known":
        reason = speech.say("status", f"history_{built.history}", {})
        print(speech.say("word", "history_unknown", {"reason": reason}), file=sys.stderr)
    if options.why:
        _explain(built, speech)
    if options.profile:
        _profile(built, speech)
    tell(built, speech, begun, speech.say("word", "stopped", {"out": shown(house.out)}))
    return 0 if built.written else 1


def _amended(house: House, past: Past) -> Built | None:
    """What an editor does most, with no more of the program read than that needs."""
    from tandem.amend import amend

    return amend(house, past)


def _all(options: argparse.Namespace, house: House, past: Past) -> Built:
    jobs, first = options.jobs or cores(), not past.last.inputs
    with aside(jobs if first else 1, partial(_compiled, house)) as (compiled,):
        from tandem.flow import build_all

        return build_all(house, past, jobs, compiled if first else None)


def _compiled(house: House) -> bytes:
    """The templates: a first build needs all of them, so another process begins while this one is still starting."""
    from tandem.spoken import packed

    return packed(house.templates)


def _explain(built: Built, speech: Speech) -> None:
    """Why each page was made anew, a line each."""
    for path, why in built.made.items():
        files = sorted(why.files)
        named = ", ".join(files[:3]) + (f" (+ {len(files) - 3})" if len(files) > 3 else "")
        print(f"{path}: {speech.say('word', f'why.{why.reason}', {'files': named})}")


def _profile(built: Built, speech: Speech) -> None:
    """How long each stage took, a line each, on standard error."""
    from tandem.formats import number

    for stage in built.stages:
        wall, processors = (number(round(seconds, 2), speech.language) for seconds in (stage.wall, stage.processors))
        name = speech.say("word", f"stage.{stage.name}", {})
        print(speech.say("word", "stage", {"stage": name, "wall": wall, "processors": processors}), file=sys.stderr)


def tell(built: Built, speech: Speech, begun: float, stopped: str) -> None:
    """How a build went: problems, and ``stopped`` where they stopped it, on standard error, what was built on standard
    output.
    """
    _problems(built.problems, speech)
    if built.written is None:
        print(stopped, file=sys.stderr)
        return
    done = built.written
    _warn(speech, done.size, time.monotonic() - begun)
    values = {"written": str(done.written), "removed": str(done.removed)}
    values |= {"pages": str(built.pages), "languages": str(built.languages)}
    _count(speech, "built" if done.written or done.removed else "unchanged", begun, **values)


def _warn(speech: Speech, size: int, seconds: float) -> None:
    """Says when a site nears what GitHub Pages takes: a gigabyte, and ten minutes to deploy it."""
    if size > 0.8 * LARGEST:
        print(speech.say("word", "limit.size", {"share": str(100 * size // LARGEST)}), file=sys.stderr)
    if seconds > 0.8 * LONGEST:
        print(speech.say("word", "limit.time", {"minutes": str(round(seconds / 60))}), file=sys.stderr)


def _problems(problems: Sequence[Problem], speech: Speech) -> None:
    for problem in problems:
        print(as_text(problem, speech), file=sys.stderr)
    if problems:
        print(speech.count(problems), file=sys.stderr)


def _count(speech: Speech, key: str, begun: float, **values: str) -> None:
    """The one line on standard output: what a build did, and in how many seconds."""
    seconds = speech.seconds(time.monotonic() - begun)
    print(speech.say("word", key, {"seconds": seconds, **values}))
