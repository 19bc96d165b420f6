"""Words as people type them: inflected names of places, parts of compounds, basic forms of inflected words.

Pagefind cuts endings by Snowball's rules for the page's language, pays no heed to å, ä and ö, and finds words by their
beginning. What it cannot know is added here: that *Turussa* is Turku, that *avustus* is in *valtionavustus*, and that
*avustuksen* is *avustus* (Snowball's Finnish rules end before such changes of the stem).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tandem.places import Municipality, Region

SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 5  # letters: shorter parts would be found in too many words
_LINKS = {"fi": "n", "sv": "s"}  # what may join the parts of a compound
_TAILS = {"ingen", "ingens"}  # words that are endings of others: *lösningen*
_VOWELS = "aeiouyåäö"


def forms(place: Municipality | Region) -> Iterator[str]:
    """What people call a place, in every language: its names, and the forms that do not begin as the name does.

    *Turku, Turun, Turussa, Åbo, Åbos*; the stem of any other case is that of one of these.
    """
    genitive = place.genitive if isinstance(place, Municipality) else ()
    inflected = [(language, form.removeprefix("i ").removeprefix("på ")) for language, form in place.locative]
    for language, name in place.name:
        said = [name, *(form for other, form in (*genitive, *inflected) if other == language)]
        yield from dict.fromkeys(said)
        if name.startswith("Uusi"):
            yield from _inflected_twice(dict(inflected).get(language, ""))


def _inflected_twice(locative: str) -> Iterator[str]:
    """Cases of a Finnish name that is inflected at both ends: *Uudenmaan*, *Uudellemaalle*, *Uuteenkaupunkiin*."""
    for case, others in ((r"ss[aä]", ("n", "sta")), (r"ll[aä]", ("n", "lta", "lle"))):
        if re.search(case, locative):
            yield from (re.sub(case, other, locative) for other in others)
    if locative.startswith("Uudessa"):
        yield re.sub("ng(?=i)", "nk", re.sub(r"ss[aä]$", "", f"Uuteen{locative.removeprefix('Uudessa')}"))


# What may follow the stem in the commonest cases of singular and plural.
_ENDING = re.compile(r"(?:n|t|den|ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|(?<=i)t?[aä])$")
_STEMS = (
    (re.compile(r"(?<=[uyöä])ks[ei]$"), "s"),  # avustuksen → avustus, päätöksiä → päätös
    (re.compile(r"(?<=[aeiouyäö])s[ei]$"), "nen"),  # digitaalisen → digitaalinen
    (re.compile(r"nn(?=[aeouyäö]$)"), "nt"),  # hallinnon → hallinto
    (re.compile(r"(?<=[aeiouyäö])d(?=[aeouyäö]$)"), "t"),  # tiedon → tieto
    (re.compile(r"kk([aä])(?:\1|i)$"), r"k\1s"),  # asiakkaan, asiakkaiden → asiakas
)
_PARTITIVE = re.compile(r"(?<=[uyö])st[aä]$")  # avustusta → avustus


def bases(text: str) -> Iterator[str]:
    """Basic forms that the inflected Finnish words of ``text`` may have (*Iso suomen kielioppi* § 41–64, § 87–98).

    Some are no words; nobody types those, so they do no harm.
    """
    words = set(map(str.lower, _WORD.findall(text)))
    return iter(sorted({base for word in words for base in _bases(word)} - words))


@lru_cache(maxsize=65536)
def _bases(word: str) -> tuple[str, ...]:
    stem = _ENDING.sub("", word)
    tried = [pattern.subn(base, stem) for pattern, base in _STEMS if stem != word]
    found = [base for base, changes in (*tried, _PARTITIVE.subn("s", word)) if changes]
    return tuple(base for base in found if len(base) >= _LEAST)


class Compounds:
    """The compounds among the words of one language, told by words that stand alone elsewhere in the same texts."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self.link = _LINKS.get(language, "")
        self.words = {word.lower() for text in texts for word in _WORD.findall(text) if len(word) >= _LEAST}
        self.starts = {word[: max(_LEAST, len(word) - 3)] for word in self.words}
        self.known: dict[str, str] = {}

    def parted(self, text: str) -> str:
        """``text`` with a soft hyphen between the parts of compounds: Pagefind then finds each part."""
        return _WORD.sub(lambda match: self._parted(match[0]), text)

    def _parted(self, word: str) -> str:
        if len(word) < 2 * _LEAST - 2:
            return word
        found = self.known.get(word)
        if found is None:
            cuts = list(self._cuts(word.lower()))
            pieces = [word[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
            found = self.known[word] = SOFT_HYPHEN.join(pieces)
        return found

    def _cuts(self, word: str) -> Iterator[int]:
        last = 0
        for cut in range(3, len(word) - _LEAST + 1):
            if cut - last >= 3 and self._stands(word[:cut], word[cut:]):
                last = cut
                yield cut

    def _stands(self, left: str, right: str) -> bool:
        """Whether what is right of a cut stands alone elsewhere in some form, or what is left of it as it is.

        A linking *n* or *s* belongs to the left: *ruotsin|kielinen*, *besluts|fattande*.
        """
        if any(right[:size] in self.starts for size in range(max(_LEAST, len(right) - 5), len(right) + 1)):
            return right not in _TAILS
        linked = right[0] == self.link and right[1] not in _VOWELS
        whole = left[:-1] if left[-1] == self.link else left
        return len(whole) >= _LEAST and not linked and (whole in self.words or left in self.words)
