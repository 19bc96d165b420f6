"""The catalogs of the user interface: every word in every language, placeholders alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tandem.checks.facts import Facts, Word
from tandem.problem import Problem, Where

if TYPE_CHECKING:
    from babel.messages.catalog import Message

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def _readable(facts: Facts) -> tuple[str, ...]:
    """The languages whose catalog could be read; of the others that is said already."""
    return tuple(code for code in facts.site.languages if ("catalog", code) in facts.site.origins)


def _file(facts: Facts, language: str) -> str:
    return facts.site.origin("catalog", language).document.file


def _messages(facts: Facts, language: str) -> dict[Word, Message]:
    return {(message.context or "", _id(message)): message for message in facts.site.catalogs[language] if message.id}


def _id(message: Message) -> str:
    return _ids(message)[0]


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def _where(facts: Facts, language: str, message: Message) -> Where:
    return Where(_file(facts, language), message.lineno or 1)


def every_word_is_translated(facts: Facts) -> Iterator[Problem]:
    catalogs = {language: _messages(facts, language) for language in _readable(facts)}
    owners: dict[Word, list[str]] = defaultdict(list)
    for language, messages in catalogs.items():
        for word in messages:
            owners[word].append(language)
    for word, has in owners.items():
        for language, messages in catalogs.items():
            message = messages.get(word)
            values = {"word": word[1], "language": language}
            if message is None:
                values["other"] = _file(facts, has[0])
                yield Problem("word.missing", Where(_file(facts, language)), values, "word.missing")
            elif not all(_strings(message)):
                yield Problem("word.empty", _where(facts, language, message), values, "word.empty")
            elif message.fuzzy:
                yield Problem("word.fuzzy", _where(facts, language, message), values, "word.fuzzy")


def placeholders_agree(facts: Facts) -> Iterator[Problem]:
    """A translation fills the same places as the word it translates; a singular may do without its number."""
    for language in _readable(facts):
        for word, message in _messages(facts, language).items():
            wanted = frozenset().union(*map(_placeholders, _ids(message)))
            plural = message.pluralizable
            for number, text in enumerate(_strings(message)):
                found = _placeholders(text)
                alike = found == wanted or (plural and number == 0 and found | {"num"} == wanted | {"num"})
                if "%" in _PLACEHOLDER.sub("", text):
                    where = _where(facts, language, message)
                    yield Problem("word.percent", where, {"word": word[1]}, "word.percent")
                elif text and not alike:
                    values = {
                        "word": word[1],
                        "expected": ", ".join(f"%({name})s" for name in sorted(wanted)) or "–",
                        "found": ", ".join(f"%({name})s" for name in sorted(found)) or "–",
                    }
                    yield Problem("word.placeholders", _where(facts, language, message), values, "word.placeholders")


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(match[1] for match in _PLACEHOLDER.finditer(text) if match[1])


def used_words_are_known(facts: Facts) -> Iterator[Problem]:
    """A word that templates ask for and no catalog has; and one that no template asks for."""
    readable = _readable(facts)
    if not facts.used or not readable:
        return
    known = {word for language in readable for word in _messages(facts, language)}
    for word, where in facts.used.items():
        if word not in known:
            yield Problem("word.unknown", where, {"word": word[1]}, "word.unknown")
    language = readable[0]
    for word, message in _messages(facts, language).items():
        if word not in facts.used:
            where = _where(facts, language, message)
            yield Problem("word.unused", where, {"word": word[1]}, "word.unused", "warning")
