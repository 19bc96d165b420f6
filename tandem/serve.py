"""The site on one's own machine: built into .cache/, drafts shown, rebuilt and reloaded on every save."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from livereload import Server

from tandem.flow import Built, House, build

HOST = "127.0.0.1"


def serve(house: House, port: int, tell: Callable[[Built], None]) -> None:
    """Serves until interrupted. ``tell`` says how each build went; a failed one leaves the last good site up."""
    preview = replace(house, out=house.cache / "serve")
    address = f"http://{HOST}:{port}/"

    def rebuild() -> None:
        tell(build(preview, base_url=address, drafts=True))

    rebuild()
    logging.getLogger("livereload").setLevel(logging.WARNING)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    server = Server()
    for folder in (house.content, house.templates, house.static):
        server.watch(f"{folder}/**/*", rebuild)
        server.watch(f"{folder}/*", rebuild)
    preview.out.mkdir(parents=True, exist_ok=True)
    server.serve(port=port, host=HOST, root=str(preview.out), open_url_delay=None)
