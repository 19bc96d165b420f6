from __future__ import annotations

import shutil
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


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
