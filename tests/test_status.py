"""The state of the two languages: one figure everywhere, a table that fits, a limit and a ratchet that hold."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tandem.coverage import tenths
from tandem.flow import House, build
from tandem.formats import share
from tandem.report import figures, remembered, worse
from tests.built import Built
from tests.process import forked
from tests.repo import Repo
from tests.test_promises import made, tree

GAP = "untranslated: [sv]\nname: {fi: Vain suomeksi}\nsummary: {fi: Yksi.}\nlead: Porvoo\npartners: [Lahti]\n"


@pytest.fixture
def folder(base: Path) -> Path:
    """A working folder with a site that lacks two Swedish texts, by declaration."""
    (base / "projects" / "vain.yaml").write_text(GAP, "utf-8")
    return base.parent


@pytest.fixture
def repo(folder: Path) -> Repo:
    """The same with a history in which Swedish is behind in one text and Finnish in another."""
    repo = Repo.around(folder / "content")
    repo.write("../.gitignore", ".cache/\n_site/\n")
    repo.commit("2021-01-01")
    repo.change("projects/helmi.yaml", "yhdellä", "samalla")
    repo.change("sv/tietoa.md", "redaktionen", "oss")
    repo.commit("2021-02-02")
    return repo


def status(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = forked("status", "--content", "content", *arguments, cwd=folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_page_data_badge_and_command_tell_one_figure(repo: Repo) -> None:
    folder = repo.folder
    built = made(folder / "content", folder)
    data = json.loads((built.folder / "data" / "parity.json").read_text("utf-8"))
    told = json.loads(status(folder, "--format", "json")[1])
    assert (data["texts"], data["complete"], data["percent"]) == (21, 19, 90.4)
    assert {key: told[key] for key in ("texts", "complete", "percent", "languages", "as_of")} == {
        key: data[key] for key in ("texts", "complete", "percent", "languages", "as_of")
    }
    assert "90,4 %".replace(" ", "\u00a0") in built.at("/fi/kielet/").source
    assert "90,4 %".replace(" ", "\u00a0") in built.at("/sv/sprak/").source
    assert "90,4\u00a0%" in ET.parse(built.folder / "data" / "parity.svg").getroot()[0].text  # type: ignore[operator]
    assert "Texter 21, på alla språk 19 (90,4\u00a0%)" in status(folder, "--lang", "sv")[1]


def test_with_history_the_page_is_the_command(repo: Repo) -> None:
    folder = repo.folder
    result = build(House(folder / "content", folder / "_site", cache=folder / ".cache"), history=True)
    assert result.history == "known"
    data = (folder / "_site" / "data" / "parity.json").read_text("utf-8")
    assert status(folder, "--format", "json") == (0, data, "")
    built = Built(folder / "_site", "https://example.github.io/register/")
    for address, lead in (("/fi/kielet/", "2.2.2021"), ("/sv/sprak/", "2.2.2021")):
        page = built.at(address)
        assert page.text.count(lead) == 2
        assert f"{share(tenths(17, 21), 'fi')}" in page.source
    assert "ruotsi" in built.at("/fi/kielet/").text
    assert "finska" in built.at("/sv/sprak/").text
    assert list(built.broken()) == []


def test_the_document_has_the_shape_it_promises(repo: Repo) -> None:
    told = json.loads(status(repo.folder, "--format", "json")[1])
    assert told["history"] == "known"
    assert (told["in_step"], told["percent_in_step"], told["differing_facts"]) == (17, 80.9, 0)
    assert told["by_language"] == {
        "fi": {"present": 21, "missing": 0, "untranslated": 0, "behind": 1},
        "sv": {"present": 19, "missing": 0, "untranslated": 2, "behind": 1},
    }
    summary = next(row for row in told["by_field"] if (row["kind"], row["field"]) == ("project", "summary"))
    assert (summary["texts"], summary["complete"], summary["in_step"]) == (3, 2, 1)
    lahti = next(row for row in told["by_municipality"] if row["code"] == "398")
    assert (lahti["name"], lahti["projects"], lahti["texts"], lahti["complete"]) == (
        {"fi": "Lahti", "sv": "Lahtis"}, 2, 4, 2,
    )  # fmt: skip
    assert [(work["file"], work["field"], work["untranslated"]) for work in told["work"]] == [
        ("fi/tietoa.md", "body", []),
        ("projects/helmi.yaml", "summary", []),
        ("projects/vain.yaml", "name", ["sv"]),
        ("projects/vain.yaml", "summary", ["sv"]),
    ]
    assert told["work"][0]["behind"] == [
        {"language": "fi", "since": "2021-02-02", "commit": repo.git("rev-parse", "HEAD")}
    ]


def test_without_the_flag_no_byte_of_the_site_depends_on_git(repo: Repo, tmp_path: Path) -> None:
    with_git = tree(made(repo.content, repo.folder).folder)
    alone = tmp_path / "alone"
    shutil.copytree(repo.content, alone / "content")
    assert tree(made(alone / "content", alone).folder) == with_git
    assert b"2021-02-02" not in with_git["data/parity.json"]


def test_asked_for_history_that_is_not_there_the_build_says_so_and_goes_on(folder: Path) -> None:
    done = forked("build", "--content", "content", "--history", "--lang", "en", cwd=folder)
    assert done.returncode == 0
    assert "the history could not be read: the content folder is not in a git repository" in done.stderr
    page = (folder / "_site" / "fi" / "kielet" / "index.html").read_text("utf-8")
    assert "versiohistoriaa ei ollut saatavilla" in page
    plain = forked("build", "--content", "content", "--out", "plain", cwd=folder)
    assert plain.returncode == 0
    assert "ei ole tutkittu" in (folder / "plain" / "fi" / "kielet" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "first", "words"),
    [
        ("fi", "Tekstejä 21, kaikilla kielillä 19 (90,4\u00a0%)", ["jäljessä", "merkitty kääntämättömäksi"]),
        ("sv", "Texter 21, på alla språk 19 (90,4\u00a0%)", ["släpar efter", "märkt som oöversatt"]),
        ("en", "Texts 21, in every language 19 (90,4\u00a0%)", ["behind", "declared untranslated"]),
    ],
)
def test_the_table_speaks_the_readers_language_summary_first(
    repo: Repo, language: str, first: str, words: list[str]
) -> None:
    code, out, error = status(repo.folder, "--lang", language)
    assert (code, error) == (0, "")
    lines = out.splitlines()
    assert lines[0] == first
    assert all(word in out for word in words)
    assert re.search(r"content/projects/helmi\.yaml +summary +sv .* 2021-02-02 +[0-9a-f]{7}$", out, re.MULTILINE)
    assert lines.index(next(line for line in lines if "vain.yaml" in line)) > 10


def test_the_table_fits_100_columns_however_long_the_names(folder: Path) -> None:
    name = "-".join(["hyvin", "pitka", "tunnus"] * 5)
    (folder / "content" / "projects" / f"{name}.yaml").write_text(GAP, "utf-8")
    deep = folder / "content" / "fi" / "/".join(["kansio"] * 20) / "sivu.md"
    deep.parent.mkdir(parents=True)
    deep.write_text("---\ntitle: Sivu\nuntranslated: [sv]\n---\nTeksti.\n", "utf-8")
    for language in ("fi", "sv", "en"):
        code, out, _ = status(folder, "--lang", language)
        assert code == 0
        assert max(map(len, out.splitlines())) <= 100
        assert "".join(re.findall(r"^(\S+)", out, re.MULTILINE)).count(name[-20:]) >= 1


def test_a_missing_text_is_shown_and_is_an_error_of_the_content(folder: Path) -> None:
    file = folder / "content" / "projects" / "rutiinit.yaml"
    file.write_text(file.read_text("utf-8").replace(", sv: Beslutsrutiner", ""), "utf-8")
    code, out, error = status(folder, "--lang", "en", "--ratchet", "figures.json")
    assert code == 1
    assert re.search(r"rutiinit\.yaml +name +sv +missing$", out, re.MULTILINE)
    assert "the content has faults (1 error)" in error
    assert not (folder / "figures.json").exists()
    (folder / "content" / "site.yaml").write_text("[", "utf-8")
    assert status(folder)[0] == 1


def test_an_unknown_history_is_said_in_words(folder: Path) -> None:
    assert "sisältökansio ei ole git-versionhallinnassa" in status(folder, "--lang", "fi")[1]
    assert "innehållsmappen är inte versionshanterad med git" in status(folder, "--lang", "sv")[1]
    assert json.loads(status(folder, "--format", "json")[1])["history"] == "no_repository"


@pytest.mark.parametrize(("limit", "code"), [("80.9", 0), ("80,9", 0), ("81", 1), ("0", 0), ("100", 1)])
def test_below_the_limit_it_fails(repo: Repo, limit: str, code: int) -> None:
    """17 of 21 texts are complete and in step: 80.95 percent."""
    found, _, error = status(repo.folder, "--fail-under", limit, "--lang", "en")
    assert found == code
    assert bool(error) is bool(code)
    assert "80,9\u00a0%" in error or not code


def test_a_limit_with_decimals_is_told_with_a_comma(folder: Path) -> None:
    assert "alittaa rajan 99,5 %" in status(folder, "--fail-under", "99.5", "--lang", "fi")[2]


def test_where_the_history_is_not_known_the_limit_is_of_complete_texts(folder: Path) -> None:
    assert status(folder, "--fail-under", "90")[0] == 0
    assert status(folder, "--fail-under", "91")[0] == 1


@pytest.mark.parametrize("limit", ["x", "-1", "101", "nan", "1e1", ""])
def test_a_limit_that_is_no_percentage_is_called_wrongly(folder: Path, limit: str) -> None:
    assert status(folder, f"--fail-under={limit}")[:2] == (2, "")


def test_the_ratchet_lets_better_pass_and_stops_worse(repo: Repo) -> None:
    file = repo.folder / "figures.json"
    assert status(repo.folder, "--ratchet", "figures.json")[0] == 0
    first = file.read_bytes()
    assert status(repo.folder, "--ratchet", "figures.json")[0] == 0
    assert file.read_bytes() == first
    repo.write("projects/vain-2.yaml", GAP)
    code, _, error = status(repo.folder, "--ratchet", "figures.json", "--lang", "en")
    assert (code, file.read_bytes()) == (1, first)
    assert "figures.json" in error
    assert "complete, in_step, sv" in error
    repo.write("projects/vain-2.yaml", "name: {fi: a, sv: b}\nsummary: {fi: Kaksi., sv: Två.}\nlead: Lahti\n")
    assert status(repo.folder, "--ratchet", "figures.json")[0] == 0
    assert remembered(file.read_text("utf-8")) != remembered(first.decode())
    repo.change("projects/helmi.yaml", "viisi", "kuusi")  # nothing is lacking, but something falls behind
    assert "(figures.json): in_step" in status(repo.folder, "--ratchet", "figures.json", "--lang", "en")[2]


def test_the_ratchet_keeps_what_it_knew_where_the_history_is_not_known(repo: Repo) -> None:
    file = repo.folder / "figures.json"
    status(repo.folder, "--ratchet", "figures.json")
    known = json.loads(file.read_text("utf-8"))["in_step"]
    shutil.rmtree(repo.folder / ".git")
    assert status(repo.folder, "--ratchet", "figures.json")[0] == 0
    assert json.loads(file.read_text("utf-8"))["in_step"] == known == [17, 21]


@pytest.mark.parametrize("held", ["", "[]", "{}", "null", '{"format": 1}', "\0", "[" * 100_000])
def test_a_ratchets_file_that_holds_something_else_is_left_alone(folder: Path, held: str) -> None:
    file = folder / "figures.json"
    file.write_text(held, "utf-8")
    code, _, error = status(folder, "--ratchet", "figures.json", "--lang", "en")
    assert (code, file.read_text("utf-8")) == (2, held)
    assert "figures.json" in error
    assert status(folder, "--ratchet", "nowhere/figures.json")[0] == 2


def test_differing_facts_may_not_grow(repo: Repo) -> None:
    old = figures(repo.survey())
    assert worse(old, {**old, "differing_facts": 1}) == ("differing_facts",)
    assert worse({**old, "differing_facts": 1}, old) == ()


def test_a_share_is_never_rounded_up() -> None:
    assert (tenths(999_999, 1_000_000), share(999, "fi")) == (999, "99,9\u00a0%")
    assert (tenths(5, 5), tenths(0, 5), tenths(0, 0)) == (1000, 0, 1000)
    assert share(1000, "sv") == "100\u00a0%"


def test_the_page_lists_what_is_declared_untranslated_in_both_languages(folder: Path) -> None:
    built = made(folder / "content", folder)
    finnish, swedish = built.at("/fi/kielet/"), built.at("/sv/sprak/")
    assert re.search(r"Vain suomeksi Hankkeet ruotsi Nimi ?, Tiivistelmä", finnish.text)
    assert ("fi", "Vain suomeksi") in swedish.texts
    assert "svenska" in swedish.text
    for page in (finnish, swedish):
        assert page.source.count("<caption>") == page.source.count("<table") == 3
        assert "data-label" in page.source
    assert "Porvoo" in finnish.text
    assert "Borgå" in swedish.text
    assert "ei takaa laatua" in finnish.text
    assert "inget löfte om kvalitet" in swedish.text
    assert list(built.broken()) == []


def test_every_page_leads_to_the_language_page(folder: Path) -> None:
    built = made(folder / "content", folder)
    for path, page in built.pages.items():
        if page.kind not in ("choice", "notfound", "redirect"):
            assert f"/repo/{page.lang}/{'kielet' if page.lang == 'fi' else 'sprak'}/" in page.links, path


def test_the_badge_is_a_picture_with_a_name_and_nothing_from_elsewhere(folder: Path) -> None:
    made(folder / "content", folder)
    text = (folder / "_site" / "data" / "parity.svg").read_text("utf-8")
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    assert root[0].text == "Suomi + Svenska: 90,4\u00a0%"
    assert re.findall(r"https?://\S+", text.replace('xmlns="http://www.w3.org/2000/svg"', "")) == []
    assert not re.search(r"@font-face|url\(|<script|<image|<style", text)


def test_hostile_words_in_the_content_stay_words(folder: Path) -> None:
    words = '"<script>alert(1)</script>&[bold]]8;;x"'
    text = f"untranslated: [sv]\nname: {{fi: {words}}}\nsummary: {{fi: Yksi.}}\nlead: Porvoo\n"
    (folder / "content" / "projects" / "paha.yaml").write_text(text, "utf-8")
    built = made(folder / "content", folder)
    assert "<script>alert" not in built.at("/fi/kielet/").source
    assert status(folder)[0] == 0
