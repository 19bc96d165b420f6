"""Typography: what is set, what is left alone, and that nothing ever means anything else afterwards."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.flow import House, examine
from tandem.read import scalars
from tandem.tidy import files, tidied, tidy
from tandem.typography import typeset
from tests.process import forked
from tests.test_mentions import values

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fi", "sv")
S = "\u00a0"


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("42 000 euroa", f"42{S}000 euroa"),
        ("1\u202f412 000 euroa", f"1{S}412{S}000 euroa"),
        ("85 % ja 85%", f"85{S}% ja 85{S}%"),
        ("500 €, 1 000 000€", f"500{S}€, 1{S}000{S}000{S}€"),
        ("2021-2022 ja 2021 - 2022 ja 2021 – 2022", "2021–2022 ja 2021–2022 ja 2021–2022"),
        ("3/2020-11/2021", "3/2020–11/2021"),
        ("26.-27.3.2018, 1.3.-5.4.2018", "26.–27.3.2018, 1.3.–5.4.2018"),
        ("2-3 kuntaa, 10-20 %", f"2–3 kuntaa, 10–20{S}%"),
        ("11 900-2 000 000 euroa", f"11{S}900–2{S}000{S}000 euroa"),
        ('sanoo "hyvä" ja “hyvä”', "sanoo ”hyvä” ja ”hyvä”"),
        ("a\u0308", "ä"),
    ],
)
def test_what_is_set(written: str, set_: str) -> None:
    assert typeset(written, "fi") == set_


@pytest.mark.parametrize(
    "text",
    [
        *("040 1447 637", "050 500 1945", "044 780 1420", "040 123 456", "+358 40 123 456", "09 123 456"),
        *("2021-02-05", "2019-1", "COVID-19", "LGPL-2.1", "ISO 9001-2 on", "893/2019", "vuonna 2020 300 kuntaa"),
        *("https://e.org/2020-2021?a=%20b", "www.e.org/1 000", "a-b@c-d.fi", "`42 000 € 2020-2021`"),
        *('näyttö 5" leveä', '<abbr title="85%">x</abbr>', "[ohje](ohje-2020-2021.md \"Ohje\")", "2–3 kuntaa", "5 - 3"),
        *("```\n42 000 €\n```", "Hanke – hyvä hanke", "24-7", "klo 8-16"),
    ],
)  # fmt: skip
def test_what_is_left_alone(text: str) -> None:
    assert typeset(text, "fi") == text
    assert typeset(text, "sv") == text


def test_only_languages_that_quote_so_get_these_quotation_marks() -> None:
    assert typeset('“word” "word" 42 000', "en") == f'“word” "word" 42{S}000'


PIECES = st.sampled_from(
    [
        *("42 000", "85", "%", " %", "€", "2021", "2022", "-", "–", " - ", "3/2020", "26.3.2018", "26.", "1 412 000"),
        *(",5", '"', "“", "”", "`", "sana", "kuntaa", " ", "\n", "\n\n", "    ", "- ", "a\u0308", "https://e.org/a-1"),
        *("](b-2020-2021.md)", "[", "040 1447 637", ".", "(", ")", "x@e.fi", "<b>", "\u202f", "0", "7"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES), st.booleans())
def test_setting_twice_is_setting_once(text: str, language: str, block: bool) -> None:
    once = typeset(text, language, block)
    assert typeset(once, language, block) == once


def letters(text: str) -> str:
    """What no typography may change."""
    return re.sub(r"[\s\"“”„–-]", "", unicodedata.normalize("NFC", text))


@settings(deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_every_letter_and_digit_stays(text: str, language: str) -> None:
    assert letters(typeset(text, language)) == letters(text)


FIGURES = st.sampled_from(
    [
        *("42 000-50 000 euroa", "85%", "10-20 %", "2021 - 2022", "3/2020-11/2021", "26.-27.3.2018", "1.3.-5.4.2018"),
        *("9,69 milj. €", "2-3 kuntaa", "1 412 000 €", "26.3.2018", "klo 15.30", "(893/2019)", "2021-22", "1."),
        *(
            "040 1447 637",
            "puh. +358 40 123 456",
            "x@e.fi",
            "https://e.org/a-1",
            "vm.fi",
            "30-prosenttisesti",
            "Porvoo",
        ),
    ]
)
SENTENCES = st.lists(st.tuples(FIGURES, st.sampled_from([" ja ", ", ", ". ", " – ", "\n\n", " (", ") "])), max_size=6)


@settings(deadline=None)
@given(SENTENCES, st.sampled_from(LANGUAGES))
def test_a_set_text_mentions_the_same(sentences: list[tuple[str, str]], language: str) -> None:
    """Setting a text neither makes nor hides a difference between the languages."""
    text = "".join(figure + mark for figure, mark in sentences)
    for kind in ("number", "date", "contact", "link", "place"):
        assert values(typeset(text, language), language, kind) == values(text, language, kind)


UNTIDY = """\ufeff# 42 000 "x" 2020-2021
name:   {fi: "Hanke \\"A\\" 2020-2021\\u00e4", sv: 'Projekt ''x'' "B" 85%'}   # 10-20 %
slug: {fi: a-2020-2021, sv: b}
summary:
  fi: Avustus 42 000 euroa ja "sana" # 42 000
  sv: >-
    Understöd 42 000 euro
    och “ord”
  # 42 000
description:
  fi: |   # 1 000
    Teksti 1 000 euroa, `1 000` ja [a](b-1-2.md).

        koodi 1 000

    - kohta 1 000

        jatkuu 1 000
  # 1 000

  sv: |
    "Text" 1 000
links: [{url: https://e.org/2020-2021, title: {fi: Vuodet 2020-2021, sv: Åren 2020-2021}}]
period: {start: 2021-01, end: 2022-10}
"""
TIDY = f"""\ufeff# 42 000 "x" 2020-2021
name:   {{fi: "Hanke ”A” 2020–2021\\u00e4", sv: 'Projekt ''x'' ”B” 85{S}%'}}   # 10-20 %
slug: {{fi: a-2020-2021, sv: b}}
summary:
  fi: Avustus 42{S}000 euroa ja ”sana” # 42 000
  sv: >-
    Understöd 42{S}000 euro
    och ”ord”
  # 42 000
description:
  fi: |   # 1 000
    Teksti 1{S}000 euroa, `1 000` ja [a](b-1-2.md).

        koodi 1 000

    - kohta 1{S}000

        jatkuu 1{S}000
  # 1 000

  sv: |
    ”Text” 1{S}000
links: [{{url: https://e.org/2020-2021, title: {{fi: Vuodet 2020–2021, sv: Åren 2020–2021}}}}]
period: {{start: 2021-01, end: 2022-10}}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_texts_are_set_and_every_other_byte_stays(end: str) -> None:
    assert tidied(UNTIDY.replace("\n", end).encode(), "", LANGUAGES) == TIDY.replace("\n", end).encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_page_is_set_above_and_below_its_front_matter(end: str) -> None:
    page = '---\ntitle: Vuodet 2020-2021 # 2020-2021\nslug: a-2020-2021\ndate: 2020-12-11\n---\n"Yli" 42 000 €.\n'
    set_ = f"---\ntitle: Vuodet 2020–2021 # 2020-2021\nslug: a-2020-2021\ndate: 2020-12-11\n---\n”Yli” 42{S}000{S}€.\n"
    assert tidied(page.replace("\n", end).encode(), "fi", LANGUAGES) == set_.replace("\n", end).encode()


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe", b"name: [", b"- a: 42 000\n", b"name: {fi: a, fi: 42 000}\n", b"--- \n- 42 000", b"# only\n"],
)
def test_a_file_that_cannot_be_read_or_has_no_texts_is_left_alone(raw: bytes) -> None:
    assert tidied(raw, "", LANGUAGES) == raw
    assert tidied(raw, "fi", LANGUAGES) == raw


STYLES: dict[str, Callable[[str], str]] = {
    "": lambda text: "x" + re.sub(r"[^\w ä,.€%/“-]|  +", "", text).replace(" -", "-").strip(" -") + "x",
    "'": lambda text: "'" + re.sub(r"\s+", " ", text).replace("'", "''") + "'",
    '"': lambda text: '"' + re.sub(r"\s+", " ", text).replace("\\", "\\\\").replace('"', '\\"') + '"',
    "|": lambda text: "|\n" + "".join(f"    {line}\n" for line in ("x" + text).split("\n")),
}


@settings(deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(sorted(STYLES)), st.sampled_from(["\n", "\r\n"]))
def test_a_record_says_the_same_before_and_after(finnish: str, swedish: str, style: str, end: str) -> None:
    write = STYLES[style]
    text = f"name:\n  fi: {write(finnish)}\n  sv: {write(swedish)}\nid: 2020-2021 # 42 000\n".replace("\n", end)
    raw = text.encode()
    new = tidied(raw, "", LANGUAGES)
    before, after = scalars(text), scalars(new.decode())
    if before is None:
        assert new == raw
        return
    assert after is not None
    assert tidied(new, "", LANGUAGES) == new
    assert said(before[0]) == said(after[0])
    assert new.decode().count("\r\n") == text.count("\r\n")
    assert new.decode().endswith(f"id: 2020-2021 # 42 000{end}")


def said(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: said(value) for key, value in tree.items()}
    return [said(item) for item in tree] if isinstance(tree, list) else letters(tree)


def test_the_registers_content_is_set_as_it_should_be() -> None:
    assert tidy(ROOT / "content", LANGUAGES, write=False) == []


def test_content_with_its_typography_undone_is_set_again(tmp_path: Path) -> None:
    """Plain spaces and hyphens in every file of the register, and the records are the same as before."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    for path in files(content, LANGUAGES):
        text = path.read_text("utf-8").replace(S, " ")
        path.write_text(re.sub(r"(?<=[\d.])–(?=\d)", "-", text), "utf-8")
    changed = tidy(content, LANGUAGES, write=True)
    assert len(changed) > 40
    differing = [
        path.name
        for path in files(content, LANGUAGES)
        if path.read_bytes() != (ROOT / "content" / path.relative_to(content)).read_bytes()
    ]
    assert differing == ["saavutettavuus.md", "saavutettavuus.md"]  # EN 301 549 is no amount
    assert examine(House(content, tmp_path / "_site")).problems == ()


def test_neither_links_nor_hidden_files_are_followed(tmp_path: Path, base: Path) -> None:
    tidy(base, LANGUAGES, write=True)
    outside = tmp_path / "outside.yaml"
    outside.write_text("name: {fi: 42 000, sv: 42 000}\n", "utf-8")
    (base / "projects" / "linkki.yaml").symlink_to(outside)
    (base / "projects" / ".piilo.yaml").write_text(outside.read_text("utf-8"), "utf-8")
    assert tidy(base, LANGUAGES, write=True) == []
    assert "42 000" in outside.read_text("utf-8")


def test_the_command_says_what_it_would_change_and_changes_it(base: Path) -> None:
    tidy(base, LANGUAGES, write=True)
    helmi = base / "projects" / "helmi.yaml"
    helmi.write_text(helmi.read_text("utf-8").replace("lomakkeella.", "lomakkeella 2020-2021."), "utf-8")
    before = helmi.read_bytes()
    arguments = ("fmt", "--content", "content", "--lang", "sv")
    done = forked(*arguments, "--check", cwd=base.parent)
    assert (done.returncode, done.stdout) == (1, "content/projects/helmi.yaml\n")
    assert done.stderr == "filer att rätta: 1 (kommandot fmt rättar dem)\n"
    assert helmi.read_bytes() == before
    done = forked(*arguments, cwd=base.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "content/projects/helmi.yaml\n", "ändrade filer: 1\n")
    assert helmi.read_bytes() == before.replace(b"2020-2021", "2020–2021".encode())
    done = forked(*arguments, "--check", cwd=base.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "ingenting att rätta i typografin\n")
    assert list(base.rglob("*.new")) == []
