"""What GitHub shows of a check: annotations on a change's lines, and the summary of its job, in each language.

GitHub keeps ten annotations of a step and kind and drops the rest without a word (actions/toolkit, problem matchers),
and a summary may be at most 1 MiB. So problems in the files that changed come first, and what has no place of its own
is told together. Content is untrusted: all of it stands escaped, in HTML without blank lines, where Markdown is inert.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tandem.coverage import Coverage, tenths
from tandem.formats import number, share
from tandem.language import locale, native_name
from tandem.problem import Problem, Speech, errors, printable
from tandem.sitediff import HOWS, SiteDiff, tallies

MOST = 10  # annotations of a step and kind
_LINES = 30  # problems told in one annotation
_ROWS = 300_000  # characters of problems in one language's summary
_PAGES = 200  # pages named of each kind of change


def annotate(problems: Sequence[Problem], changed: Iterable[str], speeches: Sequence[Speech]) -> list[str]:
    """Workflow commands for all problems, at most ten errors and ten warnings.

    ``changed``: files whose problems come first. Where there are more than ten, the problems of a file are told at
    the first of them, and what is left at the end without a place.
    """
    first = frozenset(changed)
    out = []
    for level in ("error", "warning"):
        found = sorted((p for p in problems if p.level == level), key=lambda p: (p.where.file not in first, p.where))
        out += [_command(level, group, speeches) for group in _grouped(found)]
    return out


def _grouped(problems: Sequence[Problem]) -> list[list[Problem]]:
    """At most ten groups; the first problems alone for as long as there is room."""
    groups = [[problem] for problem in problems]
    files = list(dict.fromkeys(problem.where.file for problem in problems))
    for file in reversed(files):  # those that matter least give up their places first
        if len(groups) <= MOST:
            break
        mine = [problem for problem in problems if problem.where.file == file]
        place = next(n for n, group in enumerate(groups) if group[0].where.file == file)
        groups[place : place + len(mine)] = [mine]
    if len(groups) > MOST:
        groups[MOST - 1 :] = [[problem for group in groups[MOST - 1 :] for problem in group]]
    return groups


def _command(level: str, group: Sequence[Problem], speeches: Sequence[Speech]) -> str:
    where = group[0].where
    place = f"file={_property(printable(where.file))},line={where.line},col={where.column},"
    if len({problem.where.file for problem in group}) > 1:
        place = ""
    title = group[0].code if len(group) == 1 else " – ".join(speech.count(group) for speech in speeches)
    said = "\n\n".join(_told(group, speech, not place) for speech in speeches)
    return f"::{level} {place}title={_property(title)}::{_data(said)}"


def _told(group: Sequence[Problem], speech: Speech, files: bool) -> str:
    if len(group) == 1:
        return _sentence(group[0], speech)
    lines = []
    for problem in group[:_LINES]:
        where = problem.where
        place = f"{printable(where.file)}:{where.line}" if files else str(where.line)
        lines.append(f"{place}: {_sentence(problem, speech)}")
    if len(group) > _LINES:
        lines.append(speech.say("summary", "more", {"n": str(len(group) - _LINES)}))
    return "\n".join(lines)


def _sentence(problem: Problem, speech: Speech) -> str:
    hint = speech.hint(problem)
    return speech.message(problem) + (f"\n{speech.say('word', 'hint', {})}: {hint}" if hint else "")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


@dataclass(frozen=True)
class Judged:
    """All that is known of a change. ``coverage`` and ``diff`` are None where content with errors gives none."""

    problems: Sequence[Problem]
    changed: frozenset[str]
    coverage: Coverage | None = None
    diff: SiteDiff | None = None
    folder: str = "content"


def summary(judged: Judged, speeches: Sequence[Speech]) -> str:
    """GitHub Markdown: the same in each language, one after the other."""
    return "".join(f"{part}\n" for speech in speeches for part in _Section(judged, speech).parts())


class _Section:
    def __init__(self, judged: Judged, speech: Speech) -> None:
        self.judged, self.speech = judged, speech

    def say(self, key: str, **values: str) -> str:
        """A sentence of ours as HTML, its values escaped with it."""
        return escape(self.speech.say("summary", key, values))

    def parts(self) -> Iterator[str]:
        judged = self.judged
        verdict = "stopped" if errors(judged.problems) else "good"
        count = escape(self.speech.count(judged.problems))
        yield f"## {native_name(self.speech.language)}\n\n{self.say(verdict)}: {count}\n"
        ours = [p for p in judged.problems if p.where.file in judged.changed]
        others = [p for p in judged.problems if p.where.file not in judged.changed]
        yield from self.table("problems_changed" if judged.changed else "problems", ours)
        yield from self.table("problems_elsewhere" if judged.changed else "problems", others)
        yield from self.parity()
        yield from self.pages()

    def table(self, heading: str, problems: Sequence[Problem]) -> Iterator[str]:
        if not problems:
            return
        rows, size = [], 0
        for place, problem in enumerate(problems):
            row = self.row(problem)
            size += len(row)
            if size > _ROWS:
                left = self.say("more", n=str(len(problems) - place))
                rows.append(f"<tr><td></td><td></td><td>{left}</td></tr>")
                break
            rows.append(row)
        heads = "".join(f"<th>{self.say(name)}</th>" for name in ("place", "level", "what"))
        yield f"### {self.say(heading)}\n\n<table><tr>{heads}</tr>\n" + "\n".join(rows) + "\n</table>\n"

    def row(self, problem: Problem) -> str:
        where = problem.where
        hint = self.speech.hint(problem)
        said = escape(self.speech.message(problem)) + (f"<br>{escape(hint)}" if hint else "")
        place = escape(f"{printable(where.file)}:{where.line}:{where.column}")
        level = escape(self.speech.say("word", problem.level, {}))
        return (
            f"<tr><td><code>{place}</code></td><td>{level}</td><td>{said} <code>{escape(problem.code)}</code></td></tr>"
        )

    def parity(self) -> Iterator[str]:
        coverage = self.judged.coverage
        if coverage is None:
            return
        total, language = coverage.total, self.speech.language
        values = {"texts": number(total.texts, language), "complete": number(total.complete, language)}
        share_ = share(tenths(total.complete, total.texts), language)
        lines = [self.say("complete", **values, share=share_)]
        lines.append(self.say("differing", n=number(len(coverage.differing), language)))
        for work in coverage.work:
            if f"{self.judged.folder}/{work.file}" in self.judged.changed:
                lines += self.lacking(f"{work.file} {work.field}", work.missing, "missing")
                lines += self.lacking(f"{work.file} {work.field}", work.untranslated, "untranslated")
                lines += self.lacking(f"{work.file} {work.field}", [one.language for one in work.behind], "behind")
        yield f"### {self.say('parity')}\n\n<ul>\n" + "\n".join(f"<li>{line}</li>" for line in lines) + "\n</ul>\n"

    def lacking(self, text: str, languages: Iterable[str], how: str) -> list[str]:
        names = [locale(code).get_language_name(self.speech.language) or code for code in languages]
        return [f"<code>{escape(printable(text))}</code> {self.say(how, language=name)}" for name in names]

    def pages(self) -> Iterator[str]:
        diff = self.judged.diff
        yield f"### {self.say('pages')}\n"
        if diff is None:
            yield self.say("no_pages") + "\n"
            return
        if not diff.pages:
            yield escape(self.speech.say("sitediff", "none", {})) + "\n"
        for how in HOWS:
            if pages := diff.of(how):
                head = escape(self.speech.say("sitediff", how, {"n": str(len(pages))}))
                items = [
                    f"<li><code>{escape(printable(page.address))}</code> {escape(printable(page.title))}</li>"
                    for page in pages[:_PAGES]
                ]
                items += [f"<li>{self.say('more', n=str(len(pages) - _PAGES))}</li>"] * (len(pages) > _PAGES)
                yield f"<details><summary>{head}</summary><ul>\n" + "\n".join(items) + "\n</ul></details>\n"
        yield from (f"{escape(line)}\n" for line in tallies(diff, self.speech))
