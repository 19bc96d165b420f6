"""Templates that speak: an environment of one language, its words put in when a template is compiled.

A word without placeholders is a constant of its language, so it costs nothing when a page is rendered. Words with
placeholders and plurals go through gettext as usual. Whatever a catalog says is text, never HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import babel_extract
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

Words = Mapping[str, Callable[..., str]]
_FUNCTIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
_NOTE = "L10n:"  # begins a template's comment that is meant for translators


@dataclass(frozen=True, slots=True)
class Asked:
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
            for line, function, message, notes in babel_extract(file, _FUNCTIONS, [_NOTE], {"silent": "false"}):
                texts = message if isinstance(message, tuple) else (message,)
                context = str(texts[0]) if function in ("pgettext", "npgettext") else ""
                ids = tuple(text for text in texts[bool(context) :] if isinstance(text, str))
                if ids:
                    yield Asked(name, line, context, ids, tuple(note.removeprefix(_NOTE).strip() for note in notes))


class Spoken(jinja2.Environment):
    """An environment whose templates say the words of one catalog (gettext, ngettext, pgettext, npgettext)."""

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
            cache_size=-1,
            **options,
        )
        self.words = words
        escaped = {name: _escaped(word) for name, word in words.items()}
        self.install_gettext_callables(newstyle=True, **escaped)  # type: ignore[attr-defined]

    def _generate(self, source: nodes.Template, *rest: Any, **named: Any) -> str:
        return super()._generate(_Constants(self.words).visit(source), *rest, **named)


class _Constants(NodeTransformer):
    """``_("Word")`` and ``pgettext("context", "Word")`` become what they say."""

    def __init__(self, words: Words) -> None:
        self.said = {"_": (words["gettext"], 1), "gettext": (words["gettext"], 1), "pgettext": (words["pgettext"], 2)}

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's own naming
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in self.said or node.kwargs:
            return node
        word, count = self.said[node.node.name]
        arguments = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        if len(arguments) != count or len(node.args) != count:
            return node
        return nodes.MarkSafe(nodes.Const(str(escape(word(*arguments) % {}))), lineno=node.lineno)


def _escaped(word: Callable[..., str]) -> Callable[..., Markup]:
    return lambda *arguments: escape(word(*arguments))
