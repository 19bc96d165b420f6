"""The typography of every text in the content, set in the files themselves; everything else byte for byte as it was.

Only texts are touched: what stands in a mapping of languages, a page's title and summary, Markdown. Keys, comments,
quotation marks of YAML, ids, addresses, facts, line ends and a byte order mark are not. A file that cannot be read is
left alone: ``check`` says why. Before anything is written the file is read again, and must say the same.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from tandem.language import LANGUAGE_CODE
from tandem.load import FIRST_LANGUAGES
from tandem.read import Loc, Scalar, Tree, scalars
from tandem.texts import leaves
from tandem.typography import ESCAPED_QUOTE, typeset

LISTS = ("site.yaml", "rounds.yaml", "themes.yaml", "terms.yaml")
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:\r?\n[ \t]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_BOM = "\ufeff"
Change = tuple[int, int, str]  # start, end, what to write instead


def languages_of(content: Path) -> tuple[str, ...]:
    """The site's languages as site.yaml lists them, whatever else is wrong there; Finnish and Swedish by default."""
    path = content / "site.yaml"
    read = scalars(path.read_text("utf-8", "replace")) if path.is_file() and not path.is_symlink() else None
    listed = read[0].get("languages") if read and isinstance(read[0], dict) else None
    codes = [code for code in listed if isinstance(code, str)] if isinstance(listed, list) else []
    return tuple(code for code in codes if LANGUAGE_CODE.fullmatch(code)) or FIRST_LANGUAGES


def files(content: Path, languages: tuple[str, ...]) -> Iterator[Path]:
    """The files of ``content`` that hold texts, sorted. No link is followed, no hidden file opened."""
    found = [content / name for name in LISTS]
    found += sorted((content / "projects").glob("*.yaml"))
    for language in languages:
        found += sorted((content / language).rglob("*.md"))
    for path in found:
        inside = [content / parent for parent in (path, *path.parents) if content in parent.parents]
        if path.is_file() and not any(part.is_symlink() or part.name.startswith(".") for part in inside):
            yield path


def tidied(raw: bytes, language: str, languages: tuple[str, ...]) -> bytes:
    """A content file as it should be set. ``language``: of the file itself when it is a page, else empty."""
    try:
        written = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    bom = _BOM if written.startswith(_BOM) else ""
    text = written.removeprefix(_BOM)
    new = _page(text, language, languages) if language else _yaml(text, "", languages)
    return (bom + new).encode("utf-8")


def tidy(content: Path, languages: tuple[str, ...], write: bool) -> list[Path]:
    """The files of ``content`` that are not set as they should be; ``write``: they are set. Raises OSError."""
    changed = []
    for path in files(content, languages):
        raw = path.read_bytes()
        folder = path.relative_to(content).parts[0]
        new = tidied(raw, folder if path.suffix == ".md" else "", languages)
        if new != raw:
            changed.append(path)
            if write:
                _replace(path, new)
    return changed


def _replace(path: Path, new: bytes) -> None:
    """Puts ``new`` in the file's place in one step."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(new)
    shutil.copymode(path, beside)
    beside.replace(path)


def _page(text: str, language: str, languages: tuple[str, ...]) -> str:
    front = _FRONT.match(text)
    if not front:
        return text
    start, end = front.span(1)
    body = typeset(text[front.end() :], language, block=True)
    return text[:start] + _yaml(text[start:end], language, languages) + text[end : front.end()] + body


def _yaml(text: str, language: str, languages: tuple[str, ...]) -> str:
    """YAML with its texts set; as it was, where that would make it say anything else."""
    read = scalars(text)
    if read is None:
        return text
    tree, spans = read
    new = text
    for start, end, instead in sorted(_changes(text, tree, spans, language, languages), reverse=True):
        new = new[:start] + instead + new[end:]
    again = scalars(new)
    return new if again and _plain(again[0]) == _plain(tree) else text


def _changes(
    text: str, tree: Tree, spans: dict[Loc, Scalar], language: str, languages: tuple[str, ...]
) -> Iterator[Change]:
    places = [((*leaf.loc, code), code) for leaf in leaves(tree, frozenset(languages)) for code in leaf.texts]
    places += [((name,), language) for name in ("title", "summary") if language]
    for loc, code in places:
        if loc in spans:
            start, end = _inside(text, spans[loc])
            style = spans[loc].style
            yield start, end, _set(text[start:end], code, style)


def _inside(text: str, scalar: Scalar) -> tuple[int, int]:
    """A scalar without its quotation marks, or without the line of its ``|``."""
    if scalar.style in ("'", '"'):
        return scalar.start + 1, scalar.end - 1
    if scalar.style in ("|", ">"):
        return min(text.index("\n", scalar.start) + 1, scalar.end), scalar.end
    return scalar.start, scalar.end


def _set(written: str, language: str, style: str) -> str:
    """Written text, set. In double quotes the escapes stay, but for ``\\"``, which is the text's own."""
    if style != '"' or "\\" not in written:
        return typeset(written, language, block=style in ("|", ">"))
    text = _ESCAPE.sub(lambda match: ESCAPED_QUOTE if match[0] == '\\"' else match[0], written)
    spared = [match.span() for match in _ESCAPE.finditer(text)]
    return typeset(text, language, spared=spared).replace(ESCAPED_QUOTE, '\\"')


def _plain(tree: Tree) -> Tree:
    """What a tree says, whatever its typography."""
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(item) for item in tree]
    text = unicodedata.normalize("NFC", str(tree))
    text = re.sub("[\u201c\u201d\u201e\u201f]", '"', text).replace("\u2013", "-")
    return re.sub(r"\s+", " ", re.sub(r"(?<=[\d./])\s?-\s?(?=\d)", "-", re.sub(r"\s+(?=[€%])", "", text)))
