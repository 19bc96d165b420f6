"""The site on one's own machine: built into .cache/, drafts shown, no search, rebuilt and reloaded on every save.

It is served as GitHub Pages will: under the site's path, with its own page for what is missing, an index for folders,
names in the very case they have. Listens on the loopback only, and answers only to its own name, so that no page from
elsewhere can read it.

The system says which files were saved (watchfiles), so that a text is on its page as soon as it is saved: what the last
build knew is at hand, and only the saved file is read. Once nothing happens, all files are looked at as ``build`` does:
for what the system did not tell, and for what the quick way trusted.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import Callable, Iterable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from watchfiles import Change, awatch

from tandem.amend import shortly
from tandem.failures import refused, told
from tandem.flow import build_all
from tandem.house import House
from tandem.lay import Built, Moved
from tandem.lock import held
from tandem.memory import Inputs, Past, Request, looked, looked_at, named
from tandem.overlay import Overlay
from tandem.pinned import NotFetched
from tandem.preview import HOST, application, reload
from tandem.problem import Problem, Speech, errors
from tandem.read import read_source, read_yaml
from tandem.render import PageFailed
from tandem.running import Running
from tandem.whose import Foreign
from tandem.write import make_ready

CALM = 20  # milliseconds in which nothing more is saved: a burst of saves is one change
BURST = 400  # milliseconds a burst may last
IDLE = 200  # milliseconds without a save, after which all files are looked at
REST = 9  # after such a look, rest as many times as long as it took
MENDS = 3  # times in a row that a site is made anew because it does not stand as it was left

Tell = Callable[[Built, float], None]
Warn = Callable[[str], None]


def address(house: House, port: int) -> str:
    """Where the site will be served: under the path it has on the web."""
    source = read_source(house.content / "site.yaml", "site.yaml")
    document = None if isinstance(source, Problem) else read_yaml(source)[0]
    data = document.data if document and isinstance(document.data, dict) else {}
    written = data.get("base_url", "")
    path = urlsplit(written).path if isinstance(written, str) else ""
    return f"http://{HOST}:{port}{path if path.endswith('/') else '/'}"


def previewed(house: House) -> House:
    """The house with its site in .cache/, where each content folder has one of its own."""
    name = hashlib.sha256(os.fsencode(house.content.resolve())).hexdigest()[:16]
    return replace(house, out=house.cache / f"serve-{name}")


def serve(house: House, port: int, speech: Speech, tell: Tell, warn: Warn = print) -> None:
    """Serves until interrupted. ``tell`` says how each build went, ``warn`` why one could not; the last good site stays
    up.
    """
    preview = Preview(previewed(house), address(house, port), speech, tell, warn)
    asyncio.run(preview.run(port))


class Preview:
    """Watches, rebuilds, and lets the browser know. A burst of saves is one change: the files must first lie still."""

    def __init__(self, house: House, url: str, speech: Speech, tell: Tell, warn: Warn = print) -> None:
        self.house, self.url, self.speech, self.tell, self.warn = house, url, speech, tell, warn
        self.request = Request(url, drafts=True, search=False)
        self.overlay = Overlay(speech)
        self.built_from: Inputs = {}
        self.seen: Inputs = {}
        self.running: Running | None = None
        self.rested = 0.0
        self.mended = 0
        self.program: Inputs = {}

    async def run(self, port: int) -> None:
        self.rebuild()
        self.house.out.mkdir(parents=True, exist_ok=True)
        application(self.house.out, urlsplit(self.url).path, port, self.overlay).listen(port, address=HOST)
        folders = [folder.resolve() for folder in self.house.sources]
        saves = awatch(*folders, watch_filter=None, debounce=BURST, step=CALM, rust_timeout=IDLE, yield_on_timeout=True)
        async with aclosing(saves):
            async for found in saves:
                if changed := self.saved(found) if found else self.idle():
                    self.rebuild(changed)
                    self.reload(changed)

    def saved(self, found: Iterable[tuple[Change, str]]) -> frozenset[str]:
        """The inputs that changed, of the files the system told of."""
        inputs = named(self.house, (Path(path) for _, path in found))
        try:
            now = looked_at(self.house, inputs)
        except OSError:  # the build says so
            return inputs
        return frozenset(path for path in inputs if now.get(path) != self.built_from.get(path))

    def idle(self) -> frozenset[str]:
        """Makes ready for the next save. The inputs that changed and nobody told, or all where the site is damaged."""
        if time.monotonic() < self.rested:
            return frozenset()
        begun = time.monotonic()
        changed = self.look()
        if not changed and self.seen == self.built_from and not self.overlay and not self.trusted():
            changed = frozenset(self.seen)
        self.rested = time.monotonic() + REST * (time.monotonic() - begun)
        return changed

    def trusted(self) -> bool:
        """Whether the site stands as it was left, or was made anew in vain; False too where a file was saved so shortly
        before the last build that only now a look at it can be trusted.
        """
        try:
            with held(self.house.out, self.house.cache):
                make_ready(self.house.out, self.house.cache)
                past = Past.of(self.house, self.request)
                if not past.intact:
                    self.running, self.mended = None, self.mended + 1
                    return self.mended > MENDS
                self.mended = 0
                if self.running is None and any(past.now.inputs.get(path) for path in past.changed):
                    return False
                self.running = self.running or Running.after(self.house, past)
        except OSError:  # the next build says so
            self.running = None
        return True

    def look(self) -> frozenset[str]:
        """The files that changed since the last build, once two looks see the same; all that were known, once, where
        nothing can be seen, for the build to say so.
        """
        before = self.seen
        try:
            self.seen = looked(self.house)
        except OSError:
            known, self.built_from, self.seen, self.running = self.built_from, {}, {}, None
            return frozenset(known)
        if self.seen != before or self.seen == self.built_from:
            return frozenset()
        paths = self.seen.keys() | self.built_from.keys()
        return frozenset(path for path in paths if self.seen.get(path) != self.built_from.get(path))

    def rebuild(self, changed: frozenset[str] = frozenset()) -> None:
        """Builds; what goes wrong is shown over the last good site. ``changed``: all inputs that did, if known."""
        begun = time.monotonic()
        running, self.running = self.running, None
        try:
            with held(self.house.out, self.house.cache):
                past = running.past(self.house, changed) if running and changed else None
                running = running if past else None
                past = past or Past.of(self.house, self.request)
                self.built_from = self.seen = past.now.seen
                if self.outdated():
                    return self.fail(self.speech.say("word", "program_changed", {}))
                built = shortly(self.house, past, running)
                built = built or build_all(self.house, past)
        except PageFailed as failure:
            return self.fail(self.overlay.failure_of(failure.address, failure.__cause__ or failure))
        except Moved:  # the next look sees it too
            return None
        except (Foreign, NotFetched) as failure:
            return self.fail(told(failure, self.house, self.speech, writes=False)[0])
        except OSError as failure:
            return self.fail(refused(failure, self.speech))
        self.overlay.problems = () if built.written else tuple(p for p in built.problems if errors((p,)))
        self.overlay.failure = ""
        self.running = built.running
        self.tell(built, begun)
        return None

    def fail(self, sentence: str) -> None:
        self.overlay.failure = sentence
        self.warn(sentence)

    def outdated(self) -> bool:
        """Whether the program on the disk is no longer the one that runs, which then knows nothing of what it makes."""
        program = {path: one for path, one in self.seen.items() if path.startswith("program/")}
        self.program = self.program or program
        return program != self.program

    def reload(self, changed: frozenset[str]) -> None:
        """A style sheet is taken over where the reader stands; anything else loads the page again."""
        sheets = all(path.startswith("static/") and path.endswith(".css") for path in changed)
        reload("site.css" if sheets and not self.overlay else "*")
