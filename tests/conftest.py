from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from tandem.flow import House, build
from tests.built import Built

TESTS = Path(__file__).parent
signal.signal(signal.SIGINT, signal.default_int_handler)  # in a job in the background no child would know Ctrl-C

# Tests run side by side, a processor each: what they start stays there, instead of four builds sharing two processors.
if (worker := os.environ.get("PYTEST_XDIST_WORKER", "")) and hasattr(os, "sched_setaffinity"):
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processors[int(worker.removeprefix("gw")) % len(processors)]})

# Fewer examples of each property than hypothesis tries by itself; HYPOTHESIS_PROFILE=long tries many more.
settings.register_profile("short", max_examples=40, deadline=None)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the texts expected in tests/bad anew")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A small valid site to change: tests/base, with the words the real templates ask for."""
    content = tmp_path / "content"
    shutil.copytree(TESTS / "base" / "content", content)
    for language in ("fi", "sv"):
        shutil.copy(TESTS.parent / "content" / language / "messages.po", content / language / "messages.po")
    return content


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of this repository, under a path of another host."""
    folder = tmp_path_factory.mktemp("register")
    base_url = "https://example.org/some/path/"
    result = build(House(TESTS.parent / "content", folder / "_site", cache=folder / ".cache"), base_url)
    assert result.written, result.problems
    return Built(folder / "_site", base_url)
