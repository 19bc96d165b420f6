"""A built site as a reader's browser finds it: pages, links, anchors, languages, text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Html(HTMLParser):
    """The parts of one page that tests ask about. ``texts``: (language, text) of each piece of visible text."""

    source: str
    lang: str = ""
    kind: str = ""
    links: list[str] = field(default_factory=list)
    switch: list[tuple[str, str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    robots: str = ""
    refresh: str = ""
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self._link: tuple[str, str] | None = None
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        lang = given.get("lang") or (self._open[-1][1] if self._open else "")
        if tag not in _VOID:
            self._open.append((tag, lang))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        self._note(tag, given, lang)

    def _note(self, tag: str, given: dict[str, str], lang: str) -> None:
        if tag == "html":
            self.lang = lang
        elif tag == "body":
            self.kind = given.get("data-kind", "")
        elif tag == "a" and "hreflang" in given:
            self._link = (given["hreflang"], given.get("href", ""))
        elif tag == "link" and "hreflang" in given:
            self.alternates[given["hreflang"]] = given["href"]
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        elif tag == "meta" and given.get("name") == "robots":
            self.robots = given["content"]
        elif tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.refresh = given["content"].partition("url=")[2]

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        data = data.replace("\u00ad", "")  # where a long word of a heading may be parted
        tags = [tag for tag, _ in self._open]
        lang = self._open[-1][1] if self._open else ""
        if "script" in tags or "style" in tags:
            return
        if "title" in tags:
            self.titles.append(data)
        elif data.strip():
            self.texts.append((lang, data))
            if "h1" in tags:
                self.headings.append(data.strip())
        if self._link and data.strip():
            self.switch.append((*self._link, data.strip()))

    @cached_property
    def text(self) -> str:
        """All visible text, with plain single spaces."""
        return re.sub(r"\s+", " ", " ".join(text for _, text in self.texts))


@dataclass
class Built:
    """A site folder served under ``base_url``."""

    folder: Path
    base_url: str

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Every page by its path below the site, ``fi/kunnat/index.html``."""
        return {
            path.relative_to(self.folder).as_posix(): Html(path.read_text("utf-8"))
            for path in sorted(self.folder.rglob("*.html"))
        }

    def url(self, path: str) -> str:
        return self.base_url + path.removesuffix("index.html")

    def path(self, url: str) -> str:
        """The file a URL of this site shows; empty for one of another site."""
        address = urldefrag(url)[0]
        if not address.startswith(self.base_url):
            return ""
        path = unquote(address.removeprefix(self.base_url))
        return path + "index.html" if not path or path.endswith("/") else path

    def at(self, address: str) -> Html:
        """The page at a rooted address: ``/fi/kunnat/``."""
        return self.pages[self.path(self.base_url + address.removeprefix("/"))]

    def of_kind(self, kind: str, language: str = "") -> dict[str, Html]:
        return {p: h for p, h in self.pages.items() if h.kind == kind and p.startswith(language)}

    def broken(self) -> Iterator[tuple[str, str]]:
        """(page, link) of every link, source and anchor inside the site that leads nowhere."""
        host = "://".join(urlsplit(self.base_url)[:2])
        ids = defaultdict(set, {path: set(page.ids) for path, page in self.pages.items()})
        for path, page in self.pages.items():
            for link in page.links:
                url = urljoin(self.url(path), link)
                if not url.startswith(host):
                    continue
                target = self.path(url)
                fragment = urldefrag(url)[1]
                if not target or not (self.folder / target).is_file() or (fragment and fragment not in ids[target]):
                    yield path, link
