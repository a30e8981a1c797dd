"""Working days: weekends and the country's holidays do not count."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coach
from coach import workdays
from tests.coach.conftest import Clock


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


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("America/Lima", datetime(2026, 12, 1, 1, 0, tzinfo=UTC), date(2026, 11, 30)),  # 20:00
        ("America/Lima", datetime(2026, 12, 1, 5, 30, tzinfo=UTC), date(2026, 12, 1)),  # 00:30
        ("Europe/Madrid", datetime(2026, 11, 30, 19, 0, tzinfo=UTC), date(2026, 11, 30)),  # 20:00
        ("Europe/Madrid", datetime(2026, 11, 30, 23, 30, tzinfo=UTC), date(2026, 12, 1)),  # 00:30
    ],
)
def test_without_a_place_it_is_the_day_of_the_house(
    clock: Clock, zone: str, instant: datetime, day: date
) -> None:
    clock(zone)
    assert workdays.local_day(instant) == day
    assert workdays.begins(day) <= instant < workdays.begins(day + timedelta(days=1))
    assert workdays.begins(day) == workdays.begins(day, zone)


def test_a_day_begins_by_summer_time() -> None:
    assert workdays.begins(date(2026, 7, 1), "Europe/Madrid") == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert workdays.begins(date(2026, 12, 1), "Europe/Madrid") == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_no_day_of_people_is_counted_by_utc() -> None:
    """But by `date.today()` and `local_day`. What is of the whole world, or of nobody's day, is named."""
    by_utc = {"coach/days_ahead.py", "coach/owners.py", "coach/tokens.py", "coach/keeping.py"}
    root = Path(coach.__file__).parents[1]
    written = re.compile(r"\bnow\.date\(\)|now\(UTC\)\)?\.date\(\)|_at\.date\(\)")
    files = [one for folder in ("coach", "views") for one in (root / folder).rglob("*.py")]
    found = {one.relative_to(root).as_posix() for one in files if written.search(one.read_text("utf-8"))}
    assert found <= by_utc
