"""Pages to bytes. The only room with Jinja, but for those that compile templates and give them their words.

A template sees ``page``, ``view`` and ``frame``, the filters below, and gettext for its words; nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from msgspec import structs

from tandem import formats
from tandem.hyphens import softened
from tandem.language import Text, translations
from tandem.page import Frame, Page
from tandem.spoken import FILTERS, Spoken, Templates

ENOUGH = 150_000  # parts remembered at once, some 100 MB
_dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def said(text: Text) -> str:
    """A text, marked with its language where that is not the page's."""
    return Markup('<span lang="{}">{}</span>').format(text.lang, text.text) if text.lang else text.text


def as_json(value: Any) -> Markup:
    """A value as JSON that is safe inside a script element."""
    safe = _dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 - nothing that could end the element is left


class PageFailed(Exception):
    """A template failed on a page: our bug, never an editor's."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Renderer:
    """Renders pages with ``templates``; one environment a language, each with its own compiled catalog."""

    def __init__(
        self,
        templates: Templates,
        catalogs: Mapping[str, bytes],
        frames: Mapping[str, Frame],
        assets: Mapping[str, str],
    ) -> None:
        self.frames, self.assets = frames, assets
        self.first = next(iter(frames))
        self.environments = {
            language: self._environment(templates, language, catalogs[language]) for language in frames
        }

    def render(self, page: Page) -> bytes:
        """The page's HTML as UTF-8. A page in all languages is rendered in the first one's environment."""
        language = page.language or self.first
        template = self.environments[language].get_template(f"{page.kind}.html")
        html = template.render(page=page, view=page.view, frame=self.frames[language])
        return html.encode("utf-8")

    def _half(self, language: str, template: str, view: object) -> Markup:
        """A part of a page in all languages, rendered in one of them."""
        rendered = self.environments[language].get_template(template).render(view=view, frame=self.frames[language])
        return Markup(rendered)  # noqa: S704 - our own template, autoescaped

    def _asset(self, name: str) -> str:
        frame = self.frames[self.first]
        return f"{frame.base}static/{self.assets[name]}"

    def _environment(self, templates: Templates, language: str, catalog: bytes) -> Spoken:
        environment = Spoken(translations(catalog), templates)
        filters = {
            "said": said,
            "heading": lambda text: said(structs.replace(text, text=softened(text.text, text.lang or language))),
            "json": as_json,
            "money": lambda euros: formats.money(euros, language),
            "number": lambda value: formats.number(value, language),
            "share": lambda tenths: formats.share(tenths, language),
            "date": lambda day: formats.date(day, language),
            "date_in_text": lambda day: formats.date_in_text(day, language),
            "partial_date": lambda value: formats.partial_date(value, language),
            "period": lambda start, end: formats.period(start, end, language),
            "safe_html": Markup,
        }
        assert filters.keys() == set(FILTERS)
        environment.filters |= filters
        kept: dict[tuple[str, object], Markup] = {}

        def once(name: str, key: object = None, **values: object) -> Markup:
            """A part that is the same wherever ``key`` is, rendered the first time. It sees ``values`` and frame."""
            found = kept.get((name, key))
            if found is None:
                if len(kept) >= ENOUGH:
                    kept.clear()
                html = environment.get_template(name).render(values, frame=self.frames[language])
                found = kept[name, key] = Markup(html.rstrip("\n"))  # noqa: S704 - our own template, autoescaped
            return found

        environment.globals.update(half=self._half, asset=self._asset, once=once)
        return environment


def standalone(folder: Path, template: str, values: Mapping[str, Any]) -> bytes:
    """A page that is not of the site: one template with these values, all of them escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(values).encode("utf-8")
