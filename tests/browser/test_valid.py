"""Every page is valid HTML, says the W3C's own checker."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.conftest import Site

CHECKER = Path(sys.prefix) / "npm" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# The checker reads files, not the site at its address, so it takes our own sheets and scripts for a stranger's; and it
# takes JSON-LD, which no browser runs, for a script. What the policy truly blocks, Chromium tells (test_plain.py).
UNKNOWABLE = ("Resource violates Content Security Policy", "Inline script violates Content Security Policy")


@pytest.mark.xdist_group("valid")
def test_every_page_is_valid_html(site: Site) -> None:
    command = ["java", "-Xss4m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run([*command, str(site.built.folder)], capture_output=True, text=True, check=True)
    messages = [
        f"{message['url'].removeprefix(site.built.folder.as_uri())}:{message.get('lastLine', 0)}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if not message["message"].startswith(UNKNOWABLE)
    ]
    assert messages == []
