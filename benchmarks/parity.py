#!/usr/bin/env python3
"""How well and how fast the two languages are held against each other: false alarms, faults caught, seconds.

``python benchmarks/parity.py [--projects N]`` takes every pair of texts in content/ and plants one fault at a time: a
digit, an amount, a year, a month, a day, a municipality, a phone number, an e-mail, a web address, a percentage; always
the same ones. It also writes each pair in every other way that means the same (a date in words, an amount in millions,
a town in another case), where any finding is a false alarm. Then it checks the texts of N generated projects and prints
the seconds. Exit code 1 where more than 2 % are false alarms or fewer than 95 % of the faults are found.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.faults import planted  # noqa: E402
from benchmarks.variations import varied  # noqa: E402
from tandem.checks.facts import Facts  # noqa: E402
from tandem.checks.halves import halves_agree, judged  # noqa: E402
from tandem.checks.pairs import Pair, pairs  # noqa: E402
from tandem.flow import House, examine  # noqa: E402
from tandem.language import Words  # noqa: E402
from tandem.mentions import Lexicon  # noqa: E402
from tandem.model import Project  # noqa: E402

FALSE_ALARMS, CAUGHT = 0.02, 0.95


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--projects", type=int, default=5000, metavar="N")
    parser.add_argument("--missed", action="store_true", help="show faults that were not found, and false alarms")
    options = parser.parse_args()
    examined = examine(House(ROOT / "content", ROOT / "_site"))
    assert examined.site
    assert examined.addresses
    facts = Facts(examined.site, examined.addresses)
    return measure(facts, options.missed) | vary(facts, options.missed) | speed(facts, options.projects)


def measure(facts: Facts, show: bool) -> int:
    """Prints false alarms and faults caught; 1 where they are not good enough."""
    lexicon, kept = Lexicon(facts.site.places), _bilingual(facts)
    alarms = sum(any(judged(pair, lexicon)) for pair in kept)
    print(f"{len(kept)} pairs, {alarms} with a finding: {alarms / len(kept):.1%} false alarms at most")
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for pair in kept:
        before = list(judged(pair, lexicon))
        for fault in planted(pair, facts.site.places):
            tried[fault.kind] += 1
            if len(list(judged(fault.pair, lexicon))) > len(before):
                caught[fault.kind] += 1
            elif show:
                print(f"  missed {fault.kind}: {'/'.join(map(str, (*pair.key, *pair.loc)))}: {fault.told}")
    _table(tried, caught)
    share = caught.total() / tried.total()
    print(f"{tried.total()} faults planted, {caught.total()} found: {share:.1%}")
    return int(alarms / len(kept) > FALSE_ALARMS or share < CAUGHT)


def vary(facts: Facts, show: bool) -> int:
    """Prints how often another way of saying the same is taken for a difference; 1 where that is too often."""
    lexicon = Lexicon(facts.site.places)
    tried: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for pair in _bilingual(facts):
        for other in varied(pair, facts.site.places):
            tried[other.kind] += 1
            found = [finding.here.words for finding in judged(other.pair, lexicon)]
            alarms[other.kind] += bool(found)
            if found and show:
                print(f"  false alarm: {'/'.join(map(str, (*pair.key, *pair.loc)))}: {other.told}: {found}")
    _table(tried, alarms)
    share = alarms.total() / tried.total()
    print(f"{tried.total()} pairs written in another way, {alarms.total()} with a finding: {share:.1%} false alarms")
    return int(share > FALSE_ALARMS)


def _bilingual(facts: Facts) -> list[Pair]:
    return [pair for pair in pairs(facts) if {pair.left.language, pair.right.language} == {"fi", "sv"}]


def _table(tried: Counter[str], found: Counter[str]) -> None:
    for kind in sorted(tried):
        print(f"  {kind:22} {found[kind]:5} of {tried[kind]:5}  {found[kind] / tried[kind]:.1%}")


def speed(facts: Facts, projects: int) -> int:
    """Prints the seconds (of the processor) that the texts of ``projects`` generated projects take."""
    kept = list(facts.site.projects.values())
    many = {f"p{n}": _numbered(kept[n % len(kept)], n) for n in range(projects)}
    large = Facts(replace(facts.site, projects=many, pages={}, articles={}), facts.addresses)
    texts = [half.text for pair in pairs(large) for half in (pair.left, pair.right)]
    begun = time.process_time()
    found = len(list(halves_agree(large)))
    seconds = time.process_time() - begun
    size = f"{len(texts) // 2} pairs, {sum(map(len, texts)) / 1e6:.1f} million characters"
    print(f"{projects} projects, {size}: {seconds:.2f} s")
    return int(found > 0)


def _numbered(project: Project, number: int) -> Project:
    """The project with a word of its own in each of its texts; titles of sources and offices are many projects'."""
    word = "x" + "".join("bcdfghjklm"[int(digit)] for digit in str(number))

    def words(value: Words) -> Words:
        return Words(tuple((code, f"{text.rstrip()} {word}\n") for code, text in value))

    def texts(record: BaseModel) -> BaseModel:
        changed: dict[str, object] = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, Words) and value and name != "slug":
                changed[name] = words(value)
            elif isinstance(value, tuple) and name not in ("sources", "links", "contacts"):
                changed[name] = tuple(
                    words(item) if isinstance(item, Words) else texts(item) if isinstance(item, BaseModel) else item
                    for item in value
                )
        return record.model_copy(update=changed)

    numbered = texts(project)
    assert isinstance(numbered, Project)
    return numbered


if __name__ == "__main__":
    sys.exit(main())
