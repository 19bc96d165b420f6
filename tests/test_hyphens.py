"""Long words of headings may be parted where their language parts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.hyphens import EDGE, LONG, SOFT, softened
from tests.built import Built


@pytest.mark.parametrize(
    ("language", "word", "parted"),
    [
        ("fi", "digikannustinavustukset", "digi-kan-nus-ti-na-vus-tukset"),
        ("fi", "Saavutettavuusseloste", "Saavu-tet-ta-vuus-se-loste"),
        ("fi", "päätösvalmistelurutiinien", "päätös-val-mis-te-lu-ru-tii-nien"),
        ("sv", "digitaliseringsprojekt", "digi-ta-li-se-rings-pro-jekt"),
        ("sv", "Tillgänglighetsutlåtande", "Till-gäng-lig-hets-ut-lå-tande"),
        ("sv", "publikationsplattform", "publi-ka-tions-platt-form"),
        ("fi", "ajanpalvelut", "ajanpalvelut"),
        ("xx", "digikannustinavustukset", "digikannustinavustukset"),
    ],
)
def test_a_long_word_may_be_parted_between_syllables(language: str, word: str, parted: str) -> None:
    assert softened(f"Uusi {word} 2020", language) == f"Uusi {parted} 2020".replace("-", SOFT)


@given(st.text(alphabet="abcdefghijklmnoprstuvyåäö -–2", max_size=80), st.sampled_from(["fi", "sv"]))
def test_nothing_but_soft_hyphens_is_added_and_none_near_an_edge(text: str, language: str) -> None:
    soft = softened(text, language)
    assert soft.replace(SOFT, "") == text
    for word in soft.replace("-", " ").replace("–", " ").replace("2", " ").split():
        if SOFT in word:
            assert len(word.replace(SOFT, "")) >= LONG
            assert min(word.index(SOFT), len(word) - 1 - word.rindex(SOFT)) >= EDGE


def test_the_headings_of_pages_have_them_and_nothing_else_does(register: Built) -> None:
    soft = [path for path, page in register.pages.items() if SOFT in page.source]
    assert "fi/hakukierrokset/2020/index.html" in soft
    for path in soft:
        source = register.pages[path].source
        heading = source[source.index("<h1>") : source.index("</h1>")]
        assert source.count(SOFT) == heading.count(SOFT), path
