"""The preview under bad manners: raw sockets, broken requests, ways out of the folder, strange hosts, bursts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from tandem.flow import House
from tandem.overlay import Overlay
from tandem.preview import application
from tandem.problem import Speech
from tandem.serve import Preview, address
from tests.test_serve import preview as preview  # the fixture

T = TypeVar("T")
SECRET = "the neighbour's diary"
WELL = "GET /register/fi/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a site, beside a file that is nobody's business, with links to it inside."""
    top = tmp_path_factory.mktemp("serve")
    (top / "diary.html").write_text(SECRET, "utf-8")
    (top / "diary").mkdir()
    (top / "diary" / "index.html").write_text(SECRET, "utf-8")
    (top / "_site-private").mkdir()
    (top / "_site-private" / "a.html").write_text(SECRET, "utf-8")
    folder = top / "_site"
    (folder / "fi").mkdir(parents=True)
    (folder / "fi" / "index.html").write_text("<!DOCTYPE html><head></head><body><p>hei</p></body>", "utf-8")
    (folder / "404.html").write_text("<!DOCTYPE html><head></head><body><p>puuttuu</p></body>", "utf-8")
    (folder / "site.0123456789.css").write_text("p {}", "utf-8")
    (folder / "link.html").symlink_to(top / "diary.html")
    (folder / "linked").symlink_to(top / "diary", target_is_directory=True)
    (folder / "half").mkdir()
    (folder / "half" / "index.html").symlink_to(top / "diary.html")
    (folder / "ring").symlink_to(folder / "ring")
    return folder


def served(site: Path, ask: Callable[[int], Awaitable[T]]) -> T:
    """What ``ask`` makes of a running preview, given its port."""

    async def run() -> T:
        socket, port = bind_unused_port()
        server = HTTPServer(application(site, "/register/", port, Overlay(Speech("fi"))))
        server.add_sockets([socket])
        try:
            return await ask(port)
        finally:
            server.stop()
            await server.close_all_connections()

    return asyncio.run(run())


async def said(port: int, raw: bytes, after: bytes = b"") -> bytes:
    """Everything the server says to these bytes until it hangs up, or until it has answered ``after`` elsewhere."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(ConnectionError):
        writer.write(raw)
        await writer.drain()
        if after:
            await said(port, after)
            writer.write_eof()
    answer = b""
    with contextlib.suppress(ConnectionError):
        while piece := await reader.read(1 << 16):
            answer += piece
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    return answer


def get(path: str, host: str = "127.0.0.1:{port}", *headers: str) -> str:
    return "\r\n".join([f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", ""])


ROUND_ABOUT = [
    "../diary.html", "../../diary.html", "%2e%2e/diary.html", "%2e%2e%2fdiary.html", "..%2fdiary.html",
    ".%2e/diary.html", "%252e%252e/diary.html", "..%5cdiary.html", "..\\diary.html", "fi/../../diary.html",
    "fi/%2e%2e/%2e%2e/diary.html", "/diary.html", "//diary.html", "%2fetc%2fpasswd", "/etc/passwd", "....//diary.html",
    "..;/diary.html", "%c0%ae%c0%ae/diary.html", "%u002e%u002e/diary.html", "../_site-private/a.html",
    "%2e%2e/_site-private/a.html", "link.html", "linked/", "linked", "linked/index.html", "half/", "half/index.html",
    "ring", "ring/", "fi/index.html%00.css", "%00", "fi/%00/", "link.html%00", "fi/%0d%0aSet-Cookie:%20a=b",
    "a" * 5000, "a/" * 2000, "%ff%fe", "%", "%zz", "**.0123456789.css", "../**.0123456789.css",
    "[.0123456789.css", "%2e%2e/*.0123456789.css", "fi/index.html/", "fi/index.html/../../../diary.html", "FI/", "?../",
    "~root/", "file:///etc/passwd", "CON", "fi/?a=%00", "#/../", "fi//", "//evil.example/", "fi/..", "..",
]  # fmt: skip


@pytest.mark.parametrize("path", ROUND_ABOUT)
def test_no_path_leaves_the_site(site: Path, path: str) -> None:
    async def ask(port: int) -> tuple[bytes, bytes]:
        odd = await said(port, get("/register/" + path).format(port=port).encode("latin-1"))
        return odd, await said(port, WELL.format(port=port).encode())

    odd, well = served(site, ask)
    assert SECRET.encode() not in odd
    assert b"root:" not in odd
    assert b"\r\nSet-Cookie" not in odd
    assert b"evil.example" not in odd.partition(b"\r\n\r\n")[0]
    assert odd.split(b" ", 2)[1][:1] in b"234", "an answer, and never a failure of ours"
    assert well.startswith(b"HTTP/1.1 200")


BROKEN = {
    "nothing": b"",
    "no request": b"\r\n\r\n",
    "garbage": bytes(range(256)) * 8,
    "half a line": b"GET /register/fi/",
    "half a head": b"GET /register/fi/ HTTP/1.1\r\nHost: 127",
    "no version": b"GET /register/fi/\r\n\r\n",
    "a version of the future": b"GET /register/fi/ HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "a strange method": b"BREW /register/fi/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "a method of 10,000 letters": b"G" * 10_000 + b" /register/fi/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a line of 100,000 letters": b"GET /register/" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "10,000 headers": b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\nConnection: close\r\n\r\n",
    "a header with NUL": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET /register/fi/ HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nConnection: close\r\n\r\n",
    "a length below nothing": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    "a length in full-width figures": "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ５\r\n\r\n".encode(),
    "a length of 5,000 figures": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "a terabyte announced": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1099511627776\r\n\r\nx",
    "chunks of nonsense": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "both lengths": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a websocket without a key": (
        b"GET /livereload HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    ),
    "a range beyond the end": b"GET /register/fi/ HTTP/1.1\r\nHost: localhost\r\nRange: bytes=9-99999\r\n"
    b"Connection: close\r\n\r\n",
    "a range of nonsense": b"GET /register/fi/ HTTP/1.1\r\nHost: localhost\r\nRange: bytes=z-\r\n"
    b"Connection: close\r\n\r\n",
    "a date of nonsense": b"GET /register/fi/ HTTP/1.1\r\nHost: localhost\r\nIf-Modified-Since: x\r\n"
    b"Connection: close\r\n\r\n",
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_request_breaks_nothing(site: Path, raw: bytes) -> None:
    async def ask(port: int) -> tuple[bytes, bytes]:
        well = WELL.format(port=port).encode()
        return await said(port, raw, well), await said(port, well)

    odd, well = served(site, ask)
    assert not odd.startswith((b"HTTP/1.1 500", b"HTTP/1.0 500"))
    assert b"Traceback" not in odd
    assert well.startswith(b"HTTP/1.1 200")
    assert b"<p>hei</p>" in well


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "[::1]", "0.0.0.0", "192.168.0.1", ""]
)
def test_only_its_own_name_is_answered_to(site: Path, host: str) -> None:
    async def ask(port: int) -> list[bytes]:
        """By Host, and by an address in the request itself."""
        at = f"http://{host or 'evil.example'}:{port}/register/fi/"
        return [
            await said(port, get("/register/fi/", f"{host}:{port}").encode()),
            await said(port, get(at, host or "evil.example").encode()),
            await said(port, get("/livereload.js", host).encode()),
        ]

    assert [answer.split(b" ", 2)[1] for answer in served(site, ask)] in ([b"404"] * 3, [b"400"] * 3)


def test_a_thousand_quick_requests_are_all_answered(site: Path) -> None:
    async def ask(port: int) -> list[bytes]:
        well = WELL.format(port=port).encode()
        answers: list[bytes] = []
        for _ in range(20):
            answers += await asyncio.gather(*(said(port, well) for _ in range(50)))
        return answers

    answers = served(site, ask)
    assert len(answers) == 1000
    assert {answer.partition(b"\r\n")[0] for answer in answers} == {b"HTTP/1.1 200 OK"}
    assert all(answer.endswith(b"</body>") for answer in answers)


def test_fifty_that_never_finish_asking_keep_nobody_waiting(site: Path) -> None:
    async def ask(port: int) -> bytes:
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(50)]
        for _, writer in slow:
            writer.write(b"GET /register/fi/ HTTP/1.1\r\nHost: loc")
        answer = await said(port, WELL.format(port=port).encode())
        for _, writer in slow:
            writer.close()
        return answer

    assert served(site, ask).startswith(b"HTTP/1.1 200")


def test_no_other_site_may_read_it_or_listen(site: Path) -> None:
    shake = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + "A" * 24)

    async def ask(port: int) -> list[bytes]:
        page = get("/register/fi/", "localhost:{port}", "Origin: https://evil.example").format(port=port)
        strange = "\r\n".join(
            ["GET /livereload HTTP/1.1", f"Host: localhost:{port}", "Origin: https://evil.example", *shake, "", ""]
        )
        ours = strange.replace("https://evil.example", f"http://localhost:{port}")
        return [await said(port, one.encode(), page.encode()) for one in (page, strange, ours)]

    page, strange, ours = served(site, ask)
    head = page.partition(b"\r\n\r\n")[0].lower()
    assert b"access-control-allow" not in head
    assert b"cross-origin-resource-policy: same-origin" in head
    assert b"x-content-type-options: nosniff" in head
    assert b"set-cookie" not in head
    assert strange.startswith(b"HTTP/1.1 403")
    assert ours.startswith(b"HTTP/1.1 101")


def test_a_page_keeps_the_policy_it_is_published_with(preview: Preview) -> None:
    """What is added is fetched from the same host, so nothing in the policy has to be loosened for it."""
    from tests.test_serve import asked

    built = (preview.house.out / "fi" / "index.html").read_bytes()
    shown = asked(preview, "/register/fi/")[0]
    policy = built.partition(b'http-equiv="Content-Security-Policy" content="')[2].partition(b'"')[0]
    assert b"script-src 'self'" in policy
    assert policy in shown.body
    assert shown.body.count(b"Content-Security-Policy") == 1
    assert "Content-Security-Policy" not in shown.headers
    assert shown.body.replace(built[: built.index(b"</head>")], b"").startswith(b'<script src="/livereload.js')


def test_it_listens_on_the_loopback_alone(base: Path, tmp_path: Path) -> None:
    house = House(base, tmp_path / "_site", cache=tmp_path / ".cache")
    free, port = bind_unused_port()
    free.close()

    async def ask() -> bytes:
        running = asyncio.create_task(
            Preview(house, address(house, port), Speech("fi"), lambda built, begun: None).run(port)
        )
        await asyncio.sleep(0)  # it builds, and listens before it first waits
        try:
            with pytest.raises(OSError, match=r"127\.0\.0\.2|refused|reachable|assign"):
                await asyncio.open_connection("127.0.0.2", port)
            return await said(port, get("/register/fi/", f"localhost:{port}").encode())
        finally:
            running.cancel()

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 200")
