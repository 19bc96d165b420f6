"""A site as a web server gives it: each file fetched at its address, whatever packing or redirect lies between."""

from __future__ import annotations

import gzip
import html
import re
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import quote, unquote

PAGE = "index.html"
TIMEOUT = 30  # seconds without an answer
TRIES = 3
GONE = (404, 410)
FOR_THE_HOST = frozenset({".nojekyll", "CNAME"})  # orders to GitHub Pages, which it does not serve
_LOC = re.compile(r"<loc>([^<]{1,4000})</loc>")


class Unanswered(Exception):
    """The server cannot be reached, or says something else than a file or that there is none."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason


class Served:
    """The site at ``url``. No address but of http and https is ever opened, wherever a redirect may point."""

    def __init__(self, url: str) -> None:
        self.url = url if url.endswith("/") else f"{url}/"
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPRedirectHandler(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
        ):
            self._opener.add_handler(handler)

    def address(self, path: str) -> str:
        """Where a file is read: a page at its folder, as links and search engines have it."""
        shown = path.removesuffix(PAGE) if path == PAGE or path.endswith(f"/{PAGE}") else path
        return self.url + quote(shown)

    def read(self, path: str, most: int) -> bytes | None:
        """A file's bytes, at most ``most`` of them and one; None where there is none. Raises Unanswered."""
        url = self.address(path)
        reason = ""
        for _ in range(TRIES):
            try:
                with self._opener.open(self._request(url), timeout=TIMEOUT) as reply:
                    return _unpacked(reply, most + 1)
            except urllib.error.HTTPError as error:
                error.close()
                if error.code in GONE:
                    return None
                reason = f"{error.code} {error.reason}"
            except (OSError, HTTPException, EOFError, zlib.error, ValueError) as error:
                reason = str(getattr(error, "reason", error)) or type(error).__name__
        raise Unanswered(url, reason)

    def pages(self, base_url: str) -> Iterator[str]:
        """The paths of the pages its sitemap lists, where they lie under ``base_url``."""
        found = (self.read("sitemap.xml", 50_000_000) or b"").decode("utf-8", "replace")
        for match in _LOC.finditer(found):
            address = html.unescape(match[1])
            if address.startswith(base_url):
                path = unquote(address.removeprefix(base_url))
                yield f"{path}{PAGE}" if not path or path.endswith("/") else path

    @staticmethod
    def _request(url: str) -> urllib.request.Request:
        headers = {"User-Agent": "Tandem", "Accept-Encoding": "gzip", "Cache-Control": "no-cache"}
        return urllib.request.Request(url, headers=headers)  # noqa: S310 - the opener knows no other scheme


def _unpacked(reply: Any, most: int) -> bytes:
    stream: IO[bytes] | gzip.GzipFile = reply
    packing = reply.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in ("gzip", "x-gzip"):
        stream = gzip.GzipFile(fileobj=reply)
    elif packing != "identity":
        raise ValueError(f"Content-Encoding: {packing}")
    return stream.read(most)
