"""The state of the two languages as a person reads it in a terminal: the sum first, then what needs work.

At most 100 columns, the same in a terminal and in a pipe, without colours. Words of content are shown printable.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tandem.coverage import Coverage, Work, tenths
from tandem.formats import number, share
from tandem.problem import Speech, printable
from tandem.report import as_json, figures, remembered, worse

WIDTH = 100  # columns, at most


class Unkept(Exception):
    """The ratchet's file can be neither read nor written, or holds something else; says so in words."""


def verdict(coverage: Coverage, limit: Decimal | None, ratchet: Path | None, speech: Speech) -> list[str]:
    """Why the state is not good enough, in sentences; none where it is.

    ``limit``: percent of the texts that must be complete and in step (where the history is not known: complete).
    ``ratchet``: a file with the last figures; when none is worse, the new ones take their place. Raises Unkept.
    """
    said = []
    whole = coverage.total.texts
    if limit is not None and coverage.best * 100 < limit * whole:
        values = {"share": share(tenths(coverage.best, whole), speech.language), "limit": str(limit)}
        said.append(speech.say("word", "below", values))
    if ratchet is not None and (fallen := _ratchet(coverage, ratchet, speech)):
        values = {"file": str(ratchet), "figures": ", ".join(fallen)}
        said.append(speech.say("word", "ratchet_worse", values))
    return said


def _ratchet(coverage: Coverage, file: Path, speech: Speech) -> tuple[str, ...]:
    """The figures that got worse; where none did, the file holds the new ones afterwards."""
    try:
        old = remembered(file.read_text("utf-8", "replace")) if file.exists() else None
        if old is None and file.exists():
            raise Unkept(speech.say("word", "ratchet_damaged", {"file": str(file)}))
        new = figures(coverage, old)
        fallen = worse(old, new) if old else ()
        if not fallen:
            beside = file.with_name(f"{file.name}.new")
            beside.write_text(as_json(new), "utf-8")
            beside.replace(file)
    except OSError as error:
        values = {"file": str(file), "reason": os.strerror(error.errno or 0)}
        raise Unkept(speech.say("word", "unwritten", values)) from None
    return fallen


def as_table(coverage: Coverage, speech: Speech, folder: str, columns: int = WIDTH) -> str:
    """The whole report. ``folder``: how the content folder is called; ``columns``: how wide the terminal is."""
    page = _Page(speech, min(max(columns, 40), WIDTH))
    page.headline(coverage)
    page.languages(coverage)
    page.fields(coverage)
    page.work(coverage, folder)
    return page.text()


class _Page:
    def __init__(self, speech: Speech, width: int) -> None:
        self.speech = speech
        self.console = Console(
            file=io.StringIO(), width=width, color_system=None, force_terminal=False, highlight=False, emoji=False,
            markup=False, legacy_windows=False,
        )  # fmt: skip

    def say(self, key: str, **values: str) -> str:
        return self.speech.say("status", key, values)

    def text(self) -> str:
        stream = self.console.file
        assert isinstance(stream, io.StringIO)
        return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())

    def line(self, text: str) -> None:
        self.console.print(Text(text), soft_wrap=False)

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> None:
        """A table under a heading; the last columns are ``numbers``, the others fold where they are long."""
        self.line(f"\n{title}")
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for place, column in enumerate(columns):
            numeric = place >= len(columns) - numbers
            table.add_column(Text(column), justify="right" if numeric else "left", no_wrap=numeric, overflow="fold")
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        self.console.print(table)

    def count(self, value: int) -> str:
        return number(value, self.speech.language)

    def share(self, part: int, whole: int) -> str:
        return share(tenths(part, whole), self.speech.language)

    def headline(self, coverage: Coverage) -> None:
        total = coverage.total
        values = {"texts": self.count(total.texts), "complete": self.count(total.complete)}
        self.line(self.say("complete", **values, share=self.share(total.complete, total.texts)))
        if coverage.known:
            step = self.share(total.in_step, total.texts)
            self.line(self.say("in_step", in_step=self.count(total.in_step), share=step))
        else:
            self.line(self.say("unknown", reason=self.say(f"history_{coverage.history}")))
        self.line(self.say("differing", count=self.count(len(coverage.differing))))

    def languages(self, coverage: Coverage) -> None:
        total = coverage.total
        columns = ["language", "present", "share", "missing", "untranslated", *(["behind"] if coverage.known else [])]
        rows = []
        for code in coverage.languages:
            present = total.present(code)
            counts = [present, total.missing.get(code, 0), total.untranslated.get(code, 0), total.behind.get(code, 0)]
            cells = [self.count(count) for count in counts[: 4 if coverage.known else 3]]
            rows.append([code, cells[0], self.share(present, total.texts), *cells[1:]])
        self.table(self.say("by_language"), [self.say(name) for name in columns], rows, len(columns) - 1)

    def fields(self, coverage: Coverage) -> None:
        columns = [self.say(name) for name in ("field", "texts")]
        columns += [*coverage.languages, self.say("all")]
        rows = []
        for (kind, field), tally in coverage.fields.items():
            present = [self.count(tally.present(code)) for code in coverage.languages]
            row = [f"{kind}.{field}", self.count(tally.texts), *present, self.count(tally.complete)]
            rows.append(row + ([self.count(tally.in_step)] if coverage.known else []))
        columns += [self.say("step")] if coverage.known else []
        self.table(self.say("by_field"), columns, rows, len(columns) - 1)

    def work(self, coverage: Coverage, folder: str) -> None:
        rows = [row for work in coverage.work for row in self.rows(work, folder)]
        if rows:
            columns = [self.say(name) for name in ("file", "field", "language", "state", "since", "commit")]
            shown = 6 if any(work.behind for work in coverage.work) else 4
            self.table(self.say("work"), columns[:shown], [row[:shown] for row in rows], 0)
        if coverage.differing:
            self.line(f"\n{self.say('differing_heading')}")
            for problem in coverage.differing:
                place = f"{printable(problem.where.file)}:{problem.where.line}"
                self.line(f"{place}: {self.speech.message(problem)} [{problem.code}]")
        if not rows and not coverage.differing:
            self.line(f"\n{self.say('no_work')}")

    def rows(self, work: Work, folder: str) -> list[list[str]]:
        start = [f"{folder}/{work.file}", work.field]
        found = [[*start, code, self.say("is_missing"), "", ""] for code in work.missing]
        found += [[*start, code, self.say("is_untranslated"), "", ""] for code in work.untranslated]
        for behind in work.behind:
            since = behind.since
            when = [since.day.isoformat(), since.commit[:7]] if since.day else [self.say("now"), ""]
            found.append([*start, behind.language, self.say("is_behind"), *when])
        return found
