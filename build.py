#!/usr/bin/env python3
"""The door of Tandem: commands, printing, exit codes.

0: good. 1: the content has errors. 2: called wrongly, or the disk refuses. 130: Ctrl-C. 141: our reader went away.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tandem.arguments import language, parser, speakable
from tandem.commands import Run, loaded
from tandem.house import House, shown
from tandem.jobs import undisturbed
from tandem.lock import held
from tandem.memory import Past
from tandem.problem import Problem, Speech, as_json, as_text, errors, recall

LARGEST, LONGEST = 10**9, 600  # bytes and seconds: docs.github.com/pages, "GitHub Pages limits"

if TYPE_CHECKING:  # a build of nothing new is over before these are read
    from tandem.flow import Built


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    speakable()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "build")
    options = parser(words[0]).parse_args(words)
    speech = Speech(language(getattr(options, "lang", None)))
    house = House(Path(options.content), Path(getattr(options, "out", None) or "_site"), cache=Path(".cache").resolve())
    if not house.content.is_dir():
        return _refuse(speech.say("word", "no_content", {"folder": options.content}))
    run: Run = {
        "build": _build, "check": _check, "serve": _serve, "status": _status, "review": _review, "new": _new,
        "fmt": _fmt, "schema": _schema,
    }.get(options.command) or loaded(options.command).run  # fmt: skip
    try:
        code = run(options, house, speech)
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


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _build(options: argparse.Namespace, house: House, speech: Speech) -> int:
    if options.jobs < 0:
        return _refuse(speech.say("problem", "number.invalid", {"value": str(options.jobs)}))
    if options.base_url:
        from tandem.address import served_under

        if not served_under(options.base_url):
            return _refuse(speech.say("problem", "url.base", {"value": options.base_url}))
    file = options.checksums
    if file and any(folder.resolve() in file.resolve().parents for folder in (house.out, *house.sources)):
        return _refuse(speech.say("word", "inside", {"file": str(file), "out": shown(house.out)}))
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
        return _refuse(speech.say("word", "unwritten", {"file": str(file), "reason": os.strerror(error.errno or 0)}))
    return 0


def _alone(options: argparse.Namespace, house: House, speech: Speech) -> int:
    """A build while nobody else builds into the folder."""
    begun = time.monotonic()
    search = not options.no_search
    past = Past.of(house, options.base_url, options.strict, False, options.history, search)
    if options.clean:
        past = past.forgotten()
    if past.stands:
        told = past.last.told
        _problems(recall(told), speech)
        _count(speech, "unchanged", house.out, begun, pages=str(told["pages"]), languages=str(told["languages"]))
        return 0
    with undisturbed():
        from tandem.flow import build

    built = build(house, options.base_url, options.strict, False, options.jobs, options.history, search, past)
    if options.history and built.written and built.history != "known":
        reason = speech.say("status", f"history_{built.history}", {})
        print(speech.say("word", "history_unknown", {"reason": reason}), file=sys.stderr)
    if options.why:
        _explain(built, speech)
    _tell(built, house.out, speech, begun)
    return 0 if built.written else 1


def _explain(built: Built, speech: Speech) -> None:
    """Why each page was made anew, a line each."""
    files = sorted(built.why.files)
    named = ", ".join(files[:3]) + (f" (+ {len(files) - 3})" if len(files) > 3 else "")
    for path in built.made:
        print(f"{path}: {speech.say('word', f'why.{built.why.reason}', {'files': named})}")


def _tell(built: Built, out: Path, speech: Speech, begun: float) -> None:
    """How a build went: problems and the reason for stopping on standard error, what was built on standard output."""
    _problems(built.problems, speech)
    if built.written is None:
        print(speech.say("word", "stopped", {"out": shown(out)}), file=sys.stderr)
        return
    done = built.written
    _warn(speech, done.size, time.monotonic() - begun)
    values = {"written": str(done.written), "removed": str(done.removed)}
    values |= {"pages": str(built.pages), "languages": str(built.languages)}
    _count(speech, "built" if done.written or done.removed else "unchanged", out, begun, **values)


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


def _count(speech: Speech, key: str, out: Path, begun: float, **values: str) -> None:
    """The one line on standard output: what a build did, and in how many seconds."""
    from tandem.formats import number

    seconds = number(round(time.monotonic() - begun, 1), speech.language)
    print(speech.say("word", key, {"seconds": seconds, "out": shown(out), **values}))


def _check(options: argparse.Namespace, house: House, speech: Speech) -> int:
    from tandem.commands import annotate
    from tandem.flow import examine

    problems = examine(house).problems
    if options.format == "github":
        return annotate.run(options, house, speech, problems)
    if options.format == "json":
        print(as_json(problems, speech))
    else:
        print("".join(f"{as_text(problem, speech)}\n" for problem in problems) + speech.count(problems))
    return int(errors(problems, options.strict))


def _serve(options: argparse.Namespace, house: House, speech: Speech) -> int:
    from tandem.serve import address, serve  # tornado is not for the quick commands

    url = address(house, options.port)
    print(speech.say("word", "serving", {"url": url}), file=sys.stderr)
    serve(house, options.port, speech, lambda built, begun: _tell(built, house.out, speech, begun))
    return 0


def _status(options: argparse.Namespace, house: House, speech: Speech) -> int:
    from tandem.flow import examine, survey
    from tandem.report import as_json as as_data
    from tandem.report import document
    from tandem.status import Unkept, as_table, verdict  # rich is not for the quick commands

    examined = examine(house)
    if examined.site is None:
        return _faulty(examined.problems, speech)
    coverage = survey(house, examined)
    if options.format == "json":
        print(as_data(document(coverage, examined.site)), end="")
    else:
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 100
        print(as_table(coverage, speech, shown(house.content), columns), end="")
    if errors(examined.problems):
        return _faulty(examined.problems, speech)
    try:
        found = verdict(coverage, options.fail_under, options.ratchet, speech)
    except Unkept as reason:
        return _refuse(str(reason))
    for sentence in found:
        print(sentence, file=sys.stderr)
    return int(bool(found))


def _review(options: argparse.Namespace, house: House, speech: Speech) -> int:
    from tandem.git import NoHistory
    from tandem.review import Range, review

    asked = Range.parse(options.range)
    if asked is None:
        return _refuse(speech.say("word", "range", {}))
    try:
        page = review(house, asked, speech)
        Path(options.out).write_bytes(page)
    except NoHistory as why:
        if why.reason in ("no_such", "incomplete"):
            return _refuse(speech.say("word", "no_such", {"range": options.range}))
        reason = speech.say("status", f"history_{why.reason}", {})
        return _refuse(speech.say("word", "history_unknown", {"reason": reason}))
    except OSError as error:
        values = {"file": options.out, "reason": os.strerror(error.errno or 0)}
        return _refuse(speech.say("word", "unwritten", values))
    print(speech.say("word", "reviewed", {"file": options.out}))
    return 0


def _faulty(problems: Sequence[Problem], speech: Speech) -> int:
    print(speech.say("word", "errors_first", {"count": speech.count(problems)}), file=sys.stderr)
    return 1


def _new(options: argparse.Namespace, house: House, speech: Speech) -> int:
    from tandem.draft import new_project, write_new
    from tandem.explain import Help
    from tandem.flow import examine
    from tandem.language import slugify

    id = slugify(options.name)
    if not id:
        return _refuse(speech.say("word", "slug_empty", {}))
    site = examine(house).site
    if site is None:
        return _refuse(speech.say("problem", "file.missing", {}))
    known = {
        "round": next(reversed(tuple(site.rounds)), "2020"),
        "theme": next(iter(site.themes), "asiointi"),
        "as_of": site.settings.as_of.isoformat(),
    }
    file = house.content / "projects" / f"{id}.yaml"
    if not write_new(file, new_project(id, options.name, site.languages, known, Help(speech.language))):
        return _refuse(speech.say("word", "exists", {"file": f"{shown(house.content)}/projects/{id}.yaml"}))
    print(speech.say("word", "created", {"file": f"{shown(house.content)}/projects/{id}.yaml"}))
    return 0


def _fmt(options: argparse.Namespace, house: House, speech: Speech) -> int:
    from tandem.tidy import languages_of, tidy

    try:
        changed = tidy(house.content, languages_of(house.content), write=not options.check)
    except OSError as error:
        values = {"file": shown(Path(error.filename or house.content)), "reason": os.strerror(error.errno or 0)}
        return _refuse(speech.say("word", "unwritten", values))
    for path in changed:
        print(f"{shown(house.content)}/{path.relative_to(house.content).as_posix()}")
    key = ("fmt.todo" if options.check else "fmt.done") if changed else "fmt.none"
    print(speech.say("word", key, {"n": str(len(changed))}), file=sys.stderr)
    return int(options.check and bool(changed))


def _schema(options: argparse.Namespace, house: House, speech: Speech) -> int:
    from tandem.flow import examine
    from tandem.schema import schema

    site = examine(house).site
    languages = site.languages if site else ("fi", "sv")
    print(json.dumps(schema(options.kind, languages), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
