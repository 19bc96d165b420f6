"""The state of the two languages as a person reads it in a terminal: the sum first, then what needs work.

At most 100 columns, the same in a terminal and in a pipe, without colours. Words of content are shown printable.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

from tandem.coverage import Coverage, Work, tenths
from tandem.formats import number, share
from tandem.problem import Speech, printable
from tandem.report import as_json, figures, remembered, worse

WIDTH = 100  # columns, at most
GAP = "   "  # between two columns of a table


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
        values = {"share": share(tenths(coverage.best, whole), speech.language), "limit": str(limit).replace(".", ",")}
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
        self.speech, self.width = speech, width
        self.lines: list[str] = []

    def say(self, key: str, **values: str) -> str:
        return self.speech.say("status", key, values)

    def text(self) -> str:
        return "".join(f"{line.rstrip()}\n" for line in self.lines)

    def line(self, text: str) -> None:
        self.lines += _folded(text, self.width)

    def heading(self, text: str) -> None:
        self.lines += ["", *_folded(text, self.width)]

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int) -> None:
        """A table under a heading; the last columns are ``numbers``, the others fold where they are long."""
        self.heading(title)
        cells = [tuple(columns), *(tuple(map(printable, row)) for row in rows)]
        sizes = _sizes(cells, len(columns) - numbers, self.width)
        for place, row in enumerate(cells):
            self.lines += _laid(row, sizes, len(columns) - numbers)
            if place == 0:
                self.lines.append("─" * (sum(sizes) + len(GAP) * (len(sizes) - 1)))

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
            self.heading(self.say("differing_heading"))
            for problem in coverage.differing:
                place = f"{printable(problem.where.file)}:{problem.where.line}"
                self.line(f"{place}: {self.speech.message(problem)} [{problem.code}]")
        if not rows and not coverage.differing:
            self.heading(self.say("no_work"))

    def rows(self, work: Work, folder: str) -> list[list[str]]:
        start = [f"{folder}/{work.file}", work.field]
        found = [[*start, code, self.say("is_missing"), "", ""] for code in work.missing]
        found += [[*start, code, self.say("is_untranslated"), "", ""] for code in work.untranslated]
        for behind in work.behind:
            since = behind.since
            when = [since.day.isoformat(), since.commit[:7]] if since.day else [self.say("now"), ""]
            found.append([*start, behind.language, self.say("is_behind"), *when])
        return found


def _folded(text: str, width: int) -> list[str]:
    """``text`` on lines of ``width`` columns; a word that is longer is cut."""
    return [text] if len(text) <= width else textwrap.wrap(text, width, break_on_hyphens=False)


def _sizes(cells: Sequence[Sequence[str]], foldable: int, width: int) -> list[int]:
    """The widths of the columns. The widest of the first ``foldable`` ones give way until the table fits."""
    sizes = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for _ in range(sum(sizes) + len(GAP) * (len(sizes) - 1) - width):
        sizes[max(range(foldable), key=sizes.__getitem__)] -= 1
    return [max(size, 1) for size in sizes]


def _laid(row: Sequence[str], sizes: Sequence[int], foldable: int) -> Iterator[str]:
    """One row of a table, on as many lines as its longest cell needs; figures to the right."""
    folded = [
        _folded(cell, size) if place < foldable else [cell]
        for place, (cell, size) in enumerate(zip(row, sizes, strict=True))
    ]
    for line in zip_longest(*folded, fillvalue=""):
        yield GAP.join(
            cell.ljust(size) if place < foldable else cell.rjust(size)
            for place, (cell, size) in enumerate(zip(line, sizes, strict=True))
        )
