"""Markdown pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from tandem.language import Text
from tandem.page import Page
from tandem.pages.parts import Maker
from tandem.pages.prose import Prose


class TextView(Struct, frozen=True):
    id: str
    title: Text
    summary: Text
    body: Prose
    draft: bool


def pages(maker: Maker) -> Iterator[Page]:
    for code in maker.site.languages:
        for id, writing in maker.site.pages.items():
            yield maker.page(
                "page",
                code,
                maker.family("page", writing),
                partial(_view, maker, id, code),
                trail=maker.trail(code),
                section=id,
                untranslated=writing.untranslated,
                source=f"content/{writing.title.text(code).lang or code}/{id}.md",
                id=id,
            )


def _view(maker: Maker, id: str, code: str) -> TextView:
    writing = maker.site.pages[id]
    return TextView(
        id=id,
        title=writing.title.text(code),
        summary=writing.summary.text(code),
        body=maker.prose(writing.body, code, posixpath.join("{language}", posixpath.dirname(id))),
        draft=writing.draft,
    )
