"""Markdown made into HTML once, and kept in .cache/ by the digest of the text for the next build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tandem import markup, plain
from tandem.kept import Kept, digest, surroundings
from tandem.markup import Marked

FORMAT = 1
MOST = 5000  # texts, the last that were new: at two kilobytes each as much as is read in the blink of an eye


def recall(cache: Path) -> Kept:
    """Lets ``markup`` know what it made of texts before, as far as this very program did."""
    kept = Kept(cache / "markdown.json", FORMAT)
    program = _program()
    ours = {key: value for key, value in kept.items() if key.startswith(program)}
    markup.recall({key.removeprefix(program): Marked(html, *map(tuple, rest)) for key, (html, *rest) in ours.items()})
    return kept


def keep(kept: Kept, news: Mapping[str, Marked]) -> None:
    """Keeps what is new besides."""
    program = _program()
    for key, value in news.items():
        kept[program + key] = value
    kept.keep([key for key, _ in kept.items() if key.startswith(program)][-MOST:])


def _program() -> str:
    """What makes the same of the same text: the two rooms, and the libraries."""
    sources = [Path(room.__file__ or "").read_text("utf-8") for room in (markup, plain)]
    return digest(*sources, *surroundings())[:16] + " "
