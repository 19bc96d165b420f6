"""What a reader's phone has to fetch: the numbers of the design, for the richest page of each kind."""

from __future__ import annotations

import gzip

import pytest

from tests.browser.conftest import BASE, ROOT, Open, Seen, Site

MOST = {"bytes": 30_000, "requests": 5, "scripts": 15_000}  # compressed; the scripts without Pagefind's


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_first_view_of_a_project_is_light(opened: Open, site: Site, seen: Seen, language: str) -> None:
    opened(site.sample("project", language)).wait_for_load_state("networkidle")
    paths = [url.removeprefix(site.origin + BASE) for url in seen.requested]
    files = [site.built.folder / (path + "index.html" if path.endswith("/") else path) for path in paths]
    assert len(files) <= MOST["requests"]
    assert sum(packed(file.read_bytes()) for file in files) <= MOST["bytes"]


def test_all_scripts_together_are_light() -> None:
    scripts = sorted((ROOT / "static" / "js").glob("*.js"))
    assert scripts
    assert sum(packed(script.read_bytes()) for script in scripts) <= MOST["scripts"]
