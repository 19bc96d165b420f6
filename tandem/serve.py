"""The site on one's own machine: built into .cache/, drafts shown, no search, rebuilt and reloaded on every save.

Listens on the loopback only, and answers only to its own name, so that no page from elsewhere can read it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import httputil, web

from tandem.flow import Built, House, build

HOST = "127.0.0.1"
_SCRIPT = '<script src="/livereload.js?port={port}" defer></script></head>'


def serve(house: House, port: int, tell: Callable[[Built], None]) -> None:
    """Serves until interrupted. ``tell`` says how each build went; a failed one leaves the last good site up."""
    preview = replace(house, out=house.cache / "serve")
    address = f"http://{HOST}:{port}/"

    def rebuild() -> None:
        tell(build(preview, base_url=address, drafts=True, search=False))

    rebuild()
    preview.out.mkdir(parents=True, exist_ok=True)
    server = _Preview()
    for folder in (house.content, house.templates, house.static):
        server.watch(str(folder), rebuild)
    server.serve(port=port, host=HOST, root=str(preview.out))


class _Preview(Server):  # type: ignore[misc]
    """livereload's server with our own handlers: GitHub Pages' 404, and a script the site's CSP allows."""

    def application(self, port: int, host: str, **_: Any) -> None:
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True

        class Reloading(web.OutputTransform):
            """Adds the reloading script to every page."""

            def transform_first_chunk(
                self, status_code: int, headers: httputil.HTTPHeaders, chunk: bytes, finishing: bool
            ) -> tuple[int, httputil.HTTPHeaders, bytes]:
                if "html" in headers.get("Content-Type", ""):
                    chunk = chunk.replace(b"</head>", _SCRIPT.format(port=port).encode(), 1)
                    headers["Content-Length"] = str(len(chunk))
                return status_code, headers, chunk

        hosts = rf"({HOST}|localhost)"
        handlers = [
            (r"/livereload", LiveReloadHandler),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/(.*)", _Pages, {"path": self.root, "default_filename": "index.html"}),
        ]
        application = web.Application(transforms=[Reloading])
        application.add_handlers(hosts, handlers)  # type: ignore[arg-type]
        application.listen(port, address=host)

    def _setup_logging(self) -> None:
        for name in ("livereload", "tornado.access", "tornado.general"):
            logging.getLogger(name).setLevel(logging.ERROR)


class _Pages(web.StaticFileHandler):
    """Files as GitHub Pages serves them: index.html for folders, the site's own 404.html, nothing cached."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")

    def should_return_304(self) -> bool:
        return False

    @classmethod
    def get_content(
        cls, abspath: str, start: int | None = None, end: int | None = None
    ) -> Generator[bytes, None, None]:
        """The whole file in one piece, since the reloading script changes its length."""
        yield Path(abspath).read_bytes()[start:end]

    def write_error(self, status_code: int, **_: Any) -> None:
        page = Path(self.root, "404.html")
        if status_code == 404 and page.is_file():
            self.set_header("Content-Type", "text/html; charset=UTF-8")
            self.finish(page.read_bytes())
        else:
            self.finish(f"{status_code}\n")
