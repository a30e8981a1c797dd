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


WithClock = Annotated[str, AfterValidator(_with_a_clock)]  # a country by whose days and hours is judged


def began(recording: Recording) -> datetime.datetime | None:
    """The instant at which the call began; None where the day alone is known, or an hour without a zone.

    Where the debtor's zone is known but not that of the hours, they are the capital's, as those of the log.
    """
    at = recording.call_started_at
    if not isinstance(at, datetime.datetime) or at.tzinfo is not None:
        return at if isinstance(at, datetime.datetime) else None
    capital = ZONES.get(recording.country or "") if recording.facts.time_zone else None
    return at.replace(tzinfo=ZoneInfo(capital)) if capital else None


def debtor_zone(recording: Recording, country: str) -> ZoneInfo:
    """The zone of the case, else that of the country's capital."""
    return ZoneInfo(recording.facts.time_zone or ZONES[country])


def earlier(recording: Recording) -> tuple[Contact, ...] | None:
    """The log's contacts before this call, the oldest first; None without a log.

    Where the hour of the call is not known, everything in the log.
    """
    log, at = recording.facts.contacts, began(recording)
    if log is None:
        return None
    return tuple(sorted((c for c in log if at is None or c.at < at), key=lambda c: c.at))


def no_call_time() -> Verdict:
    return not_applicable("No se sabe a qué hora fue la llamada.", "no_call_time")


def no_contact_log() -> Verdict:
    return not_applicable("No se conocen los contactos anteriores con el deudor.", "no_contact_log")
