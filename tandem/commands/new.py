"""new project NAME: a valid file to fill in, commented in the editor's language."""

from __future__ import annotations

import argparse

from tandem.commands import refuse
from tandem.draft import new_project, write_new
from tandem.examined import examine
from tandem.explain import Help
from tandem.house import House, shown
from tandem.language import slugify
from tandem.problem import Speech


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("kind", choices=("project",))
    command.add_argument("name")


def run(options: argparse.Namespace, house: House, speech: Speech) -> int:
    id = slugify(options.name)
    if not id:
        return refuse(speech.say("word", "slug_empty", {}))
    site = examine(house).site
    if site is None:
        return refuse(speech.say("problem", "file.missing", {}))
    known = {
        "round": next(reversed(tuple(site.rounds)), "2020"),
        "theme": next(iter(site.themes), "asiointi"),
        "as_of": site.settings.as_of.isoformat(),
    }
    file = house.content / "projects" / f"{id}.yaml"
    if not write_new(file, new_project(id, options.name, site.languages, known, Help(speech.language))):
        return refuse(speech.say("word", "exists", {"file": f"{shown(house.content)}/projects/{id}.yaml"}))
    print(speech.say("word", "created", {"file": f"{shown(house.content)}/projects/{id}.yaml"}))
    return 0
