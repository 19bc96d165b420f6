"""Every page stays whole: on a narrow screen, with larger text, with the reader's own spacing."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Open, Site, probe
from tests.browser.kinds import WIDTHS, in_turns

# WCAG 2.1, 1.4.12: the spacing a reader must be able to set.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
LARGE = "html { font-size: 200% !important; }"
ADD = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""


def spoiled(page: Page, css: str) -> list[str]:
    """What is wrong with the page's layout once the reader has added ``css``."""
    page.evaluate(ADD, css)
    faults: list[str] = page.evaluate(probe("spoiled"))
    return faults


@in_turns
def test_no_page_scrolls_sideways_or_loses_text(opened: Open, site: Site, kind: str, language: str) -> None:
    page = opened(site.sample(kind, language))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, css in (("as it is", ""), ("text at 200 %", LARGE), ("spaced text", SPACING)):
            assert spoiled(page, css) == [], f"{page.url} {width} px, {name}"
