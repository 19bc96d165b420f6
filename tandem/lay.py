"""Pages rendered and files made, over processes, each laid down by whoever makes it; then all of them published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tandem import progress
from tandem.changes import NOT_READ
from tandem.house import House
from tandem.imprint import Imprints
from tandem.jobs import LIVES, spread
from tandem.ledger import Left
from tandem.markup import NONE, Marked, news
from tandem.memory import Past
from tandem.page import Page
from tandem.problem import Problem
from tandem.render import PageFailed, Renderer
from tandem.running import Running
from tandem.stages import Taken
from tandem.why import Before, Reasons, Why
from tandem.write import Stage, Written

if TYPE_CHECKING:  # a small change needs nothing of the search
    from tandem.search import Record


LIFE = 5_000  # pages, after which what a process remembers takes more memory than it saves time


@dataclass(frozen=True)
class Built:
    """What a build did. ``written`` is None when errors stopped it and nothing was written. ``history``: its state.

    ``made``: the pages that were rendered, by path, and why. ``stages``: how long each took.
    """

    problems: tuple[Problem, ...]
    languages: int = 0
    pages: int = 0
    written: Written | None = None
    history: str = NOT_READ
    made: Mapping[str, Why] = field(default_factory=dict)
    running: Running | None = None
    stages: tuple[Taken, ...] = ()


class Moved(Exception):
    """A file was changed while the site was made from it; nothing was published."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


Files = Callable[[], Iterable[tuple[str, bytes]]]
"""Makes files: path below the output and bytes."""


class Laid(NamedTuple):
    """A file of the new site, and whether what stands there is new.

    Of a page: its ``imprint``; why it was rendered; its ``record`` for the search; the Markdown ``converted`` for it.
    """

    path: str
    new: bool
    imprint: bytes | None = None
    why: Why | None = None
    record: Record | None = None
    converted: Mapping[str, Marked] = NONE


def lay(
    stage: Stage,
    rest: tuple[Files, ...],
    renderer: Renderer,
    pages: tuple[Page, ...],
    jobs: int,
    reasons: Reasons,
    noted: Callable[[Page, bytes], Record | None] | None = None,
) -> list[Laid]:
    """Renders pages there is a reason to render and makes all other files, over processes, each of which lays down what
    it makes. ``noted``: tells what the search has to know of a page.

    Raises PageFailed where a page cannot be rendered, OSError from the disk.
    """
    seen = Imprints()

    def work(item: Page | Files) -> list[Laid]:
        if not isinstance(item, Page):
            return [Laid(path, stage.put(path, data)) for path, data in item()]
        try:
            imprint = seen.of(item)
            why = reasons.of(item, imprint)
            html = renderer.render(item) if why else b""
        except Exception as error:
            if isinstance(error, OSError) and error.errno is not None:  # the disk; a template's have no number
                raise
            raise PageFailed(item.address) from error
        record = noted(item, html or stage.read(item.path)) if noted else None
        item.forget()
        return [Laid(item.path, bool(why) and stage.put(item.path, html), imprint, why, record, news())]

    items: tuple[Page | Files, ...] = (*rest, *_in_order(pages))
    shown = progress.shown(spread(work, items, jobs, alone=len(rest), life=LIFE), len(items))
    return [laid for some in shown for laid in some]


def _in_order(pages: Sequence[Page]) -> Iterator[Page]:
    """Pages of one language together, since what one process remembers another need not; of them the lists first, for
    whoever is ready sooner can well help with the others.

    Where there are very many, every other language's lists come last: lists take the most memory.
    """
    for place, language in enumerate(sorted({page.language for page in pages})):
        here = [page for page in pages if page.language == language]
        last = len(pages) > LIVES * LIFE and place % 2 == 0
        yield from sorted(here, key=lambda page: (page.kind == "project") != last)


def imprints(done: Iterable[Laid]) -> dict[str, bytes]:
    """The imprint of each page."""
    return {one.path: one.imprint for one in done if one.imprint is not None}


def before(stage: Stage, past: Past) -> Before:
    """What is known of how the last build made its pages."""
    left = stage.standing.left if past.last.inputs else None
    return Before(left.grounds, left.imprints, stage.standing.kept) if left else Before()


def publish(
    stage: Stage, laid: Mapping[str, bool], house: House, past: Past, left: Left, read: frozenset[str] = frozenset()
) -> Written:
    if moved := past.now.moved(house, read):
        raise Moved(min(moved))
    past.now.forget()  # a build killed from here on is as if nothing were known
    return stage.publish(laid, left, again=not read)
