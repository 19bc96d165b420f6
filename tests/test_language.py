"""Languages: the alphabet, words, slugs, names."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.language import Text, Words, initial, native_name, slugify, sort_key

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_all_municipalities_stand_in_the_order_of_icu(language: str) -> None:
    """The golden lists are Intl.Collator's (ICU 78) for fi and sv."""
    golden = (GOLDEN / f"municipalities.{language}.txt").read_text("utf-8").splitlines()
    shuffled = random.Random(1).sample(golden, len(golden))
    assert len(golden) == 311
    assert sorted(shuffled, key=sort_key) == golden


@pytest.mark.parametrize(
    "names",
    [
        ["Akaa", "Zürich", "Åbo", "Ähtäri", "Äänekoski", "Öja"],
        ["Vaasa", "Vimpeli", "Wasa", "Xylander"],
        ["Mykynen", "Müller", "Myyryläinen"],
        ["Hoffren", "Hoffrén", "Hoffrenn"],
        ["Koskela", "Koski", "Koski Tl", "Koskinen"],
        ["Mänttä", "Mänttä-Vilppula", "Mänttälä"],
        ["S:t Karins", "Salo"],
    ],
)
def test_names_sort_as_people_of_the_language_do(names: list[str]) -> None:
    assert sorted(random.Random(2).sample(names, len(names)), key=sort_key) == names


@given(st.lists(st.text(max_size=8)))
def test_any_text_has_a_place_in_the_alphabet(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=sort_key) == sorted(backwards, key=sort_key)


@pytest.mark.parametrize(("name", "letter"), [("Äänekoski", "Ä"), ("Åbo", "Å"), ("Öja", "Ö"), ("Éa", "E"), ("Üy", "Y")])
def test_an_index_has_a_heading_for_each_letter(name: str, letter: str) -> None:
    assert initial(name) == letter


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Äänekoski", "aanekoski"),
        ("Åbo", "abo"),
        ("Maarianhamina - Mariehamn", "maarianhamina-mariehamn"),
        ("Koski Tl", "koski-tl"),
        ("S:t Karins", "s-t-karins"),
        ("Ünlü ø æ ß", "unlu-o-a-ss"),
        ("…", ""),
    ],
)
def test_slugs_are_ascii(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_words_give_the_own_text_or_another_marked_with_its_language() -> None:
    words = Words.of({"sv": "Hej", "fi": "Hei"}, ("fi", "sv"))
    assert words.languages == ("fi", "sv")
    assert words.text("sv") == Text("Hej")
    assert Words.of({"fi": "Hei"}).text("sv") == Text("Hei", "fi")
    assert not Words().text("fi")


def test_languages_call_themselves_by_their_own_names() -> None:
    assert [native_name(code) for code in ("fi", "sv", "en")] == ["Suomi", "Svenska", "English"]
