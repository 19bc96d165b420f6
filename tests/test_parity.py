"""The languages held against each other: a true pair of press releases, planted faults, mirrors, a third language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.faults import planted
from benchmarks.variations import varied
from tandem.checks.facts import Facts
from tandem.checks.finding import Finding
from tandem.checks.halves import judged
from tandem.checks.pairs import Half, Pair, pairs
from tandem.flow import House, examine
from tandem.mentions import Lexicon
from tandem.problem import Problem
from tests.cases import found, lay

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
RELEASES = {language: (DATA / f"porvoo.{language}.txt").read_text("utf-8") for language in ("fi", "sv")}
RELEASE = Pair(("page", "porvoo"), ("body",), Half("fi", RELEASES["fi"]), Half("sv", RELEASES["sv"]))


@cache
def register() -> Facts:
    """The register's own content."""
    examined = examine(House(ROOT / "content", ROOT / "_site"))
    assert examined.site
    assert examined.addresses
    return Facts(examined.site, examined.addresses)


@cache
def lexicon() -> Lexicon:
    return Lexicon(register().site.places)


def codes(pair: Pair) -> list[str]:
    return [finding.code for finding in judged(pair, lexicon())]


def changed(pair: Pair, language: str, text: str) -> Pair:
    half = Half(language, text)
    return pair._replace(left=half) if language == pair.left.language else pair._replace(right=half)


def test_a_true_pair_of_press_releases_passes_untouched() -> None:
    assert codes(RELEASE) == []


def digits_changed() -> Iterator[tuple[str, str]]:
    """Every digit of both releases as each other digit (a figure keeps its first digit from being 0)."""
    for language, text in RELEASES.items():
        for match in re.finditer(r"\d", text):
            first = not re.search(r"[\d\u00a0\u202f]$|\d $", text[: match.start()])
            for digit in "0123456789":
                if digit != match[0] and not (first and digit == "0"):
                    yield language, text[: match.start()] + digit + text[match.end() :]


def test_any_one_digit_changed_in_either_release_is_found() -> None:
    missed = [(language, text) for language, text in digits_changed() if not codes(changed(RELEASE, language, text))]
    assert missed == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_any_one_place_of_a_release_changed_for_any_other_municipality_is_found(language: str) -> None:
    text = RELEASES[language]
    towns = register().site.places.municipalities.values()
    forms = {"fi": ("name", "genitive", "locative"), "sv": ("name",)}[language]
    known = {getattr(town, form).own(language): form for town in towns for form in forms}
    spots = [match for match in re.finditer(r"[A-ZÅÄÖ]\w+", text) if match[0] in known]
    assert len(spots) == 13
    for spot in spots:
        for town in towns:
            other = getattr(town, known[spot[0]]).own(language)
            if other != spot[0]:
                told = codes(changed(RELEASE, language, text[: spot.start()] + other + text[spot.end() :]))
                assert "parity.place" in told, (spot, other)


def test_the_registers_own_content_has_no_finding() -> None:
    kept = list(pairs(register()))
    assert len(kept) > 300
    assert [(pair.key, pair.loc) for pair in kept if codes(pair)] == []


def test_nearly_all_faults_planted_in_the_registers_content_are_found() -> None:
    """The whole measure is ``benchmarks/parity.py``; here every fifth fault."""
    faults = [fault for pair in pairs(register()) for fault in planted(pair, register().site.places)][::5]
    missed = [fault for fault in faults if not codes(fault.pair)]
    assert len(faults) > 300
    assert len(missed) <= len(faults) * 0.02


def test_the_registers_content_written_in_other_ways_that_mean_the_same_has_no_finding() -> None:
    """Dates in words, amounts in millions, towns in other cases; all of them in ``benchmarks/parity.py``."""
    others = [other for pair in pairs(register()) for other in varied(pair, register().site.places)][::3]
    assert len(others) > 200
    assert [(other.pair.key, other.told) for other in others if codes(other.pair)] == []


@cache
def lively() -> list[Pair]:
    """Pairs with something to get wrong."""
    return [RELEASE, *(p for p in pairs(register()) if re.search(r"\d", p.left.text) and p.key[0] != "page")][::7]


def mirrored(pair: Pair) -> Pair:
    return pair._replace(left=pair.right, right=pair.left)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_pair_the_other_way_round_gives_the_findings_the_other_way_round(data: st.DataObject) -> None:
    """What is told of a fault does not depend on which language comes first."""
    pair = data.draw(st.sampled_from(lively()))
    for language in data.draw(st.sets(st.sampled_from(["fi", "sv"]), min_size=1)):
        faults = [fault for fault in planted(pair, register().site.places) if fault.told.startswith(language)]
        pair = data.draw(st.sampled_from(faults)).pair if faults else pair
    assert sorted(map(_told, judged(pair, lexicon()))) == sorted(map(_told, judged(mirrored(pair), lexicon())))


def _told(finding: Finding) -> tuple[str, ...]:
    """A finding whichever half it is told from."""
    halves = sorted((mark.contents.language, mark.words) for mark in (finding.here, finding.there))
    values = sorted(value for name, value in finding.values.items() if name not in ("language", "other"))
    return (finding.code, finding.hint, str(halves), str(values))


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay("", tmp_path, monkeypatch)
    return Path("content")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def told(content: Path) -> list[tuple[str, str, int]]:
    return [(p.code, p.where.file.removeprefix(f"{content}/"), p.where.line) for p in found()]


def with_english(content: Path, summary: str) -> None:
    """A third language, of which nothing is known here."""
    edit(content / "site.yaml", "languages: [fi, sv]", "languages: [fi, sv, en]")
    for file in ("fi/messages.po", "sv/messages.po"):
        (content / "en").mkdir(exist_ok=True)
        (content / "en" / "messages.po").write_text((content / file).read_text("utf-8"), "utf-8")
    helmi = content / "projects" / "helmi.yaml"
    edit(helmi, "lomakkeella.", "lomakkeella. Avustus 42 000 euroa, puh. 040 1447 637, apu@example.org.")
    edit(
        helmi,
        "dagvårdsplats.",
        f"dagvårdsplats. Understöd 42 000 euro, tfn 040 1447 637, apu@example.org.\n  en: {summary}",
    )


def english(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(p.code, p.values.get("value", "")) for p in problems if p.code.startswith("parity.")]


def test_a_language_not_known_here_is_held_against_what_looks_alike_in_every_language(content: Path) -> None:
    with_english(content, "One form, five minutes. A grant of €42,000, call +358 40 144 7637 or apu@example.org.")
    assert english(found()) == []


def test_a_wrong_figure_in_a_language_not_known_here_is_found(content: Path) -> None:
    with_english(content, "One form, five minutes. A grant of €43,000, call +358 40 144 7637 or apua@example.org.")
    assert sorted(english(found())) == [("parity.contact", "apu@example.org"), ("parity.number", "42 000")]


def test_what_an_editor_allows_is_not_told(content: Path) -> None:
    helmi = content / "projects" / "helmi.yaml"
    edit(helmi, "dagvårdsplats.", "dagvårdsplats i 43 000 hem.")
    assert [code for code, _, _ in told(content)] == ["parity.number"]
    edit(helmi, "updated:", 'allow: ["43 000"]\nupdated:')
    assert told(content) == []


def test_what_is_allowed_in_site_yaml_is_allowed_everywhere(content: Path) -> None:
    edit(content / "sv" / "news" / "avustus.md", "42 000", "43 000")
    assert [code for code, _, _ in told(content)] == ["parity.number"]
    edit(content / "site.yaml", "navigation:", 'allow: ["42\u00a0000"]\nnavigation:')
    assert told(content) == []


def test_a_page_allows_in_either_languages_file(content: Path) -> None:
    for language in ("fi", "sv"):
        edit(content / language / "news" / "avustus.md", "---\ntitle", "---\nallow: [headings]\ntitle")
    edit(content / "fi" / "news" / "avustus.md", "Ministeriö", "## Raha\n\nMinisteriö")
    assert told(content) == []


def test_the_same_value_is_pointed_at_where_it_is_wrong(content: Path) -> None:
    """Of three equal figures in one text, the one that has no counterpart."""
    edit(content / "fi" / "news" / "avustus.md", "42 000 euroa.", "42 000 euroa.\n\nToinen 42 000.\n\nVuosi 2020.")
    edit(content / "sv" / "news" / "avustus.md", "42 000 euro.", "42 000 euro.\n\nAndra 42 000.\n\nÅret 2021.")
    problem = next(p for p in found() if p.code == "parity.date")
    assert (problem.where.line, problem.where.column) == (11, 7)
    assert problem.values["other"] == "content/sv/news/avustus.md:9"


def test_swapped_languages_of_the_site_give_the_mirrored_finding(content: Path) -> None:
    edit(content / "sv" / "news" / "avustus.md", "42 000", "43 000")
    first = next(iter(found()))
    edit(content / "site.yaml", "languages: [fi, sv]", "languages: [sv, fi]")
    second = next(p for p in found() if p.code == "parity.number")
    assert (first.code, first.hint) == (second.code, second.hint)
    assert first.values["other"] == f"{second.where.file}:{second.where.line}"
    assert second.values["other"] == f"{first.where.file}:{first.where.line}"
    assert (first.values["value"], first.values["counterpart"]) == (
        second.values["counterpart"],
        second.values["value"],
    )


def test_a_site_without_a_term_list_and_one_with_an_empty_one_are_fine(content: Path) -> None:
    assert found() == []
    (content / "terms.yaml").write_text("# empty\n", "utf-8")
    assert found() == []
    assert replace(register().site, terms=()).terms == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("term: x\n", "type.list"),
        ("- official: true\n", "key.missing"),
        ("- term: {fi: avustus, sv: understöd}\n  avoid: {en: [aid]}\n", "language.unknown"),
        ("- term: {fi: avustus, sv: understöd}\n  avoid: [bidrag]\n", "type.mapping"),
        ("- term: {fi: avustus, sv: understöd}\n  avoids: {sv: [bidrag]}\n", "key.unknown"),
        ("- term: [\n", "yaml.bracket"),
    ],
)
def test_a_faulty_term_list_is_told(content: Path, text: str, code: str) -> None:
    (content / "terms.yaml").write_text(text, "utf-8")
    assert [(c, file) for c, file, _ in told(content)] == [(code, "terms.yaml")]
