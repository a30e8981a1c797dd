"""When a call began by the debtor's clock, and which contacts the log holds before it."""

from __future__ import annotations

import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

from rubrics.types import Verdict
from rubrics.verdicts import not_applicable
from transcripts.facts.values import ZONES
from transcripts.types import Contact, Recording


def _with_a_clock(code: str) -> str:
    if code not in ZONES:
        raise ValueError(f"no se conoce la hora del país «{code}»; use uno de {', '.join(sorted(ZONES))}")
    return code


CALL = "call"
_DIALLING = datetime.timedelta(seconds=30)  # from the first ring, which a log may hold, to the first word
WithClock = Annotated[str, AfterValidator(_with_a_clock)]  # a country by whose days and hours is judged


def began(recording: Recording) -> datetime.datetime | None:
    """The instant at which the call began; None where the day alone is known, or an hour of nobody knows
    which country.

    An hour of which nobody told the zone is by the clock of the capital, as those of the log.
    """
    at = recording.call_started_at
    if not isinstance(at, datetime.datetime) or at.tzinfo is not None:
        return at if isinstance(at, datetime.datetime) else None
    capital = ZONES.get(recording.country or "")
    return at.replace(tzinfo=ZoneInfo(capital)) if capital else None


def debtor_zone(recording: Recording, country: str) -> ZoneInfo:
    """The zone of the case, else that of the country's capital."""
    return ZoneInfo(recording.facts.time_zone or ZONES[country])


def earlier(recording: Recording) -> tuple[Contact, ...] | None:
    """The log's contacts before this call, the oldest first; None without a log. This call's own line is none
    of them: a log to the minute has it just before the start.

    Where the hour of the call is not known, everything in the log.
    """
    log, at = recording.facts.contacts, began(recording)
    if log is None:
        return None
    own = _own_line(recording, at) if at is not None else None
    return tuple(sorted((c for c in log if c is not own and (at is None or c.at < at)), key=lambda c: c.at))


def _own_line(recording: Recording, at: datetime.datetime) -> Contact | None:
    """The line of the call that began `at` where the log has it a little earlier: of that minute, or from the
    first ring. Where a call of that instant, or just after it, is told, that is the own line.
    """
    minute = at.replace(second=0, microsecond=0)
    inbound = recording.direction == "inbound"
    calls = [c for c in recording.facts.contacts or () if c.channel == CALL and c.by_debtor is inbound]
    near = [c for c in calls if min(minute, at - _DIALLING) <= c.at < minute + datetime.timedelta(minutes=1)]
    last = max(near, key=lambda c: (c.at, c.talked), default=None)
    return last if last and last.at < at else None


def no_call_time() -> Verdict:
    return not_applicable("No se sabe a qué hora fue la llamada.", "no_call_time")


def no_contact_log() -> Verdict:
    return not_applicable("No se conocen los contactos anteriores con el deudor.", "no_contact_log")
