"""Markdown pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from tandem.language import Text
from tandem.page import Page
from tandem.pages.parts import Maker, Prose


@dataclass(frozen=True, slots=True)
class TextView:
    id: str
    title: Text
    summary: Text
    body: Prose
    draft: bool


def pages(maker: Maker) -> Iterator[Page]:
    for code in maker.site.languages:
        for id, writing in maker.site.pages.items():
            folder = posixpath.join("{language}", posixpath.dirname(id))
            view = TextView(
                id=id,
                title=writing.title.text(code),
                summary=writing.summary.text(code),
                body=maker.prose(writing.body, code, folder),
                draft=writing.draft,
            )
            yield maker.page(
                "page",
                code,
                maker.family("page", writing),
                view,
                trail=maker.trail(code),
                section=id,
                untranslated=writing.untranslated,
                source=f"content/{writing.title.text(code).lang or code}/{id}.md",
            )
