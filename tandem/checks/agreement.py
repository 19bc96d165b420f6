"""The two languages name the same figures, dates, places, authorities, contacts and links."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.checks.finding import Finding, Mark, Reading
from tandem.mentions import Contents, Mention, differences

CODES = {
    "number": "parity.number",
    "date": "parity.date",
    "place": "parity.place",
    "term": "parity.authority",
    "contact": "parity.contact",
    "link": "parity.link",
}


def facts_agree(reading: Reading) -> Iterator[Finding]:
    for difference in differences(reading.left, reading.right, reading.lexicon):
        left, right = _mark(reading.left, difference.left), _mark(reading.right, difference.right)
        here, there = (left, right) if difference.left else (right, left)
        values = {"value": _shown(here, difference.left or difference.right)}
        hint, allow = "parity.lacking", [values["value"]]
        if difference.left and difference.right:
            values["counterpart"] = _shown(there, difference.right)
            hint, allow = "parity.counterpart", [*allow, values["counterpart"]]
        else:
            there = _beside(here, there.contents)
        yield Finding(CODES[difference.kind], here, there, values, hint, tuple(allow))


def _mark(contents: Contents, mention: Mention | None) -> Mark:
    return Mark(contents, mention.start, mention.end) if mention else Mark(contents)


def _shown(mark: Mark, mention: Mention | None) -> str:
    """The mention as written, on one line; of a link its address."""
    if mention and mention.kind == "link":
        return str(mention.value[0])
    return " ".join(mark.words.removeprefix("](mailto:").strip("()<> ").split())


def _beside(here: Mark, contents: Contents) -> Mark:
    """The paragraph of the other text that should have it, where both texts have equally many paragraphs."""
    own, other = here.contents.text.split("\n\n"), contents.text.split("\n\n")
    number = here.contents.text.count("\n\n", 0, here.start)
    if len(own) != len(other) or number == 0 or not other[number].strip():
        return Mark(contents)
    start = sum(len(block) + 2 for block in other[:number])
    lead = len(other[number]) - len(other[number].lstrip())
    return Mark(contents, start + lead, start + len(other[number]))
