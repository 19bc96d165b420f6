"""Help while one writes: each content file names its schema, and the YAML language server completes and explains."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tandem.schema import FILES, FOLDER, modeline
from tests.tools import BIN, TOOLS

ROOT = Path(__file__).parent.parent
START = f"{modeline('project')}\nname: {{fi: Helmi, sv: Pärlan}}\nsummary: {{fi: a, sv: b}}\n"


@pytest.mark.parametrize(("files", "kind"), FILES.items())
def test_every_content_file_names_its_schema(files: str, kind: str) -> None:
    paths = sorted((ROOT / "content").glob(files))
    assert paths
    assert [path.name for path in paths if path.read_text("utf-8").split("\n", 1)[0] != modeline(kind)] == []
    named = modeline(kind).partition("$schema=")[2]
    assert (paths[0].parent / named).resolve() == ROOT / FOLDER / f"{kind}.json"


def test_the_editors_settings_know_every_kind_of_content_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    for schema, files in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert list(ROOT.glob(files))


class Server:
    """yaml-language-server as an editor talks to it (Language Server Protocol over a pipe)."""

    def __init__(self, folder: Path) -> None:
        program = TOOLS / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
        assert program.is_file(), "the programs from npm are missing: make test fetches them"
        self.process = subprocess.Popen(
            [str(BIN / "node"), str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.folder, self.count = folder, 0
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}},
        }
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self.tell("initialized", {})

    def tell(self, method: str, parameters: Any, **more: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": parameters, **more}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def ask(self, method: str, parameters: Any) -> Any:
        self.count += 1
        self.tell(method, parameters, id=self.count)
        return next(one["result"] for one in self.heard() if one.get("id") == self.count and "method" not in one)

    def heard(self) -> Iterator[Any]:
        """What the server says; what it asks is answered: no settings but that schemas are used."""
        out = self.process.stdout
        assert out
        while True:
            size = 0
            while line := out.readline().strip():
                size = int(line.partition(b":")[2]) if line.lower().startswith(b"content-length") else size
            assert size, "the server has ended"
            message = json.loads(out.read(size))
            if "method" in message and "id" in message:
                wants = (
                    message.get("params", {}).get("items", []) if message["method"].endswith("configuration") else None
                )
                self.answer(message["id"], None if wants is None else [self.settings(one) for one in wants])
            yield message

    def settings(self, wanted: Any) -> Any:
        yaml = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
        return yaml if wanted.get("section") == "yaml" else {}

    def answer(self, id: Any, result: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", "id": id, "result": result}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def open(self, text: str) -> str:
        """Opens ``text`` as a project's file; its address."""
        self.count += 1
        uri = (self.folder / "content" / "projects" / f"x{self.count}.yaml").as_uri()
        self.tell(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
        )
        return uri

    def diagnostics(self, uri: str) -> list[str]:
        said = (one["params"] for one in self.heard() if one.get("method") == "textDocument/publishDiagnostics")
        return [one["message"] for one in next(told for told in said if told["uri"] == uri)["diagnostics"]]

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server(ROOT)
    yield server
    server.process.kill()
    server.process.wait()


@pytest.mark.xdist_group("language-server")
def test_the_language_server_completes_keys_with_their_help_in_both_languages(server: Server) -> None:
    uri = server.open(START + "mun")
    found = server.at("completion", uri, 3, 3)
    items = {item["label"]: item for item in (found["items"] if isinstance(found, dict) else found)}
    assert {"municipality_count", "lead", "partners", "funding"} <= items.keys()
    told = json.dumps(items["lead"], ensure_ascii=False)
    assert "Hanketta johtava kunta" in told
    assert "Kommunen som leder" in told


@pytest.mark.xdist_group("language-server")
def test_the_language_server_explains_the_key_under_the_pointer(server: Server) -> None:
    uri = server.open(START + "funding:\n  - amount: 42000\n")
    told = json.dumps(server.at("hover", uri, 4, 6), ensure_ascii=False)
    assert "avustuksen määrä – understödsbelopp" in told
    assert "Kokonaisina euroina" in told
    assert "Hela euro" in told


@pytest.mark.xdist_group("language-server")
def test_the_language_server_marks_what_the_build_refuses(server: Server) -> None:
    assert server.diagnostics(server.open(START)) == []
    (said,) = server.diagnostics(server.open(START + "laed: Porvoo\n"))
    assert "laed" in said
    (said,) = server.diagnostics(server.open(START + "funding:\n  - amount: 42 000\n"))
    assert "pattern" in said
