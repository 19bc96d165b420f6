"""Every word the templates ask for, as a translator should see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2.ext import babel_extract
from msgspec import Struct

from tandem.spoken import FUNCTIONS

_NOTE = "L10n:"  # begins a template's comment that is meant for translators


class Asked(Struct, frozen=True):
    """A word a template asks for: its singular and, where it has one, its plural; what translators are told of it."""

    file: str
    line: int
    context: str
    ids: tuple[str, ...]
    comments: tuple[str, ...]


def asked(folder: Path) -> Iterator[Asked]:
    """Every word of every template below ``folder``, as it stands there."""
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        with path.open("rb") as file:
            for line, function, message, notes in babel_extract(file, FUNCTIONS, [_NOTE], {"silent": "false"}):
                texts = message if isinstance(message, tuple) else (message,)
                context = str(texts[0]) if function in ("pgettext", "npgettext") else ""
                ids = tuple(text for text in texts[bool(context) :] if isinstance(text, str))
                if ids:
                    yield Asked(name, line, context, ids, tuple(note.removeprefix(_NOTE).strip() for note in notes))
