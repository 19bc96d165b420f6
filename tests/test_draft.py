"""A new file's help: every field has its sentence in Finnish and in Swedish."""

from __future__ import annotations

import pytest

from tandem.draft import PERSON, SUMMARY, TOP, Help
from tandem.model import Project

SAID = [TOP, SUMMARY, PERSON, *(field.description for field in Project.model_fields.values() if field.description)]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_field_is_explained_in_the_editors_language(language: str) -> None:
    help = Help(language)
    assert [text for text in SAID if help.say(text) == text] == []
