"""Whole sites to order: strategies for hypothesis, in memory and on disk, valid and then damaged.

``HYPOTHESIS_PROFILE=long`` tries many more of each: python -m pytest tests/test_worlds.py -n0, an hour or so.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tandem.formats import PartialDate
from tandem.language import Words
from tandem.load import load
from tandem.model import Grant, Period, Project
from tandem.site import Site

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "base" / "content"
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def tried(examples: int) -> settings:
    """So many of them, or a hundred times as many; always the same ones unless more are asked for."""
    phases = tuple(Phase) if LONG else (Phase.explicit, Phase.generate)  # to make a finding small takes minutes
    calm = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(
        max_examples=examples * (100 if LONG else 1),
        deadline=None,
        suppress_health_check=calm,
        derandomize=not LONG,
        phases=phases,
    )


@cache
def small() -> Site:
    """The base site's register, with the words of the real one."""
    site, real = load(BASE).site, load(ROOT / "content").site
    assert site is not None
    assert real is not None
    return replace(
        site,
        catalogs=real.catalogs,
        articles={},
        pages={},
        settings=site.settings.model_copy(update={"navigation": ()}),
    )


CODES = sorted(small().places.municipalities)
GRANTS = st.builds(
    Grant.model_construct,
    round=st.sampled_from(["2020", "2021", None]),
    amount=st.none() | st.integers(0, 10**9),
    amount_is=st.sampled_from(["exact", "at_most", "at_least", "about"]),
    decided=st.none() | st.dates(datetime.date(2015, 1, 1), datetime.date(2026, 1, 1)),
)
MOMENTS = st.none() | st.builds(PartialDate, st.integers(2015, 2030), st.integers(0, 12))
PROJECTS = st.builds(
    Project.model_construct,
    lead=st.none() | st.sampled_from(CODES),
    partners=st.lists(st.sampled_from(CODES), unique=True, max_size=5).map(tuple),
    municipality_count=st.none() | st.integers(0, 20),
    funding=st.lists(GRANTS, max_size=3).map(tuple),
    period=st.builds(Period.model_construct, start=MOMENTS, end=MOMENTS),
    themes=st.lists(st.sampled_from(sorted(small().themes)), unique=True).map(tuple),
)


def site_of(projects: list[Project]) -> Site:
    named = {}
    for number, project in enumerate(projects):
        id = f"hanke-{number}"
        words = Words.of({"fi": f"Hanke {number}", "sv": f"Projekt {number}"})
        named[id] = project.model_copy(update={"id": id, "name": words, "summary": words})
    return replace(small(), projects=dict(sorted(named.items())))


# On disk: trees as an editor would write them. Texts are pairs of words that mean the same and mention nothing.
PAIRS = (
    ("kunta", "kommun"), ("palvelu", "tjänst"), ("lomake", "blankett"), ("päätös", "beslut"), ("kirjasto", "bibliotek"),
    ("ääni", "röst"), ("silta", "bro"), ("”lainaus”", "”citat”"), ("a & b", "a & b"), ("<b>", "<b>"),
    ("{{ x }}", "{{ x }}"),
)  # fmt: skip
Tree = dict[str, Any]


def words(most: int = 6) -> st.SearchStrategy[dict[str, str]]:
    """A line of text in both languages."""
    chosen = st.lists(st.sampled_from(PAIRS), min_size=1, max_size=most)
    return chosen.map(
        lambda pairs: {code: f"Sana {' '.join(pair[n] for pair in pairs)}.".replace("Sana", ("Sana", "Ord")[n])
                       for n, code in enumerate(("fi", "sv"))}
    )  # fmt: skip


def prose() -> st.SearchStrategy[dict[str, str]]:
    """Markdown of the same build in both languages."""
    shapes = (
        "{}",
        "## {}",
        "- {}\n- {}",
        "1. {}",
        "> {}",
        "**{}**",
        "```\n{}\n```",
        "| a | b |\n|---|---|\n| {} | x |",
    )
    part = st.tuples(st.sampled_from(shapes), words(3))
    return st.lists(part, min_size=1, max_size=4).map(
        lambda parts: {
            code: "\n\n".join(shape.replace("{}", text[code]) for shape, text in parts) + "\n" for code in ("fi", "sv")
        }
    )


@st.composite
def project_trees(draw: st.DrawFn, number: int) -> Tree:
    name = {"fi": f"Hanke {number}", "sv": f"Projekt {number}"}
    tree: Tree = {"name": name, "summary": draw(words())}
    some = draw(st.sets(st.sampled_from(("goals", "description", "results", "links", "sources", "slug", "aliases"))))
    towns = draw(st.lists(st.sampled_from(TOWNS), unique=True, max_size=4))
    title = {"url": "https://example.net/a", "title": draw(words(2))}
    tree |= {"lead": towns[0]} if towns else {}
    tree |= {"partners": towns[1:]} if towns[1:] else {}
    made: Tree = {
        "goals": draw(st.lists(words(), min_size=1, max_size=2)),
        "description": draw(prose()),
        "results": draw(prose()),
        "links": [title],
        "sources": [title],
        "slug": {"fi": f"osoite-{number}", "sv": f"adress-{number}"},
        "aliases": [f"/fi/vanha/{number}/"],
    }
    tree |= {key: made[key] for key in sorted(some)}
    if grants := draw(st.lists(st.none() | st.integers(0, 10**9), max_size=2)):
        tree["funding"] = [
            {"round": id} | ({} if amount is None else {"amount": str(amount)})
            for id, amount in zip(("2020", "2021"), grants, strict=False)
        ]
    if years := sorted(draw(st.lists(st.integers(2015, 2026), max_size=2))):
        tree["period"] = dict(zip(("start", "end"), map(str, years), strict=False))
    if draw(st.booleans()):
        tree["themes"] = ["paatoksenteko"]
    if draw(st.integers(0, 4)) == 0:  # Swedish is yet to come
        tree = {key: halved(value) for key, value in tree.items() if key != "aliases"} | {"untranslated": ["sv"]}
    return tree


def halved(value: Any) -> Any:
    """Without its Swedish half; addresses keep both."""
    if isinstance(value, list):
        return [halved(one) for one in value]
    if isinstance(value, dict):
        return {key: halved(one) for key, one in value.items() if key != "sv"}
    return value


TOWNS = ("Porvoo", "Kimitoön", "020", "Lahti", "Heinola")


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, str]:
    """The files of a valid site: path below the content folder → text. JSON is YAML."""
    count = draw(st.integers(0, 5))
    files = {f"projects/hanke-{n}.yaml": json.dumps(draw(project_trees(n)), ensure_ascii=False) for n in range(count)}
    for number in range(draw(st.integers(0, 2))):
        title, body = draw(words(2)), draw(prose())
        about = json.dumps([f"hanke-{n}" for n in range(min(count, number + 1))])
        for code in ("fi", "sv"):
            front = f"title: {json.dumps(title[code] + str(number), ensure_ascii=False)}\ndate: 2021-02-0{number + 1}\n"
            files[f"{code}/news/uutinen-{number}.md"] = f"---\n{front}projects: {about}\n---\n\n{body[code]}"
    return files


def settle(files: dict[str, str], content: Path) -> Path:
    """Lays a world down beside what every site needs: settings, the register, the real words."""
    shutil.rmtree(content, ignore_errors=True)
    shutil.copytree(BASE, content)
    for path in (*content.glob("projects/*"), *content.glob("*/news/*")):
        path.unlink()
    for code in ("fi", "sv"):
        shutil.copy(ROOT / "content" / code / "messages.po", content / code / "messages.po")
    for path in content.glob("*/tietoa.md"):  # which leads to a project of the base site
        path.write_text(path.read_text("utf-8").replace("../projects/helmi.yaml", "tietoa.md"), "utf-8")
    for file, text in files.items():
        (content / file).write_text(text, "utf-8")
    return content


ODD = (
    "\0", "\ufeff", "\u202e", "&a ", "*a", "!!x ", "<<: ", "---\n", "\t", "'", '"', "{", "]", "#", "\r", "é", "\ud800",
    "9" * 20,
)  # fmt: skip


@st.composite
def damage(draw: st.DrawFn, content: Path) -> str:
    """One change to one file, as bad tools and bad days make it. Returns what was done, to be told."""
    files = sorted(path for path in content.rglob("*") if path.is_file())
    path = draw(st.sampled_from(files))
    data = path.read_bytes()
    at = draw(st.integers(0, len(data)))
    how = draw(st.sampled_from(("insert", "cut", "double", "remove", "rename", "flip", "swap", "empty")))
    if how == "insert":
        path.write_bytes(data[:at] + draw(st.sampled_from(ODD)).encode("utf-8", "surrogatepass") + data[at:])
    elif how == "cut":
        path.write_bytes(data[:at])
    elif how == "double":
        path.write_bytes(data[:at] + data[: at // 2] + data[at:])
    elif how == "remove":
        path.unlink()
    elif how == "rename":
        path.rename(path.with_name(draw(st.sampled_from(("x", "Å.yaml", "con.yaml", "a.md", "b b.md", "messages.po")))))
    elif how == "flip" and data:
        path.write_bytes(data[: at - 1] + bytes([draw(st.integers(0, 255))]) + data[at:])
    elif how == "swap":
        other = draw(st.sampled_from(files))
        path.write_bytes(other.read_bytes())
    else:
        path.write_bytes(b"")
    return f"{how} {path.relative_to(content)} at {at}"
