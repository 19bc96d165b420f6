"""The site on one's own machine: built into .cache/, drafts shown, no search, rebuilt and reloaded on every save.

It is served as GitHub Pages will: under the site's path, with its own page for what is missing, an index for folders,
names in the very case they have. Listens on the loopback only, and answers only to its own name, so that no page from
elsewhere can read it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop

from tandem.failures import refused
from tandem.flow import Built, House, Moved, PageFailed, build
from tandem.memory import Inputs, looked
from tandem.overlay import Overlay
from tandem.pinned import NotFetched
from tandem.preview import HOST, application
from tandem.problem import Problem, Speech, errors
from tandem.read import read_source, read_yaml

CALM = 0.1  # seconds between two looks at the files; on a large site, as many as keep us idle nine tenths of the time

Tell = Callable[[Built, float], None]


def address(house: House, port: int) -> str:
    """Where the site will be served: under the path it has on the web."""
    source = read_source(house.content / "site.yaml", "site.yaml")
    document = None if isinstance(source, Problem) else read_yaml(source)[0]
    data = document.data if document and isinstance(document.data, dict) else {}
    written = data.get("base_url", "")
    path = urlsplit(written).path if isinstance(written, str) else ""
    return f"http://{HOST}:{port}{path if path.endswith('/') else '/'}"


def serve(house: House, port: int, speech: Speech, tell: Tell) -> None:
    """Serves until interrupted. ``tell`` says how each build went; a failed one leaves the last good site up."""
    preview = Preview(replace(house, out=house.cache / "serve"), address(house, port), speech, tell)
    asyncio.run(preview.run(port))


class Preview:
    """Watches, rebuilds, and lets the browser know. A burst of saves is one change: the files must first lie still."""

    def __init__(self, house: House, url: str, speech: Speech, tell: Tell) -> None:
        self.house, self.url, self.speech, self.tell = house, url, speech, tell
        self.overlay = Overlay(speech)
        self.built_from: Inputs = {}
        self.seen: Inputs = {}

    async def run(self, port: int) -> None:
        self.rebuild()
        self.house.out.mkdir(parents=True, exist_ok=True)
        application(self.house.out, urlsplit(self.url).path, port, self.overlay).listen(port, address=HOST)
        while True:
            begun = time.monotonic()
            changed = self.look()
            if changed:
                self.rebuild()
                self.reload(changed)
            await asyncio.sleep(max(CALM, 9 * (time.monotonic() - begun) if not changed else 0))

    def look(self) -> frozenset[str]:
        """The files that changed since the last build, once two looks see the same."""
        before, self.seen = self.seen, looked(self.house)
        if self.seen != before or self.seen == self.built_from:
            return frozenset()
        paths = self.seen.keys() | self.built_from.keys()
        return frozenset(path for path in paths if self.seen.get(path) != self.built_from.get(path))

    def rebuild(self) -> None:
        """Builds; what goes wrong is shown over the last good site."""
        begun = time.monotonic()
        self.built_from = self.seen = looked(self.house)
        try:
            built = build(self.house, base_url=self.url, drafts=True, search=False)
        except PageFailed as failure:
            self.overlay.failed(failure.address, failure.__cause__ or failure)
            return
        except Moved:  # the next look sees it too
            return
        except NotFetched as failure:
            self.overlay.failure = self.speech.say("word", "editor_missing", {"file": str(failure)})
            return
        except OSError as failure:
            self.overlay.failure = refused(failure, self.speech)
            return
        self.overlay.problems = () if built.written else tuple(p for p in built.problems if errors((p,)))
        self.overlay.failure = ""
        self.tell(built, begun)

    def reload(self, changed: frozenset[str]) -> None:
        """A style sheet is taken over where the reader stands; anything else loads the page again."""
        sheets = all(path.startswith("static/") and path.endswith(".css") for path in changed)
        path = "site.css" if sheets and not self.overlay else "*"
        LiveReloadHandler.live_css = True
        IOLoop.current().add_callback(LiveReloadHandler.reload_waiters, path)
