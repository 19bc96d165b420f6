"""Every fault an editor can cause, and the whole text of what is said of it in Finnish, Swedish and English.

After a change of words or of a place, ``pytest tests/test_problems.py --renew`` writes the texts anew; read the diff.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import tandem
from tandem.problem import CATALOGS, LANGUAGES, Speech
from tests.cases import BAD, CASES, found, key_of, lay, said

PACKAGE = Path(tandem.__file__).parent


def catalog(language: str) -> dict[tuple[str, str], str]:
    """(context, key) → sentence."""
    with (CATALOGS / f"{language}.po").open("rb") as file:
        return {(str(m.context), str(m.id)): str(m.string) for m in read_po(file, locale=language) if m.id}


ENGLISH = catalog("en")


def keys(context: str) -> set[str]:
    return {key for where, key in ENGLISH if where == context}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_whole_in_every_language(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    lay(case, tmp_path, monkeypatch)
    problems = found()
    assert problems
    assert [(p.code, p.hint) for p in problems if key_of(case) not in (p.code, p.hint)] == []
    for language in LANGUAGES:
        expected = BAD / case / f"{language}.txt"
        text = said(problems, language)
        if request.config.getoption("--renew"):
            expected.write_text(text, "utf-8")
        assert text == expected.read_text("utf-8")


def test_the_base_site_has_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay("", tmp_path, monkeypatch)
    assert found() == []


def test_every_code_and_every_hint_has_a_case(tmp_path_factory: pytest.TempPathFactory) -> None:
    codes, hints = set(), set()
    for case in CASES:
        with pytest.MonkeyPatch.context() as patch:
            lay(case, tmp_path_factory.mktemp("case"), patch)
            problems = found()
        codes |= {problem.code for problem in problems}
        hints |= {problem.hint for problem in problems if problem.hint}
    assert codes == keys("problem")
    assert hints == keys("hint")
    assert {key_of(case) for case in CASES} >= keys("problem")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_placeholders(language: str) -> None:
    def placeholders(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w*\}", text))

    spoken = catalog(language)
    assert spoken.keys() == ENGLISH.keys()
    assert [key for key, text in spoken.items() if placeholders(text) != placeholders(ENGLISH[key])] == []
    assert [key for key, text in spoken.items() if not text or text != text.strip() or text.endswith(".")] == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    assert [text for text in catalog(language).values() if re.search("[“„«»]", text)] == []


def literals() -> Iterator[str]:
    """Every text in the program."""
    for file in [*PACKAGE.rglob("*.py"), PACKAGE.parent / "build.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


SETTINGS = {"yaml.schemas", "yaml.format.enable"}  # of an editor's program; and *.help are words of its explanations


def test_the_program_and_the_catalogs_know_the_same_codes() -> None:
    known = keys("problem") | keys("hint")
    families = {key.partition(".")[0] for key in known}
    written = {text for text in literals() if re.fullmatch(r"([a-z]+)(\.[a-z0-9_]+)+", text)} - SETTINGS
    written = {text for text in written if not text.endswith(".help")}
    assert {text for text in written if text.partition(".")[0] in families} <= known
    assert keys("problem") <= written


def test_sentences_that_are_kept_are_those_of_the_catalog_whatever_becomes_of_them(tmp_path: Path) -> None:
    file = tmp_path / "words-sv.json"
    for damage in (None, b"", b"[]", b"\xff", b"1 x\n{}"):
        if damage is not None:
            file.write_bytes(damage)
        for _ in range(2):  # the second time as they were kept
            kept = Speech("sv", tmp_path)
            for context in ("problem", "hint", "word"):
                assert kept.all(context) == Speech("sv").all(context) != {}
    assert file.stat().st_size > 10_000
    Speech("fi", file / "nowhere")  # a cache that cannot be written to


@pytest.mark.parametrize(("language", "said"), [("fi", "12,3"), ("sv", "12,3"), ("en", "12.3")])
def test_seconds_have_the_decimal_sign_of_the_language(language: str, said: str) -> None:
    assert Speech(language).seconds(12.345) == said
