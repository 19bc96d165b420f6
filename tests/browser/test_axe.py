"""axe-core finds nothing: WCAG 2.2 A and AA and its best practices, light and dark, narrow and wide."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.browser.conftest import Open, Site
from tests.browser.kinds import WIDTHS, in_turns

AXE = Path(sys.prefix) / "npm" / "node_modules" / "axe-core" / "axe.min.js"
EVERYTHING = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
VIOLATIONS = """async (options) => (await axe.run(document, { ...options, resultTypes: ["violations"] }))
  .violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))"""


@in_turns
def test_no_page_has_an_accessibility_fault(opened: Open, site: Site, kind: str, language: str) -> None:
    page = opened(site.sample(kind, language))
    page.evaluate(AXE.read_text("utf-8"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light")
        assert page.evaluate(VIOLATIONS, EVERYTHING) == [], f"{page.url} {width} px, light"
        page.emulate_media(color_scheme="dark")  # which changes nothing but colours
        assert page.evaluate(VIOLATIONS, COLOURS) == [], f"{page.url} {width} px, dark"
