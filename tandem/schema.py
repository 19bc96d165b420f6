"""JSON Schema of the content files, made from the model, so that editors' tools and the build agree.

Titles and descriptions are in Finnish and in Swedish, one after the other: an editor's tool shows them to both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter

from tandem.explain import Help
from tandem.language import Words
from tandem.model import ArticleFront, PageFront, Project, Round, Settings, Term, Theme

KINDS: dict[str, Any] = {
    "project": Project,
    "rounds": list[Round],
    "themes": list[Theme],
    "terms": list[Term],
    "site": Settings,
    "page": PageFront,
    "article": ArticleFront,
}


EXPLAINED = ("fi", "sv")
FOLDER = ".vscode/schema"  # where the repository keeps them for editors' tools
FILES = {"projects/*.yaml": "project", "rounds.yaml": "rounds", "themes.yaml": "themes", "terms.yaml": "terms",
         "site.yaml": "site"}  # fmt: skip
"""Content files, below the content folder, and the kind of schema each follows."""


def modeline(kind: str) -> str:
    """The first line of a content file: from it the YAML language server finds the schema, wherever it runs."""
    up = "../" * (1 + next(path.count("/") for path, one in FILES.items() if one == kind))
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind}.json"


def schema(kind: str, languages: tuple[str, ...]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of content file; words take exactly ``languages``."""
    told: dict[str, Any] = _mended(TypeAdapter(KINDS[kind]).json_schema(), languages)
    _explain(told, [Help(code) for code in EXPLAINED])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **told}


def _mended(node: Any, languages: tuple[str, ...]) -> Any:
    """The schema as an editor means it: no nulls, no fields of ours, each language by name, no Python defaults."""
    if isinstance(node, list):
        return [_mended(item, languages) for item in node]
    if not isinstance(node, dict):
        return node
    branches = node.get("anyOf")
    if branches:
        kept = [branch for branch in branches if branch.get("type") != "null"]
        if len(kept) == 1:
            rest = {key: value for key, value in node.items() if key != "anyOf"}
            return _mended({**rest, **kept[0]}, languages)
    out = {key: _mended(value, languages) for key, value in node.items() if not _ours(key, value)}
    if isinstance(out.get("properties"), dict):
        out["properties"] = {name: value for name, value in out["properties"].items() if not value.pop("ours", False)}
    text = out.get("additionalProperties")
    if isinstance(text, dict) and out.get("minProperties") and "properties" not in out:
        out["properties"] = dict.fromkeys(languages, text)
        out["additionalProperties"] = False
    return out


def _ours(key: str, value: Any) -> bool:
    if key == "title" and isinstance(value, str):
        return True
    return key == "default" and (value is None or isinstance(value, Words | BaseModel | dict | list | tuple))


def _explain(node: Any, helps: Sequence[Help]) -> None:
    """Gives every key its title and description in the languages of ``helps``; nothing else is described."""
    if isinstance(node, list):
        for item in node:
            _explain(item, helps)
    if not isinstance(node, dict):
        return
    properties = node.get("properties")
    for key, value in node.items():
        if key != "properties":
            _explain(value, helps)
    for name, value in properties.items() if isinstance(properties, dict) else ():
        english = value.get("description", "")
        _explain(value, helps)
        if english:
            value["title"] = " – ".join(dict.fromkeys(help.label(name) for help in helps))
            value["description"] = "\n\n".join(dict.fromkeys(help.say(english) for help in helps))
    if isinstance(node.get("description"), str) and properties is not None:
        del node["description"]
