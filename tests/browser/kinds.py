"""Every kind of page in both languages, as pairs a test runs over."""

from __future__ import annotations

import pytest

from tests.test_site import KINDS

BOTH = {"choice", "notfound"}  # pages in both languages at once
PAGES = sorted((kind, language) for kind in KINDS for language in (("both",) if kind in BOTH else ("fi", "sv")))

every_kind = pytest.mark.parametrize(("kind", "language"), PAGES)
# Where the template matters and not its words: every kind, in Finnish and Swedish by turns; the others are thorough.
TURNS = [(kind, "both" if kind in BOTH else ("fi", "sv")[n % 2]) for n, kind in enumerate(sorted(KINDS))]
in_turns = pytest.mark.parametrize(
    ("kind", "language"),
    [pytest.param(*page, marks=() if page in TURNS else pytest.mark.thorough) for page in PAGES],
)
WIDTHS = (320, 1280)
