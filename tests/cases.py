"""The bad cases: a small valid site with one fault each, and what is said of it.

``tests/base/content`` is the valid site; ``tests/bad/<code>`` holds the files that differ, ``remove`` (paths, one a
line) and the whole text of ``check`` in each language. A folder is named after the code of a problem or of a hint;
after a hyphen, a word tells two cases of one code apart.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tandem.address import Addresses
from tandem.checks import check
from tandem.checks.facts import Facts, Word
from tandem.fields import MAX_PROSE
from tandem.index import Index
from tandem.load import load
from tandem.problem import LANGUAGES, Problem, Speech, Where, as_text, in_order
from tandem.read import MAX_BYTES

TESTS = Path(__file__).parent
BASE = TESTS / "base" / "content"
BAD = TESTS / "bad"
CASES = tuple(sorted(folder.name for folder in BAD.iterdir()))
ASSETS = {"img/icon.svg": "img/icon.0a1b2c3d.svg"}  # the one picture that a page of a case may show
SPEECHES = {language: Speech(language) for language in LANGUAGES}


def key_of(case: str) -> str:
    """The code, of a problem or of a hint, that a case is named after."""
    return case.partition("-")[0]


def lay(case: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Lays the base site with the case's fault into ``folder``, and stands there."""
    shutil.copytree(BASE, folder / "content")
    patch.chdir(folder)
    if not case:
        return
    shutil.copytree(BAD / case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.txt", "remove"))
    removed = BAD / case / "remove"
    for name in removed.read_text("utf-8").split() if removed.exists() else ():
        (folder / name).unlink()
    if case in PREPARE:
        PREPARE[case](folder / "content", patch)


def _link(content: Path, patch: pytest.MonkeyPatch) -> None:
    (content / "projects" / "linkki.yaml").symlink_to("helmi.yaml")


def _link_to_folder(content: Path, patch: pytest.MonkeyPatch) -> None:
    (content / "projects").rename(content.parent / "elsewhere")
    (content / "projects").symlink_to(content.parent / "elsewhere")
    shutil.rmtree(content / "fi" / "news")
    shutil.rmtree(content / "sv" / "news")
    for page in content.glob("*/tietoa.md"):
        page.write_text("---\ntitle: X\n---\nX\n", "utf-8")


def _large(content: Path, patch: pytest.MonkeyPatch) -> None:
    (content / "projects" / "helmi.yaml").write_bytes(b"# Helmi\n" + b"#" * MAX_BYTES)


def _prose(content: Path, patch: pytest.MonkeyPatch) -> None:
    for page in content.glob("*/tietoa.md"):
        page.write_text("---\ntitle: X\nslug: x\n---\n" + "a" * MAX_PROSE + "\n", "utf-8")


def _latin(content: Path, patch: pytest.MonkeyPatch) -> None:
    (content / "projects" / "helmi.yaml").write_bytes("name:\n  fi: Helmi\n  sv: Pärlan\n".encode("latin-1"))


def _nul(content: Path, patch: pytest.MonkeyPatch) -> None:
    (content / "projects" / "helmi.yaml").write_text("name:\n  fi: Hel\0mi\n  sv: Pärlan\n", "utf-8")


def _separator(content: Path, patch: pytest.MonkeyPatch) -> None:
    (content / "projects" / "helmi.yaml").write_text("name:\n  fi: Helmi\n  sv: Pär\u2028lan\n", "utf-8")


def _unreadable(content: Path, patch: pytest.MonkeyPatch) -> None:
    """Refused by hand: where tests run as root, no permission refuses anything."""

    allowed: Callable[..., object] = Path.open

    def opened(self: Path, *arguments: object, **named: object) -> object:
        if self.name == "helmi.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return allowed(self, *arguments, **named)

    patch.setattr(Path, "open", opened)


# What no file in the repository can hold.
PREPARE: Mapping[str, Callable[[Path, pytest.MonkeyPatch], None]] = {
    "file.character": _nul,
    "file.character-separator": _separator,
    "file.encoding": _latin,
    "file.symlink": _link,
    "file.symlink-folder": _link_to_folder,
    "file.too_large": _large,
    "text.split": _prose,
    "file.unreadable": _unreadable,
}


def used_words() -> dict[Word, Where]:
    """The words of the base site's catalog, as if a template asked for each."""
    with (BASE / "fi" / "messages.po").open("rb") as file:
        ids = [message.id for message in read_po(file, locale="fi") if message.id]
    return {("", id if isinstance(id, str) else id[0]): Where("templates/base.html") for id in ids}


def found(content: Path = Path("content")) -> list[Problem]:
    """All that is wrong, as ``check`` finds it."""
    loaded = load(content)
    problems = list(loaded.problems)
    if loaded.site:
        addresses = Addresses(loaded.site, Index(loaded.site), loaded.site.settings.base_url, ASSETS)
        problems += check(Facts(loaded.site, addresses, used_words()))
    return in_order(problems)


def said(problems: list[Problem], language: str) -> str:
    return "".join(as_text(problem, SPEECHES[language]) + "\n" for problem in problems)
