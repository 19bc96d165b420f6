"""The list of projects as a test reads it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

LISTS = {"fi": "/fi/hankkeet/", "sv": "/sv/projekt/"}
COUNT = {"fi": ("1 hanke", "{} hanketta"), "sv": ("1 projekt", "{} projekt")}
both = pytest.mark.parametrize("language", ["fi", "sv"])


def names(page: Page) -> list[str]:
    return page.locator(".list tbody th > a").all_inner_texts()


def told(page: Page, language: str, count: int) -> None:
    """The count is announced."""
    one, many = COUNT[language]
    expect(page.get_by_role("status")).to_contain_text(one if count == 1 else many.format(count))
