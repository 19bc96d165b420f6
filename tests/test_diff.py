"""Two versions of a text: what is marked is what changed, and nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.diff import Piece, marked

TEXTS = st.text(st.sampled_from("aåb ä.,\n-’x"), max_size=60)


def shown(old: str, new: str) -> str:
    marks = {"": "{}", "ins": "[+{}]", "del": "[-{}]"}
    return "".join(marks[piece.mark].format(piece.text) for piece in marked(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Kunta avaa datan.", "Kunta avasi datan.", "Kunta [-avaa][+avasi] datan."),
        ("Kommunen öppnar data.", "Kommunen öppnar alla data.", "Kommunen öppnar [+alla ]data."),
        ("Borgå och Lovisa", "Borgå", "Borgå[- och Lovisa]"),
        ("", "Ny text", "[+Ny text]"),
        ("Vanha teksti", "", "[-Vanha teksti]"),
        ("aivan uusi lause", "muu virke tässä", "[-aivan uusi lause][+muu virke tässä]"),
        ("42 000 euroa", "43 000 euroa", "[-42][+43] 000 euroa"),
        ("yksi\n\nkaksi\n\nkolme", "yksi\n\nkaksi ja puoli\n\nkolme", "yksi\n\nkaksi[+ ja puoli]\n\nkolme"),
        ("e-tjänst", "e-tjänster", "[-e-tjänst][+e-tjänster]"),
    ],
)
def test_changed_words_are_marked(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@given(TEXTS, TEXTS)
def test_what_is_not_inserted_is_the_old_text_and_what_is_not_deleted_the_new(old: str, new: str) -> None:
    pieces = marked(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.mark != "del") == new
    assert all(piece.text for piece in pieces)
    assert all(one.mark != other.mark for one, other in pairwise(pieces))


def test_the_same_text_has_no_mark() -> None:
    assert marked("Sama", "Sama") == (Piece("Sama"),)
    assert marked("", "") == ()


def test_a_huge_passage_is_marked_whole() -> None:
    old, new = "sana " * 50_000, "ord " * 50_000
    assert [piece.mark for piece in marked(old, new)] == ["del", "ins"]
