"""The catalogs kept in step with what asks for their words: new words are added, words nobody asks for taken out.

For translators (Weblate, Poedit, an editor): standard gettext catalogs, each new word with where it is used, what the
program's authors say of it (``{# L10n: … #}`` in a template) and, marked fuzzy, the translation of the likest word.
Entries that stay are not touched, so that a review shows what changed. Babel extracts, matches and writes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from msgspec import Struct

from tandem.asked import asked
from tandem.columns import KEYWORDS, SHEET, TABLES
from tandem.columns.column import sayings
from tandem.draft import sayings as field_sayings
from tandem.explain import labels
from tandem.problem import CATALOGS

Word = tuple[str, str]  # context, id
_ENTRY = re.compile(r"\n{2,}(?=\S)")


class Renewed(Struct, frozen=True):
    """What became of a catalog: words added (those marked fuzzy among them) and words taken out."""

    file: Path
    added: int
    fuzzy: int
    removed: int


def renew(content: Path, templates: Path, languages: Iterable[str]) -> list[Renewed]:
    """Brings every catalog up to date on disk: the site's, and the generator's own."""
    done = []
    site, generator = _site(templates), _generator()
    for language in languages:
        done.append(_renew(content / language / "messages.po", site, language))
    for file in sorted(CATALOGS.glob("*.po")):
        kind, _, language = f".{file.stem}".rpartition(".")
        done.append(_renew(file, generator[kind], language))
    return [one for one in done if one.added or one.removed]


def _site(templates: Path) -> Catalog:
    """The words templates ask for."""
    catalog = Catalog()
    for word in asked(templates):
        place = (f"{templates.name}/{word.file}", word.line)
        catalog.add(word.ids if len(word.ids) > 1 else word.ids[0], context=word.context or None, locations=[place],
                    auto_comments=list(word.comments))  # fmt: skip
    return catalog


def _generator() -> Mapping[str, Catalog]:
    """Beginning of a file's name → what it must have. Problems have keys for words; their English is in ``en.po``."""
    english = _read(CATALOGS / "en.po", "en")
    problems, fields, columns = Catalog(), Catalog(), Catalog()
    for message in english:
        if message.id:
            problems.add(message.id, context=message.context, auto_comments=[f"English: {message.string}"])
    for text in field_sayings():
        fields.add(text)
    for key in labels():
        fields.add(key, context="label")
    for text in (*sayings(TABLES), *SHEET, *KEYWORDS):
        columns.add(text)
    return {"": problems, ".fields": fields, ".columns": columns}


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def _renew(file: Path, template: Catalog, language: str) -> Renewed:
    catalog = _read(file, language)
    had, wanted = _words(catalog), _words(template)
    catalog.update(template, no_fuzzy_matching=all(re.fullmatch("[a-z_.0-9]+", id) for _, id in wanted))
    new = Catalog(locale=language)
    for message in catalog:
        if message.id and _word(message) not in had:
            new[message.id] = message
    gone = had - wanted
    if new or gone:
        head, *entries = _ENTRY.split(file.read_text("utf-8").rstrip("\n"))
        kept = [entry for entry in entries if _entry_word(entry, language) not in gone]
        file.write_text("\n\n".join([head, *kept, *_written(new)]) + "\n", "utf-8")
    fuzzy = sum(message.fuzzy for message in new if message.id)
    return Renewed(file, len(new), fuzzy, len(gone))


def _written(catalog: Catalog) -> list[str]:
    if not catalog:
        return []
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, omit_header=True, include_previous=True)
    return [buffer.getvalue().decode().strip("\n")]


def _words(catalog: Catalog) -> set[Word]:
    return {_word(message) for message in catalog if message.id}


def _word(message: Message) -> Word:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def _entry_word(entry: str, language: str) -> Word | None:
    """The word a piece of a catalog's text is of; None where it is a note."""
    found = _words(read_po(io.BytesIO(entry.encode()), locale=language))
    return next(iter(found), None)


def told(renewed: Iterable[Renewed]) -> Iterator[str]:
    """A line for each catalog that changed."""
    for one in renewed:
        yield f"{one.file.name}: +{one.added} (fuzzy {one.fuzzy}) -{one.removed}"
