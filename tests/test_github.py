"""Annotations and the job summary: GitHub's limits are kept, changed files come first, hostile content stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tandem.github import MOST, Judged, annotate, summary
from tandem.problem import Level, Problem, Speech, Where
from tandem.sitediff import PageChange, SiteDiff

SPEECHES = [Speech("fi"), Speech("sv")]


def problems(files: dict[str, int], level: Level = "error") -> list[Problem]:
    return [
        Problem("place.unknown", Where(file, line), {"value": f"{file}{line}"}, level=level)
        for file, count in files.items()
        for line in range(1, count + 1)
    ]


def files(commands: list[str]) -> list[str]:
    return [match[1] if (match := re.match(r"::\w+ file=([^,]+)", command)) else "" for command in commands]


def test_ten_problems_stand_each_on_their_own_line() -> None:
    commands = annotate(problems({"a": 4, "b": 6}), (), SPEECHES)
    assert files(commands) == ["a"] * 4 + ["b"] * 6


def test_sixty_problems_in_twelve_files_are_ten_annotations_with_the_changed_files_first() -> None:
    found = problems({f"f{n:02}": 5 for n in range(12)})
    commands = annotate(found, {"f07", "f11"}, SPEECHES)
    assert len(commands) == MOST
    assert files(commands)[:2] == ["f07", "f11"]
    assert files(commands)[-1] == ""
    told = "".join(commands)
    assert [p.values["value"] for p in found if told.count(f"”{p.values['value']}”") != len(SPEECHES)] == []


def test_the_changed_file_keeps_a_place_for_each_problem_while_others_are_told_together() -> None:
    commands = annotate(problems({"a": 20, "b": 5, "c": 3}), {"b"}, SPEECHES)
    assert files(commands) == ["b"] * 5 + ["a", "c"]


def test_errors_and_warnings_have_each_their_ten() -> None:
    commands = annotate(problems({"a": 30}) + problems({"a": 30}, "warning"), (), SPEECHES)
    assert [command.partition(" ")[0] for command in commands] == ["::error", "::warning"]
    assert len(annotate(problems({f"f{n}": 1 for n in range(30)}, "warning"), (), SPEECHES)) == MOST


def test_an_annotation_is_one_line_whatever_content_says() -> None:
    hostile = Problem("place.unknown", Where("a\n::error::b,c:%0A"), {"value": "x\n::stop-commands::y %0A"})
    (command,) = annotate([hostile], (), SPEECHES)
    assert "\n" not in command
    assert command.startswith("::error file=a\\u000a%3A%3Aerror%3A%3Ab%2Cc%3A%250A,line=1,")


class _Tags(HTMLParser):
    """The tags a text has, and what is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:y) `z` </td></table>\n\n# Heading ${{ secrets.X }}"


def test_hostile_content_stays_text_in_the_summary() -> None:
    found = [Problem("place.unknown", Where(f"content/{HOSTILE}.yaml"), {"value": HOSTILE})]
    diff = SiteDiff((PageChange(f"/fi/{HOSTILE}/", "added", HOSTILE),), ())
    told = summary(Judged(found, frozenset(), diff=diff), SPEECHES)
    page = _Tags(told)
    assert page.tags == {"table", "tr", "th", "td", "code", "details", "summary", "ul", "li", "br"} - {"br"}
    assert "<img src=x onerror=alert(1)>" in page.text
    assert [line for line in told.splitlines() if line.lstrip().startswith("# ")] == []


def test_the_summary_of_ten_thousand_problems_fits_githubs_limit_and_says_how_many_are_left() -> None:
    told = summary(Judged(problems({"a": 10_000}), frozenset({"a"})), SPEECHES)
    assert len(told.encode()) < 1024 * 1024
    assert re.search(r"ja \d+ muuta", told)
