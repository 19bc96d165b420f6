"""What each key of a content file is for: the model's own descriptions, and short names, in each language."""

from __future__ import annotations

from collections.abc import Iterator

from babel.messages.pofile import read_po
from pydantic.fields import FieldInfo

from tandem import model
from tandem.model import Record
from tandem.problem import CATALOGS


def labels() -> Iterator[str]:
    """Every key of a content file, each once: a catalog of fields has a short name for it (context ``label``)."""
    yield from dict.fromkeys(name for name, _ in keys())


def keys() -> Iterator[tuple[str, FieldInfo]]:
    """Every key of every record."""
    for record in vars(model).values():
        if isinstance(record, type) and issubclass(record, Record):
            yield from ((name, field) for name, field in record.model_fields.items() if not field.exclude)


class Help:
    """What each field is for, in the editor's language: the model's own descriptions and their translations."""

    def __init__(self, language: str) -> None:
        file = CATALOGS / f"fields.{language}.po"
        catalog = read_po(file.read_text("utf-8").splitlines(keepends=True)) if file.exists() else ()
        messages = [message for message in catalog if message.id]
        self._said = {str(one.id): str(one.string) for one in messages if not one.context}
        self._labels = {str(one.id): str(one.string) for one in messages if one.context == "label"}

    def say(self, description: str) -> str:
        return self._said.get(description) or description

    def label(self, key: str) -> str:
        """A short name for a key; in English the key itself, in words."""
        return self._labels.get(key) or key.replace("_", " ")
