"""One text to its mentions. A language nobody here knows gives only what looks alike in every language."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from tandem.mentions.figures import figures, phone
from tandem.mentions.lexicon import NAMED, Lexicon
from tandem.mentions.mention import Mention
from tandem.mentions.numerals import CARDINALS
from tandem.tongue import WORD
from tandem.verbatim import Span, Verbatim, inside, merged, verbatims, without

_AT = re.compile(r"[ \u00a0]?[(\[]at[)\]][ \u00a0]?")
_QUOTED = re.compile(r"”[^”\n]*”|(?<![*\w])\*(?![*\s])[^*\n]+\*(?!\*)")
_RUN = re.compile(
    r"(?P<phone>\+\d[\d \u00a0()-]{6,18}\d|\b0\d{1,3}(?:[ \u00a0-]?\d){5,10}(?!\d))"
    r"|\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
)
_ALIKE, _LONG = 0.9, 300  # of the letters of a path; how many of them are looked at
_TELLING = 3  # digits; fewer may be a word in the other language
_LANGUAGE_PART = re.compile(r"(?<![^/._-])(?:fi|sv|se|en|svenska|suomi|suomeksi)(?![^/._-])", re.IGNORECASE)


_START = attrgetter("start")


class Contents(NamedTuple):
    """A text and what it mentions, in order.

    ``prose``: the text with holes for all that is no prose. ``words``: its words that say something of figures, names
    or language. ``quoted``: where it quotes words as they are.
    """

    text: str
    language: str
    prose: str
    words: frozenset[str]
    mentions: tuple[Mention, ...]
    quoted: tuple[Span, ...] = ()

    @property
    def counted(self) -> set[int]:
        """Numbers from two up that stand as words: *kahdella*, *tolv*."""
        cardinals = CARDINALS[self.language]
        return {cardinals[word] for word in self.words if word in cardinals}


@lru_cache(maxsize=1024)  # titles and offices come again and again
def read(text: str, language: str, lexicon: Lexicon, names: tuple[str, ...] = ()) -> Contents:
    """``text`` with its mentions. ``names``: official names that a text of another language may quote as they are."""
    parts = verbatims(text)
    prose = without(text, (part.span for part in parts))
    words = frozenset(WORD.findall(prose))
    if language in NAMED:
        words &= lexicon.telling[language]
    quoted = merged(_quoted(prose, names))
    found = [mention for part in parts for mention in _address(part)]
    if language in NAMED:
        found += figures(prose, words, language)
        for hit in lexicon.find(prose, words, language):
            kind = "term" if hit.subject.startswith("term") else "place"
            doubtful = hit.doubtful or inside(quoted, hit.start)
            found.append(Mention(kind, (hit.subject,), hit.start, hit.end, doubtful, hit.own))
    if len(found) > 1:
        found.sort(key=_START)
    return Contents(text, language, prose, words, tuple(found), quoted)


def _quoted(prose: str, names: tuple[str, ...]) -> list[Span]:
    """Where words are quoted as they are: an official name, a title in quotation marks or in italics."""
    spans = [match.span() for match in _QUOTED.finditer(prose)] if "”" in prose or "*" in prose else []
    for name in names:
        at = prose.find(name)
        while at >= 0:
            spans.append((at, at + len(name)))
            at = prose.find(name, at + len(name))
    return spans


def _address(part: Verbatim) -> list[Mention]:
    """E-mails and web addresses as mentions. Links into the site itself are counted elsewhere."""
    value = part.value
    if value.startswith("mailto:"):
        return [Mention("contact", (value.removeprefix("mailto:").partition("?")[0].lower(),), part.start, part.end)]
    if value.startswith("tel:"):
        return [Mention("contact", (phone(value),), part.start, part.end)]
    if part.kind == "email":
        return [Mention("contact", (_AT.sub("@", value).lower(),), part.start, part.end)]
    if part.kind != "link" or not value.startswith(("http://", "https://", "www.")):
        return []
    return [Mention("link", (value,), part.start, part.end)]


def bare(contents: Contents) -> Contents:
    """What looks alike in every language: e-mails, phones, links, and the longer figures as mere digits."""
    kept = [m for m in contents.mentions if m.kind in ("contact", "link")]
    found: dict[str, Mention] = {}
    for match in _RUN.finditer(contents.prose):
        if match["phone"]:
            kept.append(Mention("contact", (phone(match[0]),), *match.span()))
            continue
        digits = re.sub(r"\D", "", match[0])
        for part in (digits, *re.findall(r"\d+", match[0])):
            doubtful = len(digits) < _TELLING or part != digits
            if part.strip("0"):
                found.setdefault(part, Mention("number", (part.strip("0"),), *match.span(), doubtful))
    return contents._replace(mentions=tuple(dict.fromkeys([*kept, *found.values()])))


def localised(one: str, two: str) -> bool:
    """Whether two addresses may be one page in two languages: a site's */fi/* and */sv/*, or with words of its own."""
    try:
        first, second = (urlsplit(f"https://{link}" if link.startswith("www.") else link) for link in (one, two))
    except ValueError:  # http://[ is no address
        return False
    if first.netloc.removeprefix("www.") != second.netloc.removeprefix("www."):
        return False
    path, other = (_LANGUAGE_PART.sub("", address.path).strip("/") for address in (first, second))
    if path == other:
        return first.query == second.query
    if _LANGUAGE_PART.findall(first.path) == _LANGUAGE_PART.findall(second.path):
        return False
    # So alike as to be a slip rather than a translation?
    return SequenceMatcher(None, path[:_LONG], other[:_LONG]).ratio() < _ALIKE
