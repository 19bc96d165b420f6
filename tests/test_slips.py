"""Slips in YAML are told apart as an editor made them, and shown where they were made."""

from __future__ import annotations

import pytest

from tandem.read import Source, read_yaml


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("name: Foo: bar", "yaml.colon", 1, 10),
        ("summary: text begins\n  and goes on: here", "yaml.colon", 2, 14),
        ("lead: Porvoo:", "yaml.colon", 1, 13),
        ("name:\n  fi: a\n   sv: b", "yaml.indent", 3, 4),
        ("name:\n  fi: a\n   url: https://x", "yaml.indent", 3, 4),
        ("name:\n  fi: a\n sv: b", "yaml.indent", 3, 2),
        ("name: x\n lead: y", "yaml.indent", 2, 2),
        ("  name: x\nlead: y", "yaml.indent", 2, 1),
        ("goals:\n  - fi: a\n - fi: b", "yaml.indent", 3, 2),
        ("name: x\n- a", "yaml.indent", 2, 1),
        ("name:\n\tfi: a", "yaml.tab", 2, 1),
        ("name:\n  fi: a\n\tsv: b", "yaml.tab", 3, 1),
        ('name: "foo\nlead: bar', "yaml.quote", 1, 7),
        ('name: "foo\nlead: "bar"\nx: y', "yaml.quote", 1, 7),
        ('name: "foo" bar\nlead: x', "yaml.quote", 1, 13),
        ("name: 'It's here'\nlead: x", "yaml.quote", 1, 11),
        ('name: {fi: "a" b, sv: c}', "yaml.quote", 1, 16),
        ('- "a" b\n- c', "yaml.quote", 1, 7),
        ('name: "\\q"', "yaml.escape", 1, 8),
        ('name: "\\ud800"', "yaml.escape", 1, 10),
        ('name: "\\0"', "yaml.escape", 1, 7),
        ("partners: [a, b\nlead: x", "yaml.bracket", 1, 11),
        ("name: {fi: a, sv: b\nlead: x", "yaml.bracket", 1, 7),
        ("name: {fi: a sv: b}", "yaml.bracket", 1, 16),
        ("name: {fi: a, sv: b}}\nlead: x", "yaml.bracket", 1, 21),
        ("name: [Uusi] hanke\nlead: x", "yaml.bracket", 1, 14),
        ("name: @foo", "yaml.character", 1, 7),
        ("a: ,b", "yaml.character", 1, 4),
        ("partners: - Lahti", "yaml.dash", 1, 11),
        ("name: **foo**", "yaml.anchor", 1, 7),
        ("name: & x", "yaml.anchor", 1, 7),
        ("name: !important! x", "yaml.tag", 1, 7),
        ("name: x\nlead:Porvoo\nfoo: y", "yaml.space", 2, 5),
        ("lead:Porvoo\nname: x", "yaml.space", 1, 5),
        ("name: x\nlead:Porvoo", "yaml.space", 2, 5),
        ("name: x\nPorvoo\nfoo: y", "yaml.syntax", 2, 1),
        ("description: | teksti\n  foo", "yaml.block", 1, 16),
        ("description:\n  fi: |\n  foo\n  sv: x", "yaml.block", 3, 3),
    ],
)
def test_a_slip_is_named_and_shown_where_it_was_made(text: str, code: str, line: int, column: int) -> None:
    for ending in ("", "\n", "\n\n"):
        _, problems = read_yaml(Source("x.yaml", text + ending))
        assert [(p.code, p.hint, p.where.line, p.where.column) for p in problems] == [(code, code, line, column)]
