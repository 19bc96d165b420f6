"""The words of the field are those of the term list, ``content/terms.yaml``: *understöd*, not *bidrag*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tandem.checks.finding import Finding, Mark, Reading
from tandem.language import Words
from tandem.mentions import Contents
from tandem.mentions.nouns import finnish_forms, swedish_noun
from tandem.model import Term
from tandem.verbatim import HOLE, inside, without

_LABEL = 60  # characters: a title or an office, which may leave the term to the text it belongs to
_ANY_ENDING = r"[^\W\d_]{0,5}"


class Avoided(NamedTuple):
    """A word not to use, as it is recognised in a text, and the word to use."""

    sign: str
    pattern: re.Pattern[str]
    term: str


def avoided(terms: tuple[Term, ...]) -> dict[str, tuple[Avoided, ...]]:
    """The words to avoid in each language."""
    found: dict[str, list[Avoided]] = {}
    for term in terms:
        for language, words in term.avoid.items():
            found.setdefault(language, [])
            found[language] += [_avoided(word, language, term.term.own(language)) for word in words]
    return {language: tuple(words) for language, words in found.items()}


def _avoided(word: str, language: str, term: str) -> Avoided:
    """Any form of the word, and Swedish compounds it ends or begins: *statsbidrag*, *bidragsbeslut*."""
    forms = {"fi": lambda: finnish_forms(word), "sv": lambda: swedish_noun(word)}.get(language)
    if forms is None:
        pattern = re.escape(word) + _ANY_ENDING
    else:
        pattern = "|".join(sorted(map(re.escape, set(forms())), key=lambda form: (-len(form), form)))
    if language == "sv" and " " not in word:
        pattern = rf"[^\W\d_]*(?:{pattern}|{re.escape(word)}s[^\W\d_]+)"
    whole = re.compile(rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])", re.IGNORECASE)
    return Avoided(word[1 : max(3, len(word) - 2)].lower(), whole, term)


class Paired(NamedTuple):
    """A term that both texts have, or neither: how it is recognised in each language, whatever form it is in."""

    term: Words
    stems: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, str]

    def signed(self, contents: Contents) -> bool:
        """Whether the text may have the term; asked of every text, so no more than a glance."""
        return self.signs.get(contents.language, HOLE) in contents.prose

    def stands(self, contents: Contents, unquoted: str) -> bool:
        """Whether the text has the term outside quotations."""
        return self.signed(contents) and all(stem in unquoted for stem in self.stems[contents.language])


def paired(terms: tuple[Term, ...]) -> tuple[Paired, ...]:
    found = []
    for term in terms:
        stems = {code: _stems(text, code) for code, text in term.term}
        if term.paired:
            found.append(Paired(term.term, stems, {code: stem[-1][1:] for code, stem in stems.items()}))
    return tuple(found)


def _stems(term: str, language: str) -> tuple[str, ...]:
    """What every form of each word begins with: *avoin lähdekoodi* → *avoi*, *lähdekood*."""
    forms = {"fi": finnish_forms, "sv": swedish_noun}.get(language, lambda word: iter((word,)))
    *first, last = term.casefold().split()
    stem = last
    for form in forms(last):
        while not form.startswith(stem):
            stem = stem[:-1]
    return (*(word[: max(3, len(word) - 2)] for word in first), stem)


def terms_are_used(terms: tuple[Term, ...]) -> Callable[[Reading], Iterator[Finding]]:
    """The rule for one term list."""
    words, both = avoided(terms), paired(terms)

    def rule(reading: Reading) -> Iterator[Finding]:
        for contents in (reading.left, reading.right):
            if contents.language not in reading.pair.official:
                yield from _avoided_words(reading, contents, words.get(contents.language, ()))
        if both and not reading.pair.official:
            yield from _lacking(reading, both)

    return rule


def _avoided_words(reading: Reading, contents: Contents, words: tuple[Avoided, ...]) -> Iterator[Finding]:
    for avoid in words:
        for match in avoid.pattern.finditer(contents.prose) if avoid.sign in contents.prose else ():
            if not inside(contents.quoted, match.start()):
                values = {"value": match[0], "name": avoid.term, "own": contents.language}
                mark, there = Mark(contents, *match.span()), Mark(reading.other(contents))
                yield Finding("parity.term", mark, there, values, "parity.term", (match[0], avoid.term))


def _unquoted(contents: Contents) -> str:
    return without(contents.prose, contents.quoted).casefold()


def _lacking(reading: Reading, both: tuple[Paired, ...]) -> Iterator[Finding]:
    left, right = reading.left, reading.right
    if max(len(left.text), len(right.text)) < _LABEL:
        return
    signed = [term for term in both if term.signed(left) or term.signed(right)]
    unquoted = (_unquoted(left), _unquoted(right)) if signed else ("", "")
    for term in signed:
        if not {left.language, right.language} <= term.stems.keys():
            continue
        stands = term.stands(left, unquoted[0])
        if stands == term.stands(right, unquoted[1]):
            continue
        here, there = (left, right) if stands else (right, left)
        stem = term.stems[here.language][-1]
        start = unquoted[0 if stands else 1].find(stem)
        end = start + len(stem)
        end += next((n for n, c in enumerate(here.prose[end:]) if not c.isalpha()), len(here.prose) - end)
        values = {"value": term.term.own(here.language), "name": term.term.own(there.language)}
        allow = (values["value"], values["name"])
        yield Finding("parity.term.missing", Mark(here, start, end), Mark(there), values, "parity.term.missing", allow)
