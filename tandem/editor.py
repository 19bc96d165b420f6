"""The form editor at /admin/: Sveltia CMS, its form made from the model. Off unless site.yaml has ``editor``.

It works in the reader's browser alone, on the repository at GitHub, or, served from one's own machine, on a folder. Its
program is a pinned package that the site serves itself; where the program would ask a network of others for a part of
its own (fonts, words of its user interface, its newest version), it is given the site's. ``admin/rewrite.js`` puts what
the form changed into the file as it was, so that comments, order and quotation marks stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tandem.address import GITHUB
from tandem.fields import ID
from tandem.formfields import Asker, Option, facts
from tandem.model import Project, Record, Round, Term, Theme
from tandem.pinned import Package
from tandem.problem import Speech
from tandem.schema import FILES, modeline
from tandem.site import Site

FOLDER = "admin"
HERE = Path(__file__).parent / FOLDER
SPOKEN = ("fi", "sv")  # languages of the form; the package has words of its own in these
CMS = Package(
    "@sveltia/cms",
    "0.221.1",
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
)
YAML = Package(
    "yaml",
    "2.9.1",
    "3NxN8+78OdzbT7C/WjGsyfPAtJaN3FNDsWxv7Y7mcDsT/oOmgW8BpyQQFFBnvZE3j9Y2Sdz1ULFLezL7Eb2yFw==",
)
PACKAGES = (CMS, YAML)
_PROGRAM = f"cms@{CMS.version}"  # the package below /admin/, called so that the program finds its own words there
_CDN = (
    (rb"https://unpkg\.com/@sveltia/cms(?![\w-])", b"cms"),
    (
        rb"https://cdn\.jsdelivr\.net/fontsource/fonts/([a-z0-9-]+)(?::vf)?@[0-9.]+/([a-z0-9-]+)\.woff2",
        rb"fonts/\1.woff2",
    ),
)
_KINDS: Mapping[str, type[Record]] = {"project": Project, "rounds": Round, "themes": Theme, "terms": Term}


def editor_files(site: Site, cache: Path) -> dict[str, bytes]:
    """Every file of the editor by its path below the output; none where the site has no editor.

    Raises NotFetched where the packages are not in the cache.
    """
    if not site.settings.editor:
        return {}
    files = {file.name: file.read_bytes() for file in sorted(HERE.iterdir()) if file.is_file()}
    files |= {f"config.{code}.json": _json(form(site, code)) for code in SPOKEN}
    files |= dict(_program(CMS.files(cache)))
    files |= {
        f"yaml/{path.removeprefix('browser/')}": data
        for path, data in YAML.files(cache).items()
        if path.startswith("browser/") and path.endswith(".js")
    }
    return {f"{FOLDER}/{path}": data for path, data in files.items()}


def _program(package: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    program = package["dist/sveltia-cms.js"]
    for pattern, own in _CDN:
        program = re.sub(pattern, own, program)
    yield f"{_PROGRAM}/sveltia-cms.js", program
    yield f"{_PROGRAM}/LICENSE.txt", package["LICENSE.txt"]
    yield "cms/package.json", package["package.json"]  # asked for the newest version: it is this one
    yield from ((f"{_PROGRAM}/locales/{code}.json", package[f"locales/{code}.json"]) for code in SPOKEN)
    for path, data in package.items():
        if font := re.fullmatch(r"npm/assets/([a-z0-9-]+)-latin-(?:wght|400)-normal-.*\.woff2", path):
            yield f"fonts/{font[1]}.woff2", data


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def form(site: Site, language: str) -> dict[str, Any]:
    """What the page needs to know: the program, its configuration in one language, and how files are written."""
    said = Speech(language).all("editor")
    options = {"round": _options(site.rounds, language), "themes": _options(site.themes, language)}
    asker = Asker(language, site.languages, options)
    collections = [_collection(site, kind, asker, said) for kind in _KINDS]
    return {
        "program": f"{_PROGRAM}/sveltia-cms.js",
        "facts": sorted({name for record in _KINDS.values() for name in facts(record)}),
        "heads": {kind: modeline(kind) for kind in _KINDS},
        "config": {
            "load_config_file": False,
            "app_title": site.settings.title.text(language).text,
            "backend": _backend(site),
            "publish_mode": "editorial_workflow" if site.settings.editor and site.settings.editor.review else "simple",
            "media_folder": "static/img",
            "public_folder": "/static/img",
            "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 80},
            "editor": {"preview": False},
            "issue_reports": {"url": f"{site.settings.repository}/issues"},
            "collections": collections,
        },
    }


def _backend(site: Site) -> dict[str, Any]:
    """GitHub, without a server of ours: a token of the editor's own, or a service that signs in."""
    repository = GITHUB.fullmatch(site.settings.repository or "")
    assert repository, "a check looks before"
    service = site.settings.editor.sign_in if site.settings.editor else None
    methods: dict[str, Any] = {"base_url": service} if service else {"auth_methods": ["token"]}
    return {"name": "github", "repo": repository[1], **methods}


def _options(records: Mapping[str, Round] | Mapping[str, Theme], language: str) -> tuple[Option, ...]:
    return tuple({"value": id, "label": record.name.text(language).text} for id, record in records.items())


def _file_name(language: str, said: Mapping[str, str]) -> dict[str, Any]:
    """What a new file is called: made of its name, and open to change until it is first saved."""
    pattern = [f"^{ID.pattern}$", said["pattern"]]
    return {
        "template": f"{{{{name.{language}}}}}",
        "editable": ["create"],
        "hint": said["help.file"],
        "pattern": pattern,
    }


def _collection(site: Site, kind: str, asker: Asker, said: Mapping[str, str]) -> dict[str, Any]:
    """Files of one kind: a folder of projects, or one file that is a list."""
    path = next(path for path, one in FILES.items() if one == kind)
    fields = asker.fields(_KINDS[kind])
    first, *_ = site.languages
    named = {"name": kind, "label": said[f"{kind}.many"], "label_singular": said[f"{kind}.one"]}
    if "*" in path:
        summary = " – ".join(f"{{{{name.{code}}}}}" for code in site.languages)
        folder = {"folder": f"{site.folder}/{path.partition('/*')[0]}", "create": True, "slug": _file_name(first, said)}
        shown = {"identifier_field": f"name.{first}", "summary": summary, "sortable_fields": [f"name.{first}"]}
        return {**named, **folder, **shown, "extension": "yaml", "format": kind, "fields": fields}
    each = "term" if kind == "terms" else "name"
    items = {
        "name": "items",
        "label": said[f"{kind}.many"],
        "label_singular": said[f"{kind}.one"],
        "widget": "list",
        "collapsed": True,
        "summary": " – ".join(f"{{{{fields.{each}.{code}}}}}" for code in site.languages),
        "fields": fields,
    }
    file = {"name": kind, "label": said[f"{kind}.many"], "file": f"{site.folder}/{path}", "format": kind}
    return {**named, "files": [{**file, "fields": [items]}]}
