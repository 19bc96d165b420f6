"""What is wrong, where, and how it is said: text for people, commands for GitHub, JSON for tools.

A problem is a value in a list, never an exception. Its code is stable; its sentence and its hint are
looked up in the generator's own catalogs (``tandem/catalogs/<lang>.po``) when it is printed, in the
reader's language.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tandem.kept import Kept, digest

Level = Literal["error", "warning"]
LANGUAGES = ("fi", "sv", "en")
CATALOGS = Path(__file__).parent / "catalogs"
FORMAT = 1  # of the sentences kept
_MOST_BYTES = 1024 * 1024  # of a file, to show a line of it
_SECRET = frozenset({"privacy.identity_code"})  # the line is not repeated in logs


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: 1-based line and column, and how many characters the caret underlines."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault an editor can mend. ``values`` fill the braces of the sentence and of the hint."""

    code: str
    where: Where
    values: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    level: Level = "error"


def recall(told: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Problems as they were told before, from JSON."""
    return tuple(Problem(**{**one, "where": Where(**one["where"])}) for one in told["problems"])


class Speech:
    """The sentences of problems in one language (``fi``, ``sv`` or ``en``).

    ``cache``: where they are kept as they were read, so that who has nothing else to read need not wait for Babel.
    """

    def __init__(self, language: str, cache: Path | None = None) -> None:
        self.language = language
        file = CATALOGS / f"{language}.po"
        if cache is None:
            self._said = _sentences(file)
            return
        kept, key = Kept(cache / f"words-{language}.json", FORMAT), digest(file.read_text("utf-8"))
        if key not in kept:
            kept[key] = [(*where, said) for where, said in _sentences(file).items()]
            kept.keep([key])
        self._said = {(context, id): said for context, id, said in kept[key]}

    def say(self, context: str, key: str, values: Mapping[str, str]) -> str:
        """The sentence for ``key`` (contexts: ``problem``, ``hint``, ``word``), its braces filled.

        Raises KeyError for a key without a sentence: that is a bug of ours, not an editor's fault.
        """
        return self._said[context, key].format_map({name: printable(value) for name, value in values.items()})

    def all(self, context: str) -> dict[str, str]:
        """Every sentence of a context by its key, braces as they are."""
        return {key: text for (where, key), text in self._said.items() if where == context}

    def message(self, problem: Problem) -> str:
        return self.say("problem", problem.code, problem.values)

    def hint(self, problem: Problem) -> str:
        return self.say("hint", problem.hint, problem.values) if problem.hint else ""

    def seconds(self, duration: float) -> str:
        """A duration in seconds to a tenth, with the decimal sign of the language."""
        whole, tenths = f"{duration:.1f}".split(".")
        return self.say("word", "tenths", {"whole": whole, "tenths": tenths})

    def count(self, problems: Sequence[Problem]) -> str:
        """``3 errors, 1 warning`` in words."""
        tally = {level: sum(p.level == level for p in problems) for level in ("error", "warning")}
        said = [
            self.say("word", f"count.{level}.{'one' if n == 1 else 'many'}", {"n": str(n)})
            for level, n in tally.items()
            if n
        ]
        return ", ".join(said) if said else self.say("word", "count.none", {})


def _sentences(file: Path) -> dict[tuple[str, str], str]:
    """The sentences of a catalog by context and key."""
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        catalog = read_po(stream, locale=file.stem)
    return {(str(m.context or ""), str(m.id)): str(m.string) for m in catalog if m.id}


def printable(text: str) -> str:
    """``text`` with control, bidi and other invisible characters written as \\u escapes (safe on a terminal)."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\u00a0" or unicodedata.category(c) == "Zs" else f"\\u{ord(c):04x}" for c in text
    )


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by place, then code, each once."""
    seen: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        seen.setdefault((problem.code, problem.where, tuple(sorted(problem.values.items()))), problem)
    return sorted(seen.values(), key=lambda p: (p.where, p.code, sorted(p.values.items())))


def errors(problems: Iterable[Problem], strict: bool = False) -> bool:
    """Whether anything here stops the build; ``strict`` counts warnings too."""
    return any(strict or problem.level == "error" for problem in problems)


Lines = Callable[[str, int], str | None]


def source_line(file: str, line: int) -> str | None:
    """Line ``line`` (1-based) of ``file`` as it stands on disk, or None; never what a link leads to."""
    path = Path(file)
    try:
        if path.is_symlink():
            return None
        with path.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace").removeprefix("\ufeff")
    except OSError:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else None


def as_text(problem: Problem, speech: Speech, lines: Lines = source_line) -> str:
    """The problem as an editor reads it: place, level, sentence, code; the line with a caret; the hint."""
    where = problem.where
    level = speech.say("word", problem.level, {})
    out = [f"{printable(where.file)}:{where.line}:{where.column}: {level}: {speech.message(problem)} [{problem.code}]"]
    line = None if problem.code in _SECRET else lines(where.file, where.line)
    if line is not None:
        shown, column = _window(unicodedata.normalize("NFC", line), where.column)
        before, marked = (len(printable(part)) for part in (shown[: column - 1], shown[column - 1 :][: where.length]))
        margin = f"{where.line:5} | "
        caret = " " * before + "^" * (marked or 1)
        out += [(margin + printable(shown)).rstrip(), " " * (len(margin) - 2) + f"| {caret}"]
    hint = speech.hint(problem)
    if hint:
        out.append(f"   {speech.say('word', 'hint', {})}: {hint}")
    return "\n".join(out)


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """At most ``width`` characters of ``line`` around ``column``, and the column within them."""
    line = line.replace("\t", " ")
    if len(line) <= width:
        return line, min(column, len(line) + 1)
    start = max(0, min(column - 1 - width // 3, len(line) - width))
    return line[start : start + width], min(column - start, width + 1)


def as_json(problems: Sequence[Problem], speech: Speech) -> str:
    """A list of ``{file, line, column, level, code, message, hint}``."""
    return json.dumps(
        [
            {
                "file": printable(p.where.file),
                "line": p.where.line,
                "column": p.where.column,
                "level": p.level,
                "code": p.code,
                "message": speech.message(p),
                "hint": speech.hint(p),
            }
            for p in problems
        ],
        ensure_ascii=False,
        indent=1,
    )
