"""Every kind of page in both languages, as pairs a test runs over."""

from __future__ import annotations

import pytest

from tests.test_site import KINDS

BOTH = {"choice", "notfound"}  # pages in both languages at once
PAGES = sorted((kind, language) for kind in KINDS for language in (("both",) if kind in BOTH else ("fi", "sv")))

every_kind = pytest.mark.parametrize(("kind", "language"), PAGES)
WIDTHS = (320, 1280)
