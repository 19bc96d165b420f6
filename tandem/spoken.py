"""Templates that speak: compiled once for all languages, and each language's words put in as constants.

A word without placeholders is a constant of its language, so it costs nothing when a page is rendered. Words with
placeholders and plurals go through gettext as usual. Whatever a catalog says is text, never HTML.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property, lru_cache
from inspect import signature
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.ext import extract_from_ast
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from tandem.direct import Compiled, Direct, escape, macros

Words = Mapping[str, Callable[..., str]]
Unparsable = jinja2.TemplateSyntaxError
"""A template that is none: its ``name``, ``filename`` and ``lineno``."""
# The filters of a language's own environment; what they make is known only there.
FILTERS = (
    "said", "heading", "json", "money", "number", "share",
    "date", "date_in_text", "partial_date", "period", "safe_html",
)  # fmt: skip
ANY = "*"
_CALLED = {"once": 0, "half": 1, "asset": 0}  # functions that take a file's name, and which argument that is
_NAMING = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
FUNCTIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
_OPEN = "\ue000{}\ue001{}\ue002"  # stands in compiled code for a word: its context and its id (private use, no text)
_WORD = re.compile(_OPEN.format("([^\ue001]*)", "([^\ue002]*)"))
_UNREAD: Mapping[str, str] = {}
_OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}


class Family(NamedTuple):
    """What a template is rendered with: ``files`` that it extends, includes, imports or takes parts from, itself too.

    ``assets``: what may be files below static/ they link to, or ``ANY``. ``halves``: whether parts are rendered in
    other languages.
    """

    files: tuple[str, ...]
    assets: tuple[str, ...]
    halves: bool


class Templates:
    """The templates below ``folder``, each parsed and compiled once, for all languages, when it is first needed.

    ``ready``: gives what ``packed`` made of them; asked for when the first one is needed. ``sources``: what stands in
    them; read when it is needed where it is not given.
    """

    def __init__(
        self, folder: Path, ready: Callable[[], bytes] | None = None, sources: Mapping[str, str] = _UNREAD
    ) -> None:
        self.folder = folder
        self._ready, self._sources = ready, sources
        self._trees: dict[str, nodes.Template] = {}
        self._environment = Compiled(**_OPTIONS, extensions=["jinja2.ext.i18n"])
        self._environment.code_generator_class = Direct
        self._environment.macros = cache(lambda name: macros(self._tree(name)))
        self._environment.filters.update(dict.fromkeys(FILTERS, _later))

    def names(self) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))

    @cached_property
    def _codes(self) -> dict[str, CodeType]:
        return marshal.loads(self._ready())[0] if self._ready else {}  # noqa: S302 - of a child process of ours

    @cached_property
    def used(self) -> Mapping[tuple[str, str], tuple[str, int]]:
        """The words templates ask for: (context, id) → the template and the line that ask first."""
        if self._ready:
            return marshal.loads(self._ready())[1]  # type: ignore[no-any-return]  # noqa: S302
        used: dict[tuple[str, str], tuple[str, int]] = {}
        for name in self.names():
            for line, function, message in extract_from_ast(self._tree(name), FUNCTIONS):
                texts = message if isinstance(message, tuple) else (message,)
                context = str(texts[0]) if function in ("pgettext", "npgettext") else ""
                word = texts[1] if context else texts[0]
                if isinstance(word, str):
                    used.setdefault((context, word), (name, line))
        return used

    @cached_property
    def families(self) -> Mapping[str, Family]:
        """The family of each template. Where a name is not written out, any template may be meant."""
        if self._ready:
            return {name: Family(*it) for name, it in marshal.loads(self._ready())[2].items()}  # noqa: S302
        near = {name: self._near(name) for name in self.names()}
        return {name: _gathered(name, near) for name in near}

    def _near(self, name: str) -> Family:
        """The templates one names itself."""
        every = tuple(self._tree(name).find_all((nodes.Const, nodes.Call, nodes.Name, *_NAMING)))
        names = {one.value for one in every if isinstance(one, nodes.Const) and isinstance(one.value, str)}
        calls = [one for one in every if isinstance(one, nodes.Call) and getattr(one.node, "name", "") in _CALLED]
        told = [call.args[_CALLED[call.node.name]] for call in calls]  # type: ignore[attr-defined]
        told += [getattr(one, "template") for one in every if isinstance(one, _NAMING)]  # noqa: B009 - each has it
        named = [one for one in every if isinstance(one, nodes.Name) and one.name in _CALLED]
        plain = all(isinstance(one, nodes.Const) for one in told) and len(named) == len(calls)
        if not plain:
            return Family(tuple(self.names()), (ANY,), halves=True)
        files = tuple(name for name in self.names() if name in names)
        assets = tuple(sorted(name for name in names if "." in name and name not in files))
        return Family(files, assets, any(one.name == "half" for one in named))

    def code(self, name: str) -> CodeType:
        """What a template compiles to, its words left open. Raises TemplateNotFound, TemplateSyntaxError."""
        if name not in self._codes:
            tree = _Open().visit(self._tree(name))
            self._codes[name] = self._environment.compile(tree, name, str(self.folder / name))
        return self._codes[name]

    def packed(self) -> bytes:
        """All of it, for another process of this very program."""
        used, families = dict(self.used), {name: tuple(family) for name, family in self.families.items()}
        return marshal.dumps(({name: self.code(name) for name in self.names()}, used, families))

    def _tree(self, name: str) -> nodes.Template:
        if name not in self._trees:
            file = self.folder / name
            try:
                source = self._sources.get(name) or file.read_text("utf-8")
            except FileNotFoundError:
                raise jinja2.TemplateNotFound(name) from None
            self._trees[name] = self._environment.parse(source, name, str(file))
        return self._trees[name]


def _gathered(name: str, near: Mapping[str, Family]) -> Family:
    """A template with all that those it names name in turn."""
    found: dict[str, Family] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found and one in near:
            found[one] = near[one]
            waiting += near[one].files
    assets = {asset for family in found.values() for asset in family.assets}
    return Family(tuple(sorted(found)), tuple(sorted(assets)), any(family.halves for family in found.values()))


def packed(folder: Path) -> bytes:
    """What ``Templates`` make of a folder, for any process of this program; remembered while no template changes."""
    return _packed(folder, _sources(folder))


def used(folder: Path) -> Mapping[tuple[str, str], tuple[str, int]]:
    """What ``Templates.used`` tells of a folder; remembered while no template changes."""
    return _used(folder, _sources(folder))


def _sources(folder: Path) -> tuple[tuple[str, str], ...]:
    files = sorted(folder.rglob("*.html"))
    return tuple((file.relative_to(folder).as_posix(), file.read_text("utf-8")) for file in files)


@lru_cache(maxsize=4)
def _packed(folder: Path, sources: tuple[tuple[str, str], ...]) -> bytes:
    return Templates(folder, sources=dict(sources)).packed()


@lru_cache(maxsize=4)
def _used(folder: Path, sources: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, str], tuple[str, int]]:
    return Templates(folder, sources=dict(sources)).used


class Spoken(jinja2.Environment):
    """An environment whose templates say the words of one catalog (gettext, ngettext, pgettext, npgettext)."""

    def __init__(self, words: Words, templates: Templates) -> None:
        super().__init__(**_OPTIONS, auto_reload=False, cache_size=-1, loader=_Filled(words, templates))
        self._got: dict[str, jinja2.Template] = {}
        self.globals.update({name: _said(word, len(signature(word).parameters)) for name, word in words.items()})
        self.globals["_"] = self.globals["gettext"]

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:
        """Each template is loaded once; none has globals of its own."""
        found = self._got.get(name)
        if found is None:
            found = self._got[name] = super().get_template(name)
        return found


class _Filled(jinja2.BaseLoader):
    """Loads compiled templates with the words of one language filled in."""

    def __init__(self, words: Words, templates: Templates) -> None:
        self.words, self.templates = words, templates

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: Any = None,
    ) -> jinja2.Template:
        code = self._filled(self.templates.code(name))
        template = environment.template_class.from_code(environment, code, globals or {})
        template.root_render_func.__globals__["escape"] = escape
        return template

    def _filled(self, value: Any) -> Any:
        """Code, or a constant of it, with what the language says for each word left open."""
        if isinstance(value, CodeType):
            return value.replace(co_consts=tuple(map(self._filled, value.co_consts)))
        if isinstance(value, tuple):
            return tuple(map(self._filled, value))
        return _WORD.sub(self._said, value) if isinstance(value, str) else value

    def _said(self, word: re.Match[str]) -> str:
        context, id = word.groups()
        said = self.words["pgettext"](context, id) if context else self.words["gettext"](id)
        return str(markupsafe.escape(said % {}))


class _Open(NodeTransformer):
    """``_("Word")`` and ``pgettext("context", "Word")`` become constants to be filled in; what is filtered is not."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's own naming
        self.generic_visit(node)
        count = {"_": 1, "gettext": 1, "pgettext": 2}.get(getattr(node.node, "name", ""), 0)
        if not isinstance(node.node, nodes.Name) or node.kwargs or not count:
            return node
        arguments = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        if len(arguments) != count or len(node.args) != count:
            return node
        word = _OPEN.format(*["", *arguments][-2:])
        return nodes.MarkSafe(nodes.Const(word), lineno=node.lineno)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802 - the visitor's own naming
        """A filter would be applied to the word's place before the word is there."""
        return node


def _later(*values: object) -> Any:
    """Stands for a filter while templates are compiled: its result is known only in a language."""
    raise nodes.Impossible


def _said(word: Callable[..., str], count: int) -> Callable[..., Markup]:
    """A word of the catalog as HTML, its placeholders filled in. ``count``: how many arguments find it.

    ``%(num)s`` is the number a plural goes by.
    """

    @cache
    def found(*key: Any) -> str:
        return str(markupsafe.escape(word(*key)))

    def said(*key: Any, **values: object) -> Markup:
        if count > 2:
            values.setdefault("num", key[-1])
        html = found(*key)
        return Markup(html % {name: _filling(value) for name, value in values.items()})  # noqa: S704 - both escaped

    return said


def _filling(value: object) -> object:
    return value if isinstance(value, int) else escape(value)
