"""The catalogs: `messages` keeps them in step, and none has a word missing or guessed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tandem import messages
from tandem.asked import asked
from tandem.messages import renew
from tandem.problem import CATALOGS

ROOT = Path(__file__).parent.parent
FILES = [*sorted(CATALOGS.glob("*.po")), *sorted((ROOT / "content").glob("*/messages.po"))]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of all catalogs and templates, to change."""
    for language in ("fi", "sv"):
        (tmp_path / "content" / language).mkdir(parents=True)
        shutil.copy(ROOT / "content" / language / "messages.po", tmp_path / "content" / language)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copytree(CATALOGS, tmp_path / "catalogs")
    monkeypatch.setattr(messages, "CATALOGS", tmp_path / "catalogs")
    return tmp_path


def renewed(house: Path) -> list[str]:
    done = renew(house / "content", house / "templates", ("fi", "sv"))
    return list(messages.told(done))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_no_word_is_missing_or_guessed(file: Path) -> None:
    with file.open("rb") as stream:
        catalog = read_po(stream, locale=None)
    assert [message.id for message in catalog if message.id and (not message.string or message.fuzzy)] == []


def test_every_catalog_has_exactly_the_words_that_are_asked_for(house: Path) -> None:
    before = {path: path.read_bytes() for path in house.rglob("*.po")}
    assert renewed(house) == []
    assert {path: path.read_bytes() for path in house.rglob("*.po")} == before


def test_a_new_word_comes_with_its_place_and_its_note_and_the_likest_translation_marked_fuzzy(house: Path) -> None:
    page = house / "templates" / "page.html"
    words = '{# L10n: Above the list of files. #}\n{{ _("Skip to the contents") }}\n{{ pgettext("verb", "Quix") }}'
    page.write_text(page.read_text("utf-8") + words, "utf-8")
    line = page.read_text("utf-8").count("\n")
    file = house / "content" / "sv" / "messages.po"
    before = file.read_text("utf-8")
    assert renewed(house) == ["messages.po: +2 (fuzzy 1) -0"] * 2
    after = file.read_text("utf-8")
    assert after == before + (
        f"\n#. Above the list of files.\n#: templates/page.html:{line}\n#, fuzzy\n"
        '#| msgid "Skip to the content"\n'
        'msgid "Skip to the contents"\nmsgstr "Hoppa till innehållet"\n'
        f'\n#: templates/page.html:{line + 1}\nmsgctxt "verb"\nmsgid "Quix"\nmsgstr ""\n'
    )
    assert renewed(house) == []


def test_a_word_nobody_asks_for_is_taken_out_and_the_rest_stays_as_it_was(house: Path) -> None:
    file = house / "content" / "fi" / "messages.po"
    before = file.read_text("utf-8")
    file.write_text(before + '\n#. Old.\nmsgid "Fax"\nmsgstr "Faksi"\n', "utf-8")
    assert renewed(house) == ["messages.po: +0 (fuzzy 0) -1"]
    assert file.read_text("utf-8") == before


def test_a_sentence_in_english_is_asked_for_in_the_other_languages(house: Path) -> None:
    english = house / "catalogs" / "en.po"
    english.write_text(english.read_text("utf-8") + '\nmsgctxt "word"\nmsgid "new"\nmsgstr "A sentence"\n', "utf-8")
    assert renewed(house) == ["fi.po: +1 (fuzzy 0) -0", "sv.po: +1 (fuzzy 0) -0"]
    assert (
        (house / "catalogs" / "fi.po")
        .read_text("utf-8")
        .endswith('\n#. English: A sentence\nmsgctxt "word"\nmsgid "new"\nmsgstr ""\n')
    )


def test_plurals_and_contexts_are_found_in_templates(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text('{{ npgettext("of money", "%(n)s grant", "%(n)s grants", 3) }}', "utf-8")
    (word,) = asked(tmp_path)
    assert (word.context, word.ids) == ("of money", ("%(n)s grant", "%(n)s grants"))
