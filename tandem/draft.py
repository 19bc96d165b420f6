"""A new project file to fill in: valid from the first save, commented in the editor's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tandem.explain import Help, keys
from tandem.language import slugify
from tandem.model import Project
from tandem.schema import modeline

# What a new file shows of each key: the required ones live, the rest commented out.
_LIVE = ("name", "slug", "summary")
_SAMPLES: Mapping[str, str] = {
    "name_unofficial": "[{last}]",
    "goals": "\n{each}",
    "description": "{blocks}",
    "results": "{blocks}",
    "lead": "Porvoo",
    "partners": "[Lahti, Heinola]",
    "organisations": "\n  - name: {words}\n    lead: false",
    "municipality_count": "12",
    "funding": '\n  - round: "{round}"\n    amount: 200000\n    amount_is: exact\n    decided: 2020-12-11',
    "period": "{{start: 2021-01, end: 2022-10}}",
    "themes": "[{theme}]",
    "contacts": "\n  - name: {person}\n    role: {words}\n    place: Porvoo\n    phone: +358 40 123 4567\n"
    "    email: {mailbox}@porvoo.fi\n    published: 2021",
    "links": "\n  - url: https://www.example.org/\n    title: {words}",
    "sources": "\n  - url: https://www.example.org/\n    title: {words}\n    date: 2021-02-05",
    "updated": "{as_of}",
    "untranslated": "[{last}]",
    "draft": "true",
}


TOP = "A new project. Fill in the texts in every language, remove what you do not need, then remove “draft: true”."
PERSON = "First Last"
SUMMARY = "What the project does, in one or two sentences."


def sayings() -> Iterator[str]:
    """Every English text that a catalog of fields must have."""
    yield from dict.fromkeys([TOP, SUMMARY, PERSON, *(field.description or "" for _, field in keys())])


def new_project(id: str, name: str, languages: tuple[str, ...], known: Mapping[str, str], help: Help) -> str:
    """The text of a valid, commented project file. ``known``: a round, a theme and today's date to show as samples."""
    words = "{" + ", ".join(f"{code}: …" for code in languages) + "}"
    values: dict[str, Any] = {
        **known,
        "last": languages[-1],
        "words": words,
        "each": f"  - {words}",
        "person": help.say(PERSON),
        "mailbox": slugify(help.say(PERSON)).replace("-", "."),
        "blocks": "".join(f"\n  {code}: |\n    …" for code in languages),
    }
    lines = [modeline("project"), f"# {help.say(TOP)}"]
    for key, field in Project.model_fields.items():
        if field.exclude or (key not in _LIVE and key not in _SAMPLES):
            continue
        lines += ["", f"# {help.say(field.description or '')}"]
        if key in _LIVE:
            lines.append(f"{key}:")
            for code in languages:
                texts = {"name": name, "slug": id, "summary": Help(code).say(SUMMARY)}
                lines.append(f"  {code}: {_quoted(texts[key])}")
        else:
            sample = f"{key}: {_SAMPLES[key].format(**values)}".replace(": \n", ":\n")
            lines += [line if key == "draft" else f"# {line}" for line in sample.split("\n")]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """``text`` as a YAML scalar: plain where that is safe."""
    if text.replace(" ", "").replace("-", "").isalnum() and not text.startswith("-"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def write_new(file: Path, text: str) -> bool:
    """Writes ``text`` to a file that must not exist yet; False where it does."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        return False
    return True
