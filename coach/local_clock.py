"""The clock of the place where a call was made: its day, week and month are told by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coach import owners
from coach.settings import Settings
from coach.store import Store
from transcripts.facts.values import ZONES
from transcripts.types import Recording

_NOWHERE = frozenset(
    ("", "UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "UCT", "Etc/UCT", "Universal", "Etc/Universal")
)


def at_place(store: Store, settings: Settings, recording: Recording) -> Recording:
    """The call with its hour by the clock of where it was made: an hour told in UTC («…Z») names no place.

    That clock is its source's, else that of the site of its agent that day, else that of the capital of its
    country. An hour with an offset of its own stays: that is a clock already.
    """
    at = recording.call_started_at
    if not isinstance(at, datetime) or not _names_no_place(at):
        return recording
    zone = settings.source(recording.source).timezone
    zone = zone if zone not in _NOWHERE else _of_site(store, recording, at.date())
    zone = zone if zone not in _NOWHERE else ZONES.get(recording.country or settings.country.upper(), "")
    return replace(recording, call_started_at=at.astimezone(ZoneInfo(zone))) if zone else recording


def _names_no_place(at: datetime) -> bool:
    """Whether it is told in UTC; not where a zone that keeps those hours was named."""
    if isinstance(at.tzinfo, ZoneInfo):
        return at.tzinfo.key in _NOWHERE
    return at.utcoffset() == timedelta()


def _of_site(store: Store, recording: Recording, day: date) -> str:
    return owners.zone_of_login(store, recording.agent_login, day) if recording.agent_login else ""
