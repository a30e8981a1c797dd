"""Working days of a country: weekends and public holidays do not count."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def after(day: date, days: int, country: str = "") -> date:
    """The day that is `days` working days after `day`; `days` of 0 gives `day` itself.

    `country` is an ISO 3166-1 code; without one, or for one that is not known, only weekends are free.
    """
    while days > 0:
        day += timedelta(days=1)
        days -= works(day, country)
    return day


def on_or_after(day: date, country: str = "") -> date:
    """`day` itself where people work, else the next day on which they do; `country` as in `after`."""
    return after(day - timedelta(days=1), 1, country)


def works(day: date, country: str = "") -> bool:
    return day.weekday() < 5 and day not in _holidays(country, day.year)


def local_day(instant: datetime, zone: str = "") -> date:
    """The calendar day of an instant in a time zone; by this machine's clock where none is given."""
    return instant.astimezone(ZoneInfo(zone) if zone else None).date()


def begins(day: date, zone: str = "") -> datetime:
    """The instant, in UTC, at which a day begins there; by this machine's clock where no zone is given."""
    return datetime.combine(day, time(), ZoneInfo(zone) if zone else None).astimezone(UTC)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays  # a second: only where days are counted

    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))
