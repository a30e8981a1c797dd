"""Pass when this call keeps within the number of contacts that the country allows, by the contact log.

`per_day` and `per_week` count contacts of the agency with the debtor about the account, this one included,
in the debtor's calendar; `attempts_in_7_days` counts attempts before this one; `days_after_talk` asks for
rest after a talk. The debtor's own calls do not count as attempts.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from nlp.types import Findings
from rubrics.types import Verdict
from rubrics.verdicts import failed, not_applicable, passed
from transcripts.facts.values import ZONES
from transcripts.types import Contact, Transcript


class Params(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str
    per_day: int | None = Field(default=None, ge=1)
    per_week: int | None = Field(default=None, ge=1)  # calls of one calendar week, Monday to Sunday
    only_after_talk: bool = False  # the limits hold once the debtor was reached
    attempts_in_7_days: int | None = Field(default=None, ge=1)
    days_after_talk: int | None = Field(default=None, ge=1)


def check(transcript: Transcript, findings: Findings, params: Params) -> Verdict:
    recording = transcript.recording
    at, log = recording.call_started_at, recording.facts.contacts
    if not isinstance(at, datetime.datetime) or at.tzinfo is None:
        return not_applicable("No se sabe a qué hora fue la llamada.", "no_call_time")
    if log is None:
        return not_applicable("No se conocen los contactos anteriores con el deudor.", "no_contact_log")
    if recording.direction == "inbound":
        return passed("Llamó el deudor: no cuenta como contacto de la agencia.")
    zone = ZoneInfo(recording.facts.time_zone or ZONES.get(params.country, "UTC"))
    earlier = [c for c in log if c.at < at]
    broken = _broken(earlier, at, zone, params)
    if broken:
        return failed(f"{broken}, según el registro de contactos.", (), confidence=0.9)
    return passed(f"Respeta la frecuencia permitida ({_shown(earlier, at)}).")


def _broken(earlier: Sequence[Contact], at: datetime.datetime, zone: ZoneInfo, params: Params) -> str:
    """What the log shows to be one too many; empty where nothing is."""
    ours = [c for c in earlier if not c.by_debtor]
    today = at.astimezone(zone).date()
    week = [c for c in ours if c.channel == "call" and _week(c, zone) == today.isocalendar()[:2]]
    same_day = [c for c in ours if c.at.astimezone(zone).date() == today]
    counted = not params.only_after_talk or any(c.talked for c in week) or any(c.talked for c in same_day)
    recent = [c for c in ours if c.at > at - datetime.timedelta(days=7)]
    talks = [c for c in earlier if c.talked]
    rest = params.days_after_talk
    if params.per_day is not None and counted and len(same_day) >= params.per_day:
        return f"Es el contacto {len(same_day) + 1} del día y se permite {params.per_day}"
    if params.per_week is not None and counted and len(week) >= params.per_week:
        return f"Es la llamada {len(week) + 1} de la semana y se permite {params.per_week}"
    if params.attempts_in_7_days is not None and len(recent) >= params.attempts_in_7_days:
        return f"Es el intento {len(recent) + 1} en siete días y se permiten {params.attempts_in_7_days}"
    if rest is not None and talks and at - talks[-1].at < datetime.timedelta(days=rest):
        return f"Se habló con el deudor hace menos de {rest} días ({talks[-1].at.astimezone(zone):%d/%m/%Y})"
    return ""


def _week(contact: Contact, zone: ZoneInfo) -> tuple[int, int]:
    year, week, _ = contact.at.astimezone(zone).date().isocalendar()
    return year, week


def _shown(earlier: Sequence[Contact], at: datetime.datetime) -> str:
    recent = [c for c in earlier if c.at > at - datetime.timedelta(days=7)]
    if not recent:
        return "ningún contacto en los siete días anteriores"
    return f"{len(recent)} en los siete días anteriores"
