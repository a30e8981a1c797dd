"""Pass when this call keeps within the number of contacts that the country allows, by the contact log, or the
debtor called.

Days and weeks are those of the debtor's calendar. `per_day` counts the agency's contacts about the account,
this call included; `per_week` its calls and visits, Monday to Sunday; `attempts_in_7_days` its calls of seven
calendar days, before this one. `days_after_talk` asks for that many days without a call, the day of the talk
by telephone being the first. The debtor's own calls are no attempts of the agency, yet a talk in one is a
talk.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics.contacts import CALL, WithClock, began, debtor_zone, earlier, no_call_time, no_contact_log
from rubrics.types import Verdict
from rubrics.verdicts import failed, passed
from transcripts.types import Contact, Transcript

VISIT = "visit"
Dated = tuple[datetime.date, Contact]  # the debtor's day, and the contact


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    country: WithClock
    per_day: int | None = Field(default=None, ge=1)
    by_channel: bool = False  # `per_day` counts contacts by telephone only: other channels have their own
    per_week: int | None = Field(default=None, ge=1)
    only_after_talk: bool = False  # both hold once the debtor was talked to in the week, by any channel
    attempts_in_7_days: int | None = Field(default=None, ge=1)
    days_after_talk: int | None = Field(default=None, ge=1)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    recording = transcript.recording
    if recording.direction == "inbound":
        return passed("Llamó el deudor: no cuenta como contacto de la agencia.")
    at, log = began(recording), earlier(recording)
    if at is None:
        return no_call_time()
    if log is None:
        return no_contact_log()
    zone = debtor_zone(recording, params.country)
    today = at.astimezone(zone).date()
    dated = [(contact.at.astimezone(zone).date(), contact) for contact in log]
    ours = [(day, contact) for day, contact in dated if not contact.by_debtor]
    broken = (
        _by_calendar(ours, today, params)
        or _attempts(ours, today, params)
        or _after_talk(dated, today, params)
    )
    if broken:
        return failed(f"{broken}, según el registro de contactos.", (), confidence=0.9)
    return passed(f"Respeta la frecuencia permitida ({_shown(log, at)}).")


def _by_calendar(ours: Sequence[Dated], today: datetime.date, params: Params) -> str:
    """What is one too many in the day or in the week; empty where nothing is."""
    week = [contact for day, contact in ours if day.isocalendar()[:2] == today.isocalendar()[:2]]
    if params.only_after_talk and not any(contact.talked for contact in week):
        return ""
    counted = [c for day, c in ours if day == today and (c.channel == CALL or not params.by_channel)]
    reached = [contact for contact in week if contact.channel in (CALL, VISIT)]
    if params.per_day is not None and len(counted) >= params.per_day:
        channel = " por canal" if params.by_channel else ""
        return f"Es el contacto {len(counted) + 1} del día y {_allowed(params.per_day)}{channel}"
    if params.per_week is not None and len(reached) >= params.per_week:
        kind = "llamada" if all(contact.channel == CALL for contact in reached) else "llamada o visita"
        return f"Es la {kind} {len(reached) + 1} de la semana y {_allowed(params.per_week)}"
    return ""


def _attempts(ours: Sequence[Dated], today: datetime.date, params: Params) -> str:
    most = params.attempts_in_7_days
    recent = [c for day, c in ours if c.channel == CALL and (today - day).days < 7]
    if most is None or len(recent) < most:
        return ""
    return f"Es el intento {len(recent) + 1} en siete días y {_allowed(most)}"


def _after_talk(dated: Sequence[Dated], today: datetime.date, params: Params) -> str:
    rest = params.days_after_talk
    talks = [day for day, contact in dated if contact.talked and contact.channel == CALL]
    if rest is None or not talks or (today - talks[-1]).days >= rest:
        return ""
    return f"Se habló con el deudor hace menos de {rest} días ({talks[-1]:%d/%m/%Y})"


def _allowed(most: int) -> str:
    return f"se permite{'n' if most > 1 else ''} {most}"


def _shown(log: Sequence[Contact], at: datetime.datetime) -> str:
    recent = [contact for contact in log if contact.at > at - datetime.timedelta(days=7)]
    if not recent:
        return "ningún contacto en los siete días anteriores"
    return f"{len(recent)} en los siete días anteriores"
