"""Where a long word may be parted. Browsers have no patterns for Finnish and few for Swedish; headings need them."""

from __future__ import annotations

import re
from functools import lru_cache

from pyphen import LANGUAGES, Pyphen

SOFT = "\u00ad"
LONG = 14  # letters; a shorter word fits a telephone in the largest type there is
EDGE = 4  # letters at least before and after

_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
# A Finnish syllable begins at each consonant that a vowel follows (Kielitoimiston ohjepankki: Tavutus).
_SYLLABLE = r"[bcdfghjklmnpqrstvwxzšž][aeiouyåäö]"
_FINNISH = re.compile(rf"(?<=[^\W\d_]{{{EDGE}}})(?={_SYLLABLE}[^\W\d_]{{{EDGE - 2}}})", re.IGNORECASE)


def softened(text: str, language: str) -> str:
    """``text`` with a soft hyphen wherever a word of ``LONG`` letters or more may be parted; else as it is."""
    return _WORD.sub(lambda word: _parted(word[0], language), text)


@lru_cache(4096)
def _parted(word: str, language: str) -> str:
    if language == "fi":
        return _FINNISH.sub(SOFT, word)
    return _patterns(language).inserted(word, SOFT) if language in LANGUAGES else word


@lru_cache
def _patterns(language: str) -> Pyphen:
    return Pyphen(lang=language, left=EDGE, right=EDGE)
