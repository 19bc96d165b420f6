"""A tree of text to YAML as an editor would write it: keys in the model's order, short lists on one line, no surprises.

Whatever could be taken for anything but text (a number, a date, a comment, a tag) stands in quotation marks, so that
every reader of YAML understands the same; facts that the model types stand bare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_PLAIN = re.compile(r"[^\W\d_][\w .,()/+%’”–-]*[\w.)%’”]|[^\W\d_]")  # begins with a letter, holds nothing YAML reads
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_FACT = re.compile(r"0|[1-9][0-9]{0,11}|[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
_FACTS = frozenset({"amount", "municipality_count", "decided", "start", "end", "date", "updated", "published", "total"})
_WIDE = 100  # characters of a list on one line
_TRUTHS = frozenset({"draft", "lead", "required"})


def quoted(text: str, key: str = "", flow: bool = False) -> str:
    """``text`` as a YAML scalar: plain where that is safe. ``key``: facts stand bare; ``flow``: inside brackets."""
    if key:
        return _leaf(key, text) if not flow else _flow(text) if key not in _FACTS else _leaf(key, text)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def scribe(tree: Mapping[str, Any]) -> str:
    """The whole file. Leaves are str."""
    return "".join(f"{line}\n" for key, value in tree.items() for line in _entry(key, value))


def _entry(key: str, value: Any, depth: int = 0) -> list[str]:
    pad = "  " * depth
    if isinstance(value, Mapping):
        lines = [line for name, inner in value.items() for line in _entry(name, inner, depth + 1)]
        return [f"{pad}{key}:", *lines]
    if isinstance(value, list):
        return _list(key, value, depth)
    if isinstance(value, str) and "\n" in value.strip("\n"):
        return [
            f"{pad}{key}: {line}" if not n else line
            for n, line in enumerate(block(value, 2 * depth + 2).split("\n")[:-1])
        ]
    return [f"{pad}{key}: {_leaf(key, value)}"]


def block(text: str, indent: int) -> str:
    """``text`` as a YAML block, each line ``indent`` spaces in; ends with a line feed."""
    lines = [f"{' ' * indent}{line}".rstrip() for line in text.strip("\n").split("\n")]
    mark = "|2" if lines[0].startswith(" " * (indent + 1)) else "|"
    return "\n".join([mark, *lines]) + "\n"


def _list(key: str, items: list[Any], depth: int) -> list[str]:
    pad = "  " * depth
    if all(isinstance(item, str) for item in items):
        line = f"{pad}{key}: [{', '.join(_flow(item) for item in items)}]"
        if len(line) <= _WIDE:
            return [line]
        return [f"{pad}{key}:", *(f"{pad}  - {quoted(item)}" for item in items)]
    lines = [f"{pad}{key}:"]
    for item in items:
        inner = [line for name, value in item.items() for line in _entry(name, value, depth + 2)]
        first = inner[0].removeprefix("  " * (depth + 2))
        lines += [f"{pad}  - {first}", *inner[1:]]
    return lines


def _flow(text: str) -> str:
    """A scalar inside square brackets, where a comma parts."""
    plain = quoted(text)
    return json.dumps(text, ensure_ascii=False) if plain == text and re.search(r"[,\[\]{}]", text) else plain


def _leaf(key: str, value: Any) -> str:
    if key in _TRUTHS and value in ("true", "false"):
        return str(value)
    if key in _FACTS and _FACT.fullmatch(value):
        return str(value)
    return quoted(value)
