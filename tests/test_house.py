"""The house: which room may import which."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tandem
from tandem import ROOMS

PACKAGE = Path(tandem.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# Libraries that only one room may know.
OWNED = {
    "yaml": {"read"},
    "markdown": {"markup"},
    "nh3": {"markup"},
    "jinja2": {"asked", "direct", "render", "spoken"},
    "pagefind_bin": {"search"},
    "cbor2": {"search"},
    "livereload": {"preview", "serve"},
    "watchfiles": {"serve"},
    "tornado": {"preview", "serve"},
    "xlsxwriter": {"workbook"},
    "openpyxl": {"cells"},
    "pyphen": {"hyphens"},
}


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(file: Path) -> list[str]:
    """Modules a file imports, in dotted form."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            if node.module == "tandem":
                found += [f"tandem.{alias.name}" for alias in node.names]
            else:
                found.append(node.module or "")
    return found


def own_room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_room_is_on_the_map() -> None:
    assert {own_room(file) for file in FILES} - {"__init__"} == set(ROOMS)
    assert tandem.__doc__ is not None
    rule = "=" * 13 + "  "
    rows = tandem.__doc__.split(f"\n{rule}")[1].splitlines()[1:]
    table = [row.split()[0] for row in rows if row and not row.startswith(" ")]
    assert table == list(ROOMS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_rooms_above_it(file: Path) -> None:
    room = own_room(file)
    for module in imports(file):
        if module.startswith("tandem."):
            other = room_of(module)
            assert room in ROOMS, f"{file.name} imports {module}"
            assert other == room or ROOMS.index(other) < ROOMS.index(room), f"{room} imports {other}, which is below it"
        owners = OWNED.get(module.split(".")[0])
        assert owners is None or room in owners, f"{room} imports {module}"


def test_no_room_is_an_attic() -> None:
    long = {file.name: lines for file in FILES if (lines := file.read_text("utf-8").count("\n")) > 300}
    assert not long
    assert not list(PACKAGE.rglob("util*.py"))
