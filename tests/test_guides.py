"""The editors' guides: the messages they show are those the program says, to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cases import BAD

CONTENT = Path(__file__).parent.parent / "content"


def shown(language: str) -> list[str]:
    page = (CONTENT / language / "muutosehdotus.md").read_text("utf-8")
    return re.findall(r"^```text\n(.*?\n)```$", page, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_ten_commonest_mistakes_are_shown_as_the_program_tells_them(language: str) -> None:
    said = {(folder / f"{language}.txt").read_text("utf-8") for folder in BAD.iterdir()}
    assert len(shown(language)) == 10
    assert [message for message in shown(language) if message not in said] == []


def test_both_guides_show_the_same_mistakes() -> None:
    codes = [
        [re.findall(r"\[([a-z_.]+)\]$", message, re.MULTILINE) for message in shown(code)] for code in ("fi", "sv")
    ]
    assert codes[0] == codes[1]


def pictures(language: str) -> list[tuple[str, str]]:
    page = (CONTENT / language / "muutosehdotus.md").read_text("utf-8")
    return re.findall(r"!\[([^\]]*)\]\(/(static/[^)]+)\)", page)


def test_each_guide_shows_the_same_screens_in_its_own_language_and_says_what_is_seen() -> None:
    found = {language: pictures(language) for language in ("fi", "sv")}
    assert [file.replace(".fi.", ".sv.") for _, file in found["fi"]] == [file for _, file in found["sv"]]
    for alternative, file in (*found["fi"], *found["sv"]):
        assert len(alternative) > 50
        assert (CONTENT.parent / file).stat().st_size <= 60_000
