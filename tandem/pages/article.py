"""News: the list and a page for each article."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from tandem.language import Text
from tandem.linked import Node
from tandem.model import Article
from tandem.page import Link, Page
from tandem.pages.offers import latest
from tandem.pages.parts import Maker, NewsRow, Row, SourceRow, sources
from tandem.pages.prose import Prose


class News(Struct, frozen=True):
    years: tuple[tuple[int, tuple[NewsRow, ...]], ...]


class ArticleView(Struct, frozen=True):
    id: str
    title: Text
    summary: Text
    date: datetime.date
    body: Prose
    projects: tuple[Row, ...]
    municipalities: tuple[Link, ...]
    sources: tuple[SourceRow, ...]
    draft: bool


def pages(maker: Maker) -> Iterator[Page]:
    site = maker.site
    for code in site.languages:
        listed = maker.family("section", "news")
        yield maker.page(
            "news",
            code,
            listed,
            partial(_list, maker, code),
            trail=maker.trail(code),
            section="news",
            modified=latest(maker, (), maker.index.news),
            linked=partial(_linked, maker, code),
        )
        for article in site.articles.values():
            yield _article(maker, article, code)


def _list(maker: Maker, code: str) -> News:
    rows = maker.news(maker.index.news, code)
    years = sorted({row.date.year for row in rows}, reverse=True)
    return News(tuple((year, tuple(row for row in rows if row.date.year == year)) for year in years))


def _linked(maker: Maker, code: str) -> list[Node]:
    rows = maker.news(maker.index.news, code)
    return [maker.linked.items(maker.addresses.origin + row.href for row in rows)]


def _view(maker: Maker, article: Article, code: str) -> ArticleView:
    return ArticleView(
        id=article.id,
        title=article.title.text(code),
        summary=article.summary.text(code),
        date=article.date,
        body=maker.prose(article.body, code, "{language}/news"),
        projects=maker.rows(article.projects, code),
        municipalities=tuple(maker.municipality_link(number, code) for number in article.municipalities),
        sources=sources(article.sources, code),
        draft=article.draft,
    )


def _article(maker: Maker, article: Article, code: str) -> Page:
    return maker.page(
        "article",
        code,
        maker.family("article", article.id),
        partial(_view, maker, article, code),
        trail=maker.trail(code, "news"),
        section="news",
        untranslated=article.untranslated,
        source=f"content/{article.title.text(code).lang or code}/news/{article.id}.md",
        modified=article.date,
        linked=lambda: [maker.linked.article(article, code)],
        id=article.id,
    )
