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

JOINT = "|"  # between the parts of a compound; search.js takes it out again
_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 5  # letters: shorter parts would be found in too many words
_LONG = re.compile(rf"[^\W\d_]{{{2 * _LEAST - 2},}}")  # what may be a compound
_SHORT = 3  # letters: the shortest first part, and the least distance between two cuts
_LINKS = {"fi": "n", "sv": "s"}  # what may join the parts of a compound
_TAILS = {"ingen", "ingens"}  # words that are endings of others: *lösningen*
_VOWELS = "aeiouyåäö"
_HEADS = {  # last parts of the field's compounds that a text may never use alone
    "fi": "ajat asiointi avustus budjetti demokratia hallinta hallinto hanke kasvatus kehitys kierros koodi koulutus"
    " lainsäädäntö liikenne maksaminen ohjaus opetus palvelu rajapinta rekisteri robotiikka seuranta suunnittelu"
    " tavoite turvallisuus turva valmistelu varanto verkko verkosto viestintä ympäristö",
    "sv": "arbete betalning beredning budget demokrati fattande förvaltning hantering information kommun kontakt"
    " ledning lagstiftning mål nätverk omgång pedagogik planering projekt register robotik service styrning säkerhet"
    " tjänst trafik understöd undervisning uppföljning utbildning utveckling",
}


def forms(place: Municipality | Region) -> Iterator[str]:
    """What people call a place, in every language: its names and their forms.

    *Turku, Turun, Turussa, Åbo, Åbos*; the stem of any other case is that of one of these. Also forms that begin with
    the name are given: a page that has the very word would else hide the place from readers of the other language.
    """
    genitive = place.genitive if isinstance(place, Municipality) else ()
    inflected = [(language, form.removeprefix("i ").removeprefix("på ")) for language, form in place.locative]
    for language, name in place.name:
        yield name
        yield from (form for other, form in (*genitive, *inflected) if other == language and form != name)
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
        heads = _HEADS.get(language, "").split()
        self.starts = {word[: max(_LEAST, len(word) - 3)] for word in (*self.words, *heads)}
        self.beginnings = {start[:_LEAST] for start in self.starts}  # tell most words apart at once
        self.known: dict[str, str] = {}

    def parted(self, text: str) -> str:
        """``text`` with a mark between the parts of compounds, so that Pagefind finds each part and the whole."""
        return _LONG.sub(self._parted, text.replace(JOINT, "/"))

    def _parted(self, match: re.Match[str]) -> str:
        word = match[0]
        found = self.known.get(word)
        if found is None:
            cuts = self._cuts(word.lower())
            pieces = [word[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
            found = self.known[word] = JOINT.join(pieces)
        return found

    def _cuts(self, word: str) -> list[int]:
        """Where a compound is cut: before what stands alone elsewhere in some form, else after what stands alone."""
        cuts: list[int] = []
        for fits in (self._begins, self._ends):
            for cut in range(_SHORT, len(word) - _LEAST + 1):
                if fits(word, cut) and all(abs(cut - other) >= _SHORT for other in cuts):
                    cuts.append(cut)
        return sorted(cuts)

    def _begins(self, word: str, cut: int) -> bool:
        if word[cut : cut + _LEAST] not in self.beginnings:
            return False
        right = word[cut:]
        return right not in _TAILS and any(right[:size] in self.starts for size in range(_LEAST, len(right) + 1))

    def _ends(self, word: str, cut: int) -> bool:
        """A linking *n* or *s* belongs to the left: *ruotsin|kielinen*, *besluts|fattande*."""
        left, right = word[:cut], word[cut:]
        linked = right[0] == self.link and right[1] not in _VOWELS
        whole = left[:-1] if left[-1] == self.link else left
        return len(whole) >= _LEAST and not linked and (whole in self.words or left in self.words)
