"""A web server that serves a folder as GitHub Pages does, with what a preview adds: reloading, and an overlay.

The only room with tornado but for ``serve``, which runs it.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Generator
from glob import escape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import httputil, web
from tornado.ioloop import IOLoop

from tandem.editor import FOLDER
from tandem.overlay import SHEET, Overlay

HOST = "127.0.0.1"
_SCRIPT = '<script src="/livereload.js?port={port}" defer></script><link rel="stylesheet" href="/overlay.css"></head>'
_BODY = re.compile(rb"<body[^>]*>")
_FINGERPRINT = re.compile(r"\.[0-9a-f]{10}(\.css)$")


def application(root: Path, base: str, port: int, overlay: Overlay) -> web.Application:
    """The site in ``root`` under the path ``base``."""
    for name in ("livereload", "tornado.access", "tornado.general"):
        logging.getLogger(name).setLevel(logging.ERROR)

    LiveReloadHandler.watcher = Watcher()  # never started: we look ourselves

    class Adding(web.OutputTransform):
        """Adds the reloading script and the overlay to every page but the form editor, where someone is writing."""

        def __init__(self, request: httputil.HTTPServerRequest) -> None:
            self.path = request.path
            self.form = request.path.startswith(f"{base}{FOLDER}/")

        def transform_first_chunk(
            self, status_code: int, headers: httputil.HTTPHeaders, chunk: bytes, finishing: bool
        ) -> tuple[int, httputil.HTTPHeaders, bytes]:
            if "html" in headers.get("Content-Type", "") and not self.form:
                chunk = chunk.replace(b"</head>", _SCRIPT.format(port=port).encode(), 1)
                _Reload.served[self.path] = _Reload.changes
                chunk = _BODY.sub(lambda match: match[0] + overlay.html().encode(), chunk, count=1)
                headers["Content-Length"] = str(len(chunk))
            return status_code, headers, chunk

    site = {"path": str(root), "default_filename": "index.html"}
    handlers: list[tuple[Any, ...]] = [
        (r"/livereload", _Reload),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/overlay\.css", _Sheet),
        (rf"{re.escape(base)}(.*)", _Pages, site),
        (r"/", web.RedirectHandler, {"url": base, "permanent": False}),
        (r"/(.*)", _Elsewhere, site),
    ]
    served = web.Application(transforms=[Adding])
    served.add_handlers(rf"({HOST}|localhost)", handlers)
    return served


class _Reload(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """Tells a browser to load again, and tells it to our own pages alone.

    ``changes``: how many there have been; ``served``: how many there had been when a page was last served, by path. A
    change between that and the moment its script asks to be told is told then: else nobody would ever tell it.
    """

    changes: ClassVar[int] = 0
    served: ClassVar[dict[str, int]] = {}

    def check_origin(self, origin: str) -> bool:
        return bool(urlsplit(origin).netloc == self.request.host)

    def on_message(self, message: str) -> None:
        super().on_message(message)
        said = json.loads(message)
        path = urlsplit(said.get("url", "")).path
        if said.get("command") == "info" and self.served.get(path, self.changes) < self.changes:
            self.send_message({"command": "reload", "path": "*", "liveCSS": True, "liveImg": True})


def reload(path: str) -> None:
    """Lets every browser know of a change: of one style sheet by its ``path``, of anything else by ``*``."""
    _Reload.changes += 1
    LiveReloadHandler.live_css = True
    IOLoop.current().add_callback(LiveReloadHandler.reload_waiters, path)


class _Sheet(web.RequestHandler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=UTF-8")
        self.finish(SHEET)


class _Pages(web.StaticFileHandler):
    """Files as GitHub Pages serves them: index.html for folders, the site's own 404.html, nothing cached."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")

    def should_return_304(self) -> bool:
        return False

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Where a file stands inside the site, in this very case; nothing outside it is even looked at."""
        top, path = Path(root), Path(absolute_path)
        try:
            if "\0" in absolute_path or not path.is_relative_to(top):
                raise web.HTTPError(404)
            path = _present(path)
            for part in (path, *path.parents):
                if part == top:
                    break
                if part.exists() and part.name not in {one.name for one in part.parent.iterdir()}:
                    raise web.HTTPError(404)
            if not path.resolve().is_relative_to(top.resolve()):  # by a link
                raise web.HTTPError(404)
        except (OSError, RuntimeError):  # a name too long for the disk, links in a ring
            raise web.HTTPError(404) from None
        found = super().validate_absolute_path(root, str(path))
        if found and not Path(found).resolve().is_relative_to(top.resolve()):  # a folder's index.html by a link
            raise web.HTTPError(404)
        return found

    @classmethod
    def get_content(
        cls, abspath: str, start: int | None = None, end: int | None = None
    ) -> Generator[bytes, None, None]:
        """The whole file in one piece, since what is added changes its length."""
        yield Path(abspath).read_bytes()[start:end]

    def write_error(self, status_code: int, **_: Any) -> None:
        page = Path(self.root, "404.html")
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        missing = page.read_bytes() if status_code == 404 and page.is_file() else b""
        self.finish(missing or f"<!DOCTYPE html><head></head><body><p>{status_code}</p></body>")


def _present(path: Path) -> Path:
    """An old style sheet is the present one."""
    if path.exists() or not _FINGERPRINT.search(path.name):
        return path
    return next(iter(sorted(path.parent.glob(_FINGERPRINT.sub(r".*\1", escape(path.name))))), path)


class _Elsewhere(_Pages):
    """Outside the site's path there is nothing, as on the web."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        raise web.HTTPError(404)
