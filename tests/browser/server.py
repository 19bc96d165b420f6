"""A folder on a free port of this machine, as GitHub Pages serves it: under a path, gzip, its own 404 page."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")


class Pages(BaseHTTPRequestHandler):
    """Answers GET for files of ``folder`` under ``base``: a folder by its index.html, and without a slash by moving.

    A name without its ``.html`` is found; a name in other letters is not; above ``base`` there is another's page.
    """

    protocol_version = "HTTP/1.1"
    folder: Path
    base: str

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = (self.folder / path.removeprefix(self.base)).resolve()
        inside = path.startswith(self.base) and file.is_relative_to(self.folder)
        if inside and file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = file / "index.html" if path.endswith("/") else file
        if inside and not file.exists() and not path.endswith("/"):
            file = file.with_name(f"{file.name}.html")
        if inside and file.is_file():
            self._send(HTTPStatus.OK, file)
        elif path.startswith(self.base):
            self._send(HTTPStatus.NOT_FOUND, self.folder / "404.html")
        else:
            self._send(HTTPStatus.NOT_FOUND, file.with_name("another.html"), b"<!DOCTYPE html><title>Another</title>")

    def _send(self, status: HTTPStatus, file: Path, data: bytes = b"") -> None:
        data = data or file.read_bytes()
        kind = guess_type(file.name)[0] or "application/octet-stream"
        text = kind.startswith(TEXT) or kind.endswith("javascript")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        if text and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing: a test says what it found."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing where the browser has gone on to another page; our own faults are told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, base: str) -> Iterator[str]:
    """The origin, ``http://127.0.0.1:port``, under which ``folder`` is served at ``base`` for as long as it lasts."""
    handler = type("Site", (Pages,), {"folder": folder.resolve(), "base": base})
    with Server((HOST, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
