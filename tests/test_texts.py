"""Texts in trees: found wherever they stand, known again wherever they moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tandem.texts import Leaf, dotted, family, kinship, leaves, meaning, twins

BOTH = frozenset({"fi", "sv"})
TREE = {
    "name": {"fi": "Helmi", "sv": "Pärlan"},
    "slug": {"fi": "helmi", "sv": "parlan"},
    "goals": [{"fi": "Yksi", "sv": "Ett"}, {"fi": "Kaksi", "sv": ""}],
    "lead": "Porvoo",
    "period": {"start": "2021"},
    "checked": {"name": "2021-02-05"},
    "sources": [{"url": "https://vm.fi/", "title": {"fi": "Tiedote", "sv": "Meddelande"}}],
    "odd": {"fi": ["x"], "sv": "y"},
}


def test_every_mapping_of_languages_to_text_is_a_text_but_parts_of_addresses() -> None:
    assert [(dotted(leaf.loc), dict(leaf.texts), leaf.anchor) for leaf in leaves(TREE, BOTH)] == [
        ("name", {"fi": "Helmi", "sv": "Pärlan"}, ""),
        ("goals.1", {"fi": "Yksi", "sv": "Ett"}, ""),
        ("goals.2", {"fi": "Kaksi"}, ""),
        ("sources.1.title", {"fi": "Tiedote", "sv": "Meddelande"}, "https://vm.fi/"),
    ]
    assert leaves("text", BOTH) == leaves([], BOTH) == leaves({"fi": "a", "sv": "b"}, BOTH) == []


def test_a_field_has_a_family_and_a_number_as_a_person_counts() -> None:
    assert (family(("sources", 0, "title")), dotted(("sources", 0, "title"))) == ("sources.title", "sources.1.title")


def test_form_is_not_meaning() -> None:
    assert (
        meaning(" Pa\u0308iva\u0308\n  koti\u00a0paikka ")
        == meaning("Päivä koti paikka")
        != meaning("päivä koti paikka")
    )


def goals(texts: list[tuple[str, str]]) -> list[Leaf]:
    return [Leaf(("goals", place), {"fi": fi, "sv": sv}) for place, (fi, sv) in enumerate(texts)]


PAIRS = st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=8, unique=True)


@given(PAIRS, st.randoms())
def test_items_that_only_moved_are_all_found(texts: list[tuple[str, str]], random: object) -> None:
    moved = list(texts)
    random.shuffle(moved)  # type: ignore[attr-defined]
    older, newer = goals(texts), goals(moved)
    found = twins(newer, older)
    assert {loc: leaf.texts for loc, leaf in found.items()} == {leaf.loc: leaf.texts for leaf in newer}


@given(PAIRS, PAIRS)
def test_no_text_is_twice_anybodys_past(texts: list[tuple[str, str]], others: list[tuple[str, str]]) -> None:
    found = [leaf.loc for leaf in twins(goals(texts), goals(others)).values()]
    assert len(found) == len(set(found))


def test_an_item_that_changed_in_one_language_is_known_by_the_other() -> None:
    older = goals([("yksi", "ett"), ("kaksi", "två")])
    newer = goals([("uusi", "ny"), ("kaksi", "2"), ("yksi", "ett")])
    assert {loc[-1]: leaf.loc[-1] for loc, leaf in twins(newer, older).items()} == {1: 1, 2: 0}


def test_a_thousand_like_items_are_no_trouble() -> None:
    older = [Leaf(("goals", n), {"fi": "sama", "sv": f"{n}"}) for n in range(3000)]
    newer = [Leaf(("goals", n), {"fi": "sama", "sv": f"{n + 5000}"}) for n in range(3000)]
    assert len(twins(newer, older)) == 3000


def test_kinship_is_the_share_of_texts_in_common() -> None:
    one = goals([("yksi", "ett"), ("kaksi", "två")])
    assert kinship(one, one) == 1
    assert kinship(one, goals([("yksi", "ett"), ("kolme", "tre")])) == 0.5
    assert kinship(one, []) == kinship([], []) == 0
