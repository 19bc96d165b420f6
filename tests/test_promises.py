"""The promises of the design that hold for any site: same bytes, old site untouched, a third language, honest gaps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tandem.flow import House, build
from tandem.load import load
from tandem.problem import errors
from tests.built import Built

ROOT = Path(__file__).parent.parent
BASE = "https://example.org/repo/"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def made(content: Path, folder: Path, base_url: str = BASE) -> Built:
    """A site built from ``content`` below ``folder``."""
    result = build(House(content, folder / "_site", cache=folder / ".cache"), base_url)
    assert result.written, result.problems
    return Built(folder / "_site", base_url)


def clone(target: Path, order: int) -> Path:
    """A copy of the repository's sources, its files laid down in another order."""
    files = sorted(
        path
        for name in ("content", "templates", "static", "tandem", "build.py")
        for path in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    )
    for path in files[::order]:
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, ns=(0, 10**18 + order * 10**17))
    return target


def test_same_input_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    """Nor file times and modes, the reader's language, processes, nor Python's optimisation leave a trace.

    (`benchmarks/pythons.py` compares versions of Python.)
    """
    surroundings = [
        (tmp_path / "one", 1, {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "0", "TANDEM_LANG": "fi"}),
        (
            tmp_path / "ä ö" / "two",
            -1,
            {
                "TZ": "Pacific/Kiritimati", "LANG": "sv_FI.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242",
                "TANDEM_LANG": "sv", "COLUMNS": "20", "PYTHONOPTIMIZE": "1", "USER": "ä", "TMPDIR": str(tmp_path),
            },
        ),
    ]  # fmt: skip
    sites = []
    for folder, order, variables in surroundings:
        clone(folder, order)
        environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONUTF8": "0", **variables}
        working = folder if order == 1 else tmp_path
        subprocess.run(
            [
                sys.executable,
                str(folder / "build.py"),
                "build",
                "--out",
                str(folder / "_site"),
                "--jobs",
                str(2 - order),
            ],
            cwd=working,
            env=environment,
            umask=0o077 if order == 1 else 0o002,
            check=True,
            capture_output=True,
        )
        sites.append(tree(folder / "_site"))
    assert sites[0] == sites[1]
    assert len(sites[0]) > 300
    assert not [path for path, data in sites[0].items() if str(tmp_path).encode() in data]


def test_the_number_of_processes_leaves_no_trace(tmp_path: Path) -> None:
    """Enough pages that the work is spread; the same bytes for one, two and three processes."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    sample = (content / "projects" / "2020-kokkola-helmi.yaml").read_text("utf-8")
    for number in range(60):
        text = sample.replace("fi: helmi-ohjelmistorobotiikka", f"fi: helmi-{number}").replace(
            "sv: helmi-programvarurobotik", f"sv: helmi-{number}"
        )
        (content / "projects" / f"helmi-{number}.yaml").write_text(text, "utf-8")
    sites = []
    for jobs in (1, 2, 3):
        house = House(content, tmp_path / f"site{jobs}", cache=tmp_path / ".cache")
        assert build(house, BASE, jobs=jobs, search=False).written
        sites.append(tree(house.out))
    assert sites[0] == sites[1] == sites[2]


def test_an_error_leaves_the_old_site_byte_for_byte(base: Path, tmp_path: Path) -> None:
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    assert build(house).written
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in house.out.rglob("*.*")}
    project = base / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8").replace("lead: ", "lead: Nowhere "), "utf-8")
    result = build(house)
    assert result.written is None
    assert [problem.code for problem in result.problems] == ["place.unknown"]
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in house.out.rglob("*.*")} == before


def test_strict_makes_a_warning_stop_the_build(base: Path, tmp_path: Path) -> None:
    project = base / "projects" / "helmi.yaml"
    project.write_text(project.read_text("utf-8") + "untranslated: [sv]\n", "utf-8")
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    assert build(house, strict=True).written is None
    assert build(house).written


def test_a_third_language_is_data(tmp_path: Path) -> None:
    """English by content and catalog alone: three halves, each page linked to its two twins."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    _in_english(content)
    built = made(content, tmp_path)
    for kind in ("project", "municipality", "region", "theme", "round", "article", "page", "home", "projects"):
        counts = {code: len(built.of_kind(kind, f"{code}/")) for code in ("fi", "sv", "en")}
        assert len(set(counts.values())) == 1, (kind, counts)
        assert counts["en"] > 0
    for path, page in built.pages.items():
        if page.kind in ("choice", "notfound"):
            continue
        assert {code for code, _, _ in page.switch} == {"fi", "sv", "en"} - {page.lang}, path
        assert set(page.alternates) == {"fi", "sv", "en", "x-default"}
    assert list(built.broken()) == []
    assert built.at("/en/municipalities/porvoo/").kind == "municipality"
    names = {name for _, _, name in built.at("/fi/").switch}
    assert names == {"Svenska", "English"}


def _in_english(content: Path) -> None:
    """Gives every text an English half: any words will do to tell three languages apart."""
    for path in [*content.glob("*.yaml"), *content.glob("projects/*.yaml"), *content.glob("*/news/*.md")]:
        lines: list[str] = []
        for number, line in enumerate(path.read_text("utf-8").split("\n")):
            bare = line.lstrip(" ")
            indent = " " * (len(line) - len(bare))
            if bare == "sv: |":
                lines += [f"{indent}en: |", f"{indent}  English text."]
            elif bare.startswith("sv: ") and indent:
                lines.append(f"{indent}en: {path.stem}-{number}")
            lines.append(
                line.replace("{fi: ", f"{{en: {path.stem}-{number}, fi: ") if path.name != "site.yaml" else line
            )
        path.write_text("\n".join(lines), "utf-8")
    site = content / "site.yaml"
    words = site.read_text("utf-8").replace("[fi, sv]", "[fi, sv, en]")
    for name in ("projects", "municipalities", "regions", "themes", "rounds", "news"):
        words = words.replace(f"  {name}: {{fi:", f"  {name}: {{en: {name}, fi:")
    site.write_text(words, "utf-8")
    shutil.copytree(content / "fi", content / "en")
    for path in (content / "en").rglob("*.md"):
        text = path.read_text("utf-8").replace("](/fi/kielet/", "](/en/languages/").replace("](/fi/", "](/en/")
        _, front, body = text.split("---\n", 2)
        kept = [line for line in front.split("\n") if line.startswith(("title:", "summary:", "slug:", "date:"))]
        path.write_text("---\n" + "\n".join(kept) + "\n---\n" + body, "utf-8")
    catalog = content / "en" / "messages.po"
    catalog.write_text(catalog.read_text("utf-8").replace("Language: fi", "Language: en"), "utf-8")


@pytest.fixture
def gap(base: Path, tmp_path: Path) -> Built:
    """A site with a project, a page and an article that exist in Finnish only."""
    words = "untranslated: [sv]\nname: {fi: Vain suomeksi}\nsummary: {fi: Tiivistelmä suomeksi.}\nlead: Porvoo\n"
    (base / "projects" / "vain.yaml").write_text(words + "description:\n  fi: |\n    Kuvaus suomeksi.\n", "utf-8")
    front = "---\ntitle: Sivu suomeksi\nuntranslated: [sv]\n---\n\nTeksti suomeksi.\n"
    (base / "fi" / "sivu.md").write_text(front, "utf-8")
    news = front.replace("untranslated", "date: 2021-02-05\nuntranslated")
    (base / "fi" / "news" / "uutinen.md").write_text(news, "utf-8")
    return made(base, tmp_path)


@pytest.mark.parametrize(
    ("finnish", "swedish", "text"),
    [
        ("/fi/hankkeet/vain/", "/sv/projekt/vain/", "Kuvaus suomeksi."),
        ("/fi/sivu/", "/sv/sivu/", "Teksti suomeksi."),
        ("/fi/uutiset/uutinen/", "/sv/nyheter/uutinen/", "Teksti suomeksi."),
    ],
)
def test_a_gap_is_planned_announced_marked_and_kept_out_of_hreflang(
    gap: Built, finnish: str, swedish: str, text: str
) -> None:
    there, here = gap.at(finnish), gap.at(swedish)
    assert here.lang == "sv"
    assert ("fi", text) in [(lang, found.strip()) for lang, found in here.texts]
    assert "noindex" in here.robots
    assert here.alternates == {}
    assert here.canonical == gap.base_url + finnish[1:]
    assert here.switch[0][0] == "fi"
    assert set(there.alternates) == {"fi", "x-default"}
    assert [code for code, _, _ in there.switch] == ["sv"]
    sitemap = (gap.folder / "sitemap.xml").read_text()
    assert finnish in sitemap
    assert swedish not in sitemap
    assert list(gap.broken()) == []
    notice = gap.at("/sv/").text
    assert notice  # the Swedish front page still builds


def test_the_reader_is_told_of_a_gap_in_their_own_language(gap: Built) -> None:
    swedish = [text for lang, text in gap.at("/sv/projekt/vain/").texts if lang == "sv"]
    assert any("svenska" in text for text in swedish)


def test_a_former_address_leads_to_the_present_one(base: Path, tmp_path: Path) -> None:
    project = base / "projects" / "helmi.yaml"
    aliases = "aliases: [/fi/vanha/osoite/, /sv/gammal/]\n"
    project.write_text(project.read_text("utf-8") + aliases, "utf-8")
    built = made(base, tmp_path)
    for alias, section in (("/fi/vanha/osoite/", "/fi/hankkeet/"), ("/sv/gammal/", "/sv/projekt/")):
        page = built.at(alias)
        assert page.kind == "redirect"
        assert page.refresh.startswith(f"/repo{section}")
        assert built.pages[built.path("https://example.org" + page.refresh)].kind == "project"
        assert page.canonical == "https://example.org" + page.refresh
    assert "gammal" not in (built.folder / "sitemap.xml").read_text()


def test_a_merged_municipality_rolls_up_under_its_old_name(base: Path, tmp_path: Path) -> None:
    words = "{fi: Vanha, sv: Gammal}"
    text = f"name: {words}\nsummary: {words}\nlead: Honkajoki\n"
    (base / "projects" / "vanha.yaml").write_text(text, "utf-8")
    built = made(base, tmp_path)
    today = built.at("/fi/kunnat/kankaanpaa/")
    assert "Vanha" in today.text
    assert "Honkajoki" in today.text
    project = built.at("/fi/hankkeet/vanha/")
    assert "Honkajoki" in project.text
    assert "Kankaanpää" in project.text
    assert "fi/kunnat/honkajoki/index.html" not in built.pages


def test_a_word_of_a_catalog_is_text_never_html(base: Path, tmp_path: Path) -> None:
    catalog = base / "sv" / "messages.po"
    text = catalog.read_text("utf-8")
    assert 'msgid "Projects"\nmsgstr "Projekt"' in text
    hostile = 'msgid "Projects"\nmsgstr "<script src=/x></script>&amp;"'
    catalog.write_text(text.replace('msgid "Projects"\nmsgstr "Projekt"', hostile), "utf-8")
    page = made(base, tmp_path).at("/sv/")
    assert "<script src=/x>" not in page.source
    assert "<script src=/x></script>&amp;" in page.text


def test_a_draft_is_checked_and_never_built(base: Path, tmp_path: Path) -> None:
    words = "{fi: Keskeneräinen, sv: Halvfärdigt}"
    draft = base / "projects" / "luonnos.yaml"
    draft.write_text(f"name: {words}\nsummary: {words}\ndraft: true\n", "utf-8")
    built = made(base, tmp_path)
    assert "fi/hankkeet/luonnos/index.html" not in built.pages
    assert "Keskeneräinen".encode() not in b"".join(tree(built.folder).values())
    draft.write_text(f"name: {words}\nsummary: {words}\ndraft: true\nlead: Nowhere\n", "utf-8")
    assert errors(load(base).problems)


def test_content_without_anything_optional_builds(base: Path, tmp_path: Path) -> None:
    for path in [
        *base.glob("projects/*"),
        *base.glob("*/news/*"),
        base / "fi" / "tietoa.md",
        base / "sv" / "tietoa.md",
    ]:
        path.unlink(missing_ok=True)
    for name in ("rounds", "themes"):
        (base / f"{name}.yaml").write_text("[]\n", "utf-8")
    site = base / "site.yaml"
    lines = [line for line in site.read_text("utf-8").split("\n") if not line.startswith(("navigation", "repository"))]
    site.write_text("\n".join(lines), "utf-8")
    built = made(base, tmp_path)
    assert list(built.broken()) == []
    assert built.at("/sv/projekt/").kind == "projects"
