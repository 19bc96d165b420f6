"""One text to its mentions. A language nobody here knows gives only what looks alike in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from tandem.mentions.figures import figures, phone
from tandem.mentions.lexicon import NAMED, Lexicon
from tandem.mentions.mention import Mention
from tandem.mentions.numerals import Forms
from tandem.tongue import WORD
from tandem.verbatim import Span, Verbatim, inside, merged, verbatims, without

_AT = re.compile(r"[ \u00a0]?[(\[]at[)\]][ \u00a0]?")
# What stands before the star is asked after it, so that a search need only look for ” and *.
_QUOTED = re.compile(r"”[^”\n]*”|\*(?<![*\w]\*)(?![*\s])[^*\n]+\*(?!\*)")
_RUN = re.compile(
    r"(?P<phone>\+\d(?:[\d \u00a0-]|\(\d{1,4}\)){6,18}\d|\b0\d{1,3}(?:[ \u00a0-]?\d){5,10}(?!\d))"
    r"|\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
)
_ALIKE, _LONG = 0.9, 300  # of the letters of a path; how many of them are looked at
_TELLING = 3  # digits; fewer may be a word in the other language
_PLACEHOLDER = re.compile("^(?:etunimi[.]sukunimi|f[oö]rnamn[.]efternamn)(?=@)")
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

    def spoken(self, words: Forms) -> set[int]:
        """The numbers that stand here as one of ``words``: *kahdella*, *tolv*."""
        known = words[self.language]
        return {known[word] for word in self.words if word in known} if self.words else set()


@lru_cache(maxsize=1024)  # titles and offices come again and again
def read(text: str, language: str, lexicon: Lexicon, names: tuple[str, ...] = ()) -> Contents:
    """``text`` with its mentions. ``names``: official names that a text of another language may quote as they are."""
    parts = verbatims(text)
    prose = without(text, (part.span for part in parts)) if parts else text
    written = WORD.findall(prose)
    words = lexicon.telling[language].intersection(written) if language in NAMED else frozenset(written)
    quoted = merged(_quoted(prose, names)) if names or "”" in prose or "*" in prose else ()
    found = [mention for part in parts for mention in _address(part, text)] if parts else []
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


def _address(part: Verbatim, text: str) -> list[Mention]:
    """E-mails and web addresses as mentions. Links into the site itself are counted elsewhere."""
    value = part.value
    if value.startswith("mailto:"):
        return [Mention("contact", (value.removeprefix("mailto:").partition("?")[0].lower(),), part.start, part.end)]
    if value.startswith("tel:"):
        return [Mention("contact", (phone(value),), part.start, part.end)]
    if part.kind == "email":
        return [Mention("contact", (_PLACEHOLDER.sub("", _AT.sub("@", value).lower()),), part.start, part.end)]
    if part.kind == "host" or (part.kind == "link" and value.startswith(("http://", "https://", "www."))):
        named = text[part.end : part.end + 1] == "-"  # Suomi.fi-viestit is a name
        return [Mention("link", (value,), part.start, part.end, named)]
    return []


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


def localised(one: str, two: str, towns: Mapping[str, str]) -> bool:
    """Whether two addresses may be one page in two languages: a site's */fi/* and */sv/*, or with words of its own.

    ``towns``: which place a name in an address is; *porvoo.fi* and *borga.fi* are one town's.
    """
    try:
        first, second = (urlsplit(link if "://" in link else f"https://{link}") for link in (one, two))
    except ValueError:  # http://[ is no address
        return False
    hosts = [address.netloc.lower().removeprefix("www.") for address in (first, second)]
    if hosts[0] != hosts[1] and _owner(hosts[0], towns) != _owner(hosts[1], towns):
        return False
    path, other = (_LANGUAGE_PART.sub("", address.path).strip("/") for address in (first, second))
    if path == other:
        return first.query == second.query
    if hosts[0] == hosts[1] and _LANGUAGE_PART.findall(first.path) == _LANGUAGE_PART.findall(second.path):
        return False
    # So alike as to be a slip rather than a translation?
    return SequenceMatcher(None, path[:_LONG], other[:_LONG]).ratio() < _ALIKE


def _owner(host: str, towns: Mapping[str, str]) -> str:
    """The host with a town's name as the town, whichever language's name it is."""
    name, _, rest = host.partition(".")
    return f"{towns.get(name, name)}.{rest}"
