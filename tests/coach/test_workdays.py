"""Working days: weekends and the country's holidays do not count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import workdays


@pytest.mark.parametrize(
    ("day", "days", "country", "expected"),
    [
        (date(2026, 9, 14), 5, "", date(2026, 9, 21)),  # Monday to Monday
        (date(2026, 9, 11), 1, "", date(2026, 9, 14)),  # Friday to Monday
        (date(2026, 9, 15), 1, "MX", date(2026, 9, 17)),  # over the 16th
        (date(2026, 9, 17), 1, "CL", date(2026, 9, 21)),  # the 18th and 19th, then Sunday
        (date(2026, 9, 15), 1, "XX", date(2026, 9, 16)),  # a country that nobody knows
        (date(2026, 9, 12), 0, "MX", date(2026, 9, 12)),
    ],
)
def test_the_deadline_is_a_day_of_work(day: date, days: int, country: str, expected: date) -> None:
    assert workdays.after(day, days, country) == expected


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 20))
def test_exactly_as_many_days_are_worked(day: date, days: int) -> None:
    end = workdays.after(day, days, "CO")
    between = [day + timedelta(days=n + 1) for n in range((end - day).days)]
    assert sum(workdays.works(each, "CO") for each in between) == days
    assert workdays.works(end, "CO")


def test_the_day_is_that_of_the_place() -> None:
    late = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
    assert workdays.local_day(late, "America/Lima") == date(2026, 9, 14)
    assert workdays.local_day(late, "") == date(2026, 9, 15)
