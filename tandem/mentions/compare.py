"""Two texts' mentions compared: what one has and the other has not.

Saying a thing more often than the other language does is no difference. A value that the other never has is one; so
are two values where each text has one of them too often, since one of the two was then meant to be the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tandem.mentions.lexicon import NAMED, Lexicon
from tandem.mentions.mention import Mention, Value
from tandem.mentions.numerals import CARDINALS, NUMBER_WORDS
from tandem.mentions.reader import Contents, bare, localised

_FAMILY = {"number": "figure", "date": "figure"}


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
    """Every difference between two texts that should mention the same, by kind and place."""
    if left.language not in NAMED or right.language not in NAMED:
        left, right = bare(left), bare(right)
        return [*_compared(_Side(left, _lone(left, right, lexicon), []), _Side(right, _lone(right, left, lexicon), []))]
    found = [*_by_words(left, right)]
    if _values(left) != _values(right):
        found += _compared(
            _Side(left, _lone(left, right, lexicon), _spare(left, right)),
            _Side(right, _lone(right, left, lexicon), _spare(right, left)),
        )
    return found


def _values(contents: Contents) -> list[tuple[str, Value]]:
    return sorted((m.kind, m.value) for m in contents.mentions) if contents.mentions else []


def _lone(own: Contents, other: Contents, lexicon: Lexicon) -> list[Mention]:
    """The mentions, each value once, that the other text does not answer."""
    answers = {(_FAMILY.get(m.kind, m.kind), m.value) for m in other.mentions}
    found: dict[tuple[str, object], Mention] = {}
    for mention in own.mentions:
        same = (_FAMILY.get(mention.kind, mention.kind), mention.value) in answers
        if not (same or _ANSWERED[mention.kind](mention.value, other, lexicon)):
            found.setdefault((mention.kind, mention.value), mention)
    return list(found.values())


def _date_answered(value: Value, other: Contents, lexicon: Lexicon) -> bool:
    """A year by any date of that year; a day or a month by one that leaves out the year; 2.1. by the number 2.1."""
    year, month, day = value
    dates = [m.value for m in other.mentions if m.kind == "date"]
    if not month:
        return any(date[0] == year for date in dates) or _has_number(other, str(year))
    return any(date[1:] == (month, day) and 0 in (year, date[0]) for date in dates) or (
        not year and _has_number(other, f"{day}.{month}")
    )


def _number_answered(value: Value, other: Contents, lexicon: Lexicon) -> bool:
    """A number by its word, or by what looks like a year or a date there."""
    digits = str(value[0])
    dates = {m.value for m in other.mentions if m.kind == "date"}
    if len(value) > 1:
        return False
    if digits.isdigit():
        words = NUMBER_WORDS.get(other.language, {}).get(int(digits), frozenset())
        return bool(words & other.words) or (int(digits), 0, 0) in dates
    day, _, month = digits.partition(".")
    return month.isdigit() and (0, int(month), int(day)) in dates


def _place_answered(value: Value, other: Contents, lexicon: Lexicon) -> bool:
    return value[0] in lexicon.derived(other.prose, other.language)


def _link_answered(value: Value, other: Contents, lexicon: Lexicon) -> bool:
    return any(m.kind == "link" and localised(str(value[0]), str(m.value[0])) for m in other.mentions)


_ANSWERED: Mapping[str, Callable[[Value, Contents, Lexicon], bool]] = {
    "date": _date_answered,
    "number": _number_answered,
    "place": _place_answered,
    "link": _link_answered,
    "term": lambda value, other, lexicon: False,
    "contact": lambda value, other, lexicon: False,
}


def _has_number(contents: Contents, digits: str) -> bool:
    return any(m.kind == "number" and m.value == (digits,) for m in contents.mentions)


def _spare(own: Contents, other: Contents) -> list[Mention]:
    """Mentions of what both texts have and the own one has more often: the last ones of each."""
    counts = Counter((m.kind, m.value) for m in own.mentions)
    others = Counter((m.kind, m.value) for m in other.mentions)
    found = []
    for key, count in counts.items():
        if 0 < others[key] < count:
            found += [m for m in own.mentions if (m.kind, m.value) == key][others[key] :]
    return [mention for mention in found if not mention.doubtful]


class _Side(NamedTuple):
    """One text, the mentions that the other does not answer (``lone``), and those it has more often (``spare``)."""

    contents: Contents
    lone: Sequence[Mention]
    spare: Sequence[Mention]

    def of(self, family: str) -> tuple[list[Mention], list[Mention], list[Mention]]:
        """Of one family of kinds: the lone, the lone that are doubtful, the spare."""
        lone, spare = ([m for m in found if _FAMILY.get(m.kind, m.kind) == family] for found in (self.lone, self.spare))
        return [m for m in lone if not m.doubtful], [m for m in lone if m.doubtful], spare


def _compared(left: _Side, right: _Side) -> Iterator[Difference]:
    """Lone mentions in pairs, then each with what may have stood in its place; what is left stands alone.

    A doubtful mention is only ever told together with another.
    """
    sizes = max(1, len(left.contents.text)), max(1, len(right.contents.text))
    for family in dict.fromkeys(_FAMILY.get(m.kind, m.kind) for m in (*left.lone, *right.lone, *left.spare)):
        lefts, maybe_left, spare_left = left.of(family)
        rights, maybe_right, spare_right = right.of(family)
        pairs: list[tuple[Mention, Mention]] = []
        ways = [(lefts, rights)]
        if family != "term":  # one may say "the ministry"; only another authority in its place is a difference
            ways += [(lefts, maybe_right), (maybe_left, rights), (lefts, spare_right), (spare_left, rights)]
        if not lefts and not rights:
            ways = [(maybe_left, spare_right), (spare_left, maybe_right), (spare_left, spare_right)]
        for one, two in ways:
            free = [[m for m in side if all(m is not taken for pair in pairs for taken in pair)] for side in (one, two)]
            pairs += _nearest(free[0], free[1], sizes)
        yield from (Difference(*pair) for pair in pairs)
        if family != "term":
            yield from (Difference(m, None) for m in lefts if all(m is not pair[0] for pair in pairs))
            yield from (Difference(None, m) for m in rights if all(m is not pair[1] for pair in pairs))


def _nearest(
    lefts: Sequence[Mention], rights: Sequence[Mention], sizes: tuple[int, int]
) -> list[tuple[Mention, Mention]]:
    """Pairs of mentions that stand about as far into their texts, the nearest first; each mention once."""
    if not lefts or not rights:
        return []
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
    """Number words that differ: *kolme kaupunkia*, *fyra städer*. Only where each text has one the other lacks."""
    counted = left.counted, right.counted
    if counted[0] == counted[1]:
        return
    alone = _unanswered(counted[0] - counted[1], right), _unanswered(counted[1] - counted[0], left)
    if alone[0] and alone[1]:
        pairs = _nearest(
            _spoken(left, alone[0]), _spoken(right, alone[1]), (max(1, len(left.text)), max(1, len(right.text)))
        )
        yield from (Difference(*pair) for pair in pairs)


def _unanswered(numbers: set[int], other: Contents) -> set[int]:
    words = NUMBER_WORDS[other.language]
    return {n for n in numbers if not words[n] & other.words and not _has_number(other, str(n))}


def _spoken(contents: Contents, numbers: set[int]) -> list[Mention]:
    found: dict[int, Mention] = defaultdict()
    for word in CARDINALS[contents.language].keys() & contents.words:
        number = CARDINALS[contents.language][word]
        if number in numbers:
            start = contents.prose.index(word)
            if number not in found or start < found[number].start:
                found[number] = Mention("number", (str(number),), start, start + len(word))
    return sorted(found.values(), key=lambda mention: mention.start)
