"""Incremental = clean: after any edits, damage and loss, a build leaves exactly what a clean one would."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tandem import jobs
from tandem.address import Addresses
from tandem.amend import shortly
from tandem.checks import OF_ALL, check
from tandem.checks.facts import Facts
from tandem.flow import Built, House, build, examine, survey
from tandem.house import shown
from tandem.imprint import NONE, Imprints
from tandem.index import Index
from tandem.language import compiled
from tandem.load import load
from tandem.memory import Memory, Past, Request, named
from tandem.plan import plan
from tandem.render import Renderer
from tandem.running import Running
from tandem.site import Site
from tandem.spoken import Templates
from tandem.why import Why
from tandem.write import Written, make_ready
from tests.cases import CASES, lay

ROOT = Path(__file__).parent.parent
Edit = Callable[[House, random.Random], None]
ASKED = Request(search=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def house(base: Path, tmp_path: Path) -> House:
    """A house of its own: content, templates and static files to change."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for number in range(6):
        text = f"name: {{fi: N{number} nimi, sv: N{number} namn}}\nslug: {{fi: helmi-{number}, sv: parla-{number}}}\n"
        text += "summary: {fi: Lyhyt., sv: Kort.}\nlead: Porvoo\n"
        (base / "projects" / f"helmi-{number}.yaml").write_text(text, "utf-8")
    return House(base, tmp_path / "_site", tmp_path / "templates", tmp_path / "static", tmp_path / ".cache")


def clean(house: House, search: bool = False) -> dict[str, bytes]:
    fresh = replace(house, out=house.out.parent / "clean", cache=house.out.parent / "clean-cache")
    for folder in (fresh.out, fresh.cache):
        shutil.rmtree(folder, ignore_errors=True)
    assert build(fresh, search=search).written
    return tree(fresh.out)


def rebuilt(house: House, search: bool = False) -> Built:
    return build(house, search=search)


def settled(house: House) -> Built:
    """A first build, and a second that trusts the files the first found just written."""
    first = rebuilt(house)
    rebuilt(house)
    return first


def project(house: House, chance: random.Random) -> Path:
    return chance.choice(sorted((house.content / "projects").glob("*.yaml")))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")


def describe(house: House, chance: random.Random) -> None:
    """A text only the project's own page shows."""
    path = project(house, chance)
    kept = [line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("results:")]
    word = f"Sana{chance.randrange(99)}."
    path.write_text("".join(kept) + f"results: {{fi: {word}, sv: {word}}}\n", "utf-8")


def differ(house: House, chance: random.Random) -> None:
    """A text only the project's own page shows, and a warning of it."""
    path = numbered(house, chance)
    kept = [line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("results:")]
    path.write_text(
        "".join(kept) + f"results: {{fi: Maksoi {chance.randrange(9)} euroa., sv: Kostade 99 euro.}}\n", "utf-8"
    )


def rename(house: House, chance: random.Random) -> None:
    change(project(house, chance), "name: {fi: ", f"name: {{fi: U{chance.randrange(99)} ")


def add(house: House, chance: random.Random) -> None:
    number = chance.randrange(1000, 9999)
    text = f"name: {{fi: Uusi {number}, sv: Ny {number}}}\nsummary: {{fi: Lyhyt., sv: Kort.}}\nlead: Porvoo\n"
    (house.content / "projects" / f"uusi-{number}.yaml").write_text(text, "utf-8")


def remove(house: House, chance: random.Random) -> None:
    found = sorted((house.content / "projects").glob("uusi-*.yaml"))
    if found:
        chance.choice(found).unlink()


def move(house: House, chance: random.Random) -> None:
    found = sorted((house.content / "projects").glob("uusi-*.yaml"))
    if found:
        chance.choice(found).rename(house.content / "projects" / f"uusi-{chance.randrange(10000, 99999)}.yaml")


def words(house: House, chance: random.Random) -> None:
    change(house.content / "fi" / "messages.po", 'msgstr "Hankkeet"', f'msgstr "Hankkeet{chance.randrange(9)}"')


def template(house: House, chance: random.Random) -> None:
    change(house.templates / "project.html", "<section", f'<section data-x="{chance.randrange(9)}"')


def numbered(house: House, chance: random.Random) -> Path:
    """A project each key of which is one line."""
    return house.content / "projects" / f"helmi-{chance.randrange(6)}.yaml"


def slug(house: House, chance: random.Random) -> None:
    path, number = numbered(house, chance), chance.randrange(1000)
    kept = [line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("slug:")]
    line = f"slug: {{fi: osoite-{number}-{path.stem}, sv: adress-{number}-{path.stem}}}\n"
    path.write_text("".join(kept) + line, "utf-8")


def theme(house: House, chance: random.Random) -> None:
    """A project gets a theme, or loses it; sometimes the theme gets another name."""
    path = numbered(house, chance)
    kept = [line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("themes:")]
    path.write_text("".join(kept) + chance.choice(("themes: [varhaiskasvatus]\n", "")), "utf-8")
    if chance.random() < 0.5:
        change(house.content / "themes.yaml", "fi: ", f"fi: T{chance.randrange(9)} ")


def part(house: House, chance: random.Random) -> None:
    name = chance.choice(("parts/lists.html", "parts/macros.html", "parts/brief.html", "base.html", "theme.html"))
    path = house.templates / name
    path.write_text(path.read_text("utf-8").replace("class=", f'data-y="{chance.randrange(9)}" class=', 1), "utf-8")


def script(house: House, chance: random.Random) -> None:
    with (house.static / "js" / "list.js").open("a") as file:
        file.write(f"// {chance.randrange(99)}\n")


def picture(house: House, chance: random.Random) -> None:
    (house.static / "img" / f"uusi-{chance.randrange(9)}.svg").write_text("<svg/>", "utf-8")


def day(house: House, chance: random.Random) -> None:
    path = house.content / "site.yaml"
    rest = [line for line in path.read_text("utf-8").splitlines(True) if not line.startswith("as_of")]
    path.write_text("".join(rest) + f"as_of: 2026-11-{chance.randint(10, 28)}\n", "utf-8")


def sheet(house: House, chance: random.Random) -> None:
    with (house.static / "css" / "site.css").open("a") as file:
        file.write(f"/* {chance.randrange(99)} */\n")


def settings(house: House, chance: random.Random) -> None:
    change(house.content / "site.yaml", "title: {fi: ", f"title: {{fi: R{chance.randrange(9)} ")


def order(house: House, chance: random.Random) -> None:
    """The keys of a project, which lacks a text in Swedish, change places."""
    path = numbered(house, chance)
    lines = path.read_text("utf-8").splitlines(True)
    kept = [line for line in lines if not line.startswith(("untranslated:", "description:"))]
    kept += ["untranslated: [sv]\n", "description: {fi: Pitempi kuvaus.}\n"]
    chance.shuffle(kept)
    path.write_text("".join(kept), "utf-8")


def tamper(house: House, chance: random.Random) -> None:
    """Somebody changes the site itself, keeping size and time of a file."""
    path = chance.choice(sorted(house.out.rglob("*.html")))
    path.write_bytes(path.read_bytes().replace(b"<html", b"<HTML"))


def lose(house: House, chance: random.Random) -> None:
    chance.choice(sorted(house.out.glob("*/**/*.html"))).unlink()


def damage(house: House, chance: random.Random) -> None:
    """Random bytes anywhere in the cache."""
    files = sorted(path for path in house.cache.glob("*") if path.is_file() and path.stat().st_size)
    path = chance.choice(files)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)


def forget(house: House, chance: random.Random) -> None:
    chance.choice(sorted(path for path in house.cache.glob("*") if path.is_file())).unlink()


EDITS: tuple[Edit, ...] = (
    *(describe,) * 6, differ, differ, order, order, rename, add, add, remove, move, slug, theme, theme, words, template,
    part, part, sheet, script, picture, settings, day, tamper, lose, damage, damage, forget,
)  # fmt: skip


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 9))])
def test_after_any_edits_a_build_leaves_what_a_clean_one_would(house: House, seed: int) -> None:
    """Every other sequence with the search index."""
    chance, search = random.Random(seed), seed % 2 == 1
    rebuilt(house, search)
    for _ in range(5):
        done = [chance.choice(EDITS) for _ in range(chance.choice((1, 1, 2)))]
        for edit in done:
            edit(house, chance)
        built = rebuilt(house, search)
        assert built.written, done
        assert built.problems == examine(house).problems, done
        assert tree(house.out) == clean(house, search), [edit.__name__ for edit in done]


def test_a_text_of_one_page_makes_that_page_anew_and_no_other(house: House) -> None:
    path = house.content / "projects" / "helmi-3.yaml"
    path.write_text(path.read_text("utf-8") + "links: [{url: https://a.fi/, title: {fi: A, sv: B}}]\n", "utf-8")
    settled(house)
    change(path, "https://a.fi/", "https://b.fi/")
    done = rebuilt(house)
    assert done.made == dict.fromkeys(
        ("fi/hankkeet/helmi-3/index.html", "sv/projekt/parla-3/index.html"),
        Why("says", frozenset({"content/projects/helmi-3.yaml"})),
    )
    assert done.written
    assert (done.written.written, done.written.removed) == (2, 0)
    assert tree(house.out) == clean(house)


def test_a_warning_of_another_file_does_not_make_a_small_change_a_great_one(house: House) -> None:
    """It is told again; what was told of the changed file itself may be true no more."""
    mine, other = (house.content / "projects" / f"helmi-{number}.yaml" for number in (3, 4))
    for path, sum_ in ((mine, 5), (other, 6)):
        path.write_text(
            path.read_text("utf-8") + f"results: {{fi: Maksoi {sum_} euroa., sv: Kostade 5 euro.}}\n", "utf-8"
        )
    first = settled(house)
    assert {problem.where.file for problem in first.problems} == {f"{house.content}/projects/helmi-4.yaml"}
    change(mine, "Maksoi", "Se maksoi")
    done = shortly(house, Past.of(house, ASKED))
    assert done
    assert (len(done.made), done.problems) == (1, first.problems)
    assert tree(house.out) == clean(house)
    change(other, "Maksoi 6", "Se maksoi 5")
    assert shortly(house, Past.of(house, ASKED)) is None
    assert rebuilt(house).problems == ()
    assert tree(house.out) == clean(house)


def reasons(done: Built) -> set[tuple[str, frozenset[str]]]:
    return {(why.reason, why.files) for why in done.made.values()}


def kinds(house: House, paths: Iterable[str]) -> set[str]:
    """The kinds of pages, as they say themselves."""
    found = (re.search(r'data-kind="([a-z]+)"', (house.out / path).read_text("utf-8")) for path in paths)
    return {match[1] if match else "" for match in found}


def test_a_first_build_says_so(house: House) -> None:
    done = rebuilt(house)
    assert len(done.made) == done.pages
    assert reasons(done) == {("first", frozenset())}


def test_a_comment_makes_no_page_anew(house: House) -> None:
    settled(house)
    for path in (house.content / "projects" / "helmi-3.yaml", house.content / "themes.yaml"):
        path.write_text(path.read_text("utf-8") + "# a remark\n", "utf-8")
        assert rebuilt(house).made == {}
    assert tree(house.out) == clean(house)


def test_a_changed_template_makes_its_family_anew_and_no_other_page(house: House) -> None:
    settled(house)
    change(house.templates / "theme.html", "<h1", '<h1 data-x="1"')
    done = rebuilt(house)
    assert kinds(house, done.made) == {"theme"}
    assert reasons(done) == {("template", frozenset({"templates/theme.html"}))}
    change(house.templates / "parts" / "people.html", "class=", 'data-x="1" class=')
    done = rebuilt(house)
    assert kinds(house, done.made) == {"project"}
    assert reasons(done) == {("template", frozenset({"templates/parts/people.html"}))}
    assert tree(house.out) == clean(house)


def test_a_changed_word_makes_the_pages_of_its_language_anew(house: House) -> None:
    settled(house)
    change(house.content / "fi" / "messages.po", 'msgstr "Hankkeet"', 'msgstr "Projektit"')
    done = rebuilt(house)
    words = f"{shown(house.content)}/fi/messages.po"
    assert reasons(done) == {("words", frozenset({words}))}
    assert {path for path in done.made if path.startswith("sv/")} == set()
    assert {path for path in done.made if not path.startswith("fi/")} == {"index.html", "404.html"}
    assert tree(house.out) == clean(house)


def test_a_renamed_project_makes_the_pages_that_show_it_anew(house: House) -> None:
    settled(house)
    change(house.content / "projects" / "helmi-3.yaml", "fi: N3 nimi", "fi: N3 uusinimi")
    done = rebuilt(house)
    assert reasons(done) == {("says", frozenset({"content/projects/helmi-3.yaml"}))}
    assert {"fi/hankkeet/helmi-3/index.html", "fi/kunnat/porvoo/index.html", "fi/index.html"} <= done.made.keys()
    unshown = {path for path in done.made if "nimi" not in (house.out / path).read_text("utf-8")}
    assert unshown == set()
    assert not done.made.keys() & {"fi/data/index.html", "404.html", "fi/teemat/index.html"}
    assert tree(house.out) == clean(house)


def test_a_new_page_a_lost_one_and_what_stands_around_all_are_told(house: House) -> None:
    settled(house)
    lost = house.out / "fi" / "data" / "index.html"
    lost.unlink()
    add(house, random.Random(1))
    done = rebuilt(house)
    told = {path: why.reason for path, why in done.made.items()}
    assert told["fi/data/index.html"] == "lost"
    assert {reason for path, reason in told.items() if "uusi-" in path} == {"new"}
    change(house.content / "site.yaml", "title: {fi: ", "title: {fi: Uusi ")
    done = rebuilt(house)
    assert {why.reason for path, why in done.made.items() if path.startswith("fi/")} == {"frame"}
    assert tree(house.out) == clean(house)


def test_a_program_that_changed_makes_all_pages_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(house)
    monkeypatch.setattr("tandem.why.surroundings", lambda: ["another"])
    add(house, random.Random(1))
    done = rebuilt(house)
    assert len(done.made) == done.pages
    assert {why.reason for why in done.made.values()} == {"program", "new"}


def test_what_every_page_says_can_be_told_from_what_another_says() -> None:
    """No page holds what its imprint does not know: it would be made anew each time."""
    house = House(ROOT / "content", Path("_site"))
    examined = examine(house)
    assert examined.site
    assert examined.index
    assert examined.addresses
    planned = plan(examined.site, examined.addresses, examined.index, survey(house, examined, history=False))
    found = [Imprints().of(page) for page in planned.pages]
    assert NONE not in found
    assert len(set(found)) == len(found)


def test_nothing_changed_is_seen_without_rendering(house: House) -> None:
    first = settled(house)
    again = rebuilt(house)
    assert again.made == {}
    assert (again.pages, again.languages) == (first.pages, first.languages)


def test_a_build_of_nothing_new_imports_no_library(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(base.parent)
    house = House(Path("content"), Path("_site"), cache=Path(".cache").resolve())
    settled(house)
    libraries = {"babel", "cbor2", "jinja2", "markdown", "msgspec", "nh3", "pydantic", "yaml"}
    asked = (
        "import sys, build; build.main('build --content content --no-search --lang en'.split()); print(*sys.modules)"
    )
    command = [sys.executable, "-c", asked]
    for _ in range(2):  # the sentences it says are kept the first time
        done = subprocess.run(command, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    said, modules = done.stdout.splitlines()
    assert "nothing changed" in said
    assert libraries & set(modules.split()) == set()


def test_a_fault_in_a_text_of_one_page_stops_the_build(house: House) -> None:
    rebuilt(house)
    before = tree(house.out)
    path = house.content / "projects" / "helmi-3.yaml"
    path.write_text(path.read_text("utf-8") + "results: {fi: '[x](nowhere.md)', sv: '[x](nowhere.md)'}\n", "utf-8")
    done = rebuilt(house)
    assert done.written is None
    assert {problem.code for problem in done.problems} == {"link.broken"}
    assert tree(house.out) == before


def test_a_build_killed_after_the_site_changed_leaves_no_false_memory(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(house)
    path = house.content / "projects" / "helmi-3.yaml"
    before = path.read_text("utf-8")
    path.write_text(before.replace("N3 nimi", "Toinen nimi"), "utf-8")

    def killed(memory: Memory) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Memory, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        rebuilt(house)
    monkeypatch.undo()
    path.write_text(before, "utf-8")
    rebuilt(house)
    assert tree(house.out) == clean(house)


def test_another_request_is_another_build(house: House) -> None:
    rebuilt(house)
    other = build(house, base_url="https://example.org/elsewhere/", search=False)
    assert other.written
    assert other.written.written
    assert not Past.of(house, ASKED).stands


def test_the_order_of_the_keys_of_a_project_is_told_on(house: House) -> None:
    """What is lacking in a language is listed in that order."""
    project = house.content / "projects" / "helmi-1.yaml"
    lines = ["name: {fi: N1 nimi, sv: N1 namn}\n", "lead: Porvoo\n", "untranslated: [sv]\n"]
    lines += ["summary: {fi: Lyhyt.}\n", "description: {fi: Pitempi kuvaus.}\n"]
    project.write_text("".join(lines), "utf-8")
    settled(house)
    project.write_text("".join(reversed(lines)), "utf-8")
    rebuilt(house)
    assert tree(house.out) == clean(house)


def test_a_hidden_file_of_the_content_is_no_input(house: House) -> None:
    """An editor's swap file is none, and the cache of who calls us inside the content is none."""
    settled(house)
    (house.content / "projects" / ".helmi.yaml.swp").write_text("b0VIM", "utf-8")
    (house.content / ".cache").mkdir()
    (house.content / ".cache" / "x.html").write_text("", "utf-8")
    past = Past.of(house, ASKED)
    assert past.stands
    assert not named(house, [house.content.resolve() / "projects" / ".helmi.yaml.swp"])
    assert past.now.moved(house) == frozenset()


def test_the_same_content_under_another_name_is_another_build(house: House) -> None:
    """Where editors are led to the files, the folder is called as it was given."""
    settled(house)
    linked = house.content.with_name("linked")
    linked.symlink_to(house.content)
    assert Past.of(house, ASKED).stands
    assert not Past.of(replace(house, content=linked), ASKED).stands


def outline(site: Site) -> Site:
    return replace(site, projects={id: project.outline() for id, project in site.projects.items()})


def test_no_page_but_its_own_shows_more_of_a_project_than_its_outline() -> None:
    """What an incremental build relies on: every other page is the same, made from outlines alone."""
    house = House(ROOT / "content", Path("_site"))
    examined = examine(house)
    assert examined.site
    coverage = survey(house, examined, history=False)
    sites = []
    for site in (examined.site, outline(examined.site)):
        index = Index(site)
        addresses = Addresses(site, index, site.settings.base_url, examined.assets.names)
        planned = plan(site, addresses, index, coverage)
        renderer = Renderer(Templates(house.templates), compiled(site.catalogs), planned.frames, examined.assets.names)
        sites.append({page.path: renderer.render(page) for page in planned.pages if page.kind != "project"})
    assert sites[0] == sites[1]


@pytest.mark.parametrize("case", CASES)
def test_rules_that_hold_records_against_each_other_need_only_outlines(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So they find nothing new where no outline changed."""
    lay(case, tmp_path, monkeypatch)
    site = load(tmp_path / "content").site
    if site is None:
        return
    found = []
    for seen in (site, outline(site)):
        addresses = Addresses(seen, Index(seen), seen.settings.base_url)
        found.append(check(Facts(seen, addresses), OF_ALL))
    assert found[0] == found[1]


def test_the_number_of_processes_finds_the_same_faults(house: House) -> None:
    """Many projects, read and judged in shares; some of them at fault, alone or with each other."""
    faults = (
        "lead: Porvo",
        "untranslated: [sv]",
        "results: {fi: '[x](nowhere.md)', sv: '[x](nowhere.md)'}",
        "themes: [no]",
    )
    for number in range(700):
        text = f"name: {{fi: Nimi {number % 650}, sv: Namn {number % 650}}}\nsummary: {{fi: Lyhyt., sv: Kort.}}\n"
        text += f"{faults[number // 20 % 4]}\n" if number % 20 == 0 else "lead: Porvoo\n"
        (house.content / "projects" / f"p-{number}.yaml").write_text(text, "utf-8")
    settings = house.content / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("description: {", "description: {sv: '', ", 1), "utf-8")
    one, three = (examine(house, jobs=jobs).problems for jobs in (1, 3))
    assert one == three
    assert len({problem.code for problem in one}) > 4


def test_processes_that_make_room_for_fresh_ones_leave_no_trace(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where there are very many pages."""
    monkeypatch.setattr("tandem.jobs.WORTH", 1)
    monkeypatch.setattr("tandem.jobs.LOAD", 3)
    monkeypatch.setattr("tandem.lay.LIFE", 6)
    begun: list[object] = []
    relayed = jobs._relayed

    def counted(*arguments: Any) -> Iterator[Any]:
        begun.append(arguments)
        return relayed(*arguments)

    monkeypatch.setattr("tandem.jobs._relayed", counted)
    assert build(house, jobs=2, search=True).written
    assert begun
    monkeypatch.undo()
    assert tree(house.out) == clean(house, search=True)


def test_a_build_that_writes_nothing_leaves_a_site_that_stands_though_its_spare_is_lost(house: House) -> None:
    settled(house)
    describe(house, random.Random(1))
    rebuilt(house)
    mark = next(house.cache.glob("*.whole"))
    mark.unlink()
    path = house.content / "themes.yaml"
    path.write_text(path.read_text("utf-8") + "# a remark\n", "utf-8")
    done = rebuilt(house)
    assert done.written == Written(0, 0)
    assert Past.of(house, ASKED).intact


def test_a_process_that_goes_on_builds_what_a_new_one_would(house: House) -> None:
    """As ``serve`` does: it is told what changed, and looks at nothing else."""
    paths = [house.content / "projects" / f"helmi-{number}.yaml" for number in (3, 4, 3)]
    for path in paths[:2]:
        path.write_text(path.read_text("utf-8") + "results: {fi: Sana., sv: Ord.}\n", "utf-8")
    settled(house)
    make_ready(house.out, house.cache)
    rebuilt(house)
    running = Running.after(house, Past.of(house, ASKED))
    for number, path in enumerate(paths):
        change(path, "fi: Sana", f"fi: Sana {'abc'[number]}")
        assert running
        past = running.past(house, named(house, [path.resolve()]))
        assert past
        done = shortly(house, past, running)
        assert done
        assert len(done.made) == 1
        running = done.running
    assert running
    assert tree(house.out) == clean(house)
    assert Past.of(house, ASKED).intact


def test_a_process_that_goes_on_sees_that_another_has_built_meanwhile(house: House) -> None:
    settled(house)
    running = Running.after(house, Past.of(house, ASKED))
    assert running
    describe(house, random.Random(1))
    rebuilt(house)
    assert running.past(house, frozenset({"content/projects/helmi-3.yaml"})) is None
