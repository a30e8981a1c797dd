"""The days that a screen of figures looks at, and as many before them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from coach import days_ahead
from coach.queries import where
from coach.rows import CallFilter
from coach.schema_lists import listed
from coach.store import Store
from coach.viewers import Viewer

USUAL_DAYS = 28  # four weeks: every weekday as often as the others
TREND_DAYS = 7 * 12


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are in it."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def before(self) -> Period:
        """As many days, up to the day before."""
        until = self.since - timedelta(days=1)
        return Period(until - timedelta(days=self.days - 1), until)

    def of(self, which: CallFilter) -> CallFilter:
        """The same calls, of these days only."""
        return replace(which, since=self.since, until=self.until)


def period(which: CallFilter, last: date) -> Period:
    """The days that the filter names; without them the four weeks up to `last`, the day of the last call."""
    until = max(which.until or last, which.since or date.min)
    return Period(which.since or until - timedelta(days=USUAL_DAYS - 1), until)


def trend(looked_at: Period) -> Period:
    """The weeks that a trend shows: at least twelve, from a Monday on."""
    since = min(looked_at.since, looked_at.until - timedelta(days=TREND_DAYS - 1))
    return Period(since - timedelta(days=since.weekday()), looked_at.until)


def in_part(monday: date, looked_at: Period, last: date) -> bool:
    """Whether the days looked at cut this week; after `last` there are no calls to cut off."""
    after = looked_at.until < last and looked_at.until < monday + timedelta(days=6)
    return monday < looked_at.since or after


def last_day(store: Store, viewer: Viewer, which: CallFilter) -> date | None:
    """The day of the last of these calls whose day has come; None where there is none at all."""
    with store.reading() as connection:
        return days_ahead.last_day(connection, listed.c.call_date, *where(viewer, which))


def month_of(day: date) -> tuple[date, date]:
    """First and last day of its month."""
    nxt = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day.replace(day=1), date.fromordinal(nxt.toordinal() - 1)
