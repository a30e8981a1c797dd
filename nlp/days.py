"""Arithmetic of the days people name: the next Thursday, the fifteenth, the pay day, the end of the month."""

from __future__ import annotations

import datetime
from calendar import monthrange

ONE_DAY = datetime.timedelta(days=1)


def plus(day: datetime.date, days: int) -> datetime.date:
    """`day` and so many days, kept inside the calendar."""
    return datetime.date.fromordinal(min(max(day.toordinal() + days, 1), datetime.date.max.toordinal()))


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    while count > 0:
        day = plus(day, 1)
        count -= day.weekday() < 5
    return day


def next_weekday(day: datetime.date, weekday: int, *, today: bool = False) -> datetime.date:
    """The next `weekday` (Monday 0) after `day`, or `day` itself where `today` allows it."""
    ahead = (weekday - day.weekday()) % 7
    return plus(day, ahead if ahead or today else 7)


def weekday_of_next_week(day: datetime.date, weekday: int) -> datetime.date:
    return plus(day, 7 - day.weekday() + weekday)


def in_month(year: int, month: int, day: int) -> datetime.date:
    """That day of the month, or its last where it has fewer; `month` may run over the year's end."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, 1), 9999)
    return datetime.date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def nth_weekday(month: datetime.date, weekday: int, nth: int) -> datetime.date:
    """The `nth` such weekday of the month of that day: 1 the first, -1 the last, -2 the last but one."""
    if nth > 0:
        first = next_weekday(month.replace(day=1), weekday, today=True)
        return plus(first, 7 * (nth - 1))
    end = in_month(month.year, month.month, 31)
    return plus(end, -((end.weekday() - weekday) % 7) + 7 * (nth + 1))


def next_day_of_month(today: datetime.date, day: int) -> datetime.date:
    """The next time the month shows `day`; today counts."""
    this = in_month(today.year, today.month, day)
    return this if this >= today else in_month(today.year, today.month + 1, day)


def next_shown(today: datetime.date, day: int) -> datetime.date:
    """The next month's day that bears this very number: no 31st in November; today counts."""
    months = (in_month(today.year, today.month + ahead, day) for ahead in range(3))
    return next((one for one in months if one.day == day and one >= today), datetime.date.max)


def nearest_year(today: datetime.date, month: int, day: int) -> datetime.date:
    """That day and month in the year that puts it nearest to today: a past month may be last year's."""
    years = (today.year - 1, today.year, today.year + 1)
    return min((in_month(year, month, day) for year in years), key=lambda d: abs(d - today - ONE_DAY))


def earlier_working_day(day: datetime.date) -> datetime.date:
    return plus(day, min(0, 4 - day.weekday()))


def pay_days(today: datetime.date) -> list[datetime.date]:
    """The coming quincenas from today on: the 15th and the last of each month, on the Friday before a
    weekend.
    """
    days = [
        earlier_working_day(in_month(today.year, today.month + ahead, day))
        for ahead in range(3)
        for day in (15, 31)
    ]
    return [day for day in days if day >= today]
