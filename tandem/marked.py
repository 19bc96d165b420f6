"""Markdown made into HTML once, and kept in .cache/ by the digest of the text for the next build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tandem import markup
from tandem.kept import Kept, digest, program, surroundings
from tandem.markup import Marked

FILE = "markdown.json"
FORMAT = 1
LAST = 5000  # texts kept, those that were new last: some two kilobytes each, which are read in the blink of an eye


class Converted:
    """What this very program made of texts in the builds before, which ``markup`` then need not make again."""

    def __init__(self, cache: Path) -> None:
        self.kept = Kept(cache / FILE, FORMAT)
        self.program = digest(program(), *surroundings())[:16]
        self.known = [key for key, _ in self.kept.items() if key.startswith(self.program)]
        markup.recall(self.remembered())

    def remembered(self) -> Mapping[str, Marked]:
        """By the digest of each text."""
        return {key.removeprefix(self.program): _marked(*self.kept[key]) for key in self.known}

    def keep(self, news: Iterable[Mapping[str, Marked]]) -> None:
        """Keeps what is new besides; what another program made is forgotten."""
        for some in news:
            for key, value in some.items():
                self.kept[self.program + key] = value
                self.known.append(self.program + key)
        self.kept.keep(self.known[-LAST:])


def forget(cache: Path) -> None:
    (cache / FILE).unlink(missing_ok=True)


def _marked(html: str, *rest: Iterable[str]) -> Marked:
    return Marked(html, *map(tuple, rest))
