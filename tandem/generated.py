"""Files of the repository that are made from the model: written by one command, held against it by a test."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tandem.petition import every_form


def generated() -> Mapping[str, str]:
    """Path below the repository → text."""
    return {form.file: form.text() for form in every_form()}


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
