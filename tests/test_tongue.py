"""Which language a text is in, and the build of a text."""

from __future__ import annotations

import pytest

from tandem.checks.finding import Reading
from tandem.checks.pairs import Half, Pair, pairs
from tandem.checks.structure import structure_agrees
from tandem.checks.tongue import language_is_right
from tandem.mentions import Lexicon, read
from tandem.places import Places
from tandem.tongue import WORD, language_of
from tests.test_parity import register

FINNISH = "Hankkeen tavoitteena on, että kunnat voivat hoitaa asioita yhdessä."
SWEDISH = "Målet för projektet är att kommunerna kan sköta ärenden tillsammans."


def reading(finnish: str, swedish: str, loc: str = "description") -> Reading:
    lexicon = Lexicon(Places())
    pair = Pair(("project", "x"), (loc,), Half("fi", finnish), Half("sv", swedish))
    return Reading(pair, read(finnish, "fi", lexicon), read(swedish, "sv", lexicon), lexicon)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FINNISH, "fi"),
        (SWEDISH, "sv"),
        ("The goal of the project is that municipalities work together.", "en"),
        ("Porvoo, Lahti, Heinola, Turku, Tampere, Espoo", ""),
        ("Helmi", ""),
        ("Avoin kunta", ""),
        ("Kuntien eVaka", ""),
        ("", ""),
        ("12 345 678 910 112 131", ""),
    ],
)
def test_a_language_is_told_where_it_is_plain_and_not_from_names(text: str, language: str) -> None:
    assert language_of(WORD.findall(text)) == language


def test_no_text_of_the_register_is_taken_for_the_other_language() -> None:
    wrong = []
    judged = long = 0
    for pair in pairs(register()):
        for half in (pair.left, pair.right):
            words = WORD.findall(half.text)
            told = language_of(words)
            if told not in ("", half.language):
                wrong.append(half)
            if len(words) > 5:
                long += 1
                judged += bool(told)
    assert wrong == []
    assert judged > 0.98 * long


def test_one_paragraph_left_in_the_other_language_is_found() -> None:
    body = f"{SWEDISH}\n\n{FINNISH}\n\n{SWEDISH}\n"
    found = list(language_is_right(reading(f"{FINNISH}\n\n{FINNISH}\n\n{FINNISH}\n", body)))
    assert [(f.code, f.here.words) for f in found] == [("parity.language", FINNISH)]


def test_an_official_name_may_be_in_the_other_language() -> None:
    lexicon = Lexicon(Places())
    pair = Pair(("project", "x"), ("name",), Half("fi", FINNISH), Half("sv", FINNISH), official=("sv",))
    told = Reading(pair, read(FINNISH, "fi", lexicon), read(FINNISH, "sv", lexicon), lexicon)
    assert list(language_is_right(told)) == []


@pytest.mark.parametrize(
    ("finnish", "swedish", "codes"),
    [
        ("## A\n\n- a\n- b\n\n1. c\n2. d\n", "## A\n\n* a\n* b\n\n1. c\n2. d\n", []),
        ("- a\n\n- b\n\nTeksti.\n\n- c\n", "- a\n- b\n\nText.\n\n- c\n", []),
        ("- a\n    - b\n- c\n", "- a\n- c\n", []),
        ("- a\n\n    jatkuu\n\n- b\n", "- a\n- b\n", []),
        ("```\n## A\n- a\n```\n", "```\n```\n", []),
        ("[a](https://e.org) ja [b](#c)\n", "[a](https://e.org)\n", ["parity.links"]),
        ("![a](/static/a.png)\n", "a\n", ["parity.images"]),
        ("## A\n\n### B\n", "## A\n\n## B\n", ["parity.headings.level"]),
        ("## A\n\n## B\n", "## A\n", ["parity.headings"]),
        ("- a\n- b\n", "- a\n- b\n- c\n", ["parity.lists.length"]),
        ("- a\n\nb\n\n- c\n", "- a\n- c\n", ["parity.lists"]),
    ],
)
def test_paired_markdown_has_the_same_build(finnish: str, swedish: str, codes: list[str]) -> None:
    assert [finding.code for finding in structure_agrees(reading(finnish, swedish))] == codes


def test_plain_text_has_no_build() -> None:
    assert list(structure_agrees(reading("- a", "b", "summary"))) == []
