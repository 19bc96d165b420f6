"""Money, numbers, dates and periods as Finland writes them. ~ stands for a no-break space."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem import formats
from tandem.formats import PartialDate

DAY = datetime.date(2018, 3, 26)


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(
    ("euros", "text"),
    [(0, "0~€"), (999, "999~€"), (42000, "42~000~€"), (1010000, "1~010~000~€"), (9690000, "9~690~000~€")],
)
def test_money_has_no_break_spaces(euros: int, text: str, language: str) -> None:
    assert formats.money(euros, language) == text.replace("~", "\u00a0")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_numbers_and_percentages(language: str) -> None:
    assert formats.number(5635971, language) == "5\u00a0635\u00a0971"
    assert formats.number(1.5, language) == "1,5"
    assert formats.percent(0.85, language) == "85\u00a0%"


@pytest.mark.parametrize(
    ("language", "listed", "in_text"), [("fi", "26.3.2018", "26.3.2018"), ("sv", "26.3.2018", "den 26 mars 2018")]
)
def test_days_follow_finlands_use_in_both_languages(language: str, listed: str, in_text: str) -> None:
    assert formats.date(DAY, language) == listed
    assert formats.date_in_text(DAY, language) == in_text


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2020-03", "2021-11", "3/2020–11/2021"),
        ("2021", "2022", "2021–2022"),
        ("2021-01-01", "2022-10-31", "1.1.2021–31.10.2022"),
        ("2021", "2021", "2021"),
        ("2021", "2022-10", "2021–10/2022"),
        ("2021-01", "", "1/2021–"),
        ("", "2022-10", "–10/2022"),
    ],
)
def test_periods_are_as_exact_as_their_sources(start: str, end: str, text: str, language: str) -> None:
    ends = [PartialDate.parse(one) if one else None for one in (start, end)]
    assert formats.period(ends[0], ends[1], language) == text


@pytest.mark.parametrize("text", ["", "21", "2021-1", "2021-13", "2021-02-30", "2021-02-5", "2021/02", "٢٠٢١", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.parse(text)


@given(st.dates())
def test_a_day_reads_back_as_itself(day: datetime.date) -> None:
    parsed = PartialDate.parse(day.isoformat())
    assert (parsed.first, parsed.last, str(parsed)) == (day, day, day.isoformat())


def test_a_month_and_a_year_span_their_days() -> None:
    february = PartialDate.parse("2024-02")
    assert (february.first, february.last) == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    year = PartialDate.parse("2024")
    assert (year.first, year.last) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
