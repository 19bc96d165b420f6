"""Two texts' mentions compared: what one has and the other has not.

Saying a thing more often than the other language does is no difference. A value that the other never has is one; so
are two values where each text has one of them too often, since one of the two was then meant to be the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tandem.mentions.answers import Answers
from tandem.mentions.lexicon import NAMED, Lexicon
from tandem.mentions.mention import FAMILY, Mention, Value
from tandem.mentions.numerals import COMPOUNDS, COUNTED, NUMBER_WORDS, VAGUE, Forms
from tandem.mentions.reader import Contents, bare

_SMALL = 3  # digits; larger numbers are not written in words
_MANY = 250  # mentions without an answer; so many are paired as they come


class Difference(NamedTuple):
    """What stands in the left text and what in its place in the right one; None where nothing does."""

    left: Mention | None
    right: Mention | None

    @property
    def kind(self) -> str:
        """Of a date and a number, a date: one of the two was meant to be the other."""
        return min(mention.kind for mention in (self.left, self.right) if mention)

    def mirrored(self) -> Difference:
        return Difference(self.right, self.left)


def differences(left: Contents, right: Contents, lexicon: Lexicon) -> list[Difference]:
    """Every difference between two texts that should mention the same."""
    if left.language not in NAMED or right.language not in NAMED:
        left, right = bare(left), bare(right)
        return [*_compared(_Side(left, _lone(left, right, lexicon), []), _Side(right, _lone(right, left, lexicon), []))]
    found = [*_by_words(left, right)]
    if (left.mentions or right.mentions) and _values(left) != _values(right):
        lone = _lone(left, right, lexicon), _lone(right, left, lexicon)
        if not found:
            lone = lone[0] + _words_for(lone[1], left, right), lone[1] + _words_for(lone[0], right, left)
        found += _compared(_Side(left, lone[0], _spare(left, right)), _Side(right, lone[1], _spare(right, left)))
    return found


def _words_for(lone: Sequence[Mention], own: Contents, other: Contents) -> list[Mention]:
    """Number words of ``own`` that may stand in place of a lone small figure of ``other``: *12 kuntaa*, *elva*."""
    if not any(
        m.kind == "number" and not m.doubtful and len(m.value) == 1 and len(str(m.value[0])) < _SMALL for m in lone
    ):
        return []
    return [mention._replace(doubtful=True) for mention in _unanswered(own, COUNTED, other)]


def _values(contents: Contents) -> list[tuple[str, Value]]:
    return sorted((m.kind, m.value) for m in contents.mentions)


def _lone(own: Contents, other: Contents, lexicon: Lexicon) -> list[Mention]:
    """The mentions, each value once, that the other text does not answer."""
    answers = Answers(other, lexicon)
    found: dict[tuple[str, Value], Mention] = {}
    for mention in own.mentions:
        if not answers.have(mention):
            found.setdefault((mention.kind, mention.value), mention)
    return list(found.values())


def _spare(own: Contents, other: Contents) -> list[Mention]:
    """Mentions of what both texts have and the own one has more often: the last ones of each."""
    counts: Counter[tuple[str, Value]] = Counter()
    others = Counter((m.kind, m.value) for m in other.mentions)
    found = []
    for mention in own.mentions:
        key = mention.kind, mention.value
        counts[key] += 1
        if 0 < others[key] < counts[key] and not mention.doubtful:
            found.append(mention)
    return found


class _Side(NamedTuple):
    """One text, the mentions that the other does not answer (``lone``), and those it has more often (``spare``)."""

    contents: Contents
    lone: Sequence[Mention]
    spare: Sequence[Mention]

    def of(self, family: str) -> tuple[list[Mention], list[Mention], list[Mention]]:
        """Of one family of kinds: the lone, the lone that are doubtful, the spare."""
        lone, spare = ([m for m in found if FAMILY.get(m.kind, m.kind) == family] for found in (self.lone, self.spare))
        return [m for m in lone if not m.doubtful], [m for m in lone if m.doubtful], spare


def _compared(left: _Side, right: _Side) -> Iterator[Difference]:
    """Lone mentions in pairs, then each with what may have stood in its place; what is left stands alone.

    A doubtful mention is only ever told together with another.
    """
    sizes = max(1, len(left.contents.text)), max(1, len(right.contents.text))
    for family in dict.fromkeys(FAMILY.get(m.kind, m.kind) for m in (*left.lone, *right.lone, *left.spare)):
        lefts, maybe_left, spare_left = left.of(family)
        rights, maybe_right, spare_right = right.of(family)
        ways = [(lefts, rights)]
        if family != "term":  # one may say "the ministry"; only another authority in its place is a difference
            ways += [(lefts, maybe_right), (maybe_left, rights), (lefts, spare_right), (spare_left, rights)]
        if not lefts and not rights:
            ways = [(maybe_left, spare_right), (spare_left, maybe_right), (spare_left, spare_right)]
        paired: set[int] = set()  # by identity: two mentions may be equal and stand apart
        for one, two in ways:
            free = [[m for m in side if id(m) not in paired] for side in (one, two)]
            for pair in _nearest(free[0], free[1], sizes):
                paired.update(map(id, pair))
                yield Difference(*pair)
        if family != "term":
            yield from (Difference(m, None) for m in lefts if id(m) not in paired)
            yield from (Difference(None, m) for m in rights if id(m) not in paired)


def _nearest(
    lefts: Sequence[Mention], rights: Sequence[Mention], sizes: tuple[int, int]
) -> list[tuple[Mention, Mention]]:
    """Pairs of mentions that stand about as far into their texts, the nearest first; each mention once."""
    if not lefts or not rights:
        return []
    if max(len(lefts), len(rights)) > _MANY:
        return list(zip(lefts, rights, strict=False))
    ways = sorted(
        (abs(one.start / sizes[0] - two.start / sizes[1]), min(one.start, two.start), max(one.start, two.start), n, k)
        for n, one in enumerate(lefts)
        for k, two in enumerate(rights)
    )
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for *_, n, k in ways:
        if n not in taken[0] and k not in taken[1]:
            pairs.append((lefts[n], rights[k]))
            taken[0].add(n)
            taken[1].add(k)
    return pairs


def _by_words(left: Contents, right: Contents) -> Iterator[Difference]:
    """Number words that differ: *kolme kaupunkia*, *fyra städer*. Only where each text has one the other lacks.

    A word that may mean something else (*toinen*, *båda*) counts only against one that cannot (*tredje*).
    """
    if left.spoken(COUNTED) == right.spoken(COUNTED):
        return
    sure = _unanswered(left, COUNTED, right), _unanswered(right, COUNTED, left)
    vague = _unanswered(left, VAGUE, right), _unanswered(right, VAGUE, left)
    sizes = max(1, len(left.text)), max(1, len(right.text))
    for ones, others in ((sure[0], sure[1]), (sure[0], vague[1]), (vague[0], sure[1])):
        if ones and others:
            yield from (Difference(*pair) for pair in _nearest(ones, others, sizes))
            return


def _unanswered(own: Contents, forms: Forms, other: Contents) -> list[Mention]:
    """Where each number that ``own`` has as one of ``forms`` first stands; without those that ``other`` has too."""
    words = NUMBER_WORDS[other.language]
    figures = {m.value for m in other.mentions if m.kind == "number"}
    compounds = COMPOUNDS[other.language]
    numbers = {n for n in own.spoken(forms) if not words[n] & other.words and (str(n),) not in figures}
    numbers = {n for n in numbers if n not in compounds or not compounds[n].search(other.prose)}
    found: dict[int, Mention] = {}
    for word in sorted(forms[own.language].keys() & own.words) if numbers else ():
        number = forms[own.language][word]
        if number in numbers:
            start = own.prose.index(word)
            if number not in found or start < found[number].start:
                found[number] = Mention("number", (str(number),), start, start + len(word))
    return sorted(found.values(), key=lambda mention: mention.start)
