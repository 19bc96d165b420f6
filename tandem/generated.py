"""Files of the repository that are made from the model: written by one command, held against it by a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tandem.load import FIRST_LANGUAGES as LANGUAGES
from tandem.petition import every_form
from tandem.schema import FILES, FOLDER, schema


def generated() -> Mapping[str, str]:
    """Path below the repository → text."""
    files = {form.file: form.text() for form in every_form()}
    for kind in FILES.values():
        files[f"{FOLDER}/{kind}.json"] = _json(schema(kind, LANGUAGES))
    files[".vscode/settings.json"] = _json(
        {
            "yaml.schemas": {f"{FOLDER}/{kind}.json": f"content/{path}" for path, kind in FILES.items()},
            "yaml.format.enable": False,
            "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True, "editor.wordWrap": "on"},
            "[markdown]": {"editor.wordWrap": "on"},
        }
    )
    files[".vscode/extensions.json"] = _json({"recommendations": ["redhat.vscode-yaml"]})
    return files


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def outdated(root: Path) -> list[str]:
    """The files that are not as the model has them."""
    return [path for path, text in generated().items() if not _is(root / path, text)]


def _is(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text("utf-8") == text


def generate(root: Path) -> list[str]:
    """Writes what is outdated; returns its paths."""
    todo = outdated(root)
    for path in todo:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(generated()[path], "utf-8", newline="\n")
    return todo
