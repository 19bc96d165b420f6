"""Every kind of page. To add one: a file here, a template of its name, a line in ``KINDS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tandem.page import Page
from tandem.pages import (
    article,
    data,
    home,
    municipality,
    notfound,
    parity,
    project,
    redirect,
    region,
    round,
    search,
    text,
    theme,
)
from tandem.pages.parts import Maker

KINDS: tuple[Callable[[Maker], Iterator[Page]], ...] = (
    home.pages,
    project.pages,
    municipality.pages,
    region.pages,
    theme.pages,
    round.pages,
    article.pages,
    text.pages,
    data.pages,
    parity.pages,
    search.pages,
    notfound.pages,
    redirect.pages,
)
