"""The pages of a register as content for Hugo: Markdown with front matter, one file a project and language."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tandem.geography import Sheet, spot  # noqa: E402
from tandem.index import Index  # noqa: E402
from tandem.language import slugify  # noqa: E402
from tandem.load import load  # noqa: E402
from tandem.model import Project  # noqa: E402


def write_hugo(content: Path, folder: Path) -> Path:
    """A Hugo site below ``folder``; what it shows of a project is worked out beforehand where Hugo would have to."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "benchmarks" / "hugo", folder)
    shutil.copytree(ROOT / "static", folder / "static" / "static")
    site = load(content).site
    assert site
    index, sheet = Index(site), Sheet.country(160)
    for code in site.languages:
        for id, project in site.projects.items():
            front = _front(project, code)
            here = [site.places.municipalities[number] for number in project.municipalities]
            spots = [sheet.place(spot(one.lat, one.lon)) for one in here if one.lat is not None and one.lon is not None]
            front |= {"regions": list(dict.fromkeys(one.region for one in here)), "spots": spots}
            front |= {"state": index.state(project), "date": index.day(project).isoformat()}
            _write(folder, f"{code}/projects/{id}.md", front, project.description.own(code))
        for number in index.by_municipality:
            name = site.places.municipalities[number].called(code)
            _term(folder, code, "municipalities", number, name, slugify(name))
        for number, region in site.places.regions.items():
            _term(folder, code, "regions", number, region.name.own(code), slugify(region.name.own(code)))
        for id, theme in site.themes.items():
            _term(folder, code, "themes", id, theme.name.own(code), theme.slug.own(code))
        for id, round_ in site.rounds.items():
            _term(folder, code, "rounds", id, round_.name.own(code), id)
        heading = {"fi": "Hankkeet", "sv": "Projekt"}[code]
        _write(folder, f"{code}/projects/_index.md", {"title": heading}, "")
    return folder


def _front(project: Project, code: str) -> dict[str, Any]:
    period = project.period
    assert period.start
    assert period.end
    years = period.end.last.year + 1 - period.start.first.year
    return {
        "title": project.name.own(code),
        "slug": project.slug.own(code),
        "summary": project.summary.own(code),
        "goals": [goal.own(code) for goal in project.goals],
        "results": project.results.own(code),
        "municipalities": list(project.municipalities),
        "lead": project.lead,
        "themes": list(project.themes),
        "rounds": [grant.round for grant in project.funding],
        "amount": sum(grant.amount or 0 for grant in project.funding),
        "start": str(period.start),
        "end": str(period.end),
        "bar_x": round(100 * (period.start.first.month - 1) / 12 / years, 1),
        "bar_width": round(100 - 100 * (period.start.first.month - 1) / 12 / years, 1),
        "sources": [{"url": one.url, "title": one.title.own(code), "date": str(one.date)} for one in project.sources],
    }


def _term(folder: Path, code: str, taxonomy: str, id: str, title: str, slug: str) -> None:
    _write(folder, f"{code}/{taxonomy}/{id}/_index.md", {"title": title, "slug": slug}, "")


def _write(folder: Path, path: str, front: Mapping[str, Any], body: str) -> None:
    file = folder / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{body}", "utf-8")
