"""What is wrong, shown over the last good site while an editor mends it: in their language, with file and line."""

from __future__ import annotations

from html import escape

from tandem.problem import Problem, Speech

SHEET = """\
.tandem-faults { position: sticky; top: 0; z-index: 9; max-height: 60vh; overflow: auto; padding: 1rem 1.5rem;
  background: #fff4f2; color: #1b1b1b; border-bottom: 4px solid #b3261e; font: 1rem/1.5 system-ui, sans-serif; }
.tandem-faults h2 { margin: 0 0 .5rem; font-size: 1.125rem; }
.tandem-faults code { font-family: ui-monospace, monospace; font-weight: 700; overflow-wrap: anywhere; }
.tandem-faults p { margin: 0; }
"""
MOST = 20  # problems shown; mending some of them often mends the rest


class Overlay:
    """The problems of the last build, or the failure of a template; nothing when it went well."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.problems: tuple[Problem, ...] = ()
        self.failure = ""

    def __bool__(self) -> bool:
        return bool(self.problems or self.failure)

    def failure_of(self, page: str, cause: BaseException) -> str:
        """How it is said that a template failed on ``page``."""
        place = getattr(cause, "filename", None) or ""
        line = getattr(cause, "lineno", None) or ""
        return f"{self.speech.say('word', 'bug', {'page': page})} {place}:{line} {type(cause).__name__}: {cause}"

    def html(self) -> str:
        """The overlay as HTML; empty when there is nothing to say."""
        if not self:
            return ""
        items = "".join(f"<li>{self._item(problem)}</li>" for problem in self.problems[:MOST])
        heading = self.failure or self.speech.count(self.problems)
        return (
            f'<aside class="tandem-faults" role="alert" lang="{self.speech.language}" tabindex="0">'
            f"<h2>{escape(heading)}</h2><ol>{items}</ol></aside>"
        )

    def _item(self, problem: Problem) -> str:
        where = f"{problem.where.file}:{problem.where.line}:{problem.where.column}"
        hint = self.speech.hint(problem) if problem.hint else ""
        lines = [f"<code>{escape(where)}</code> {escape(self.speech.message(problem))}"]
        return "<br>".join([*lines, *([escape(hint)] if hint else [])])
