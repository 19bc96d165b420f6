"""Each text is in the language it says it is in, and names places as that language names them."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.checks.finding import Finding, Mark, Reading
from tandem.mentions import NAMED
from tandem.tongue import LEAST, WORD, clearly, language_of, nowhere_else

_TELLING = 3 * LEAST  # characters; a shorter text has too few words to judge


def language_is_right(reading: Reading) -> Iterator[Finding]:
    """Finnish in a Swedish field or the other way round; a paragraph is enough. Official names are let be."""
    for contents in (reading.left, reading.right):
        if contents.language not in NAMED or contents.language in reading.pair.official:
            continue
        if len(contents.text) < _TELLING:
            continue
        one = "\n\n" not in contents.prose
        if clearly(contents.words, contents.language) if one else nowhere_else(contents.words, contents.language):
            continue
        for start, end, block in _blocks(contents.prose):
            if clearly(frozenset(block.split()), contents.language):
                continue
            found = language_of(WORD.findall(block))
            if found and found != contents.language and found in (*NAMED, reading.other(contents).language):
                there = Mark(reading.other(contents))
                values = {"found": found, "expected": contents.language}
                yield Finding(
                    "parity.language",
                    Mark(contents, start, end),
                    there,
                    values,
                    "parity.language",
                    (reading.pair.field,),
                )


def _blocks(text: str) -> Iterator[tuple[int, int, str]]:
    """The paragraphs of a text that are long enough to judge, and where they stand."""
    start = 0
    for block in text.split("\n\n"):
        if len(block) >= _TELLING:
            yield start + len(block) - len(block.lstrip()), start + len(block.rstrip()), block
        start += len(block) + 2


def texts_differ(reading: Reading) -> Iterator[Finding]:
    """The very same words in both languages: one half is still to be translated."""
    left, right = reading.left, reading.right
    if left.text == right.text and not reading.pair.official and len(WORD.findall(left.prose)) >= LEAST:
        yield Finding("parity.same", Mark(left), Mark(right), {}, "parity.same", (reading.pair.field,))


def places_are_called_by_their_names(reading: Reading) -> Iterator[Finding]:
    """*Porvoo* in a Swedish text is *Borgå*. An official name is the other language's own business."""
    for contents in (reading.left, reading.right):
        if contents.language in reading.pair.official:
            continue
        for mention in contents.mentions:
            if mention.own or mention.doubtful or mention.kind not in ("place", "term"):
                continue
            name = reading.lexicon.called(str(mention.value[0]), contents.language)
            mark = Mark(contents, mention.start, mention.end)
            if name and not mark.words.startswith(name):
                code = "parity.name" if mention.kind == "place" else "parity.term"
                values = {"value": mark.words, "name": name, "own": contents.language}
                yield Finding(code, mark, Mark(reading.other(contents)), values, code, (mark.words,))
