"""A new file's help: every field has its sentence in Finnish and in Swedish."""

from __future__ import annotations

import pytest

from tandem.draft import sayings
from tandem.explain import Help, labels

SAME = {"fi": (), "sv": ("id", "organisation", "term")}  # labels that are the key itself


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_field_is_explained_in_the_editors_language(language: str) -> None:
    help = Help(language)
    assert [text for text in sayings() if help.say(text) == text] == []
    assert [key for key in labels() if help.label(key) == key.replace("_", " ") and key not in SAME[language]] == []
