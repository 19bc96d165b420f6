"""Projects laid by: whoever reads a site with its shelf sees exactly what one sees who reads every file."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tandem.checks import sound
from tandem.flow import Examined, House, build, examine, survey
from tandem.load import load
from tandem.model import Project, Settings, Term
from tandem.outlines import all_told
from tandem.places import Places
from tandem.shelf import Shelf
from tandem.sift import Judge
from tandem.site import Origin
from tandem.spoken import Templates
from tests.cases import CASES, lay

TEMPLATES = Templates(Path(__file__).parent.parent / "templates")
TEXTS = (
    "description: {fi: 'Avustus on 40 000 euroa.', sv: 'Understödet är 40 000 euro.'}",
    "description: {fi: 'Avustus on 40 000 euroa.', sv: 'Understödet är 50 000 euro.'}",
    "description: {fi: 'Avustus on 1 000 euroa.', sv: 'Understödet är 2 000 euro.'}\nallow: [2 000]",
    "description: {fi: 'Avustus on 1 000 euroa.', sv: 'Understödet är 3 000 euro.'}",
    "results: {fi: '[x](https://example.org/)', sv: '[x](https://example.org/)'}\naliases: [/fi/vanha-1/]",
    "results: {fi: '[x](nowhere.md)', sv: '[x](nowhere.md)'}",
    "goals: [{fi: Nopeampi., sv: Snabbare.}]\nchecked: {goals: 2021-03-05}",
    "untranslated: [sv]",
    "themes: [no]",
    "lead: Porvo",
    "nimi: x",
    "contacts: [{name: A B, email: a.b@gmail.com}]",
    "draft: true",
    "%",
)
Edit = Callable[[House, random.Random], None]


@pytest.fixture
def house(base: Path, tmp_path: Path) -> House:
    settings = base / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "allow: [2 000, 3 000]\n", "utf-8")
    return House(base, tmp_path / "_site", cache=tmp_path / ".cache")


def seen(examined: Examined, house: House) -> tuple[object, ...]:
    """All that later stages may ask of what was read."""
    assert examined.site
    site = examined.site
    wholes = {id: site.whole(id) for id in site.projects}
    return examined.problems, wholes, all_told(site), survey(house, examined, history=False)


def both(house: House, jobs: int = 1) -> None:
    """With the shelf and without it, all is the same."""
    house.cache.mkdir(exist_ok=True)
    laid = examine(house, shelf=Shelf(house.cache / "shelf"), jobs=jobs, templates=TEMPLATES)
    assert seen(laid, house) == seen(examine(house, templates=TEMPLATES), house)


def write(house: House, chance: random.Random) -> None:
    number = chance.randrange(9)
    text = f"name: {{fi: N{number} nimi, sv: N{number} namn}}\nsummary: {{fi: Lyhyt., sv: Kort.}}\n"
    (house.content / "projects" / f"p-{number}.yaml").write_text(text + chance.choice(TEXTS) + "\n", "utf-8")


def remove(house: House, chance: random.Random) -> None:
    (house.content / "projects" / f"p-{chance.randrange(9)}.yaml").unlink(missing_ok=True)


def swap(house: House, chance: random.Random) -> None:
    """Two files change their names: what they say is known, but not of them."""
    one, two = (house.content / "projects" / f"p-{number}.yaml" for number in chance.sample(range(9), 2))
    if one.exists() and two.exists():
        before = one.read_bytes()
        one.write_bytes(two.read_bytes())
        two.write_bytes(before)


def settings(house: House, chance: random.Random) -> None:
    file = house.content / "site.yaml"
    allowed = chance.choice(("allow: [2 000, 3 000]", "allow: [3 000]", "navigation: []"))
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(("allow", "navigation: ["))]
    file.write_text("\n".join([*lines, allowed, ""]), "utf-8")


def damage(house: House, chance: random.Random) -> None:
    """A byte of the shelf changes, or its end is lost."""
    file = house.cache / "shelf"
    data = bytearray(file.read_bytes() if file.exists() else b"")
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])


def lose(house: House, chance: random.Random) -> None:
    (house.cache / "shelf").unlink(missing_ok=True)


EDITS: tuple[Edit, ...] = (write, write, write, remove, swap, settings, damage, lose)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_and_damage_the_shelf_tells_what_the_files_say(house: House, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        for _ in range(chance.randint(1, 3)):
            chance.choice(EDITS)(house, chance)
        both(house)


@pytest.mark.parametrize("case", CASES)
def test_every_fault_is_found_with_a_shelf_too(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(case, tmp_path, monkeypatch)
    house = House(tmp_path / "content", tmp_path / "_site", cache=tmp_path / ".cache")
    house.cache.mkdir()
    wanted = examine(house, templates=TEMPLATES).problems
    for _ in range(2):  # laid by, then found there
        assert examine(house, shelf=Shelf(house.cache / "shelf"), templates=TEMPLATES).problems == wanted


def many(house: House, count: int, faults: Sequence[int] = (0,)) -> None:
    for number in range(count):
        text = f"name: {{fi: Nimi {number}, sv: Namn {number}}}\nsummary: {{fi: Lyhyt., sv: Kort.}}\n"
        text += TEXTS[faults[number % len(faults)]]
        (house.content / "projects" / f"p-{number}.yaml").write_text(
            f"{text}\nslug: {{fi: h-{number}, sv: p-{number}}}\n", "utf-8"
        )


def test_any_number_of_processes_lays_by_the_same(house: House) -> None:
    many(house, 250, range(5))
    shelves = []
    for jobs in (1, 3, 3):
        both(house, jobs)
        shelves.append((house.cache / "shelf").read_bytes())
        if jobs == 1:
            (house.cache / "shelf").unlink()
    assert shelves[0] == shelves[1] == shelves[2]


def nobody(settings: Settings, places: Places, terms: tuple[Term, ...]) -> Judge:
    def judge(project: Project, origin: Origin) -> bool:
        raise AssertionError(f"{project.id} is judged again")

    return judge


def test_what_was_sound_once_is_not_judged_again_until_something_changes(house: House) -> None:
    file = house.cache / "shelf"
    first = load(house.content, shelf=Shelf(file), judges=sound).site
    again = load(house.content, shelf=Shelf(file), judges=nobody).site
    assert first
    assert again
    assert again.gists == first.gists
    assert again.gists
    path = house.content / "projects" / "helmi.yaml"
    path.write_text(path.read_text("utf-8") + "# seen\n", "utf-8")
    with pytest.raises(AssertionError, match="helmi is judged again"):
        load(house.content, shelf=Shelf(file), judges=nobody)


def test_other_places_ask_for_another_judgement(house: House) -> None:
    load(house.content, shelf=Shelf(house.cache / "shelf"), judges=sound)
    file = house.content / "municipalities.csv"
    file.write_text(file.read_text("utf-8").replace("Porvoossa", "Porvoosa"), "utf-8")
    with pytest.raises(AssertionError, match="is judged again"):
        load(house.content, shelf=Shelf(house.cache / "shelf"), judges=nobody)


def test_what_other_records_or_the_site_decide_is_judged_with_them(house: House) -> None:
    """Laid by are only those that nothing else can make faulty, but for rules that need no more than outlines."""
    many(house, len(TEXTS))
    for number, text in enumerate(TEXTS):
        path = house.content / "projects" / f"p-{number}.yaml"
        path.write_text(re.sub("description:.*", text, path.read_text("utf-8")), "utf-8")
    site = load(house.content, shelf=Shelf(), judges=sound).site
    assert site
    laid = {TEXTS[int(id[2:])].partition(":")[0] for id in site.gists if id.startswith("p-")}
    assert laid == {"description", "results", "goals", "themes", "draft"}
    assert "p-1" not in site.gists
    assert "p-5" not in site.gists


def test_where_nothing_can_be_kept_the_texts_stay_in_memory(house: House) -> None:
    (house.cache / "shelf").mkdir(parents=True)
    (house.cache / "shelf.new").mkdir()
    both(house)
    assert load(house.content, shelf=Shelf(), judges=sound).problems == load(house.content).problems


def test_a_shelf_that_is_lent_stays_as_it_was(house: House) -> None:
    file = house.cache / "shelf"
    load(house.content, shelf=Shelf(file), judges=sound)
    before = file.read_bytes()
    many(house, 3)
    (house.content / "projects" / "helmi.yaml").unlink()
    found = load(house.content, shelf=Shelf(file, lent=True), judges=sound).site
    assert found
    assert {found.whole(id).id for id in found.gists} == found.projects.keys()
    assert {path.name: path.read_bytes() for path in house.cache.iterdir()} == {"shelf": before}


def test_a_build_from_the_shelf_is_the_build_from_the_files(house: House, tmp_path: Path) -> None:
    many(house, 12)

    def made(house: House) -> dict[str, bytes]:
        assert build(house, search=False).written
        return {p.relative_to(house.out).as_posix(): p.read_bytes() for p in house.out.rglob("*") if p.is_file()}

    first = made(house)
    title = house.content / "site.yaml"
    before = title.read_text("utf-8")
    title.write_text(before.replace("title: {fi: ", "title: {fi: X"), "utf-8")
    made(house)
    title.write_text(before, "utf-8")
    again = made(house)
    assert again == first
    fresh = replace(house, out=tmp_path / "fresh", cache=tmp_path / "fresh-cache")
    assert made(fresh) == first
