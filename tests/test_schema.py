"""JSON Schema agrees with the model: what the build takes the schema takes, and the other way round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tandem import model
from tandem.model import Record
from tandem.schema import KINDS, schema

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fi", "sv")


class _Plain(yaml.SafeLoader):
    """YAML as an editor's language server sees it, dates left as text."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def tree(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), _Plain)


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind, LANGUAGES))


@pytest.mark.parametrize(
    ("kind", "files"),
    [("project", "projects/*.yaml"), ("rounds", "rounds.yaml"), ("themes", "themes.yaml"), ("site", "site.yaml")],
)
def test_all_content_of_the_register_passes(kind: str, files: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(kind, LANGUAGES))
    paths = sorted((ROOT / "content").glob(files))
    assert paths
    for path in paths:
        assert [error.message for error in validator.iter_errors(tree(path))] == [], path.name


@pytest.mark.parametrize(
    "wrong",
    [
        {"nmae": {"fi": "x", "sv": "x"}},
        {"name": {"fi": "x", "de": "x"}},
        {"name": "x"},
        {"summary": {"fi": "x" * 301, "sv": "x"}},
        {"slug": {"fi": "Ääkköset", "sv": "x"}},
        {"funding": [{"amount": "200 000"}]},
        {"funding": [{"amount_is": "maybe"}]},
        {"partners": "Porvoo"},
        {"period": {"start": "1/2021"}},
    ],
)
def test_what_the_build_refuses_the_schema_refuses(wrong: dict[str, Any]) -> None:
    words = {"fi": "x", "sv": "x"}
    validator = jsonschema.Draft202012Validator(schema("project", LANGUAGES))
    assert validator.is_valid({"name": words, "summary": words})
    assert not validator.is_valid({"name": words, "summary": words, **wrong})


def test_every_field_is_documented() -> None:
    for record in _records():
        for name, field in record.model_fields.items():
            assert field.description or field.exclude, f"{record.__name__}.{name}"


def _records() -> list[type[Record]]:
    return [one for one in vars(model).values() if isinstance(one, type) and issubclass(one, Record)]
