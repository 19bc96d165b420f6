"""Renders the pictures that are committed: icons, the cards of shared links, and what the README shows.

    python docs/pictures.py icons     static/img/icon-32.png, icon-180.png
    python docs/pictures.py cards     static/img/card.png, card.fi.png, card.sv.png
    python docs/pictures.py pages     docs/*.png, from a build of the site

They need a Chromium (the one on the path, else Playwright's own) and ``pip install -r locks/bench.txt``.
"""

from __future__ import annotations

import functools
import html
import io
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tandem.flow import House, build
from tandem.geography import Sheet, outline, spot
from tandem.load import load
from tandem.site import Site

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
CARD = 1200, 630  # what Open Graph's readers cut least from
HALVES = '<path fill="{}" d="M15.5 1.5a10.5 10.5 0 0 0 0 21z"/><path fill="{}" d="M16.5 9.5a10.5 10.5 0 0 1 0 21z"/>'
BLUE, ORANGE, BRAND, DEEP, PALE = "#8ccdf0", "#f3935a", "#0b3d5c", "#14587f", "#c9e0ee"  # tokens of static/css/site.css
STYLE = f"""
* {{ box-sizing: border-box; margin: 0 }}
body {{ position: relative; overflow: hidden; width: 1200px; height: 630px; padding: 72px 0 0 80px; background: {BRAND};
  color: #fff; font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif }}
.mark {{ width: 120px; height: 120px; margin-left: -16px }}
h1 {{ max-width: 700px; margin-top: 28px; font-size: 76px; line-height: 1.08; letter-spacing: -.025em }}
h1 + h1 {{ margin-top: 24px }}
p {{ max-width: 640px; margin-top: 28px; color: {PALE}; font-size: 30px; line-height: 1.4 }}
.map {{ position: absolute; top: 30px; right: 70px; height: 570px }}
"""

# file, address, width and height of the window, colour scheme, how far down the page
PAGES = (
    ("front-fi", "/fi/", 1280, 1500, "light", 0),
    ("front-sv-phone", "/sv/", 320, 1400, "dark", 0),
    ("project", "/fi/hankkeet/avoin-kunta/", 1280, 1000, "light", 0),
    ("municipality", "/sv/kommuner/borga/", 1280, 1200, "light", 0),
    ("list", "/fi/hankkeet/", 1280, 1000, "light", 0),
    ("language-choice", "/", 1280, 800, "light", 0),
)


def main() -> None:
    what = {"icons": icons, "cards": cards, "pages": pages}
    if sys.argv[1:2] == [] or sys.argv[1] not in what:
        sys.exit(__doc__)
    loaded = load(ROOT / "content")
    if loaded.site is None:
        sys.exit("content/ cannot be read")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        what[sys.argv[1]](page, loaded.site)
        browser.close()


def icons(page: Page, site: Site) -> None:
    """The mark as a bitmap: alone for tabs; on the site's blue, with air around it, for a phone's home screen."""
    plain = (IMAGES / "icon.svg").read_text("utf-8").strip()
    boxed = f'<rect x="-8" y="-8" width="48" height="48" fill="{BRAND}"/>' + HALVES.format(BLUE, ORANGE)
    for size, drawing in (
        (32, plain),
        (180, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 48 48">{boxed}</svg>'),
    ):
        page.set_viewport_size({"width": size, "height": size})
        page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{size}px}}</style>{drawing}")
        save(page.screenshot(omit_background=True), IMAGES / f"icon-{size}.png")


def cards(page: Page, site: Site) -> None:
    """What is shown where a page is shared: the title, what it is, and every municipality in its languages' colour."""
    page.set_viewport_size({"width": CARD[0], "height": CARD[1]})
    titles = {code: html.escape(site.settings.title.own(code)) for code in site.languages}
    texts = {code: html.escape(site.settings.description.own(code)) for code in site.languages}
    said = {f"card.{code}": f"<h1>{titles[code]}</h1><p>{texts[code]}</p>" for code in site.languages}
    said["card"] = "".join(f"<h1>{title}</h1>" for title in titles.values())
    mark = f'<svg class="mark" viewBox="0 0 32 32">{HALVES.format(BLUE, ORANGE)}</svg>'
    for name, words in said.items():
        page.set_content(f"<style>{STYLE}</style>{mark}{words}{_dots(site)}")
        save(page.screenshot(), IMAGES / f"{name}.png")


def _dots(site: Site) -> str:
    """The country in dots: blue where the municipality is Finnish, orange where it is Swedish or both."""
    sheet = Sheet.country(320)
    spots: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
    for one in site.places.in_force():
        if one.lat is not None and one.lon is not None:
            spots["sv" in one.languages].append(spot(one.lat, one.lon))
    stroke = 'fill="none" stroke-linecap="round" stroke-width="6"'
    return (
        f'<svg class="map" viewBox="0 0 {sheet.width} {sheet.height}">'
        f'<path fill="{DEEP}" d="{sheet.path(outline("plain"))}"/>'
        f'<path {stroke} stroke="{BLUE}" d="{sheet.dots(spots[False])}"/>'
        f'<path {stroke} stroke="{ORANGE}" d="{sheet.dots(spots[True])}"/></svg>'
    )


def pages(page: Page, site: Site) -> None:
    """The site as its readers meet it, for the README and docs/design.md."""
    with _served() as url:
        for name, address, width, height, scheme, down in PAGES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": height})
            page.goto(url + address)
            page.evaluate("y => window.scrollTo(0, y)", down)
            save(page.screenshot(), ROOT / "docs" / f"{name}.png")


@contextmanager
def _served() -> Iterator[str]:
    """The site, built into a temporary folder and served on a free port."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "_site") as url:
        build(House(ROOT / "content", Path(folder) / "_site", cache=Path(folder) / ".cache"), f"{url}/")
        yield url


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def save(screenshot: bytes, path: Path) -> None:
    """With a palette: a third of the bytes, and no eye sees it."""
    image: Image.Image = Image.open(io.BytesIO(screenshot))
    see_through = image.mode == "RGBA" and image.getpixel((0, 0)) == (0, 0, 0, 0)
    image = image if see_through else image.convert("RGB")
    method = Image.Quantize.FASTOCTREE if see_through else Image.Quantize.MEDIANCUT
    image.quantize(256, method=method, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
